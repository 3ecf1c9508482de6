//! Offsets as LanguageTool counts them, in UTF-16 units, and the stretch of a text around a match.

use serde::Serialize;

use crate::text::{LineIndex, Span};

/// A text whose units can be counted.
#[derive(Debug)]
pub(super) struct Units<'t>(LineIndex<'t>);

/// What stands around a match, on one line.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Context {
    text: String,
    offset: usize,
    length: usize,
}

/// Characters of the context on each side.
const AROUND: usize = 40;

impl<'t> Units<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self(LineIndex::new(text))
    }

    /// Where a span begins and ends.
    pub(super) fn range(&self, span: Span) -> [usize; 2] {
        [self.0.utf16(span.start), self.0.utf16(span.end)]
    }
}

impl Context {
    pub(super) fn of(text: &str, span: Span) -> Self {
        let (before, behind) = (Span::new(0, span.start).of(text), Span::new(span.end, text.len()).of(text));
        let start = before.char_indices().rev().take(AROUND).last().map_or(span.start, |(at, _)| at);
        let end = behind.char_indices().nth(AROUND).map_or(text.len(), |(at, _)| span.end + at);
        let dots = |is_cut: bool| if is_cut { "..." } else { "" };
        let shown = |span: Span| span.of(text).replace(['\n', '\r', '\t'], " ");
        let head = format!("{}{}", dots(start > 0), shown(Span::new(start, span.start)));
        let matched = shown(span);
        let tail = format!("{}{}", shown(Span::new(span.end, end)), dots(end < text.len()));
        let units = |text: &str| text.encode_utf16().count();
        Self { offset: units(&head), length: units(&matched), text: [head, matched, tail].concat() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_cut_and_counted_in_its_own_units() {
        let long = "😀 ".repeat(30);
        for (text, expected) in [
            ("Hi 😀 You must\npay.".to_owned(), ("Hi 😀 You must pay.".to_owned(), 6)),
            ("You must".to_owned(), ("You must".to_owned(), 0)),
            (format!("{long}You must{long}"), (format!("...{0}You must{0}...", "😀 ".repeat(20)), 63)),
        ] {
            let at = text.find("You must").expect("it is there");
            let (shown, offset) = expected;
            let context = Context::of(&text, Span::new(at, at + 8));
            assert_eq!(context, Context { text: shown, offset, length: 8 });
        }
    }
}
