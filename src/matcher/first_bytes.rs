//! Needles by their first byte, for those too short or too odd for a table of keys.

use crate::lexicon::{Packer, Parts};

#[derive(Debug)]
pub(super) struct FirstBytes(Vec<Vec<u32>>);

impl FirstBytes {
    pub(super) fn new() -> Self {
        Self(vec![Vec::new(); 256])
    }

    pub(super) fn add(&mut self, words: &[u8], needle: u32) {
        self.0[usize::from(words[0])].push(needle);
    }

    /// Moves those of which more than `crowd` begin alike to `others`.
    pub(super) fn turn_away_crowds(&mut self, crowd: usize, others: &mut Vec<u32>) {
        for needles in self.0.iter_mut().filter(|needles| needles.len() > crowd) {
            others.append(needles);
        }
    }

    #[inline]
    pub(super) fn at(&self, byte: u8) -> &[u32] {
        &self.0[usize::from(byte)]
    }

    /// All of them.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &u32> {
        self.0.iter().flatten()
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        for needles in &self.0 {
            packer.halves(needles);
        }
    }

    /// Reads lists of numbers below `bound`.
    pub(super) fn unpack(parts: &mut Parts<'_>, bound: usize) -> Option<Self> {
        let lists = (0..256).map(|_| parts.halves()).collect::<Option<Vec<_>>>()?;
        lists.iter().flatten().all(|&needle| (needle as usize) < bound).then_some(Self(lists))
    }
}
