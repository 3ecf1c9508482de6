//! Where sentences begin and end. A sentence ends at the border that UAX #29 finds and at the end of
//! a stretch of prose. Asked only around a hit, and answered from the few characters between two
//! words there: to segment a whole draft would cost more than everything else together.

use unicode_segmentation::UnicodeSegmentation;

use super::folded::{BREAK, Folded, OPAQUE, PLACEHOLDER};
use super::words::is_word;
use super::{Reading, Span, Style};

/// Bytes between two words with which a sentence is over in any case; nobody writes so many signs.
const WORDLESS: usize = 200;

/// Letters of the word before that tell an abbreviation from an end.
const CONTEXT: usize = 8;

impl Reading<'_> {
    /// Whether no word stands before the folded offset `at` in its sentence.
    pub fn starts_sentence(&self, at: usize) -> bool {
        let text = self.folded();
        let before = Span::new(0, at).of(text);
        let Some((word, c)) = before.char_indices().rev().find(|&(_, c)| counts(c) || c == BREAK) else { return true };
        let between = Span::new(word + c.len_utf8(), at);
        if c == BREAK || between.len() > WORDLESS {
            return true;
        }
        let signs = between.of(text);
        if signs.is_ascii() && !signs.contains(['.', '?', '!']) {
            return false;
        }
        self.border_between(between)
    }

    /// Whether no word stands behind the folded offset `at` in the sentence that ends there.
    pub fn ends_sentence(&self, at: usize) -> bool {
        self.next_word(at).is_none_or(|word| self.starts_sentence(word))
    }

    /// Whether a folded range lies in one sentence, what stands at its end included.
    pub fn in_one_sentence(&self, range: Span) -> bool {
        let mut at = range.start;
        loop {
            let Some(word) = self.next_word(at) else { return true };
            if self.starts_sentence(word) {
                return false;
            }
            if word >= range.end {
                return true;
            }
            let rest = Span::new(word, self.folded().len()).of(self.folded());
            at = word + rest.find(|c| !counts(c)).unwrap_or(rest.len());
        }
    }

    /// Where the next word of the same stretch of prose begins.
    fn next_word(&self, at: usize) -> Option<usize> {
        let behind = Span::new(at, self.folded().len()).of(self.folded());
        let (offset, c) = behind.char_indices().find(|&(_, c)| counts(c) || c == BREAK)?;
        (c != BREAK).then_some(at + offset)
    }

    /// Whether a sentence ends in the signs between two words.
    fn border_between(&self, between: Span) -> bool {
        let text = self.folded();
        let start =
            Span::new(0, between.start).of(text).char_indices().rev().take(CONTEXT).last().map_or(0, |(at, _)| at);
        // The library looks ahead to the next letter; beyond it, nothing matters.
        let behind = Span::new(between.end, text.floor_char_boundary(between.end + WORDLESS)).of(text);
        let letter = behind.char_indices().find(|(_, c)| c.is_alphabetic());
        let end = between.end + letter.map_or(behind.len(), |(offset, c)| offset + c.len_utf8());
        let raw = |at| self.original(Span::new(at, at)).map(|span| span.start);
        let whole = self.original(Span::new(start, end)).or_else(|| self.original(between));
        let (Some(whole), Some(first), Some(last)) = (whole, raw(between.start), raw(between.end)) else {
            return false;
        };
        // Capitals tell "e.g. this" from "the end. This", so the folded text itself will not do.
        let cased = Folded::new(self.text(), &self.prose().within(whole), Style::CASED);
        let (first, last) = (cased.offset_of(first), cased.offset_of(last));
        cased.text().split_sentence_bound_indices().any(|(at, _)| at > 0 && first <= at && at <= last)
    }
}

/// Whether a character belongs to a word, as a sentence counts them.
pub(super) fn counts(c: char) -> bool {
    is_word(c) || c == OPAQUE || c == PLACEHOLDER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_readers_end_them() {
        let text = "Hi Anna,\n\nYou must pay, e.g. today. “No.” Bye!\n- Item one\n- Item two\nstill two. (In 3.5 days.) See {{x}}. Ok";
        let reading = Reading::of_text(text);
        let at = |needle: &str| reading.folded().find(needle).expect("it is there");
        for start in ["hi", "you", "no.", "bye", "item one", "item two", "in 3", "see", "ok"] {
            assert!(reading.starts_sentence(at(start)), "{start}");
        }
        for inner in ["anna", "today", "still", "one", "5 days", "days", "must"] {
            assert!(!reading.starts_sentence(at(inner)), "{inner}");
        }
        for end in ["anna", "today", "no", "bye", "one", "days"] {
            assert!(reading.ends_sentence(at(end) + end.len()), "{end}");
        }
        assert!(!reading.ends_sentence(at("pay") + 3));
        assert!(reading.in_one_sentence(Span::new(at("must"), at("today"))));
        assert!(!reading.in_one_sentence(Span::new(at("must"), at("no."))));
    }

    /// The border between any two words is the one that the whole stretch of prose has.
    #[test]
    fn what_is_near_decides() {
        let pieces = [
            "a", "B", "etc", "No", "3", "5", "да", "Нет", ".", "!", "?", "...", "\"", ")", "(", ",", " ", " ", "-",
            "e.g.", "。",
        ];
        let mut seed = 1_usize;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(seed >> 33) % pieces.len()]);
            }
            let reading = Reading::of_words(&text);
            let cased = Folded::new(&text, reading.prose(), Style::CASED);
            let borders: Vec<usize> = cased.text().split_sentence_bound_indices().map(|(at, _)| at).collect();
            for (at, c) in reading.folded().char_indices().filter(|&(_, c)| counts(c)) {
                let before = Span::new(0, at).of(reading.folded());
                let word = before.char_indices().rev().find(|&(_, c)| counts(c)).map_or(0, |(at, c)| at + c.len_utf8());
                let expected = !before.contains(counts) || borders.iter().any(|&border| word <= border && border <= at);
                assert_eq!(reading.starts_sentence(at), expected, "{c} at {at} of {text:?}");
            }
        }
    }
}
