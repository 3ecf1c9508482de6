//! What an entry says to those who look after it, and not to those who lint: which warnings about it may stand,
//! and until when somebody is to look at it again. A compiled lexicon has none of it.

use std::sync::Arc;

use super::entry::{Entry, EntryId};
use super::keys::RawKeys;
use super::problem::{Code, Origin, Problem, SourceFile};
use super::read::{Text, list, nearest};
use super::understand::Understanding;
use crate::text::{Day, Span};

/// What is to be known of an entry by whoever looks after it.
#[derive(Debug, Clone, Default)]
pub struct Care {
    /// The warnings about it that may stand.
    pub allow: Vec<Allow>,
    /// The last day on which it need not be looked at, and where that is written.
    pub review_by: Option<(Day, Origin)>,
}

/// A warning that may stand.
#[derive(Debug, Clone)]
pub struct Allow {
    /// Which.
    pub code: Code,
    /// Where it is written.
    pub origin: Origin,
    /// Loading the lexicon would have warned so.
    pub(crate) was_called_for: bool,
}

/// What is known of a lexicon beside its entries, for whoever looks after it. A compiled lexicon has none of it.
#[derive(Debug, Clone, Default)]
pub struct Upkeep {
    /// The files of the lexicons that were named, without those of what they extend.
    pub(super) files: Vec<Arc<SourceFile>>,
    /// Groups of theirs that no phrase uses, and where they stand.
    pub(super) unused_groups: Vec<(String, Origin)>,
    /// Entries that they adjust without a difference, and where.
    pub(super) idle_adjusts: Vec<(EntryId, Origin)>,
}

impl Upkeep {
    /// Whether something stands in a file of a lexicon that was named.
    pub fn is_own(&self, origin: &Origin) -> bool {
        self.files.iter().any(|file| Arc::ptr_eq(file, &origin.file))
    }

    /// Groups that no phrase uses, and where they stand.
    pub fn unused_groups(&self) -> &[(String, Origin)] {
        &self.unused_groups
    }

    /// Entries that are adjusted without a difference, and where.
    pub fn idle_adjusts(&self) -> &[(EntryId, Origin)] {
        &self.idle_adjusts
    }
}

impl Entry {
    /// Where a warning about it is allowed, if it is.
    pub(crate) fn allows(&self, code: Code) -> Option<&Allow> {
        self.care.as_ref()?.allow.iter().find(|allow| allow.code == code)
    }

    /// The same, for loading, which notes that it was of use.
    pub(super) fn lets_stand(&mut self, code: Code) -> bool {
        let allows = self.care.iter_mut().flat_map(|care| &mut care.allow).filter(|allow| allow.code == code);
        allows.map(|allow| allow.was_called_for = true).count() > 0
    }
}

impl Understanding<'_, '_> {
    /// Takes what the keys say to those who look after an entry. Those of an adjustment are added.
    pub(super) fn care(&mut self, entry: &mut Entry, keys: &mut RawKeys<'_>) {
        let (allow, review_by) = (keys.allow.take(), keys.review_by.take());
        if allow.is_none() && review_by.is_none() {
            return;
        }
        let allow: Vec<Allow> = allow.into_iter().flatten().filter_map(|text| self.allow(&text)).collect();
        let care = entry.care.get_or_insert_default();
        care.allow.extend(allow);
        if let Some((day, span)) = review_by {
            care.review_by = Some((day, self.origin(span)));
        }
    }

    fn allow(&mut self, text: &Text<'_>) -> Option<Allow> {
        let known = Code::ALL.iter().copied();
        let named = known.clone().find(|code| code.as_str() == text.value);
        let allowed: Vec<&str> = known.filter(|code| code.can_be_allowed()).map(Code::as_str).collect();
        let (message, label) = match named {
            Some(code) if code.can_be_allowed() => {
                return Some(Allow { code, origin: self.origin(text.span), was_called_for: false });
            }
            Some(_) => (format!("`{}` is nothing that an entry can allow", text.value), "only taking it out helps"),
            None => (format!("there is no warning `{}`", text.value), "unknown value"),
        };
        let near = nearest(&text.value, allowed.iter().copied()).filter(|_| named.is_none());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("an entry can allow {}", list(&allowed)),
        };
        self.problems.push(Problem::new(Code::UnknownValue, self.file, text.span, message, label).help(help));
        None
    }

    pub(super) fn origin(&self, span: Span) -> Origin {
        Origin { file: Arc::clone(self.file), span }
    }
}
