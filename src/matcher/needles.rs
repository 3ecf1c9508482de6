//! The fixed words that the search looks for, and how each of them is best looked for. Looking itself is
//! in [`super::search`].

use super::key::{PREFIX, key, prefix};
use crate::lexicon::{Packer, Parts};
use crate::text::{Span, is_spaced, is_word};

/// The texts of needles, folded, one behind another.
#[derive(Debug, Default)]
pub(super) struct Needles {
    text: String,
    ends: Vec<u32>,
}

/// Whether a needle stands only where a word begins, and only where one ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edges {
    pub(super) begins_word: bool,
    pub(super) ends_word: bool,
}

/// By what a needle is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The keys of its first two words, and where the second ends.
    Pair(u64, u64, usize),
    /// The key of its first word, and where that ends.
    Word(u64, usize),
    /// The key of its first bytes, which may be a part of a word.
    Prefix(u64),
    /// Its first byte, where a word begins.
    ShortPrefix,
    /// Its first byte, between words.
    Sign,
    /// It may begin anywhere.
    Anywhere,
}

/// The most bytes of needles that the automaton can number in any case.
pub(super) const MOST_BYTES: usize = 1 << 30;

impl Needles {
    /// Adds a needle, which is not empty.
    ///
    /// # Panics
    ///
    /// When there are many times [`MOST_BYTES`].
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).expect("MOST_BYTES is smaller"));
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of all of them.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    #[inline]
    pub(super) fn get(&self, needle: usize) -> &[u8] {
        let span = self.span(needle);
        &self.text.as_bytes()[span.start..span.end]
    }

    pub(super) fn words(&self, needle: usize) -> &str {
        self.span(needle).of(&self.text)
    }

    #[inline]
    fn span(&self, needle: usize) -> Span {
        let start = needle.checked_sub(1).map_or(0, |before| self.ends[before]);
        Span::new(start as usize, self.ends[needle] as usize)
    }

    /// By what a needle is found that has these edges.
    pub(super) fn found(&self, needle: usize, edges: Edges) -> By {
        let text = self.words(needle);
        let bytes = text.as_bytes();
        let Some(first) = next_word(text, 0).filter(|first| first.start == 0) else {
            // A letter of a script without spaces, or a sign.
            return if text.chars().next().is_some_and(is_word) { By::Anywhere } else { By::Sign };
        };
        if !edges.begins_word {
            return By::Anywhere;
        }
        let is_whole = |word: Span| word.end < text.len() || edges.ends_word;
        match next_word(text, first.end) {
            Some(second) if is_whole(second) => {
                By::Pair(key(bytes, 0, first.end), key(bytes, second.start, second.end), second.end)
            }
            _ if is_whole(first) => By::Word(key(bytes, 0, first.end), first.end),
            _ if text.len() >= PREFIX => By::Prefix(prefix(bytes, 0)),
            _ => By::ShortPrefix,
        }
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.long_text(&self.text);
        packer.halves(&self.ends);
    }

    pub(super) fn unpack(parts: &mut Parts<'_>) -> Option<Self> {
        let needles = Self { text: parts.long_text()?, ends: parts.halves()? };
        let starts = [0].into_iter().chain(needles.ends.iter().copied());
        let whole = needles.ends.iter().zip(starts).all(|(&end, start)| {
            start < end && needles.text.is_char_boundary(end as usize) && end as usize <= needles.text.len()
        });
        whole.then_some(needles)
    }
}

/// The first word of a needle from `at` on.
fn next_word(text: &str, at: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let start = skipped(text, at, |is_letter| !is_letter);
    (start < bytes.len()).then(|| Span::new(start, skipped(text, start, |is_letter| is_letter)))
}

/// The first place from `at` on where a character stands that is not `passed` over, asked whether it is a letter or
/// a digit of a script with spaces between words.
fn skipped(text: &str, mut at: usize, passed: impl Fn(bool) -> bool) -> usize {
    while let Some(&byte) = text.as_bytes().get(at) {
        let (is_letter, len) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric() || byte == b'_', 1)
        } else if byte & 0xfe == 0xd0 {
            // U+0400 to U+047F, which are all letters.
            (true, 2)
        } else {
            let next = Span::new(at, text.len()).of(text).chars().next();
            next.map_or((false, 1), |next| (is_spaced(next), next.len_utf8()))
        };
        if !passed(is_letter) {
            break;
        }
        at += len;
    }
    at
}
