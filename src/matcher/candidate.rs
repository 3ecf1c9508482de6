//! One hit before anything was decided about it.

use crate::lexicon::{Kind, Level, Slot};
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
    pub(super) slots: Vec<(Slot, Span)>,
    pub(super) gap_words: usize,
    /// The pattern, and the alternatives taken in it.
    pub(super) form: usize,
    pub(super) path: Vec<usize>,
}
