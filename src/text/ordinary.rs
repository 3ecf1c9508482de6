//! A first look at a line, which spares nearly every line of prose the rules for attributions, headers,
//! dividers, signatures and code. It only ever says that none of them can apply, from what each must
//! begin or end with; what they are is known to [`super::introduction`] and [`super::signature`].

use memchr::memchr;
use wide::u8x32;

use super::Span;
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

/// The length, with its line break, of the first line of a text, if that line begins at once with a letter and is
/// prose for certain. No says nothing.
#[inline]
pub(super) fn ordinary(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if !begins_with_letter(bytes) {
        return None;
    }
    let head = Head::of(bytes);
    let newline = match head.newlines {
        0 => memchr(b'\n', bytes.get(HEAD..).unwrap_or_default()).map(|at| HEAD + at),
        bits => Some(bits.trailing_zeros() as usize),
    };
    let line = bytes[..newline.unwrap_or(bytes.len())].trim_ascii_end();
    let head = head.up_to(line.len());
    let device = || {
        let line = Span::new(0, line.len()).of(text);
        begins_like_a_device_line(line) && is_device_line(line)
    };
    let is_ordinary = ends_plainly(line) && !head.names_header() && !dates(line, head) && !device();
    is_ordinary.then_some(newline.map_or(bytes.len(), |newline| newline + 1))
}

/// Where signs stand in the first bytes of a line, as bits.
#[derive(Clone, Copy)]
struct Head {
    newlines: u64,
    /// A colon, or the first byte of a wide one.
    colons: u64,
    blanks: u64,
    /// White space other than a blank, or the first byte of some.
    white: u64,
}

impl Head {
    /// Where they stand in the first bytes of a text.
    #[inline]
    fn of(bytes: &[u8]) -> Self {
        let mut short = [b'x'; HEAD];
        let head = bytes.first_chunk::<HEAD>().unwrap_or_else(|| {
            short[..bytes.len()].copy_from_slice(bytes);
            &short
        });
        let mut found = Self { newlines: 0, colons: 0, blanks: 0, white: 0 };
        for (index, bytes) in head.as_chunks().0.iter().enumerate() {
            let bytes = u8x32::new(*bytes);
            let is = |byte: u8| bytes.simd_eq(u8x32::splat(byte));
            let below = |bytes: u8x32, count: u8| bytes.min(u8x32::splat(count - 1)).simd_eq(bytes);
            let bits = |found: u8x32| u64::from(found.to_bitmask()) << (32 * index);
            found.newlines |= bits(is(b'\n'));
            found.colons |= bits(is(b':') | is(0xef));
            found.blanks |= bits(is(b' '));
            found.white |= bits(below(bytes, b' ') | is(0xc2) | below(bytes - u8x32::splat(0xe1), 3));
        }
        found
    }

    /// The same of a line that has so many bytes.
    #[inline]
    fn up_to(self, len: usize) -> Self {
        let these = if len < HEAD { (1 << len) - 1 } else { u64::MAX };
        let Self { newlines, colons, blanks, white } = self;
        Self { newlines: newlines & these, colons: colons & these, blanks: blanks & these, white: white & these }
    }

    #[inline]
    fn names_header(self) -> bool {
        self.colons.trailing_zeros() < HEADER
    }
}

/// Everything that is drawn with signs begins with one. Of what has more than one byte, the letters of
/// Latin, Greek and Cyrillic, and emoji.
#[inline]
fn begins_with_letter(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, 0xc3..=0xd3 | 0xf0))
}

/// An attribution ends in a colon, or in what makes it bold; some languages put the device last. Nor is it known
/// what a line ends in that ends in white space of more than one byte.
#[inline]
fn ends_plainly(bytes: &[u8]) -> bool {
    match bytes {
        [.., last] if last.is_ascii() => !matches!(last, b':' | b'*' | b'_'),
        // A letter or a sign of Europe, or an emoji.
        [.., 0xc3..=0xd3, _] | [.., 0xf0, _, _, _] => true,
        [.., 0xc2, last] => !matches!(last, 0x85 | 0xa0),
        // Quotation marks, dashes and the ellipsis; white space of its kind is below and behind.
        [.., 0xe2, 0x80, last] => matches!(last, 0x90..=0xa7),
        [.., 0xe2, 0x81, last] => *last != 0x9f,
        [.., 0xe2, _, _] => true,
        _ => false,
    }
}

/// Whether the line may go on as "On 5 May", "le 5 mai" or "lun. 5 mai" do.
#[inline]
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
        || (may_start(word) && starts(word) && has(bytes, |byte| byte.wrapping_sub(b'0') < 10))
}

/// For each first letter of a word of [`STARTS`] a bit for each length that such a word has.
const LENGTHS: [u8; 32] = {
    let mut lengths = [0; 32];
    let mut index = 0;
    while index < STARTS.len() {
        let word = STARTS[index].as_bytes();
        let mut len = 0;
        while len < word.len() && word[len] != b' ' {
            len += 1;
        }
        assert!(len < 8, "a byte has a bit for it");
        lengths[(word[0] & 31) as usize] |= 1 << len;
        index += 1;
    }
    lengths
};

/// Whether a word may be one with which an attribution begins, by its first letter and its length. No is certain.
#[inline]
fn may_start(word: &[u8]) -> bool {
    let first = word.first().copied().unwrap_or_default();
    let of_its_letter = LENGTHS[usize::from(first & 31)];
    (word.len() < 8 && of_its_letter >> word.len() & 1 != 0) || (!first.is_ascii() && word.len() <= LONGEST_OTHER)
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
