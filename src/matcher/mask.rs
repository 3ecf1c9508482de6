//! The words of a folded text, found by bits: a bit for each byte that belongs to a word, so that words
//! are found by counting zeros, without a branch for each letter that nobody could predict. A word is
//! here a run of letters and digits of a script with spaces between words; whether such a run ends a
//! word for a reader is decided at the hits.

use wide::u8x32;

use crate::text::{Span, is_spaced};

/// Bytes for which one number has the bits.
const BLOCK: usize = 64;

/// Calls `word` with every word of a text, in order: where it begins and where it ends.
#[inline]
pub(super) fn for_each_word(text: &str, mut word: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let (mut start, mut begun, mut inside, mut spilt) = (0, 0, 0, 0);
    // A word that goes up to the end ends in the block behind it.
    while start < bytes.len() || inside != 0 {
        let edge;
        let block = if let Some(block) = bytes.get(start..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
            block
        } else {
            edge = edge_of(bytes, start);
            &edge
        };
        let (letters, firsts) = looked_at(block);
        let mut bits = letters & !spilt;
        spilt = 0;
        if firsts != 0 {
            let (here, behind) = others(text, start, firsts);
            bits &= !here;
            spilt = behind;
        }
        let before = (bits << 1) | inside;
        let (mut firsts, mut ends) = (bits & !before, !bits & before);
        if inside == 0 {
            begun = start + firsts.trailing_zeros() as usize;
            firsts &= firsts.wrapping_sub(1);
        }
        // One place to call from, so that what is called becomes a part of the loop.
        while ends != 0 {
            word(begun, start + ends.trailing_zeros() as usize);
            begun = start + firsts.trailing_zeros() as usize;
            ends &= ends - 1;
            firsts &= firsts.wrapping_sub(1);
        }
        inside = bits >> (BLOCK - 1);
        start += BLOCK;
    }
}

/// The last bytes of a text, and blanks behind them.
#[cold]
fn edge_of(bytes: &[u8], start: usize) -> [u8; BLOCK] {
    let mut edge = [b' '; BLOCK];
    edge[..bytes.len() - start].copy_from_slice(&bytes[start..]);
    edge
}

/// The bits of characters which only look like letters: in a block, and in the next one of those that
/// go on there. `firsts` are the bits of those that may.
#[inline(never)]
fn others(text: &str, start: usize, mut firsts: u64) -> (u64, u64) {
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

/// A bit for each byte of a block that is a letter of folded text, which has no capitals, a digit or no
/// ASCII; and one for each that begins a character which is neither ASCII nor U+0400 to U+047F, which are
/// all letters.
#[inline]
fn looked_at(block: &[u8; BLOCK]) -> (u64, u64) {
    let (mut letters, mut firsts) = (0, 0);
    for (index, bytes) in block.as_chunks().0.iter().enumerate() {
        let bytes = u8x32::new(*bytes);
        let from = |first: u8, count: u8| {
            let distance = bytes - u8x32::splat(first);
            distance.min(u8x32::splat(count - 1)).simd_eq(distance)
        };
        let letter = from(b'a', 26) | from(b'0', 10) | bytes.simd_eq(u8x32::splat(b'_')) | bytes;
        letters |= u64::from(letter.to_bitmask()) << (32 * index);
        let cyrillic = (bytes & u8x32::splat(0xfe)).simd_eq(u8x32::splat(0xd0));
        firsts |= u64::from((from(0xc0, 0x40) & !cyrillic).to_bitmask()) << (32 * index);
    }
    (letters, firsts)
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
