//! The stretch of a draft that a person is shown around a finding: its line, or as much of a
//! long line as fits.

use super::printable::printable;
use crate::text::{LineIndex, Span};

/// A piece of a draft, safe to print, with the place of the finding in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Bytes of `text`.
    pub(super) mark: Span,
    /// Line of the draft on which the excerpt begins, from 1.
    pub(super) line: usize,
}

impl Excerpt {
    /// The lines of `span`, at most about `width` characters of them.
    pub(super) fn new(text: &str, index: &LineIndex<'_>, span: Span, width: usize) -> Self {
        let first = index.position(span.start).line;
        let last = index.position(span.end).line;
        let whole = Span::new(index.line(first).start, index.line(last).end);
        // Of a line that is a whole book, no more is looked at than could be shown.
        let before = Span::new(whole.start, span.start).of(text);
        let before = before.strip_prefix('\u{feff}').unwrap_or(before);
        let after = Span::new(span.end, whole.end).of(text);
        let after = after.strip_suffix('\n').unwrap_or(after);
        let room = width.saturating_sub(span.of(text).chars().take(width).count());
        // What one side does not need, the other may have.
        let (left, right) = (before.chars().rev().take(width).count(), after.chars().take(width).count());
        let left = left.min((room / 2).max(room.saturating_sub(right)));
        let (left, right) = (tail(before, left), head(after, room - left));
        let mark = printable(span.of(text));
        let start = left.len();
        Self { mark: Span::new(start, start + mark.len()), text: format!("{left}{mark}{right}"), line: first }
    }
}

/// The end of a text, cut at a word.
fn tail(text: &str, room: usize) -> String {
    let start = text.char_indices().rev().take(room).last().map_or(text.len(), |(at, _)| at);
    let shown = Span::new(start, text.len()).of(text);
    if start == 0 {
        return printable(shown);
    }
    let word = shown.find(char::is_whitespace).unwrap_or(0);
    format!("…{}", printable(Span::new(word, shown.len()).of(shown)))
}

/// The beginning of a text, cut at a word.
fn head(text: &str, room: usize) -> String {
    let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
    let shown = Span::new(0, end).of(text);
    if end == text.len() {
        return printable(shown.trim_end());
    }
    let word = shown.rfind(char::is_whitespace).map_or(shown.len(), |at| at + 1);
    format!("{}…", printable(shown.get(..word).unwrap_or(shown)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_at_words() {
        let text = format!("Hello.\n{} you must {}\n", "one two three".repeat(20), "four five six".repeat(20));
        let index = LineIndex::new(&text);
        let at = text.find("you must").expect("it is there");
        let excerpt = Excerpt::new(&text, &index, Span::new(at, at + 8), 60);
        assert_eq!(excerpt.mark.of(&excerpt.text), "you must");
        assert!(excerpt.text.starts_with("… ") && excerpt.text.ends_with(" …"), "{excerpt:?}");
        assert!(excerpt.text.chars().count() <= 64);
        assert_eq!(excerpt.line, 2);
    }
}
