//! From byte offsets to what people and editors count: lines, columns, UTF-16 units,
//! characters. The only code that converts offsets; it never looks at what the text means.
//!
//! A question costs a binary search and a scan of at most [`STRIDE`] bytes, wherever in the
//! text it points and however long the line, so that reporting many findings in one long
//! line stays linear.

use memchr::memchr2_iter;

use super::Span;

/// Bytes between two counted checkpoints.
const STRIDE: usize = 256;

/// An index of one text; build it once, ask it often.
#[derive(Debug, Clone)]
pub struct LineIndex<'t> {
    text: &'t str,
    /// Byte offset of the first byte of each line; the first is always 0.
    starts: Vec<usize>,
    /// What was counted before byte `i * STRIDE`.
    checkpoints: Vec<Counts>,
}

/// Where an offset is, for people. Both numbers start at 1; the column counts characters
/// (Unicode scalar values), and a byte order mark at the start of the text counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1. Lines end at LF, CRLF or a lone CR.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    chars: usize,
    utf16: usize,
}

impl<'t> LineIndex<'t> {
    /// Counts `text` once.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut checkpoints = Vec::with_capacity(bytes.len() / STRIDE + 2);
        let mut counts = Counts::default();
        for block in bytes.chunks(STRIDE) {
            checkpoints.push(counts);
            counts.add(block);
        }
        checkpoints.push(counts);
        let ends = memchr2_iter(b'\n', b'\r', bytes);
        let breaks = ends.filter(|&end| bytes[end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'));
        let starts = [0].into_iter().chain(breaks.map(|end| end + 1)).collect();
        Self { text, starts, checkpoints }
    }

    /// The text that was counted.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The line and column of a byte offset. An offset past the end is taken for the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let mut column = self.chars(offset) - self.chars(start) + 1;
        if line == 1 && offset > 0 && self.text.starts_with('\u{feff}') {
            column -= 1;
        }
        Position { line, column }
    }

    /// How many characters (Unicode scalar values) lie before a byte offset.
    pub fn chars(&self, offset: usize) -> usize {
        self.counts(offset).chars
    }

    /// How many UTF-16 code units lie before a byte offset.
    pub fn utf16(&self, offset: usize) -> usize {
        self.counts(offset).utf16
    }

    /// How many lines the text has; at least one.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line (from 1), its line break included. Empty for a line past the end.
    pub fn line(&self, line: usize) -> Span {
        let end = self.text.len();
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(end);
        Span::new(start, self.starts.get(line).copied().unwrap_or(end))
    }

    fn counts(&self, offset: usize) -> Counts {
        let offset = offset.min(self.text.len());
        let index = offset / STRIDE;
        let mut counts = self.checkpoints[index];
        counts.add(&self.text.as_bytes()[index * STRIDE..offset]);
        counts
    }
}

impl Counts {
    /// Counts characters at their first bytes; four-byte ones are two UTF-16 units. No more than a block
    /// at a time, whose counts fit into bytes, so that many are counted at once.
    fn add(&mut self, bytes: &[u8]) {
        debug_assert!(bytes.len() <= STRIDE);
        let continued: u8 = bytes.iter().map(|&byte| u8::from(byte & 0b1100_0000 == 0b1000_0000)).sum();
        let long: u8 = bytes.iter().map(|&byte| u8::from(byte >= 0b1111_0000)).sum();
        let chars = bytes.len() - usize::from(continued);
        self.chars += chars;
        self.utf16 += chars + usize::from(long);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_from_the_start() {
        let text = "\u{feff}Привет 😀\r\nцена — é e\u{301}\rlast\n".repeat(40);
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = Span::new(0, offset).of(&text);
            assert_eq!(index.chars(offset), before.chars().count());
            assert_eq!(index.utf16(offset), before.encode_utf16().count());
        }
        assert_eq!(index.line_count(), 121);
    }

    #[test]
    fn lines_end_at_lf_crlf_and_cr() {
        let index = LineIndex::new("a\r\nb\rc\nd");
        let at = |offset| {
            let Position { line, column } = index.position(offset);
            (line, column)
        };
        assert_eq!([at(0), at(3), at(5), at(7), at(8)], [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2)]);
        assert_eq!(index.line(1), Span::new(0, 3));
        assert_eq!(index.line(9), Span::new(8, 8));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let index = LineIndex::new("\u{feff}you");
        assert_eq!(index.position(3).column, 1);
        assert_eq!(index.chars(3), 1);
    }

    #[test]
    fn an_empty_text_has_one_line() {
        assert_eq!(LineIndex::new("").position(0), Position { line: 1, column: 1 });
    }
}
