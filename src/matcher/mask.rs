//! Which bytes of a folded text belong to words, as bits: so that words are found by counting zeros,
//! without a branch for each letter that nobody could predict. A word is here a run of letters and
//! digits of a script with spaces between words; whether such a run ends a word for a reader is
//! decided at the hits.

use crate::text::{Span, is_spaced};

/// Bytes for which one number has the bits.
const BLOCK: usize = 64;

/// A bit for each byte of a text.
#[derive(Debug)]
pub(super) struct Mask {
    bits: Vec<u64>,
}

impl Mask {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut mask = Self { bits: Vec::with_capacity(bytes.len() / BLOCK + 1) };
        let mut odd = Vec::new();
        let mut blocks = bytes.chunks_exact(BLOCK);
        for block in blocks.by_ref().filter_map(|block| <&[u8; BLOCK]>::try_from(block).ok()) {
            if has_odd(block) {
                odd.push(mask.bits.len() * BLOCK);
            }
            mask.bits.push(gathered(block));
        }
        let rest = blocks.remainder();
        if !rest.is_empty() {
            let mut block = [b' '; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            if has_odd(&block) {
                odd.push(mask.bits.len() * BLOCK);
            }
            mask.bits.push(gathered(&block));
        }
        for start in odd {
            mask.mend(text, start);
        }
        mask
    }

    /// Takes out the characters of a block that only look like letters.
    fn mend(&mut self, text: &str, start: usize) {
        let mut at = text.ceil_char_boundary(start);
        let end = (start + BLOCK).min(text.len());
        while at < end {
            let byte = text.as_bytes()[at];
            if byte < 0x80 {
                at += 1;
                continue;
            }
            let Some(c) = Span::new(at, text.len()).of(text).chars().next() else { return };
            for byte in at..at + c.len_utf8() {
                if !is_spaced(c) {
                    self.bits[byte / BLOCK] &= !(1 << (byte % BLOCK));
                }
            }
            at += c.len_utf8();
        }
    }

    /// The first word that begins at `at` or behind it, when no word lies across `at`.
    #[inline]
    pub(super) fn next_word(&self, at: usize) -> Option<Span> {
        let start = self.find(at, 0)?;
        let end = self.find(start, u64::MAX).unwrap_or(self.bits.len() * BLOCK);
        Some(Span::new(start, end))
    }

    /// The first bit from `at` on that is 1; with `flip` of all ones, that is 0.
    #[inline]
    fn find(&self, at: usize, flip: u64) -> Option<usize> {
        let mut block = at / BLOCK;
        let mut bits = (*self.bits.get(block)? ^ flip) & (u64::MAX << (at % BLOCK));
        while bits == 0 {
            block += 1;
            bits = *self.bits.get(block)? ^ flip;
        }
        Some(block * BLOCK + bits.trailing_zeros() as usize)
    }
}

/// A bit for each byte that is a letter, a digit or no ASCII.
#[inline]
fn gathered(block: &[u8; BLOCK]) -> u64 {
    let mut letters = [0_u8; BLOCK];
    for (letter, &byte) in letters.iter_mut().zip(block) {
        let lower = byte | 0x20;
        let alphabetic = u8::from(lower.wrapping_sub(b'a') < 26);
        let digit = u8::from(byte.wrapping_sub(b'0') < 10);
        *letter = alphabetic | digit | u8::from(byte == b'_') | (byte >> 7);
    }
    let mut bits = 0;
    for (index, eight) in letters.as_chunks::<8>().0.iter().enumerate() {
        // Moves the lowest bit of each byte into one byte.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= gathered << (8 * index);
    }
    bits
}

/// Whether a block holds bytes of anything but ASCII and U+0400 to U+047F, which are all letters.
#[inline]
fn has_odd(block: &[u8; BLOCK]) -> bool {
    block.iter().map(|&byte| u8::from(byte >= 0xc0) & u8::from(byte & 0xfe != 0xd0)).fold(0, |all, odd| all | odd) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters() {
        let text = "you must—pay «Вы» don't ҂ ທ່ານx _1 é🙂ё ".repeat(9) + "end";
        let mask = Mask::new(&text);
        let mut expected = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (is_spaced(c), start) {
                (true, None) => start = Some(at),
                (false, Some(begun)) => {
                    expected.push(Span::new(begun, at));
                    start = None;
                }
                _ => {}
            }
        }
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(word) = mask.next_word(at) {
            at = word.end;
            found.push(Span::new(word.start, word.end.min(text.len())));
        }
        assert_eq!(found, expected);
        assert_eq!(Mask::new("").next_word(0), None);
    }
}
