//! A filter over pairs of neighbouring words, which rejects nearly all words of a draft with one look:
//! a row of bits for each word that matters, and in it a bit for the word before. It may say yes too
//! often and never no in error; the tables behind it know better.

#![allow(clippy::cast_possible_truncation, reason = "of a key, some bits are taken")]

use crate::lexicon::{Packer, Parts};

/// Rows for each word that matters.
const SPARE: usize = 2;

/// Bits of rows, by keys of words that were mixed already.
#[derive(Debug)]
pub(super) struct Rows {
    rows: Vec<u64>,
    shift: u32,
}

impl Rows {
    /// Rows that let pass these words, each behind the stated one or, with none, behind any.
    pub(super) fn new(words: &[(u64, Option<u64>)]) -> Self {
        let count = (words.len() * SPARE).next_power_of_two().max(2);
        let mut rows = Self { rows: vec![0; count], shift: u64::BITS - count.ilog2() };
        for &(word, before) in words {
            let index = rows.index(word);
            rows.rows[index] |= before.map_or(u64::MAX, bit);
        }
        rows
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.words(&self.rows);
    }

    pub(super) fn unpack(parts: &mut Parts<'_>) -> Option<Self> {
        let rows = parts.words().filter(|rows| rows.len() > 1 && rows.len().is_power_of_two())?;
        Some(Self { shift: u64::BITS - rows.len().ilog2(), rows })
    }

    /// Whether a word behind another may matter, and whether it may by itself.
    #[inline]
    pub(super) fn let_pass(&self, before: u64, word: u64) -> (bool, bool) {
        let row = self.rows.get(self.index(word)).copied().unwrap_or_default();
        (row & bit(before) != 0, row == u64::MAX)
    }

    #[inline]
    fn index(&self, word: u64) -> usize {
        (word >> self.shift) as usize
    }
}

/// One of 64, by the bits that choose no row.
#[inline]
fn bit(before: u64) -> u64 {
    1 << ((before >> 40) & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_passes_and_little_else() {
        let mix = |number: u64| (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let pairs: Vec<(u64, Option<u64>)> =
            (0..1_000).map(|number| (mix(number), (number > 9).then(|| mix(number + 7_000)))).collect();
        let rows = Rows::new(&pairs);
        for &(word, before) in &pairs {
            let (passes, alone) = rows.let_pass(before.unwrap_or(5), word);
            assert!(passes && (alone || before.is_some()));
        }
        let wrong = (0..10_000).filter(|&number| rows.let_pass(mix(number * 3), mix(number + 2_000)).0).count();
        assert!(wrong < 300, "{wrong} of 10,000");
        assert_eq!(Rows::new(&[]).let_pass(1, mix(2)), (false, false));
    }
}
