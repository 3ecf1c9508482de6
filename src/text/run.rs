//! Runs of a text that fold byte for byte, which most prose is made of: ASCII and the letters of
//! Russian and Ukrainian, with single blanks between words. They are folded in blocks, without a branch
//! for each byte, so that folding costs little more than copying. What is special about a character that
//! ends a run is not known here; it is folded alone, see [`super::fold`].

use wide::u8x32;

use super::Span;
use super::lanes::{all, from, inner, is, latin};

/// Bytes that are folded together.
const BLOCK: usize = 32;

/// What a run does to its letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// All ones when capitals become small, else nothing.
    small: u8,
    /// An ASCII character that ends a run.
    ends: u8,
}

/// Where a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// In bytes of the text. The run ends in a word or a sign.
    pub(super) at: usize,
    /// A single blank stands there.
    pub(super) blank: bool,
}

impl Rules {
    /// With `dotless`, the capital I is no part of a run: what becomes of it is a matter of language.
    pub(super) const fn new(folds_case: bool, dotless: bool) -> Self {
        Self { small: if folds_case { 0xff } else { 0 }, ends: if dotless { b'I' } else { b'`' } }
    }

    /// Whether a run can begin with a byte other than a blank.
    pub(super) fn begin(self, byte: u8) -> bool {
        (matches!(byte, b'!'..=b'~') && !matches!(byte, b'`' | b'=') && byte != self.ends)
            || matches!(byte, 0xd0 | 0xd1)
    }
}

/// Folds the run with which `rest` begins, a stretch of `text`, and appends it to `out`. It may begin
/// with one blank. In `mixed` goes, in bytes of `out`, where Latin and Cyrillic letters touch within it.
pub(super) fn fold(text: &[u8], rest: Span, rules: Rules, out: &mut Vec<u8>, mixed: &mut Vec<usize>) -> End {
    let (start, bytes) = (rest.start, &text[..rest.end]);
    let begun = out.len();
    let mut at = start;
    let mut kind = Kind::Ascii;
    while at < bytes.len() {
        let mut edge = [0; BLOCK + 2];
        let window = Window::within(bytes, at).unwrap_or_else(|| Window::at_edge(bytes, at, &mut edge));
        let Block { folded, odd, mixed: mut touching } = match kind {
            Kind::Ascii => window.ascii(rules),
            Kind::Letters => window.letters(rules),
        };
        out.extend_from_slice(&folded);
        let kept = odd.trailing_zeros() as usize;
        while touching.trailing_zeros() < odd.trailing_zeros() {
            // What the run itself touches is not known here.
            let offset = at - start + touching.trailing_zeros() as usize;
            mixed.extend((offset > 0).then_some(begun + offset));
            touching &= touching - 1;
        }
        at += kept;
        if odd == 0 {
            continue;
        }
        out.truncate(begun + at - start);
        if kind == Kind::Letters || !bytes.get(at).is_some_and(|byte| matches!(byte, 0xd0 | 0xd1)) {
            break;
        }
        kind = Kind::Letters;
    }
    let blank = at > start && out.last() == Some(&b' ');
    if blank {
        out.pop();
    }
    End { at: at - usize::from(blank), blank }
}

/// What is looked for in a block: letters of two bytes cost three times as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ascii,
    Letters,
}

/// A block, the bytes before its bytes, and the bytes behind them.
struct Window<'t> {
    before: &'t [u8; BLOCK],
    block: &'t [u8; BLOCK],
    behind: &'t [u8; BLOCK],
}

/// What became of a block, with a bit for each byte.
struct Block {
    folded: [u8; BLOCK],
    /// What cannot be part of a run, or not here.
    odd: u32,
    /// Letters behind one of the other script.
    mixed: u32,
}

impl<'t> Window<'t> {
    /// The block at `at`, when it has neighbours.
    #[inline]
    fn within(bytes: &'t [u8], at: usize) -> Option<Self> {
        let all: &[u8; BLOCK + 2] = bytes.get(at.wrapping_sub(1)..)?.first_chunk()?;
        Self::of(all)
    }

    /// The block at `at`. Outside the text there is nothing that could be part of a run.
    fn at_edge(bytes: &[u8], at: usize, edge: &'t mut [u8; BLOCK + 2]) -> Self {
        let rest = &bytes[at..bytes.len().min(at + BLOCK + 1)];
        edge[0] = at.checked_sub(1).map_or(0, |before| bytes[before]);
        edge[1..=rest.len()].copy_from_slice(rest);
        Self::of(edge).expect("it is as long as that")
    }

    #[inline]
    fn of(all: &'t [u8; BLOCK + 2]) -> Option<Self> {
        let [_, rest @ .., _] = all;
        Some(Self { before: all.first_chunk()?, block: rest, behind: all.last_chunk()? })
    }

    /// Folds it as one of ASCII.
    #[inline(never)]
    fn ascii(&self, rules: Rules) -> Block {
        let (before, bytes) = (u8x32::new(*self.before), u8x32::new(*self.block));
        let fine = plain(bytes, rules) | (blank(bytes) & !blank(before));
        Block { folded: small(bytes, rules).to_array(), odd: (!fine).to_bitmask(), mixed: 0 }
    }

