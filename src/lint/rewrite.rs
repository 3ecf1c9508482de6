//! A wording that a person chose, in the place of a finding. Unlike a safe fix it may be put in
//! wherever the finding is: tags within it stay where they are, so that markup stays balanced.

use super::fix::{Edit, escaped};
use super::review::Finding;
use super::wording;
use crate::text::{Draft, Piece, Reading, Span};

/// A draft, read once for any number of replacements.
#[derive(Debug)]
pub struct Rewriter<'t> {
    reading: Reading<'t>,
}

impl<'t> Rewriter<'t> {
    /// Reads a draft.
    pub fn new(draft: &Draft<'t>) -> Self {
        Self { reading: Reading::of(draft) }
    }

    /// What to change so that `wording` stands in the place of a finding of this draft; an empty one
    /// takes the words out. Sorted, none overlapping another, in bytes of the draft. No edit covers a
    /// byte of a tag. Empty when the finding is about something that is missing.
    pub fn edits(&self, finding: &Finding<'_>, wording: &str) -> Vec<Edit> {
        let text = self.reading.text();
        let words = self.words_of(finding.span);
        if wording.is_empty()
            && let [_] = *words
            && let Some(edit) = self.deletion(finding.span)
        {
            return vec![edit];
        }
        let mut text_left = escaped(wording, self.reading.format());
        let mut edits: Vec<Edit> = Vec::new();
        for span in words.into_iter().filter(|span| !span.of(text).is_empty()) {
            match edits.last_mut() {
                // An entity of two characters is two pieces of the same bytes.
                Some(last) if last.span.covers(span) => {}
                Some(last) if last.span.end == span.start => last.span.end = span.end,
                _ => edits.push(Edit { span, text: std::mem::take(&mut text_left) }),
            }
        }
        edits
    }

    /// Stretches of a span that hold words, entities included.
    fn words_of(&self, span: Span) -> Vec<Span> {
        let pieces = self.reading.prose().pieces();
        let first = pieces.partition_point(|piece| piece.span().end <= span.start);
        let inside = pieces.iter().skip(first).take_while(|piece| piece.span().start < span.end);
        let words = inside.filter_map(|piece| match *piece {
            Piece::Words(words) => Some(Span::new(words.start.max(span.start), words.end.min(span.end))),
            Piece::Decoded(raw, _) if raw.of(self.reading.text()).starts_with(['&', '\\']) => Some(raw),
            Piece::Decoded(..) | Piece::Opaque(..) | Piece::Break(_) => None,
        });
        words.collect()
    }

    fn deletion(&self, span: Span) -> Option<Edit> {
        let pieces = self.reading.prose().pieces();
        let index = pieces.partition_point(|piece| piece.span().end <= span.start);
        let goes_on = matches!(pieces.get(index + 1), Some(Piece::Opaque(..)));
        let starts = self.reading.starts_sentence(self.reading.folded_at(span.start));
        let prose = pieces.get(index)?.span();
        let (span, text) = wording::deletion(self.reading.text(), prose, span, starts, goes_on)?;
        Some(Edit { span, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Linter;
    use crate::lint::rewritten;
    use crate::text::Format;

    #[test]
    fn tags_stay_and_words_go() {
        let linter = Linter::builtin();
        let rows = [
            (Format::Text, "Hi, you must pay.", "a & b", "Hi, a & b pay."),
            (Format::Html, "Hi, you <b>must</b> pay.", "a & b", "Hi, a &amp; b<b></b> pay."),
            (Format::Html, "<b>You</b>&nbsp;must pay.", "Please", "<b>Please</b> pay."),
            (Format::Html, "Hi, you&ThickSpace;must pay.", "please", "Hi, please pay."),
            (Format::Html, "Hi, you<b>&ThickSpace;</b>must pay.", "please", "Hi, please<b></b> pay."),
            (Format::Html, "Hi, you<br>must pay.", "please", "Hi, please<br> pay."),
            (Format::Markdown, "Hi, **you** must pay.", "please", "Hi, **please** pay."),
            (Format::Text, "You must pay.", "", "Pay."),
            (Format::Html, "We <i>you</i> must pay.", "", "We <i></i> pay."),
        ];
        for (format, text, wording, expected) in rows {
            let draft = Draft::new(text).with_format(format);
            let review = linter.lint(&draft).expect("a review");
            let edits = Rewriter::new(&draft).edits(&review.findings[0], wording);
            assert_eq!(rewritten(text, &edits), expected, "{text}");
        }
    }
}
