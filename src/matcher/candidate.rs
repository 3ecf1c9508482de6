//! One hit before anything was decided about it.

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
    /// The needle that it is, for a pattern that is written out.
    pub(super) needle: Option<usize>,
    /// For a pattern that was walked: which, and how.
    pub(super) walked: Option<Box<Walked>>,
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
        self.walked.as_ref().map_or(0, |walked| walked.found.gap_words)
    }
}

impl Walked {
    /// Whether both are the same alternatives of one pattern.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.form == other.form && self.found.path == other.found.path
    }
}
