//! Where in a folded text a needle may stand. Most words of a draft begin no phrase, so that a text is
//! gone through word by word, and a small table over word beginnings rejects nearly all of them at
//! several times the speed of an automaton. What the table lets pass is compared. The automaton of
//! the `aho-corasick` crate is left for needles that may begin within a word, which are those of
//! scripts without spaces and of entries that ignore word borders, and for crowds that begin alike; it is built when the first draft
//! comes that holds one of their first bytes. Borders, accents and exceptions are decided elsewhere.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::first_bytes::FirstBytes;
use super::key::{PREFIX, eight, joined, key, prefix};
use super::mask::for_each_word;
use super::needles::{By, Edges, Needles};
use super::rows::Rows;
use super::table::Table;
use crate::lexicon::{Packer, Parts};
use crate::text::Span;

/// Needles, ready to be looked for.
#[derive(Debug)]
pub(super) struct Search {
    needles: Needles,
    rows: Rows,
    /// By the first two words.
    pairs: Table,
    /// By the first word, when there is no second.
    words: Table,
    /// By the first bytes of a word, when the needle may end within it.
    prefixes: Table,
    short_prefixes: FirstBytes,
    /// For the first byte of a word a row, and in it a bit for the second, where a prefix may begin so.
    begin_prefixes: Vec<u64>,
    /// Those that begin with a sign.
    signs: FirstBytes,
    anywhere: Vec<u32>,
    /// What may begin with a byte: [`SOME_SIGN`], [`SOME_INSIDE`].
    begins: Box<[u8; 256]>,
    /// All of that together.
    some: u8,
    automaton: OnceLock<AhoCorasick>,
}

/// A word of the text.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    key: u64,
    start: usize,
    end: usize,
}

const SOME_SIGN: u8 = 1;
const SOME_INSIDE: u8 = 2;

/// Rows of prefixes, one for each first byte.
const ROWS: usize = 256;

/// Needles that begin alike, for longer than a table looks; more of them are the automaton's business, so that a
/// lexicon whose phrases all begin alike costs no more than another.
const CROWD: usize = 256;

impl Search {
    /// Makes needles, with the edges of each, ready to be looked for.
    pub(super) fn new(needles: Needles, edges: &[Edges]) -> Self {
        let (mut pairs, mut words, mut prefixes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut short_prefixes, mut signs) = (FirstBytes::new(), FirstBytes::new());
        let (mut anywhere, mut passes) = (Vec::new(), Vec::new());
        for (index, (needle, &edges)) in (0_u32..).zip(edges.iter().enumerate()) {
            let rest = |end: usize| eight(needles.get(needle), end);
            match needles.found(needle, edges) {
                By::Pair(first, second, end) => {
                    pairs.push((joined(first, second), index, rest(end)));
                    passes.push((second, Some(first)));
                }
                By::Word(first, end) => {
                    words.push((first, index, rest(end)));
                    passes.push((first, None));
                }
                By::Prefix(prefix) => prefixes.push((prefix, index, rest(PREFIX))),
                By::ShortPrefix => short_prefixes.add(needles.get(needle), index),
                By::Sign => signs.add(needles.get(needle), index),
                By::Anywhere => anywhere.push(index),
            }
        }
        let rows = Rows::new(&passes);
        let length = |number: u32| needles.get(number as usize).len();
        let mut table = |keys: &[_]| Table::new(keys, length, CROWD, &mut anywhere);
        let (pairs, words, prefixes) = (table(&pairs), table(&words), table(&prefixes));
        signs.turn_away_crowds(CROWD, &mut anywhere);
        short_prefixes.turn_away_crowds(CROWD, &mut anywhere);
        let mut begin_prefixes = Vec::new();
        for &index in short_prefixes.numbers().chain(prefixes.numbers()) {
            begin_prefixes.resize(ROWS, 0);
            let words = needles.get(index as usize);
            begin_prefixes[usize::from(words[0])] |= words.get(1).map_or(u64::MAX, |second| second_bit(*second));
        }
        let mut begins = Box::new([0; 256]);
        let of_signs = signs.numbers().map(|&index| (index, SOME_SIGN));
        let inside = anywhere.iter().map(|&index| (index, SOME_INSIDE));
        for (index, what) in of_signs.chain(inside) {
            begins[usize::from(needles.get(index as usize)[0])] |= what;
        }
        let some = begins.iter().fold(0, |some, what| some | what);
        let automaton = OnceLock::new();
        Self {
            needles,
            rows,
            pairs,
            words,
            prefixes,
            short_prefixes,
            begin_prefixes,
            signs,
            anywhere,
            begins,
            some,
            automaton,
        }
    }