    /// Folds it as one of ASCII and letters of two bytes: the first is D0 or D1, and what becomes of one
    /// byte depends on the other.
    #[inline(never)]
    fn letters(&self, rules: Rules) -> Block {
        let (before, bytes, behind) = (u8x32::new(*self.before), u8x32::new(*self.block), u8x32::new(*self.behind));
        let (is_d0, is_d1) = (is(bytes, 0xd0), is(bytes, 0xd1));
        let (after_d0, after_d1) = (is(before, 0xd0), is(before, 0xd1));
        // А to п and Ё; р to я, ё, and є, ѕ, і, ї.
        let first = (is_d0 & (from(behind, 0x90, 0x30) | is(behind, 0x81)))
            | (is_d1 & (from(behind, 0x80, 0x10) | is(behind, 0x91) | from(behind, 0x94, 4)));
        let second = inner(bytes) & (after_d0 | after_d1);
        let fine = plain(bytes, rules) | (blank(bytes) & !blank(before)) | first | second;
        let mixed = (latin(before) & (is_d0 | is_d1)) | (inner(before) & latin(bytes));
        // Р to Я begin with D0, and р to я with D1. Ё is read as Е, and both begin with D0.
        let up = is_d0 & from(behind, 0xa0, 0x10) & all(rules.small & 1);
        let down = is_d1 & is(behind, 0x91) & all(1);
        let to_p = after_d0 & from(bytes, 0x90, 0x10) & all(rules.small & 0x20);
        let from_r = after_d0 & from(bytes, 0xa0, 0x10) & all(rules.small & 0x20);
        let letter = small(bytes, rules) + up - down + to_p - from_r;
        let yo = (after_d0 & is(bytes, 0x81)) | (after_d1 & is(bytes, 0x91));
        let keeps = !(all(rules.small) | after_d1);
        let e = all(0xb5) ^ (keeps & all(0xb5 ^ 0x95));
        let folded = (letter & !yo) | (e & yo);
        Block { folded: folded.to_array(), odd: (!fine).to_bitmask(), mixed: mixed.to_bitmask() }
    }
}

/// Printable ASCII that folds to itself or its lower case, whatever stands around it.
#[inline]
fn plain(bytes: u8x32, rules: Rules) -> u8x32 {
    from(bytes, b'!', b'~' - b' ') & !(is(bytes, b'`') | is(bytes, b'=') | is(bytes, rules.ends))
}

/// A line break between two words is read as a space.
#[inline]
fn blank(bytes: u8x32) -> u8x32 {
    is(bytes, b' ') | is(bytes, b'\n')
}

#[inline]
fn small(bytes: u8x32, rules: Rules) -> u8x32 {
    let capital = from(bytes, b'A', 26) & all(rules.small & 0x20);
    let line = is(bytes, b'\n') & all(b' ' - b'\n');
    bytes + capital + line
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Rules = Rules::new(true, false);

    fn folded(text: &str, rules: Rules) -> (String, Vec<usize>) {
        let (mut out, mut mixed) = (b"before".to_vec(), Vec::new());
        let end = fold(text.as_bytes(), Span::new(0, text.len()), rules, &mut out, &mut mixed);
        let out = String::from_utf8(out.split_off(6)).expect("whole characters");
        assert_eq!(out.len(), end.at, "{text}");
        assert_eq!(end.blank, matches!(text.as_bytes().get(end.at), Some(b' ' | b'\n')), "{text}");
        (out, mixed.into_iter().map(|at| at - 6).collect())
    }

    #[test]
    fn runs_end_before_what_is_special() {
        let long = "Forty plain words, or so, in a row that is longer than a block;\n".repeat(9);
        let long_folded = long.to_lowercase().replace('\n', " ");
        let rows = [
            ("you must  pay", "you must"),
            (" You", " you"),
            ("  you", ""),
            ("you ", "you"),
            ("don’t", "don"),
            ("a=b", "a"),
            ("a`b", "a"),
            ("a\nB", "a b"),
            ("a\n\nb", "a"),
            ("a\r\nb", "a"),
            ("", ""),
            ("Вы должны, 5.\nЭто ВСЁ, Ёж", "вы должны, 5. это все, еж"),
            ("вы  д", "вы"),
            ("їжак і Єва", "їжак і"),
            ("é", ""),
            (long.as_str(), long_folded.trim_end()),
        ];
        for (text, expected) in rows {
            assert_eq!(folded(text, SMALL).0, expected, "{text}");
        }
        for at in 0..80 {
            for letter in ["x", "я"] {
                let text = [&letter.repeat(at), "  ", &letter.repeat(80)].concat();
                assert_eq!(folded(&text, SMALL).0, letter.repeat(at), "two spaces at {at}");
            }
        }
    }

    #[test]
    fn capitals_stay_where_asked() {
        assert_eq!(folded("You ВСЁ ёж", Rules::new(false, false)).0, "You ВСЕ еж");
        assert_eq!(folded("You IS", Rules::new(true, true)).0, "you");
    }

    #[test]
    fn touching_scripts_are_noted() {
        for at in 0..70 {
            let text = ["x".repeat(at).as_str(), " aф", "фz"].concat();
            assert_eq!(folded(&text, SMALL).1, [at + 2, at + 6]);
        }
    }
}
