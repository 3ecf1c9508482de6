//! Where in a folded text a needle may stand. Most words of a draft begin no phrase, so that a text is
//! gone through word by word, and a small table over word beginnings rejects nearly all of them at
//! several times the speed of an automaton. What the table lets pass is compared. The automaton of
//! the `aho-corasick` crate is left for needles that may begin within a word, which are those of
//! scripts without spaces and of entries that ignore word borders, and for crowds that begin alike; it is built when the first draft
//! comes that holds one of their first bytes. Borders, accents and exceptions are decided elsewhere.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::mask::for_each_word;
use super::rows::Rows;
use super::table::Table;
use crate::lexicon::{Packer, Parts};
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
    needles: Texts,
    rows: Rows,
    /// By the first two words.
    pairs: Table,
    /// By the first word, when there is no second.
    words: Table,
    /// By the first bytes of a word, when the needle may end within it.
    prefixes: Table,
    short_prefixes: FirstBytes,
    /// Those that begin with a sign.
    signs: FirstBytes,
    anywhere: Vec<u32>,
    /// What may begin with a byte: [`SOME_SIGN`], [`SOME_PREFIX`], [`SOME_INSIDE`].
    begins: Box<[u8; 256]>,
    /// All of that together.
    some: u8,
    automaton: OnceLock<AhoCorasick>,
}

/// The texts of needles, one behind another.
#[derive(Debug)]
struct Texts {
    text: String,
    ends: Vec<u32>,
}

/// Needles by their first byte.
#[derive(Debug)]
struct FirstBytes(Vec<Vec<u32>>);

/// A word of the text.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    key: u64,
    start: usize,
    end: usize,
}

const SOME_SIGN: u8 = 1;
const SOME_PREFIX: u8 = 2;
const SOME_INSIDE: u8 = 4;

/// Bytes of a prefix that are looked up.
const PREFIX: usize = 4;

/// Needles with one key; more of them are the automaton's business, so that a lexicon whose phrases
/// all begin alike costs no more than another.
const CROWD: usize = 256;

/// The most bytes of needles that the automaton can number in any case.
pub(super) const MOST_BYTES: usize = 1 << 30;

impl Search {
    pub(super) fn new(needles: &[Needle]) -> Self {
        let (mut pairs, mut words, mut prefixes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut short_prefixes, mut signs) = (FirstBytes::new(), FirstBytes::new());
        let (mut anywhere, mut passes) = (Vec::new(), Vec::new());
        for (index, needle) in (0_u32..).zip(needles) {
            let (text, bytes) = (needle.text.as_str(), needle.text.as_bytes());
            let Some(first) = next_word(text, 0).filter(|first| first.start == 0) else {
                // A letter of a script without spaces, or a sign.
                let letter = text.chars().next().is_some_and(is_word);
                if letter {
                    anywhere.push(index);
                } else {
                    signs.add(text, index);
                }
                continue;
            };
            if !needle.begins_word {
                anywhere.push(index);
                continue;
            }
            let is_whole = |word: Span| word.end < text.len() || needle.ends_word;
            match next_word(text, first.end) {
                Some(second) if is_whole(second) => {
                    let (first, second) = (key(bytes, 0, first.end), key(bytes, second.start, second.end));
                    pairs.push((joined(first, second), index));
                    passes.push((second, Some(first)));
                }
                _ if is_whole(first) => {
                    let first = key(bytes, 0, first.end);
                    words.push((first, index));
                    passes.push((first, None));
                }
                _ if text.len() >= PREFIX => prefixes.push((prefix(bytes, 0), index)),
                _ => short_prefixes.add(text, index),
            }
        }
        let rows = Rows::new(&passes);
        let length = |number: u32| needles[number as usize].text.len();
        let mut table = |keys| Table::new(keys, length, CROWD, &mut anywhere);
        let (pairs, words, prefixes) = (table(pairs), table(words), table(prefixes));
        signs.turn_away_crowds(&mut anywhere);
        short_prefixes.turn_away_crowds(&mut anywhere);
        let mut begins = Box::new([0; 256]);
        let needles = Texts::new(needles);
        let mut note = |index: u32, what| begins[usize::from(needles.get(index)[0])] |= what;
        let of_signs = signs.0.iter().flatten().map(|&index| (index, SOME_SIGN));
        let of_prefixes =
            short_prefixes.0.iter().flatten().chain(prefixes.numbers()).map(|&index| (index, SOME_PREFIX));
        let inside = anywhere.iter().map(|&index| (index, SOME_INSIDE));
        of_signs.chain(of_prefixes).chain(inside).for_each(|(index, what)| note(index, what));
        let some = begins.iter().fold(0, |some, what| some | what);
        let automaton = OnceLock::new();
        Self { needles, rows, pairs, words, prefixes, short_prefixes, signs, anywhere, begins, some, automaton }
    }