    /// The folded words of a needle.
    pub(super) fn words(&self, needle: usize) -> &str {
        self.needles.words(needle)
    }

    /// Every place where a needle stands that may matter, with the number of the needle. Places
    /// within words are among them only for needles that may stand there.
    #[inline(never)]
    pub(super) fn find(&self, text: &str, hit: &mut dyn FnMut(usize, Span)) {
        let bytes = text.as_bytes();
        let (signs, prefixes) = (self.some & SOME_SIGN != 0, !self.begin_prefixes.is_empty());
        // The word before, and whether it may be a needle of its own: that is asked when the next word is
        // known, so that of the needles in one place the longest come first.
        let (mut before, mut late) = (Word::default(), false);
        for_each_word(text, |start, end| {
            let this = Word { key: key(bytes, start, end), start, end };
            // Between nearly all words there is one blank.
            if signs && (start - before.end > 1 || self.begins_sign(bytes[start.saturating_sub(1)])) {
                self.signs_within(bytes, Span::new(before.end, start), hit);
            }
            let (passes, alone) = self.rows.let_pass(before.key, this.key);
            if passes | late {
                self.at_word(bytes, (before, late), (this, passes), hit);
            }
            if prefixes && self.may_begin_prefix(bytes, start) {
                self.at_prefix(bytes, start, hit);
            }
            (before, late) = (this, alone);
        });
        if late {
            self.at_word(bytes, (before, late), (Word::default(), false), hit);
        }
        if signs {
            self.signs_within(bytes, Span::new(before.end, bytes.len()), hit);
        }
        if !self.anywhere.is_empty() && bytes.iter().any(|&byte| self.begins[usize::from(byte)] & SOME_INSIDE != 0) {
            for found in self.automaton().find_overlapping_iter(text) {
                hit(self.anywhere[found.pattern().as_usize()] as usize, Span::new(found.start(), found.end()));
            }
        }
    }

    /// What begins with the word `before`, when the next one is `this`, and which of both was let pass.
    #[inline(never)]
    fn at_word(
        &self,
        bytes: &[u8],
        (before, late): (Word, bool),
        (this, passes): (Word, bool),
        hit: &mut dyn FnMut(usize, Span),
    ) {
        let mut compare = |needle| self.compare(bytes, needle, before.start, hit);
        if passes {
            self.pairs.each(joined(before.key, this.key), || eight(bytes, this.end), &mut compare);
        }
        if late {
            self.words.each(before.key, || eight(bytes, before.end), &mut compare);
        }
    }

    #[inline]
    fn begins_sign(&self, byte: u8) -> bool {
        self.begins[usize::from(byte)] & SOME_SIGN != 0
    }

    #[inline]
    fn may_begin_prefix(&self, bytes: &[u8], start: usize) -> bool {
        let row = self.begin_prefixes.get(usize::from(bytes[start])).copied().unwrap_or_default();
        row & second_bit(bytes.get(start + 1).copied().unwrap_or_default()) != 0
    }

    #[inline(never)]
    fn at_prefix(&self, bytes: &[u8], start: usize, hit: &mut dyn FnMut(usize, Span)) {
        let mut compare = |needle| self.compare(bytes, needle, start, hit);
        self.prefixes.each(prefix(bytes, start), || eight(bytes, start + PREFIX), &mut compare);
        self.short_prefixes.at(bytes[start]).iter().for_each(|needle| compare(*needle));
    }

    #[inline(never)]
    fn signs_within(&self, bytes: &[u8], span: Span, hit: &mut dyn FnMut(usize, Span)) {
        for (at, &byte) in (span.start..).zip(&bytes[span.start..span.end]) {
            if self.begins_sign(byte) {
                self.signs.at(byte).iter().for_each(|&needle| self.compare(bytes, needle, at, hit));
            }
        }
    }

    #[inline]
    fn compare(&self, bytes: &[u8], needle: u32, at: usize, hit: &mut dyn FnMut(usize, Span)) {
        let words = self.needles.get(needle as usize);
        if bytes.get(at..at + words.len()) == Some(words) {
            hit(needle as usize, Span::new(at, at + words.len()));
        }
    }

