//! Entries as somebody looks for them who wants to know what nearly stands in a draft. Nothing here is ever
//! linted with.

use super::entry::{Boundary, Case, Entry, Kind, Level};
use super::pattern::Pattern;

impl Entry {
    /// The same entry, found wherever its letters stand: within words, in any spelling, whatever stands around
    /// it. One that is off is only switched on. What is asked of the whole reply, or waits for the customer's
    /// words, looks for nothing.
    pub(super) fn loosened(&self) -> Self {
        let seeks = matches!(self.kind, Kind::Avoid | Kind::Recommend | Kind::Style);
        let bare = self.bare();
        if !seeks {
            return bare;
        }
        let (patterns, regexes) = (self.patterns.clone(), self.regexes.clone());
        if self.level.is_none() {
            let Self { case, ignore_accents, boundary, at, .. } = *self;
            let (unless, unless_near) = (self.unless.clone(), self.unless_near.clone());
            return Self { patterns, regexes, unless, unless_near, case, ignore_accents, boundary, at, ..bare };
        }
        let patterns = patterns.into_iter().map(Pattern::within_sentences).collect();
        let (case, ignore_accents, boundary) = (Case::Any, true, Boundary::None);
        Self { patterns, regexes, case, ignore_accents, boundary, ..bare }
    }

    /// An entry of the same name that looks for nothing.
    pub(super) fn bare(&self) -> Self {
        let kind = if self.kind == Kind::Style { Kind::Avoid } else { self.kind };
        let level = Some(self.level.unwrap_or(Level::Advice));
        Self { level, ..Self::new(self.id.clone(), kind, self.origin.clone()) }
    }
}

impl Pattern {
    /// The same pattern, wherever in a sentence it stands.
    fn within_sentences(mut self) -> Self {
        (self.starts_sentence, self.ends_sentence) = (false, false);
        self
    }
}
