//! A first look at a line, which spares nearly every line of prose the rules for attributions, headers,
//! dividers, signatures and code. It only ever says that none of them can apply, from what each must
//! begin or end with; what they are is known to [`super::introduction`] and [`super::signature`].

use memchr::{memchr, memchr2};

use super::scan::has;
use super::signature::{begins_like_a_device_line, is_device_line};

/// Bytes in which the name of a header ends, and a little more.
const HEADER: usize = 44;

/// Bytes of the first word behind which a date may come.
const FIRST_WORD: usize = 52;

/// Whether a line, without white space around it, is prose for certain.
pub(super) fn is_ordinary(line: &str) -> bool {
    let bytes = line.as_bytes();
    begins_with_letter(bytes)
        && ends_plainly(bytes)
        && !names_header(&bytes[..bytes.len().min(HEADER)])
        && !dates(bytes)
        && !(begins_like_a_device_line(line) && is_device_line(line))
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

/// A colon, or the first byte of a wide one.
fn names_header(bytes: &[u8]) -> bool {
    memchr2(b':', 0xef, bytes).is_some()
}

/// Whether the line may go on as "On 5 May", "le 5 mai" or "lun. 5 mai" do.
fn dates(bytes: &[u8]) -> bool {
    let near = &bytes[..bytes.len().min(FIRST_WORD)];
    let Some(end) = memchr(b' ', near) else { return near.iter().any(|&byte| may_blank(byte)) };
    if starts(&near[..end]) && has(bytes, |byte| byte.wrapping_sub(b'0') < 10) {
        return true;
    }
    near[..end].iter().fold(false, |any, &byte| any | may_blank(byte))
        || near.get(end + 1).is_none_or(|&next| next.is_ascii_digit() || next == b' ' || may_blank(next))
}

/// Whether a word is one with which an attribution may begin, or may be one that is no ASCII.
fn starts(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 16] = [
        b"on", b"am", b"le", b"el", b"em", b"no", b"a", b"il", b"in", b"op", b"w", b"dnia", b"den", b"dne", b"la",
        b"pe",
    ];
    word.len() <= 4 && (!word.is_ascii() || WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// White space other than a blank, or the first byte of some.
fn may_blank(byte: u8) -> bool {
    byte < b' ' || matches!(byte, 0xc2 | 0xe1..=0xe3)
}