    fn automaton(&self) -> &AhoCorasick {
        self.automaton.get_or_init(|| {
            let needles = self.anywhere.iter().map(|&index| self.needles.get(index as usize));
            let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).prefilter(false).build(needles);
            automaton.expect("the matcher refuses lexicons with more than MOST_BYTES")
        })
    }
}

impl Search {
    pub(super) fn pack(&self, packer: &mut Packer) {
        self.needles.pack(packer);
        self.rows.pack(packer);
        for table in [&self.pairs, &self.words, &self.prefixes] {
            table.pack(packer);
        }
        self.short_prefixes.pack(packer);
        packer.words(&self.begin_prefixes);
        self.signs.pack(packer);
        packer.halves(&self.anywhere);
        packer.bytes(&*self.begins);
    }

    /// Reads what [`Search::pack`] wrote, if every needle that it may speak of is there.
    pub(super) fn unpack(parts: &mut Parts<'_>) -> Option<Self> {
        let needles = Needles::unpack(parts)?;
        let count = needles.len();
        let rows = Rows::unpack(parts)?;
        let mut table = || Table::unpack(parts, count);
        let (pairs, words, prefixes) = (table()?, table()?, table()?);
        let short_prefixes = FirstBytes::unpack(parts, count)?;
        let begin_prefixes = parts.words().filter(|rows| rows.is_empty() || rows.len() == ROWS)?;
        let signs = FirstBytes::unpack(parts, count)?;
        let anywhere = parts.halves().filter(|all| all.iter().all(|&index| (index as usize) < count))?;
        let begins: Box<[u8; 256]> = Box::new(parts.values.bytes()?.try_into().ok()?);
        let some = begins.iter().fold(0, |some, what| some | what);
        let automaton = OnceLock::new();
        Some(Self {
            needles,
            rows,
            pairs,
            words,
            prefixes,
            short_prefixes,
            begin_prefixes,
            signs,
            anywhere,
            begins,
            some,
            automaton,
        })
    }

    /// How many needles there are.
    pub(super) fn len(&self) -> usize {
        self.needles.len()
    }
}

/// One of 64 for the second byte of a word: no two small letters of Latin or Cyrillic share one.
#[inline]
fn second_bit(byte: u8) -> u64 {
    1 << (byte & 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_border;

    struct Needle {
        text: String,
        edges: Edges,
    }

    fn search_for(needles: &[Needle]) -> Search {
        let (mut texts, mut edges) = (Needles::default(), Vec::new());
        for needle in needles {
            texts.push(&needle.text);
            edges.push(needle.edges);
        }
        Search::new(texts, &edges)
    }

    /// Looking everywhere, and keeping what stands at the edges of words.
    fn naive(needles: &[Needle], text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (index, needle) in needles.iter().enumerate() {
            for (at, _) in text.char_indices() {
                let end = at + needle.text.len();
                let fits = text.get(at..).is_some_and(|rest| rest.starts_with(&needle.text));
                let Edges { begins_word, ends_word } = needle.edges;
                if fits && (!begins_word || is_border(text, at)) && (!ends_word || is_border(text, end)) {
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
                    needles.push(Needle { text, edges: Edges { begins_word: pick(4) > 0, ends_word: pick(3) > 0 } });
                }
            }
            let text: String = (0..pick(20)).map(|_| PIECES[pick(PIECES.len())]).collect();
            let expected = naive(&needles, &text);
            let search = search_for(&needles);
            let mut found = Vec::new();
            search.find(&text, &mut |needle, at| {
                assert_eq!(at.of(&text), needles[needle].text);
                let Edges { begins_word, ends_word } = needles[needle].edges;
                if (!begins_word || is_border(&text, at.start)) && (!ends_word || is_border(&text, at.end)) {
                    found.push((needle, at.start));
                }
            });
            found.sort_unstable();
            let sought: Vec<_> = needles.iter().map(|needle| (&needle.text, needle.edges)).collect();
            assert_eq!(found, expected, "{sought:?} in {text:?}");
        }
    }

    #[test]
    fn a_crowd_is_left_to_the_automaton() {
        let edges = Edges { begins_word: true, ends_word: true };
        let needle = |number: usize| Needle { text: format!("you must absolutely x{number}"), edges };
        let search = search_for(&(0..1_000).map(needle).collect::<Vec<_>>());
        assert_eq!(search.anywhere.len(), 1_000);
        let mut found = Vec::new();
        search.find("and you must absolutely x17.", &mut |needle, _| found.push(needle));
        assert_eq!(found, [1, 17]);
    }
}