    /// The folded words of a needle.
    pub(super) fn words(&self, needle: usize) -> &str {
        self.needles.span(needle).of(&self.needles.text)
    }

    /// Every place where a needle stands that may matter, with the number of the needle. Places
    /// within words are among them only for needles that may stand there.
    pub(super) fn find(&self, text: &str, mut hit: impl FnMut(usize, Span)) {
        let bytes = text.as_bytes();
        let (signs, prefixes) = (self.some & SOME_SIGN != 0, self.some & SOME_PREFIX != 0);
        // The word before, and whether it may be a needle of its own: that is asked when the next word is
        // known, so that of the needles in one place the longest come first.
        let (mut before, mut late) = (Word::default(), false);
        for_each_word(text, |start, end| {
            let this = Word { key: key(bytes, start, end), start, end };
            if signs {
                self.signs_within(bytes, Span::new(before.end, start), &mut hit);
            }
            let passes = self.rows.let_pass(before.key, this.key);
            if passes | late {
                self.at_word(bytes, before, this, &mut hit);
            }
            if prefixes && self.begins[usize::from(bytes[start])] & SOME_PREFIX != 0 {
                self.at_prefix(bytes, start, &mut hit);
            }
            (before, late) = (this, passes);
        });
        if late {
            self.at_word(bytes, before, Word::default(), &mut hit);
        }
        if signs {
            self.signs_within(bytes, Span::new(before.end, bytes.len()), &mut hit);
        }
        if !self.anywhere.is_empty() && bytes.iter().any(|&byte| self.begins[usize::from(byte)] & SOME_INSIDE != 0) {
            for found in self.automaton().find_overlapping_iter(text) {
                hit(self.anywhere[found.pattern().as_usize()] as usize, Span::new(found.start(), found.end()));
            }
        }
    }

    /// What begins with the word `before`, when the next one is `this`.
    #[inline(never)]
    fn at_word(&self, bytes: &[u8], before: Word, this: Word, hit: &mut dyn FnMut(usize, Span)) {
        for &needle in self.pairs.get(joined(before.key, this.key)).iter().chain(self.words.get(before.key)) {
            self.compare(bytes, needle, before.start, hit);
        }
    }

    #[inline(never)]
    fn at_prefix(&self, bytes: &[u8], start: usize, hit: &mut dyn FnMut(usize, Span)) {
        for &needle in self.prefixes.get(prefix(bytes, start)).iter().chain(self.short_prefixes.at(bytes[start])) {
            self.compare(bytes, needle, start, hit);
        }
    }

    #[inline]
    fn signs_within(&self, bytes: &[u8], span: Span, hit: &mut dyn FnMut(usize, Span)) {
        for (at, &byte) in (span.start..).zip(&bytes[span.start..span.end]) {
            if self.begins[usize::from(byte)] & SOME_SIGN != 0 {
                self.signs.at(byte).iter().for_each(|&needle| self.compare(bytes, needle, at, hit));
            }
        }
    }

    fn compare(&self, bytes: &[u8], needle: u32, at: usize, hit: &mut dyn FnMut(usize, Span)) {
        let words = self.needles.get(needle);
        if bytes.get(at..at + words.len()) == Some(words) {
            hit(needle as usize, Span::new(at, at + words.len()));
        }
    }

    fn automaton(&self) -> &AhoCorasick {
        self.automaton.get_or_init(|| {
            let needles = self.anywhere.iter().map(|&index| self.needles.get(index));
            let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).prefilter(false).build(needles);
            automaton.expect("the matcher refuses lexicons with more than MOST_BYTES")
        })
    }
}

impl Search {
    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.long_text(&self.needles.text);
        packer.halves(&self.needles.ends);
        self.rows.pack(packer);
        for table in [&self.pairs, &self.words, &self.prefixes] {
            table.pack(packer);
        }
        self.short_prefixes.pack(packer);
        self.signs.pack(packer);
        packer.halves(&self.anywhere);
        packer.bytes(&*self.begins);
    }

    /// Reads what [`Search::pack`] wrote, if every needle that it may speak of is there.
    pub(super) fn unpack(parts: &mut Parts<'_>) -> Option<Self> {
        let needles = Texts { text: parts.long_text()?, ends: parts.halves()? };
        let count = needles.ends.len();
        let starts = [0].into_iter().chain(needles.ends.iter().copied());
        let whole = needles.ends.iter().zip(starts).all(|(&end, start)| {
            start < end && needles.text.is_char_boundary(end as usize) && end as usize <= needles.text.len()
        });
        let rows = Rows::unpack(parts)?;
        let mut table = || Table::unpack(parts, count);
        let (pairs, words, prefixes) = (table()?, table()?, table()?);
        let (short_prefixes, signs) = (FirstBytes::unpack(parts, count)?, FirstBytes::unpack(parts, count)?);
        let anywhere = parts.halves().filter(|all| all.iter().all(|&index| (index as usize) < count))?;
        let begins: Box<[u8; 256]> = Box::new(parts.values.bytes()?.try_into().ok()?);
        let some = begins.iter().fold(0, |some, what| some | what);
        let automaton = OnceLock::new();
        let search =
            Self { needles, rows, pairs, words, prefixes, short_prefixes, signs, anywhere, begins, some, automaton };
        whole.then_some(search)
    }

    /// How many needles there are.
    pub(super) fn len(&self) -> usize {
        self.needles.ends.len()
    }
}

