//! Where in a folded text a needle may stand. Most words of a draft begin no phrase, so that a text is
//! gone through word by word, and a small table over word beginnings rejects nearly all of them at
//! several times the speed of an automaton. What the table lets pass is compared. The automaton of
//! the `aho-corasick` crate is left for needles that may begin within a word, which are those of
//! scripts without spaces and of entries that ignore word borders, and is built when the first draft
//! comes that holds one of their first bytes. Borders, accents and exceptions are decided elsewhere.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::table::Table;
use crate::text::{Span, is_spaced, is_word};

/// Fixed words to look for.
#[derive(Debug)]
pub(super) struct Needle {
    /// Folded; not empty.
    pub(super) text: String,
    /// Stands only where a word begins.
    pub(super) begins_word: bool,
    /// Stands only where a word ends.
    pub(super) ends_word: bool,
}

/// Needles, ready to be looked for.
#[derive(Debug)]
pub(super) struct Search {
    needles: Vec<Needle>,
    /// By the first two words.
    pairs: Table,
    /// By the first word, when there is no second.
    words: Table,
    /// By the first bytes of a word, when the needle may end within it.
    prefixes: Table,
    short_prefixes: FirstBytes,
    /// Those that begin with a sign.
    signs: FirstBytes,
    anywhere: Vec<usize>,
    first_bytes: [bool; 256],
    automaton: OnceLock<AhoCorasick>,
}

/// Needles by their first byte.
#[derive(Debug)]
struct FirstBytes(Vec<Vec<usize>>);

/// Bytes of a prefix that are looked up.
const PREFIX: usize = 4;

/// Needles with one key; more of them are the automaton's business, so that a lexicon whose phrases
/// all begin alike costs no more than another.
const CROWD: usize = 64;

/// The most bytes of needles that the automaton can number in any case.
pub(super) const MOST_BYTES: usize = 1 << 30;

impl Search {
    pub(super) fn new(needles: Vec<Needle>) -> Self {
        let (mut pairs, mut words, mut prefixes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut short_prefixes, mut signs) = (FirstBytes::new(), FirstBytes::new());
        let mut anywhere = Vec::new();
        for (index, needle) in needles.iter().enumerate() {
            let text = needle.text.as_str();
            let first = word_at(text, 0);
            if first == 0 {
                // A letter of a script without spaces, or a sign.
                let begins = text.chars().next().is_some_and(is_word);
                if begins {
                    anywhere.push(index);
                } else {
                    signs.add(text, index);
                }
                continue;
            }
            if !needle.begins_word {
                anywhere.push(index);
                continue;
            }
            let is_whole = |end: usize| end < text.len() || needle.ends_word;
            let second = next_word(text, first);
            match second {
                Some(second) if is_whole(second.end) => {
                    pairs.push((joined(key(text, Span::new(0, first)), key(text, second)), index));
                }
                _ if is_whole(first) => words.push((key(text, Span::new(0, first)), index)),
                _ if text.len() >= PREFIX => prefixes.push((prefix(text, 0), index)),
                _ => short_prefixes.add(text, index),
            }
        }
        let pairs = Table::new(pairs, CROWD, &mut anywhere);
        let words = Table::new(words, CROWD, &mut anywhere);
        let prefixes = Table::new(prefixes, CROWD, &mut anywhere);
        let mut first_bytes = [false; 256];
        for &index in &anywhere {
            first_bytes[usize::from(needles[index].text.as_bytes()[0])] = true;
        }
        Self {
            needles,
            pairs,
            words,
            prefixes,
            short_prefixes,
            signs,
            anywhere,
            first_bytes,
            automaton: OnceLock::new(),
        }
    }

    /// Every place where a needle stands that may matter, with the number of the needle. Places
    /// within words are among them only for needles that may stand there.
    pub(super) fn find(&self, text: &str, mut hit: impl FnMut(usize, Span)) {
        let bytes = text.as_bytes();
        let mut compare = |needle: usize, at: usize| {
            let words = self.needles[needle].text.as_bytes();
            if bytes[at..].starts_with(words) {
                hit(needle, Span::new(at, at + words.len()));
            }
        };
        let (mut at, mut before) = (0, (0, 0));
        while at < bytes.len() {
            let end = word_at(text, at);
            if end == at {
                self.signs.at(bytes[at]).iter().for_each(|&needle| compare(needle, at));
                at += width(bytes[at]);
                continue;
            }
            let word = key(text, Span::new(at, end));
            let pair = joined(before.0, word);
            if self.pairs.may_hold(pair) {
                self.pairs.get(pair).iter().for_each(|&needle| compare(needle, before.1));
            }
            if self.words.may_hold(word) {
                self.words.get(word).iter().for_each(|&needle| compare(needle, at));
            }
            if !self.prefixes.is_empty() && self.prefixes.may_hold(prefix(text, at)) {
                self.prefixes.get(prefix(text, at)).iter().for_each(|&needle| compare(needle, at));
            }
            self.short_prefixes.at(bytes[at]).iter().for_each(|&needle| compare(needle, at));
            before = (word, at);
            at = end;
        }
        if !self.anywhere.is_empty() && bytes.iter().any(|&byte| self.first_bytes[usize::from(byte)]) {
            for found in self.automaton().find_overlapping_iter(text) {
                hit(self.anywhere[found.pattern().as_usize()], Span::new(found.start(), found.end()));
            }
        }
    }

    fn automaton(&self) -> &AhoCorasick {
        self.automaton.get_or_init(|| {
            let needles = self.anywhere.iter().map(|&index| &self.needles[index].text);
            let builder = AhoCorasick::builder().match_kind(MatchKind::Standard).prefilter(false).build(needles);
            builder.expect("the matcher refuses lexicons with more than MOST_BYTES")
        })
    }
}

