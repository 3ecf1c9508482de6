//! Runs of Lao and Thai, which are written without spaces and fold to themselves wherever their marks
//! stand in the right order, as they do in nearly all of a text. A mark in the wrong order ends a run;
//! what becomes of it is decided where all marks are, see [`super::fold`].

use super::folded::Edit;

/// Where a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// In bytes of the text.
    pub(super) at: usize,
    /// Where its last letter with its marks begins, folded and original.
    pub(super) letter: (usize, usize),
}

/// What a character is in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// No part of one.
    Other,
    /// Takes a place of its own, as most vowels do.
    Letter,
    /// The same, but tones are written before it, however they are typed.
    BehindTones,
    /// Belongs to the letter before it. The marks of a letter stand in the order of these numbers, which
    /// are their canonical combining classes.
    Mark(u8),
    /// Two letters in one.
    Pair([char; 2]),
}

/// Bytes of a letter with its marks beyond which a run leaves them to others.
const LONGEST_CLUSTER: usize = 48;

/// What the characters from U+0E00 on are.
const SIGNS: [Sign; 256] = {
    let mut signs = [Sign::Other; 256];
    let mut at = 0;
    while at < signs.len() {
        signs[at] = sign(0xe00 + at);
        at += 1;
    }
    signs
};

const fn sign(code: usize) -> Sign {
    match code {
        0xe33 => Sign::Pair(['\u{e4d}', '\u{e32}']),
        0xeb3 => Sign::Pair(['\u{ecd}', '\u{eb2}']),
        0xedc => Sign::Pair(['\u{eab}', '\u{e99}']),
        0xedd => Sign::Pair(['\u{eab}', '\u{ea1}']),
        0xe32 | 0xe4d | 0xeb2 | 0xecd => Sign::BehindTones,
        0xe3a | 0xeba => Sign::Mark(9),
        0xe38 | 0xe39 => Sign::Mark(103),
        0xe48..=0xe4b => Sign::Mark(107),
        0xeb8 | 0xeb9 => Sign::Mark(118),
        0xec8..=0xecb => Sign::Mark(122),
        0xe01..=0xedb => Sign::Letter,
        _ => Sign::Other,
    }
}

/// Whether a run begins here: with a letter, for a mark belongs to what stands before it.
#[inline]
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.first() == Some(&0xe0) && begins_letter(bytes, 0)
}

/// Folds the run that begins here, at the byte `offset` of the text, and appends it to `out`. It may hold
/// single blanks between letters.
pub(super) fn fold(bytes: &[u8], offset: usize, out: &mut Vec<u8>, edits: &mut Vec<Edit>) -> End {
    let (mut at, mut written) = (0, 0);
    // The last letter: where it begins, folded and original, the class of its last mark, whether a tone may
    // follow it, and whether the last edit is about it.
    let (mut letter, mut class, mut tones, mut noted) = ((out.len(), 0), 0, true, false);
    loop {
        match sign_at(bytes, at) {
            sign @ (Sign::Letter | Sign::BehindTones) => {
                letter = (out.len() + (at - written), at);
                (class, tones, noted) = (0, sign == Sign::Letter, false);
            }
            Sign::Mark(next) => {
                let (folded_len, raw_len) = (out.len() + (at + 3 - written) - letter.0, at + 3 - letter.1);
                let tone = matches!(next, 107 | 122);
                if next < class || (tone && !tones && class == 0) || raw_len > LONGEST_CLUSTER {
                    break;
                }
                if noted {
                    edits.pop();
                }
                edits.push(Edit { folded: letter.0, folded_len, raw: offset + letter.1, raw_len });
                (class, noted) = (next, true);
            }
            Sign::Pair(letters) => {
                out.extend_from_slice(&bytes[written..at]);
                letter = (out.len(), at);
                written = at + 3;
                for c in letters {
                    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                edits.push(Edit { folded: letter.0, folded_len: 6, raw: offset + at, raw_len: 3 });
                (class, tones, noted) = (0, !matches!(letters[1], '\u{e32}' | '\u{eb2}'), true);
            }
            Sign::Other if bytes.get(at) == Some(&b' ') && begins_letter(bytes, at + 1) => {
                at += 1;
                continue;
            }
            Sign::Other => break,
        }
        at += 3;
    }
    out.extend_from_slice(&bytes[written..at]);
    End { at: offset + at, letter: (letter.0, offset + letter.1) }
}

#[inline]
fn begins_letter(bytes: &[u8], at: usize) -> bool {
    !matches!(sign_at(bytes, at), Sign::Other | Sign::Mark(_))
}

/// What begins at a byte. The three bytes of these characters are E0, B8 to BB, and any inner one.
#[inline]
fn sign_at(bytes: &[u8], at: usize) -> Sign {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some([0xe0, second @ 0xb8..=0xbb, third]) => SIGNS[usize::from(second & 3) << 6 | usize::from(third & 63)],
        _ => Sign::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::char::{canonical_combining_class, compose};

    #[test]
    fn marks_have_the_classes_of_unicode() {
        for c in '\u{e01}'..='\u{edb}' {
            let expected = canonical_combining_class(c);
            let found = if let Sign::Mark(class) = sign(c as usize) { class } else { 0 };
            assert_eq!(found, expected, "{c:?}");
            assert!(('\0'..='\u{1fff}').all(|before| compose(before, c).is_none()), "{c:?}");
        }
    }
}
