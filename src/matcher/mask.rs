//! The words of a folded text, found by bits: a bit for each byte that belongs to a word, so that words
//! are found by counting zeros, without a branch for each letter that nobody could predict. A word is
//! here a run of letters and digits of a script with spaces between words; whether such a run ends a
//! word for a reader is decided at the hits.

use crate::text::{Span, is_spaced};

/// Bytes for which one number has the bits.
const BLOCK: usize = 64;

/// Calls `word` with every word of a text, in order: where it begins and where it ends.
#[inline]
pub(super) fn for_each_word(text: &str, mut word: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let (mut start, mut begun, mut inside, mut spilt) = (0, 0, 0, 0);
    while start < bytes.len() {
        let mut edge = [b' '; BLOCK];
        let block = bytes.get(start..).and_then(|rest| rest.first_chunk::<BLOCK>()).unwrap_or_else(|| {
            edge[..bytes.len() - start].copy_from_slice(&bytes[start..]);
            &edge
        });
        let mut bits = gathered(block, letter) & !spilt;
        spilt = 0;
        if odd(block) {
            let (here, behind) = others(text, start, block);
            bits &= !here;
            spilt = behind;
        }
        // Ones where a word begins or ends, in turns.
        let mut edges = bits ^ ((bits << 1) | inside);
        if inside != 0 && edges != 0 {
            word(begun, start + edges.trailing_zeros() as usize);
            edges &= edges - 1;
        }
        while edges != 0 {
            begun = start + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            if edges == 0 {
                break;
            }
            word(begun, start + edges.trailing_zeros() as usize);
            edges &= edges - 1;
        }
        inside = bits >> (BLOCK - 1);
        start += BLOCK;
    }
    if inside != 0 {
        word(begun, bytes.len());
    }
}

/// The bits of characters which only look like letters: in a block, and in the next one of those that
/// go on there.
fn others(text: &str, start: usize, block: &[u8; BLOCK]) -> (u64, u64) {
    let mut firsts = gathered(block, |byte| u8::from(byte >= 0xc0) & u8::from(byte & 0xfe != 0xd0));
    let (mut here, mut behind) = (0, 0);
    while firsts != 0 {
        let offset = firsts.trailing_zeros() as usize;
        firsts &= firsts - 1;
        let Some(c) = Span::new(start + offset, text.len()).of(text).chars().next() else { break };
        if !is_spaced(c) {
            let bits = (1 << c.len_utf8()) - 1;
            here |= bits << offset;
            behind |= (bits >> 1) >> (BLOCK - 1 - offset);
        }
    }
    (here, behind)
}

/// A letter of folded text, which has no capitals, a digit or a byte that is no ASCII.
#[inline]
fn letter(byte: u8) -> u8 {
    let alphabetic = u8::from(byte.wrapping_sub(b'a') < 26);
    let digit = u8::from(byte.wrapping_sub(b'0') < 10);
    alphabetic | digit | u8::from(byte == b'_') | (byte >> 7)
}

/// A bit for each byte of which `wanted` says 1.
#[inline]
fn gathered(block: &[u8; BLOCK], wanted: impl Fn(u8) -> u8) -> u64 {
    let mut found = [0_u8; BLOCK];
    for (found, &byte) in found.iter_mut().zip(block) {
        *found = wanted(byte);
    }
    let mut bits = 0;
    for (index, eight) in found.as_chunks::<8>().0.iter().enumerate() {
        // Moves the lowest bit of each byte into one byte.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= gathered << (8 * index);
    }
    bits
}

/// Whether a block holds bytes of anything but ASCII and U+0400 to U+047F, which are all letters.
#[inline]
fn odd(block: &[u8; BLOCK]) -> bool {
    block.iter().map(|&byte| u8::from(byte >= 0xc0) & u8::from(byte & 0xfe != 0xd0)).fold(0, |all, odd| all | odd) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters() {
        let piece = "you must—pay «Вы» don't ҂ ທ່ານx _1 é🙂ё ";
        for skipped in 0..piece.len() {
            let text = "x".repeat(skipped) + &piece.repeat(5) + "end";
            let mut expected = Vec::new();
            let mut start = None;
            for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
                match (is_spaced(c), start) {
                    (true, None) => start = Some(at),
                    (false, Some(begun)) => {
                        expected.push((begun, at));
                        start = None;
                    }
                    _ => {}
                }
            }
            let mut found = Vec::new();
            for_each_word(&text, |start, end| found.push((start, end)));
            assert_eq!(found, expected);
        }
        for_each_word("", |_, _| panic!("there is no word"));
    }
}
