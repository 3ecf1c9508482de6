//! A first look at a line, which spares nearly every line of prose the rules for attributions, headers,
//! dividers, signatures and code. It only ever says that none of them can apply, from what each must
//! begin or end with; what they are is known to [`super::introduction`] and [`super::signature`].

use wide::u8x32;

use super::mail_words::STARTS;
use super::scan::has;
use super::signature::{begins_like_a_device_line, is_device_line};

/// Bytes in which the name of a header ends, and a little more.
const HEADER: u32 = 44;

/// Bytes of the first word behind which a date may come.
const FIRST_WORD: u32 = 52;

/// Bytes of the longest word of [`STARTS`] that is no ASCII.
const LONGEST_OTHER: usize = 4;

/// Bytes that are looked at together.
const HEAD: usize = 64;

/// Whether a line, without white space around it, is prose for certain.
pub(super) fn is_ordinary(line: &str) -> bool {
    let bytes = line.as_bytes();
    if !begins_with_letter(bytes) || !ends_plainly(bytes) {
        return false;
    }
    let head = Head::of(bytes);
    let device = || begins_like_a_device_line(line) && is_device_line(line);
    !(head.names_header() || dates(bytes, head) || device())
}

/// Where signs stand in the first bytes of a line, as bits.
#[derive(Clone, Copy)]
struct Head {
    /// A colon, or the first byte of a wide one.
    colons: u64,
    blanks: u64,
    /// White space other than a blank, or the first byte of some.
    white: u64,
}

impl Head {
    fn of(bytes: &[u8]) -> Self {
        let mut short = [b'x'; HEAD];
        let head = bytes.first_chunk::<HEAD>().unwrap_or_else(|| {
            short[..bytes.len()].copy_from_slice(bytes);
            &short
        });
        let mut found = Self { colons: 0, blanks: 0, white: 0 };
        for (index, bytes) in head.as_chunks().0.iter().enumerate() {
            let bytes = u8x32::new(*bytes);
            let is = |byte: u8| bytes.simd_eq(u8x32::splat(byte));
            let below = |bytes: u8x32, count: u8| bytes.min(u8x32::splat(count - 1)).simd_eq(bytes);
            let bits = |found: u8x32| u64::from(found.to_bitmask()) << (32 * index);
            found.colons |= bits(is(b':') | is(0xef));
            found.blanks |= bits(is(b' '));
            found.white |= bits(below(bytes, b' ') | is(0xc2) | below(bytes - u8x32::splat(0xe1), 3));
        }
        found
    }

    fn names_header(self) -> bool {
        self.colons.trailing_zeros() < HEADER
    }
}

/// Everything that is drawn with signs begins with one. Of what has more than one byte, the letters of
/// Latin, Greek and Cyrillic, and emoji.
fn begins_with_letter(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, 0xc3..=0xd3 | 0xf0))
}

/// An attribution ends in a colon, or in what makes it bold; some languages put the device last.
fn ends_plainly(bytes: &[u8]) -> bool {
    match bytes {
        [.., last] if last.is_ascii() => !matches!(last, b':' | b'*' | b'_'),
        // A letter or a sign of Europe, or an emoji.
        [.., 0xc2..=0xd3, _] | [.., 0xe2, _, _] | [.., 0xf0, _, _, _] => true,
        _ => false,
    }
}

/// Whether the line may go on as "On 5 May", "le 5 mai" or "lun. 5 mai" do.
fn dates(bytes: &[u8], head: Head) -> bool {
    let end = head.blanks.trailing_zeros().min(FIRST_WORD);
    if head.white.trailing_zeros() < end {
        return true;
    }
    if end == FIRST_WORD {
        return false;
    }
    let (word, behind) = bytes.split_at(bytes.len().min(end as usize));
    let next = behind.get(1);
    next.is_none_or(|&next| next.is_ascii_digit() || next == b' ' || may_blank(next))
        || (starts(word) && has(bytes, |byte| byte.wrapping_sub(b'0') < 10))
}

/// Whether a word is one with which an attribution may begin, or may be one that is no ASCII.
fn starts(word: &[u8]) -> bool {
    let is_first_of = |known: &[u8]| {
        known
            .split_at_checked(word.len())
            .is_some_and(|(first, rest)| matches!(rest, [] | [b' ', ..]) && first.eq_ignore_ascii_case(word))
    };
    !word.is_ascii() && word.len() <= LONGEST_OTHER || STARTS.iter().any(|known| is_first_of(known.as_bytes()))
}

/// White space other than a blank, or the first byte of some.
fn may_blank(byte: u8) -> bool {
    byte < b' ' || matches!(byte, 0xc2 | 0xe1..=0xe3)
}
