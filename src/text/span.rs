//! A half-open byte range. For naming a place in a text, and for cutting it out; not for
//! lines, columns or other units, which are [`LineIndex`](super::LineIndex)'s business.

use std::fmt;
use std::ops::Range;

/// A half-open range of bytes, `start..end`, of some text that the context names: of the
/// original draft unless said otherwise.
///
/// It exists beside `Range<usize>` because that one is not `Copy`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`, in bytes.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many bytes it covers.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte at all.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether both cover at least one byte in common.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` is also in `self`.
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same span of a text that has `by` more bytes in front.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The text that the span covers.
    ///
    /// # Panics
    ///
    /// When the span does not lie on character borders within `text`.
    #[expect(clippy::string_slice, reason = "the one place that cuts text, with its contract written down")]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_do_not_overlap() {
        let left = Span::new(0, 3);
        assert!(!left.overlaps(Span::new(3, 5)));
        assert!(left.overlaps(Span::new(2, 5)));
        assert!(left.covers(Span::new(1, 3)));
        assert!(!left.covers(Span::new(1, 4)));
        assert!(Span::new(2, 2).is_empty());
    }
}