impl FirstBytes {
    fn new() -> Self {
        Self(vec![Vec::new(); 256])
    }

    fn add(&mut self, text: &str, needle: usize) {
        self.0[usize::from(text.as_bytes()[0])].push(needle);
    }

    fn at(&self, byte: u8) -> &[usize] {
        &self.0[usize::from(byte)]
    }
}

/// Where the word that begins at `at` ends; `at` itself when none does.
#[inline]
fn word_at(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match CLASSES[usize::from(byte)] {
            LETTER => at += 1,
            PAIR => at += 2,
            SIGN => break,
            _ => match Span::new(at, text.len()).of(text).chars().next() {
                Some(c) if is_spaced(c) => at += c.len_utf8(),
                _ => break,
            },
        }
    }
    at
}

fn next_word(text: &str, mut at: usize) -> Option<Span> {
    while let Some(&byte) = text.as_bytes().get(at) {
        let end = word_at(text, at);
        if end > at {
            return Some(Span::new(at, end));
        }
        at += width(byte);
    }
    None
}

/// What a byte says about the word that it begins a character of.
const SIGN: u8 = 0;
const LETTER: u8 = 1;
/// The first of two bytes of a letter, always: U+0400 to U+047F.
const PAIR: u8 = 2;
const UNKNOWN: u8 = 3;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [SIGN; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' => LETTER,
            0xd0 | 0xd1 => PAIR,
            0x80.. => UNKNOWN,
            _ => SIGN,
        };
        if byte == u8::MAX {
            return classes;
        }
        byte += 1;
    }
}

/// Bytes of the character that a byte begins.
fn width(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    }
}

/// A number for a word: two different words seldom have the same.
#[inline]
fn key(text: &str, word: Span) -> u64 {
    let bytes = text.as_bytes();
    let len = word.len();
    let first = if len >= 8 { eight(bytes, word.start) } else { fewer(bytes, word.start, len) };
    let last = if len > 8 { eight(bytes, word.end - 8) } else { 0 };
    (first ^ last.rotate_left(23) ^ (len as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[inline]
fn joined(first: u64, second: u64) -> u64 {
    (first.rotate_left(17) ^ second).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[inline]
fn prefix(text: &str, at: usize) -> u64 {
    fewer(text.as_bytes(), at, PREFIX).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// The first `len` bytes, fewer than eight, behind which there may be no eight.
#[inline]
fn fewer(bytes: &[u8], at: usize, len: usize) -> u64 {
    if at + 8 <= bytes.len() {
        return eight(bytes, at) & ((1 << (8 * len)) - 1);
    }
    let mut padded = [0; 8];
    let len = len.min(bytes.len() - at);
    padded[..len].copy_from_slice(&bytes[at..at + len]);
    u64::from_le_bytes(padded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_border;

    /// Looking everywhere, and keeping what stands at the edges of words.
    fn naive(needles: &[Needle], text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (index, needle) in needles.iter().enumerate() {
            for (at, _) in text.char_indices() {
                let end = at + needle.text.len();
                let fits = text.get(at..).is_some_and(|rest| rest.starts_with(&needle.text));
                let begins = !needle.begins_word || is_border(text, at);
                if fits && begins && (!needle.ends_word || is_border(text, end)) {
                    found.push((index, at));
                }
            }
        }
        found.sort_unstable();
        found
    }

    #[test]
    fn nothing_is_missed() {
        const PIECES: [&str; 30] = [
            "you",
            "must",
            "y",
            "yo",
            "pay",
            "paying",
            "extraordinarily",
            "долж",
            "должны",
            "ё",
            "é",
            "ß",
            "don",
            "t",
            "'",
            "$",
            "5",
            "-",
            "—",
            "!",
            "...",
            "ທ່ານ",
            "ຕ້ອງ",
            "付",
            " ",
            " ",
            " ",
            "\u{1}",
            "\n",
            "_",
        ];
        let mut seed = 3_u64;
        let mut pick = |bound: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % bound
        };
        for _ in 0..3_000 {
            let mut needles: Vec<Needle> = Vec::new();
            for _ in 0..=pick(9) {
                let text: String = (0..=pick(4)).map(|_| PIECES[pick(PIECES.len())]).collect();
                let text = text.trim().to_owned();
                if !text.is_empty() && needles.iter().all(|needle| needle.text != text) {
                    needles.push(Needle { text, begins_word: pick(4) > 0, ends_word: pick(3) > 0 });
                }
            }
            let text: String = (0..pick(20)).map(|_| PIECES[pick(PIECES.len())]).collect();
            let expected = naive(&needles, &text);
            let search = Search::new(needles);
            let mut found = Vec::new();
            search.find(&text, |needle, at| {
                assert_eq!(at.of(&text), search.needles[needle].text);
                let Needle { begins_word, ends_word, .. } = search.needles[needle];
                if (!begins_word || is_border(&text, at.start)) && (!ends_word || is_border(&text, at.end)) {
                    found.push((needle, at.start));
                }
            });
            found.sort_unstable();
            assert_eq!(found, expected, "{:?} in {text:?}", search.needles);
        }
    }

    #[test]
    fn a_crowd_is_left_to_the_automaton() {
        let needle = |number: usize| Needle { text: format!("you must x{number}"), begins_word: true, ends_word: true };
        let search = Search::new((0..1_000).map(needle).collect());
        assert_eq!(search.anywhere.len(), 1_000);
        let mut found = Vec::new();
        search.find("and you must x17.", |needle, _| found.push(needle));
        assert_eq!(found, [1, 17]);
    }
}