impl Texts {
    fn new(needles: &[Needle]) -> Self {
        let mut texts = Self { text: String::new(), ends: Vec::with_capacity(needles.len()) };
        for needle in needles {
            texts.text.push_str(&needle.text);
            texts.ends.push(u32::try_from(texts.text.len()).expect("MOST_BYTES is smaller"));
        }
        texts
    }

    #[inline]
    fn span(&self, needle: usize) -> Span {
        let start = needle.checked_sub(1).map_or(0, |before| self.ends[before]);
        Span::new(start as usize, self.ends[needle] as usize)
    }

    #[inline]
    fn get(&self, needle: u32) -> &[u8] {
        let span = self.span(needle as usize);
        &self.text.as_bytes()[span.start..span.end]
    }
}

impl FirstBytes {
    fn new() -> Self {
        Self(vec![Vec::new(); 256])
    }

    fn pack(&self, packer: &mut Packer) {
        for needles in &self.0 {
            packer.halves(needles);
        }
    }

    fn unpack(parts: &mut Parts<'_>, bound: usize) -> Option<Self> {
        let lists = (0..256).map(|_| parts.halves()).collect::<Option<Vec<_>>>()?;
        lists.iter().flatten().all(|&needle| (needle as usize) < bound).then_some(Self(lists))
    }

    fn add(&mut self, text: &str, needle: u32) {
        self.0[usize::from(text.as_bytes()[0])].push(needle);
    }

    fn turn_away_crowds(&mut self, others: &mut Vec<u32>) {
        for crowd in self.0.iter_mut().filter(|needles| needles.len() > CROWD) {
            others.append(crowd);
        }
    }

    fn at(&self, byte: u8) -> &[u32] {
        &self.0[usize::from(byte)]
    }
}

/// The first word of a needle from `at` on.
fn next_word(text: &str, at: usize) -> Option<Span> {
    let rest = Span::new(at, text.len()).of(text);
    let is_spaced = |c: char| if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { is_spaced(c) };
    let start = at + rest.find(is_spaced)?;
    let rest = Span::new(start, text.len()).of(text);
    Some(Span::new(start, start + rest.find(|c| !is_spaced(c)).unwrap_or(rest.len())))
}

/// A number for a word: two different words seldom have the same. Of a long word its beginning, its end
/// and its length count.
#[inline]
fn key(bytes: &[u8], start: usize, end: usize) -> u64 {
    let len = end - start;
    let all = match bytes.get(start..).and_then(<[u8]>::first_chunk) {
        Some(eight) if len <= 8 => u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * len)),
        Some(eight) => u64::from_le_bytes(*eight) ^ last_eight(&bytes[..end]).rotate_left(23),
        None => fewer(bytes, start, len),
    };
    (all ^ ((len as u64) << 56)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[inline]
fn joined(first: u64, second: u64) -> u64 {
    (first.rotate_left(17) ^ second).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[inline]
fn prefix(bytes: &[u8], at: usize) -> u64 {
    fewer(bytes, at, PREFIX).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[inline]
fn last_eight(bytes: &[u8]) -> u64 {
    bytes.last_chunk().map_or(0, |eight| u64::from_le_bytes(*eight))
}

/// The first `len` bytes, eight at the most, behind which there may be no eight.
#[inline]
fn fewer(bytes: &[u8], at: usize, len: usize) -> u64 {
    if let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        return u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * len));
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
            let search = Search::new(&needles);
            let mut found = Vec::new();
            search.find(&text, |needle, at| {
                assert_eq!(at.of(&text), needles[needle].text);
                let Needle { begins_word, ends_word, .. } = needles[needle];
                if (!begins_word || is_border(&text, at.start)) && (!ends_word || is_border(&text, at.end)) {
                    found.push((needle, at.start));
                }
            });
            found.sort_unstable();
            assert_eq!(found, expected, "{needles:?} in {text:?}");
        }
    }

    #[test]
    fn a_crowd_is_left_to_the_automaton() {
        let needle = |number: usize| Needle { text: format!("you must x{number}"), begins_word: true, ends_word: true };
        let search = Search::new(&(0..1_000).map(needle).collect::<Vec<_>>());
        assert_eq!(search.anywhere.len(), 1_000);
        let mut found = Vec::new();
        search.find("and you must x17.", |needle, _| found.push(needle));
        assert_eq!(found, [1, 17]);
    }
}
