//! Places as editors count them: lines from 0, and on a line bytes, UTF-16 units or characters, as was agreed. The
//! counting is that of [`LineIndex`]; here is only what the protocol makes of it.

use gen_lsp_types::{Position, Range};

use crate::text::{LineIndex, Span};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
}

/// A text whose places are asked for.
#[derive(Debug)]
pub(super) struct Places<'t> {
    index: LineIndex<'t>,
    encoding: Encoding,
}

impl Encoding {
    /// The best of those that an editor offers. Every editor knows UTF-16, and one that offers nothing knows
    /// nothing else.
    pub(super) fn best<'o>(offered: impl IntoIterator<Item = &'o str>) -> Self {
        if offered.into_iter().any(|name| name == Self::Utf8.as_str()) { Self::Utf8 } else { Self::Utf16 }
    }

    /// The name in the protocol.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
        }
    }
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        Self { index: LineIndex::new(text), encoding }
    }

    /// Where a byte offset is. One within a line break is where its line ends.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.index.position(offset).line;
        let words = self.words(line);
        let at = offset.clamp(words.start, words.end);
        let character = match self.encoding {
            Encoding::Utf8 => at - words.start,
            Encoding::Utf16 => self.index.utf16(at) - self.index.utf16(words.start),
        };
        Position { line: number(line - 1), character: number(character) }
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The byte offset of a place. One behind the end of a line is its end, one behind the last line is the end of
    /// the text, and one within a character is where the character begins.
    pub(super) fn offset(&self, place: Position) -> usize {
        let line = usize::try_from(place.line).unwrap_or(usize::MAX);
        if line >= self.index.line_count() {
            return self.index.text().len();
        }
        let words = self.words(line + 1);
        let units = usize::try_from(place.character).unwrap_or(usize::MAX);
        let text = words.of(self.index.text());
        words.start
            + match self.encoding {
                Encoding::Utf8 => text.floor_char_boundary(units),
                Encoding::Utf16 => behind(text, units),
            }
    }

    pub(super) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }

    /// A place that an editor shows: an empty span grows to the word behind it, or before it when it is the end of
    /// a line. In an empty line it stays empty.
    pub(super) fn visible(&self, span: Span) -> Span {
        if !span.is_empty() {
            return span;
        }
        let words = self.words(self.index.position(span.start).line);
        let at = span.start.clamp(words.start, words.end);
        let text = self.index.text();
        let (before, behind) = (Span::new(words.start, at).of(text), Span::new(at, words.end).of(text));
        if behind.starts_with(|c: char| !c.is_whitespace()) {
            return Span::new(at, at + behind.find(char::is_whitespace).unwrap_or(behind.len()));
        }
        let last = before.trim_end();
        let start = last.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8());
        Span::new(words.start + start, words.start + last.len())
    }

    /// The bytes of a line (from 1) without its break.
    fn words(&self, line: usize) -> Span {
        let line = self.index.line(line);
        let words = line.of(self.index.text()).trim_end_matches(['\n', '\r']);
        Span::new(line.start, line.start + words.len())
    }
}

/// The bytes that so many UTF-16 units take up.
fn behind(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        seen += c.len_utf16();
        if seen > units {
            return at;
        }
    }
    text.len()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "😀 You must\r\nцена é\n\r\nlast";

    #[test]
    fn places_are_counted_as_agreed() {
        // The offset of a word, and its place in UTF-8 and in UTF-16.
        let rows = [
            ("😀", (0, 0), (0, 0)),
            ("You", (0, 5), (0, 3)),
            ("must", (0, 9), (0, 7)),
            ("цена", (1, 0), (1, 0)),
            ("é", (1, 9), (1, 5)),
            ("last", (3, 0), (3, 0)),
        ];
        for (word, utf8, utf16) in rows {
            let offset = TEXT.find(word).expect("it is there");
            for (encoding, (line, character)) in [(Encoding::Utf8, utf8), (Encoding::Utf16, utf16)] {
                let places = Places::new(TEXT, encoding);
                let place = Position { line, character };
                assert_eq!(places.position(offset), place, "{word} {encoding:?}");
                assert_eq!(places.offset(place), offset, "{word} {encoding:?}");
            }
        }
    }

    #[test]
    fn places_that_are_none_are_the_nearest() {
        let end_of_first = TEXT.find('\r').expect("it is there");
        for (encoding, line, character, offset) in [
            (Encoding::Utf8, 0, 99, end_of_first),
            (Encoding::Utf16, 0, u32::MAX, end_of_first),
            (Encoding::Utf8, 0, 2, 0),
            (Encoding::Utf16, 0, 1, 0),
            (Encoding::Utf16, 9, 0, TEXT.len()),
            (Encoding::Utf8, u32::MAX, u32::MAX, TEXT.len()),
        ] {
            let places = Places::new(TEXT, encoding);
            assert_eq!(places.offset(Position { line, character }), offset, "{encoding:?} {line}:{character}");
        }
        let within_break = Places::new(TEXT, Encoding::Utf16).position(end_of_first + 1);
        assert_eq!(within_break, Places::new(TEXT, Encoding::Utf16).position(end_of_first));
    }

    #[test]
    fn an_empty_place_grows_to_a_word() {
        for (text, at, shown) in [
            ("Pay now.", 0, "Pay"),
            ("Pay now.", 8, "now."),
            ("Pay now. ", 9, "now."),
            ("Pay now.", 3, "Pay"),
            ("", 0, ""),
            ("a\n\nb", 2, ""),
        ] {
            let span = Places::new(text, Encoding::Utf8).visible(Span::new(at, at));
            assert_eq!(span.of(text), shown, "{text:?} {at}");
        }
    }

    #[test]
    fn utf_8_is_taken_when_it_is_offered() {
        assert_eq!(Encoding::best(["utf-16", "utf-8"]), Encoding::Utf8);
        assert_eq!(Encoding::best(["utf-32", "utf-16"]), Encoding::Utf16);
        assert_eq!(Encoding::best([]), Encoding::Utf16);
    }
}
