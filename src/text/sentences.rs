//! The sentences of a draft, counted. Asked for by rules that speak of the first sentences, the last or the
//! next ones; a draft of which nobody asks is never counted, and one of which the first are asked is not
//! counted to its end. Where one sentence ends is for [`super::sentence`].

use super::sentence::counts;
use super::{BREAK, Reading, Span};

/// What does not belong to the sentence behind it.
const ENDS: [char; 8] = ['.', '!', '?', '…', '。', '！', '？', BREAK];

/// Where the sentences of one draft begin, as far as anybody asked. All offsets are those of the folded text.
#[derive(Debug, Default)]
pub struct Sentences {
    starts: Vec<usize>,
    /// How far the text was looked through.
    seen: usize,
}

impl Sentences {
    /// Forgets the draft.
    pub fn clear(&mut self) {
        self.starts.clear();
        self.seen = 0;
    }

    /// Which sentence an offset is in, from 0.
    pub fn number(&mut self, reading: &Reading<'_>, at: usize) -> usize {
        self.look(reading, |sentences| sentences.seen > at);
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Where the sentence of this number begins; the end of the text when there are not so many.
    pub fn start(&mut self, reading: &Reading<'_>, number: usize) -> usize {
        self.look(reading, |sentences| sentences.starts.len() > number);
        self.starts.get(number).copied().unwrap_or(reading.folded().len())
    }

    /// How many there are.
    pub fn count(&mut self, reading: &Reading<'_>) -> usize {
        self.look(reading, |_| false);
        self.starts.len()
    }

    /// The first so many sentences.
    pub fn first(&mut self, reading: &Reading<'_>, count: usize) -> Span {
        Span::new(0, self.start(reading, count))
    }

    /// The last so many sentences.
    pub fn last(&mut self, reading: &Reading<'_>, count: usize) -> Span {
        let all = self.count(reading);
        let start = if all > count { self.start(reading, all - count) } else { 0 };
        Span::new(start, reading.folded().len())
    }

    /// Looks through the text until it is `enough`.
    fn look(&mut self, reading: &Reading<'_>, enough: impl Fn(&Self) -> bool) {
        let text = reading.folded();
        while self.seen < text.len() && !enough(self) {
            let rest = Span::new(self.seen, text.len()).of(text);
            let Some(word) = rest.find(counts) else {
                self.seen = text.len();
                return;
            };
            let word = self.seen + word;
            if reading.starts_sentence(word) {
                let signs = opening(Span::new(self.seen, word).of(text));
                self.starts.push(word - signs);
            }
            let rest = Span::new(word, text.len()).of(text);
            self.seen = word + rest.find(|c| !counts(c)).unwrap_or(rest.len());
        }
    }
}

/// The bytes of the signs between two words that belong to the second, such as "¿" or "(".
fn opening(between: &str) -> usize {
    let mut signs = between.chars().rev();
    signs.by_ref().take_while(|c| !c.is_whitespace() && !ENDS.contains(c)).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_counted_as_far_as_they_are_asked_for() {
        let text = "Hello Anna,\n\nThank you. The parcel left today, e.g. by train.\n- one\n- two\n\nKind regards";
        let reading = Reading::of_text(text);
        let part = |span: Span| span.of(reading.folded()).trim().to_owned();
        let mut sentences = Sentences::default();
        assert_eq!(part(sentences.first(&reading, 2)), "hello anna,\nthank you.");
        assert!(sentences.starts.len() == 3, "{sentences:?}");
        assert_eq!(part(sentences.last(&reading, 2)), "two\nkind regards");
        assert_eq!(sentences.count(&reading), 6);
        for (words, number) in [("hello", 0), ("anna", 0), ("thank", 1), ("by train", 2), ("one", 3), ("regards", 5)] {
            let at = reading.folded().find(words).expect("it is there");
            assert_eq!(sentences.number(&reading, at), number, "{words}");
            assert_eq!(Sentences::default().number(&reading, at), number, "{words} asked first");
        }
        assert_eq!(part(sentences.first(&reading, 60)), part(sentences.last(&reading, 60)));
        assert_eq!(Sentences::default().count(&Reading::of_text("")), 0);
        let reading = Reading::of_text("Salió. ¿Algo más? (Sí.) «No!» ¡Ya!");
        let mut sentences = Sentences::default();
        for (number, begins) in ["salio", "¿algo", "(si", "\"no", "¡ya"].into_iter().enumerate() {
            let start = sentences.start(&reading, number);
            let rest = Span::new(start, reading.folded().len()).of(reading.folded());
            assert!(rest.starts_with(begins), "{rest} begins with {begins}");
        }
        assert_eq!(Sentences::default().last(&Reading::of_text("> quoted"), 2).start, 0);
    }
}
