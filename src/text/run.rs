//! Runs of a text that fold byte for byte, which most prose is made of: ASCII and the letters of
//! Russian and Ukrainian, with single blanks between words. They are folded in blocks, without a branch
//! for each byte, so that folding costs little more than copying. What is special about a character that
//! ends a run is not known here; it is folded alone, see [`super::fold`].

use super::Span;

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
        plain(byte, self) != 0 || matches!(byte, 0xd0 | 0xd1)
    }
}

/// Folds the run with which `rest` begins, a stretch of `text`, and appends it to `out`. It may begin
/// with one blank. In `mixed` goes, in bytes of `out`, where Latin and Cyrillic letters touch within it.
pub(super) fn fold(text: &[u8], rest: Span, rules: Rules, out: &mut Vec<u8>, mixed: &mut Vec<usize>) -> End {
    let (start, bytes) = (rest.start, &text[..rest.end]);
    let begun = out.len();
    let mut at = start;
    let mut kind = Kind::Ascii;
    let mut block = Block::default();
    while at < bytes.len() {
        let mut edge = [0; BLOCK + 2];
        let window = Window::within(bytes, at).unwrap_or_else(|| Window::at_edge(bytes, at, &mut edge));
        match kind {
            Kind::Ascii => window.ascii(rules, &mut block),
            Kind::Letters => window.letters(rules, &mut block),
        }
        out.extend_from_slice(&block.folded);
        if kind == Kind::Letters && any(&block.mixed) {
            let touching = block.mixed.iter().enumerate().filter(|(_, mixed)| **mixed != 0);
            // What the run itself touches is not known here.
            let within = touching.map(|(offset, _)| at + offset - start).filter(|offset| *offset > 0);
            mixed.extend(within.map(|offset| begun + offset));
        }
        if !any(&block.odd) {
            at += BLOCK;
            continue;
        }
        at += first(&block.odd);
        out.truncate(begun + at - start);
        if kind == Kind::Letters || !bytes.get(at).is_some_and(|byte| matches!(byte, 0xd0 | 0xd1)) {
            break;
        }
        kind = Kind::Letters;
    }
    while mixed.last().is_some_and(|&touching| touching >= out.len()) {
        mixed.pop();
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

/// What became of a block. Of the flags, other bytes than 0 say yes.
#[derive(Debug, Default)]
struct Block {
    folded: [u8; BLOCK],
    /// What cannot be part of a run, or not here.
    odd: [u8; BLOCK],
    /// Letters behind one of the other script.
    mixed: [u8; BLOCK],
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

    /// Folds it as one of ASCII. Like the next, this is a function of its own, because the compiler then
    /// looks at many bytes at once.
    #[inline(never)]
    fn ascii(&self, rules: Rules, block: &mut Block) {
        for at in 0..BLOCK {
            let (before, byte) = (self.before[at], self.block[at]);
            block.folded[at] = small(byte, rules);
            block.odd[at] = !(plain(byte, rules) | (blank(byte) & !blank(before)));
        }
    }

    /// Folds it as one of ASCII and letters of two bytes: the first is D0 or D1, and what becomes of one
    /// byte depends on the other.
    #[inline(never)]
    fn letters(&self, rules: Rules, block: &mut Block) {
        let Block { folded, odd, mixed } = block;
        for at in 0..BLOCK {
            let (before, byte, behind) = (self.before[at], self.block[at], self.behind[at]);
            let (is_d0, is_d1) = (mask(byte == 0xd0), mask(byte == 0xd1));
            let (after_d0, after_d1) = (mask(before == 0xd0), mask(before == 0xd1));
            // А to п and Ё; р to я, ё, and є, ѕ, і, ї.
            let first = (is_d0 & (mask(behind.wrapping_sub(0x90) < 0x30) | mask(behind == 0x81)))
                | (is_d1
                    & (mask(behind.wrapping_sub(0x80) < 0x10) | mask(behind == 0x91) | mask(behind & 0xfc == 0x94)));
            let second = mask(byte & 0xc0 == 0x80) & (after_d0 | after_d1);
            odd[at] = !(plain(byte, rules) | (blank(byte) & !blank(before)) | first | second);
            mixed[at] = (latin(before) & (is_d0 | is_d1)) | (mask(before & 0xc0 == 0x80) & latin(byte));
            // Р to Я begin with D0, and р to я with D1. Ё is read as Е, and both begin with D0.
            let up = is_d0 & mask(behind.wrapping_sub(0xa0) < 0x10) & rules.small & 1;
            let down = is_d1 & mask(behind == 0x91) & 1;
            let to_p = after_d0 & mask(byte.wrapping_sub(0x90) < 0x10) & rules.small & 0x20;
            let from_r = after_d0 & mask(byte.wrapping_sub(0xa0) < 0x10) & rules.small & 0x20;
            let letter = small(byte, rules).wrapping_add(up).wrapping_sub(down).wrapping_add(to_p).wrapping_sub(from_r);
            let yo = (after_d0 & mask(byte == 0x81)) | (after_d1 & mask(byte == 0x91));
            let keeps = !(rules.small | after_d1);
            let e = 0xb5 ^ (keeps & (0xb5 ^ 0x95));
            folded[at] = (letter & !yo) | (e & yo);
        }
    }
}

/// Whether any byte is not 0.
#[inline]
fn any(bytes: &[u8; BLOCK]) -> bool {
    bytes.as_chunks::<8>().0.iter().fold(0, |any, eight| any | u64::from_le_bytes(*eight)) != 0
}

/// The first byte that is not 0, by eights.
fn first(bytes: &[u8; BLOCK]) -> usize {
    let mut before = 0;
    for eight in bytes.as_chunks::<8>().0 {
        let bits = u64::from_le_bytes(*eight);
        if bits != 0 {
            return before + bits.trailing_zeros() as usize / 8;
        }
        before += 8;
    }
    BLOCK
}

#[inline]
fn mask(yes: bool) -> u8 {
    0_u8.wrapping_sub(u8::from(yes))
}

/// Printable ASCII that folds to itself or its lower case, whatever stands around it.
#[inline]
fn plain(byte: u8, rules: Rules) -> u8 {
    let printed = mask(byte.wrapping_sub(b'!') <= b'~' - b'!');
    printed & !(mask(byte == b'`') | mask(byte == b'=') | mask(byte == rules.ends))
}

/// A line break between two words is read as a space.
#[inline]
fn blank(byte: u8) -> u8 {
    mask(byte == b' ') | mask(byte == b'\n')
}

#[inline]
fn latin(byte: u8) -> u8 {
    mask((byte | 0x20).wrapping_sub(b'a') < 26)
}

#[inline]
fn small(byte: u8, rules: Rules) -> u8 {
    let capital = mask(byte.wrapping_sub(b'A') < 26) & rules.small & 0x20;
    let line = mask(byte == b'\n') & (b' ' - b'\n');
    byte.wrapping_add(capital).wrapping_add(line)
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
