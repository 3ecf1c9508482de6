//! Folded text with a sparse map back to the original bytes: the data that folding makes and
//! that everything else reads. Offsets are never found by searching again; what cannot be
//! mapped is not reported.

use yoke::Yoke;

use super::Span;

/// Stands for something that is skipped but has its place in the sentence, such as a URL.
pub const OPAQUE: char = '\u{1}';
/// Stands for a placeholder; a slot of a phrase may stand for it.
pub const PLACEHOLDER: char = '\u{2}';
/// The end of a stretch of prose: a blank line, a quote, a new list item.
pub const BREAK: char = '\n';

/// Folded prose and the way back.
#[derive(Debug)]
pub struct Folded {
    /// Bytes together with the knowledge that they are text.
    text: Yoke<&'static str, Vec<u8>>,
    edits: Vec<Edit>,
}

/// Where folded and original bytes part company. Between edits both run in step, so that the
/// list is short: prose in lower case has almost none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) folded: usize,
    pub(super) folded_len: usize,
    pub(super) raw: usize,
    pub(super) raw_len: usize,
}

impl Folded {
    /// The folded text. Besides letters it holds [`BREAK`], [`OPAQUE`] and [`PLACEHOLDER`].
    pub fn text(&self) -> &str {
        self.text.get()
    }

    /// The original bytes of a range of folded bytes, whole characters always. `None` when the
    /// range begins or ends within what one original character became.
    pub fn original(&self, folded: Span) -> Option<Span> {
        self.original_between(folded, self.edits.partition_point(|edit| edit.folded <= folded.start))
    }

    /// The same for one who asks about many ranges in the order of the text: `cursor`, which begins at 0,
    /// keeps the place between two questions.
    pub fn original_after(&self, folded: Span, cursor: &mut usize) -> Option<Span> {
        let begun = |edit: &Edit| edit.folded <= folded.start;
        let from = (*cursor).min(self.edits.len());
        *cursor = if self.edits[..from].last().is_none_or(begun) {
            from + self.edits[from..].iter().take_while(|edit| begun(edit)).count()
        } else {
            self.edits[..from].partition_point(begun)
        };
        self.original_between(folded, *cursor)
    }

    /// With the edits that begin no later than the range in front of `index`.
    fn original_between(&self, folded: Span, index: usize) -> Option<Span> {
        let start = match index.checked_sub(1).map(|before| self.edits[before]) {
            Some(edit) if folded.start == edit.folded && edit.folded_len > 0 => edit.raw,
            Some(edit) if folded.start < edit.folded_end() => return None,
            Some(edit) => edit.raw_end() + (folded.start - edit.folded_end()),
            None => folded.start,
        };
        // The range is short beside the text, and so is the list of edits in it.
        let within = self.edits[index..].iter().take_while(|edit| edit.folded < folded.end).last();
        let before = || self.edits[..index].iter().rev().find(|edit| edit.folded < folded.end);
        let end = match within.or_else(before) {
            Some(edit) if folded.end < edit.folded_end() => return None,
            Some(edit) => edit.raw_end() + (folded.end - edit.folded_end()),
            None => folded.end,
        };
        Some(Span::new(start, end.max(start)))
    }

    /// The folded offset of an original one; inside something that folded to a different
    /// length, the offset where that begins.
    pub fn offset_of(&self, raw: usize) -> usize {
        let index = self.edits.partition_point(|edit| edit.raw <= raw);
        match index.checked_sub(1).map(|index| self.edits[index]) {
            Some(edit) if raw < edit.raw_end() => edit.folded,
            Some(edit) => edit.folded_end() + (raw - edit.raw_end()),
            None => raw,
        }
    }

    /// The bytes of the text, and the edits.
    pub(super) fn parts(self) -> (Vec<u8>, Vec<Edit>) {
        (self.text.into_backing_cart(), self.edits)
    }

    /// Joins the parts again.
    ///
    /// # Panics
    ///
    /// When the bytes are not whole characters.
    pub(super) fn from_parts(bytes: Vec<u8>, edits: Vec<Edit>) -> Self {
        let text = Yoke::<&'static str, Vec<u8>>::attach_to_cart(bytes, |bytes| {
            simdutf8::basic::from_utf8(bytes).expect("only whole characters are written")
        });
        Self { text, edits }
    }
}

impl Default for Folded {
    fn default() -> Self {
        Self::from_parts(Vec::new(), Vec::new())
    }
}

impl Edit {
    pub(super) fn folded_end(self) -> usize {
        self.folded + self.folded_len
    }

    pub(super) fn raw_end(self) -> usize {
        self.raw + self.raw_len
    }
}
