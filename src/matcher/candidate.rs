//! One hit before anything was decided about it.

use std::cmp::Reverse;

use super::plan::Found;
#[cfg(doc)]
use crate::lexicon::Requirement;
use crate::lexicon::{Kind, Level};
use crate::text::Span;

/// What a pattern does for its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is looked for.
    Phrase,
    /// It makes what it touches of its own entry fine.
    Unless,
    /// A name of the lexicon: it makes everything that it touches fine.
    Name,
    /// It makes what stands near it of its own entry fine.
    Near,
    /// What its entry asks of a reply has this part, see [`Requirement::parts`].
    Part(u16),
    /// It is what its entry waits for somebody to have said.
    Said,
}

/// Whose words a pattern is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Those of the draft.
    Agent,
    /// What the customer wrote before it.
    Customer,
    /// The agent's own turn before it.
    Before,
}

/// Something that stands in a draft and says nothing all the same, for whoever wants to know why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropped {
    /// Index of the entry in its lexicon.
    pub entry: usize,
    /// Where it stands: bytes of the draft.
    pub span: Span,
    /// Why it says nothing.
    pub why: Why,
}

/// Why something is dropped. The bytes are those of the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It shares a word with an exception of its entry.
    Excepted(Span),
    /// It shares a word with a name.
    Named(Span),
    /// Near it stands what makes it fine.
    Saved(Span),
    /// It stands elsewhere than its entry says.
    Misplaced,
    /// Its entry waits for another that has no hit.
    Waits,
}

impl Role {
    /// A number for it, and that of its part.
    pub(super) const fn to_numbers(self) -> (u8, u16) {
        match self {
            Self::Phrase => (0, 0),
            Self::Unless => (1, 0),
            Self::Name => (2, 0),
            Self::Near => (3, 0),
            Self::Said => (4, 0),
            Self::Part(part) => (5, part),
        }
    }

    pub(super) const fn of_numbers(role: u8, part: u16) -> Option<Self> {
        Some(match role {
            0 => Self::Phrase,
            1 => Self::Unless,
            2 => Self::Name,
            3 => Self::Near,
            4 => Self::Said,
            5 => Self::Part(part),
            _ => return None,
        })
    }

    /// Whether it makes something fine.
    pub(super) const fn is_exception(self) -> bool {
        matches!(self, Self::Unless | Self::Name)
    }
}

impl Voice {
    /// Whose words the phrases of an entry stand in.
    pub(crate) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Situation => Self::Customer,
            Kind::Avoid | Kind::Recommend | Kind::Require | Kind::Step | Kind::Style => Self::Agent,
        }
    }

    pub(crate) const ALL: [Self; 3] = [Self::Agent, Self::Customer, Self::Before];
}

#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) entry: usize,
    pub(super) kind: Kind,
    pub(super) role: Role,
    pub(super) level: Level,
    /// Original bytes.
    pub(super) span: Span,
    /// The same in folded offsets.
    pub(super) folded: Span,
    pub(super) how: How,
}

/// How a candidate was found.
#[derive(Debug, Clone)]
pub(super) enum How {
    /// As this needle, being written out.
    Needle(u32),
    Walked(Box<Walked>),
    /// As a regular expression, or in a way that nobody asks for.
    Regex,
}

/// How a pattern was found that is not written out.
#[derive(Debug, Clone)]
pub(super) struct Walked {
    /// The pattern and its plan.
    pub(super) form: (usize, usize),
    pub(super) found: Found,
}

impl Candidate {
    /// Words that its gaps took.
    pub(super) fn gap_words(&self) -> usize {
        self.walked().map_or(0, |walked| walked.found.gap_words)
    }

    pub(super) fn walked(&self) -> Option<&Walked> {
        match &self.how {
            How::Walked(walked) => Some(walked),
            How::Needle(_) | How::Regex => None,
        }
    }

    /// What it is to whoever wants to know why it is dropped.
    pub(super) fn dropped(&self, why: Why) -> Dropped {
        Dropped { entry: self.entry, span: self.span, why }
    }

    /// Whether it comes before another: the leftmost first, then the longest, the gravest, the earlier entry.
    pub(super) fn order(&self) -> impl Ord + use<> {
        (self.span.start, Reverse(self.span.end), Reverse(self.level), self.entry)
    }
}

impl Walked {
    /// Whether both are the same alternatives of one pattern.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.form == other.form && self.found.path == other.found.path
    }
}
