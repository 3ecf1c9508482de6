//! Where sentences end. A sentence ends at the border that UAX #29 finds and at the end of a
//! stretch of prose. Computed for a whole draft at once, and only when a phrase asks for it.

use unicode_segmentation::UnicodeSegmentation;

use super::folded::{BREAK, Folded, OPAQUE, PLACEHOLDER};
use super::words::is_word;
use super::{Prose, Span, Style};

/// The sentences of a draft, in offsets of its folded text.
#[derive(Debug, Clone)]
pub struct Sentences {
    /// Where each sentence begins; the first at 0, and one past the last.
    borders: Vec<usize>,
}

impl Sentences {
    /// Finds the sentences of a draft whose folded prose is `folded`.
    pub fn new(text: &str, prose: &Prose, folded: &Folded) -> Self {
        // Capitals tell "e.g. this" from "the end. This", so the folded text itself will not do.
        let cased = Folded::new(text, prose, Style::CASED);
        let mut borders = vec![0];
        for stretch in stretches(cased.text()) {
            for (at, _) in stretch.of(cased.text()).split_sentence_bound_indices() {
                let at = stretch.start + at;
                let Some(raw) = cased.original(Span::new(at, at)) else { continue };
                let border = folded.offset_of(raw.start);
                if borders.last().is_some_and(|last| *last < border) {
                    borders.push(border);
                }
            }
        }
        borders.push(folded.text().len() + 1);
        Self { borders }
    }

    /// The sentence that holds the folded offset `at`, in folded offsets.
    pub fn around(&self, at: usize) -> Span {
        let index = self.borders.partition_point(|&border| border <= at).clamp(1, self.borders.len() - 1);
        Span::new(self.borders[index - 1], self.borders[index])
    }

    /// Whether no word stands before the folded offset `at` in its sentence.
    pub fn starts_at(&self, folded: &str, at: usize) -> bool {
        let start = self.around(at).start;
        !Span::new(start, at).of(folded).chars().any(counts)
    }

    /// Whether no word stands behind the folded offset `at` in the sentence that ends there.
    pub fn ends_at(&self, folded: &str, at: usize) -> bool {
        let end = self.around(at.saturating_sub(1)).end.min(folded.len());
        end <= at || !Span::new(at, end).of(folded).chars().take_while(|&c| c != BREAK).any(counts)
    }
}

/// Bytes without a letter after which a sentence is over in any case. The library looks ahead to
/// the next letter at every full stop, which hostile text could make it do again and again.
const WORDLESS: usize = 200;

/// The text, cut behind long runs without a letter.
fn stretches(text: &str) -> Vec<Span> {
    let (mut stretches, mut start, mut letter) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        if c.is_alphabetic() {
            letter = at;
        } else if at - letter > WORDLESS {
            stretches.push(Span::new(start, at));
            (start, letter) = (at, at);
        }
    }
    stretches.push(Span::new(start, text.len()));
    stretches
}

fn counts(c: char) -> bool {
    is_word(c) || c == OPAQUE || c == PLACEHOLDER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_readers_end_them() {
        let text = "Hi Anna,\n\nYou must pay, e.g. today. “No.” Bye!\n- Item one\n- Item two\nstill two";
        let prose = Prose::of_text(text);
        let folded = Folded::new(text, &prose, Style::COARSE);
        let sentences = Sentences::new(text, &prose, &folded);
        let at = |needle: &str| folded.text().find(needle).expect("it is there");
        for start in ["hi", "you", "no.", "bye", "item one", "item two"] {
            assert!(sentences.starts_at(folded.text(), at(start)), "{start}");
        }
        for inner in ["anna", "today", "still", "one"] {
            assert!(!sentences.starts_at(folded.text(), at(inner)), "{inner}");
        }
        for end in ["anna", "today", "no", "bye", "one"] {
            assert!(sentences.ends_at(folded.text(), at(end) + end.len()), "{end}");
        }
        assert!(!sentences.ends_at(folded.text(), at("pay") + 3));
    }
}
