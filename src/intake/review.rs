//! From a record to what is said of it.

use super::mail::{Part, taken_apart};
use super::record::{Record, Unreadable};
use crate::host::ReadError;
use crate::lint::{Desk, Linter};
use crate::report::Reply;
use crate::text::{Draft, Scope};

/// All that is needed to lint records.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reviewer<'r> {
    pub(crate) linter: &'r Linter,
    /// Whose words are read.
    pub(crate) scope: Scope,
    /// Where the records come from.
    pub(crate) source: &'r str,
    /// The largest part of a mail, in bytes.
    pub(crate) max_bytes: u64,
}

impl Reviewer<'_> {
    /// Hands over the review of a record, or of a mail one for each of its parts, in order. The inner error is one
    /// of `tell`, which ends it.
    pub(crate) fn review<E>(
        &self,
        record: &Record<'_>,
        desk: &mut Desk,
        mut tell: impl FnMut(&Reply<'_>) -> Result<(), E>,
    ) -> Result<Result<(), E>, Unreadable> {
        if let Some(format) = record.read_as.format() {
            return self.reply(record, Draft::new(&record.text).with_format(format), &[], desk, &mut tell);
        }
        let unreadable = |ReadError { code, message, .. }| Unreadable { id: record.owned_id(), code, message };
        let parts = taken_apart(record.text.as_bytes(), "the text", self.max_bytes).map_err(unreadable)?;
        for part @ Part { notes, .. } in &parts {
            if let failed @ Err(_) = self.reply(record, part.draft(), notes, desk, &mut tell)? {
                return Ok(failed);
            }
        }
        Ok(Ok(()))
    }

    fn reply<'d, E>(
        &self,
        record: &'d Record<'_>,
        mut draft: Draft<'d>,
        notes: &[String],
        desk: &mut Desk,
        tell: &mut impl FnMut(&Reply<'_>) -> Result<(), E>,
    ) -> Result<Result<(), E>, Unreadable> {
        record.tell(&mut draft, self.scope);
        let mut review = self.linter.lint_at(desk, &draft).map_err(|error| Unreadable {
            id: record.owned_id(),
            code: error.code(),
            message: error.to_string(),
        })?;
        review.notes.extend_from_slice(notes);
        let reply = Reply { source: self.source, id: record.id.as_deref(), draft, review };
        let told = tell(&reply);
        desk.take_back(reply.review);
        Ok(told)
    }
}
