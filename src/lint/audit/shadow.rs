//! Phrases that never get a word in: in each of their forms another entry finds more, and speaks in their place.

use super::forms::{Fill, some_forms};
use super::scene::{Place, Scene};
use super::{Audit, problem};
use crate::lexicon::{Code, Entry, EntryId, Kind, Pattern, Problem};
use crate::lint::LintError;

/// Forms of a phrase that can all be tried. Of a phrase that has more nothing is said.
const MOST: u64 = 4096;

impl Audit<'_> {
    pub(super) fn ask_after_shadowed_phrases(&mut self) -> Result<(), LintError> {
        let mut found: Vec<(usize, Problem)> = Vec::new();
        let speaks = |entry: &Entry| matches!(entry.kind, Kind::Avoid | Kind::Style) && entry.level.is_some();
        for (number, entry) in self.all().filter(|(_, entry)| speaks(entry)) {
            for pattern in self.own_patterns(entry).filter(|pattern| pattern.form_count() <= MOST) {
                let Some(winner) = self.shadow(entry, pattern)? else { continue };
                let origin = pattern.origin().unwrap_or(&entry.origin);
                let message = format!(
                    "`{pattern}` of `{}` never speaks: wherever it stands, `{}` finds as much and speaks in its place",
                    entry.id, winner.id
                );
                let remedy = format!(
                    "take the phrase out of `{}`, or make it longer than what `{}` finds, at {}",
                    entry.id, winner.id, winner.origin
                );
                found.push((number, problem(Code::ShadowedPhrase, origin, message, "never speaks", remedy)));
            }
        }
        self.warn_of_all(found);
        Ok(())
    }

    /// An entry that wins over the first form of a phrase, if another one wins over every form.
    fn shadow(&self, entry: &Entry, pattern: &Pattern) -> Result<Option<&Entry>, LintError> {
        let fills: &[Fill] = if pattern.is_literal() { &[Fill::Least] } else { &[Fill::Nonsense, Fill::Least] };
        let mut first = None;
        for form in fills.iter().flat_map(|fill| some_forms(pattern, MOST, *fill)) {
            let scene = Scene::new(&form, Place::of_phrase(pattern, entry), entry);
            for draft in scene.drafts(self.lexicon.language()).into_iter().flatten() {
                let review = self.review(&draft)?;
                let is_own = |rule: &&EntryId| **rule == entry.id;
                if review.findings.iter().any(|finding| is_own(&finding.rule)) {
                    return Ok(None);
                }
                // When nobody speaks for it, something else keeps it silent.
                let Some(winner) = review.findings.iter().find(|finding| finding.also.iter().any(is_own)) else {
                    return Ok(None);
                };
                first = first.or(Some(winner.rule.clone()));
            }
        }
        Ok(first.and_then(|rule| self.entries.iter().find(|entry| entry.id == rule)))
    }
}
