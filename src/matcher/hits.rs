//! The candidates of one draft, in memory that is used for the next one too. What has to be decided about
//! them depends on what is among them, which is noted as they come, so that nobody goes through all of
//! them to find that there is nothing to decide.

use super::candidate::{Candidate, Role};
use crate::lexicon::Kind;

/// Memory for what is found in one draft, to be used again for the next.
#[derive(Debug, Default)]
pub struct Hits {
    pub(super) candidates: Vec<Candidate>,
    pub(super) among: Among,
}

/// What is among the candidates.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is noted, and asked, by itself")]
pub(super) struct Among {
    /// One with a gap that took a word.
    pub(super) gaps: bool,
    /// An exception, or a name.
    pub(super) exceptions: bool,
    pub(super) recommends: bool,
    /// One that comes behind those it precedes in their order.
    pub(super) disordered: bool,
}

impl Hits {
    /// How many there are at the most.
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    pub(super) fn clear(&mut self) {
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        *self = Self { candidates, among: Among::default() };
    }

    pub(super) fn push(&mut self, candidate: Candidate) {
        self.among.gaps |= candidate.gap_words() > 0;
        self.among.exceptions |= candidate.role != Role::Phrase;
        self.among.recommends |= candidate.kind == Kind::Recommend;
        self.among.disordered |= self.candidates.last().is_some_and(|last| last.order() > candidate.order());
        self.candidates.push(candidate);
    }
}
