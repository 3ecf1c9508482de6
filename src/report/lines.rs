//! The lines of drafts. The turns of a talk are windows of one text, which is counted once for all of them, and
//! only when one of them has something that is anywhere.

use super::Reply;
use crate::text::{Draft, LineIndex};

/// The text that was asked about last.
#[derive(Debug, Default)]
pub(super) struct Lines<'r> {
    last: Option<LineIndex<'r>>,
}

impl<'r> Lines<'r> {
    /// The lines of a draft's text.
    pub(super) fn of(&mut self, draft: &Draft<'r>) -> &LineIndex<'r> {
        let known = self.last.take().filter(|last| std::ptr::eq(last.text(), draft.text));
        self.last.insert(known.unwrap_or_else(|| LineIndex::new(draft.text)))
    }

    /// The same, where they are those of the file that the reply came from.
    pub(super) fn of_file(&mut self, reply: &Reply<'r>) -> Option<&LineIndex<'r>> {
        reply.draft.has_places().then(|| self.of(&reply.draft))
    }
}
