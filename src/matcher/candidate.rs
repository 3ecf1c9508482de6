//! One hit before anything was decided about it.

use std::cmp::Reverse;

use super::plan::Found;
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
}

impl Role {
    pub(super) const ALL: [Self; 3] = [Self::Phrase, Self::Unless, Self::Name];
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
