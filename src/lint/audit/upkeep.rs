//! What makes no difference, and what has been forgotten: adjustments without effect, groups that nothing uses,
//! entries without examples, days that are past, and allowances that nothing calls for.

use super::{Audit, problem};
use crate::lexicon::{Code, Entry, Kind, Problem};
use crate::text::Day;

impl Audit<'_> {
    pub(super) fn ask_after_upkeep(&mut self, today: Option<Day>) {
        let upkeep = self.lexicon.upkeep();
        for (id, origin) in upkeep.idle_adjusts() {
            let Some(number) = self.entries.iter().position(|entry| entry.id == *id) else { continue };
            let message = format!("this leaves `{id}` as it is");
            let remedy = format!(
                "take the table out, or say in it what is to change; `replylint lexicon explain {id}` shows the rule"
            );
            self.warn(number, problem(Code::IdleAdjust, origin, message, "changes nothing", remedy));
        }
        for (group, origin) in upkeep.unused_groups() {
            let message = format!("no phrase uses the group `{group}`");
            let remedy = format!("write `@{group}` in a phrase, or take the group out");
            self.problems.push(problem(Code::UnusedGroup, origin, message, "not used", remedy));
        }
        for (number, entry) in self.all() {
            if self.is_own(Some(&entry.origin)) {
                self.warn_of_all(missing_examples(entry).map(|problem| (number, problem)).into_iter().collect());
            }
            let review_by = entry.care.as_deref().and_then(|care| care.review_by.as_ref());
            if let Some((day, origin)) = review_by
                && today.is_some_and(|today| *day < today)
                && self.is_own(Some(origin))
            {
                let message = format!("`{}` was to be looked at again by {day}", entry.id);
                let remedy = "look whether it is still as it should be, and write the next day or take `review-by` out";
                self.warn(number, problem(Code::ReviewDue, origin, message, "past", remedy.to_owned()));
            }
        }
    }

    /// Allowances that nothing calls for. Whether a day is past can only be told when today is known.
    pub(super) fn ask_after_allowances(&mut self, knows_today: bool) {
        for (number, entry) in self.all() {
            for allow in entry.care.iter().flat_map(|care| &care.allow) {
                let is_called_for = allow.was_called_for || self.called_for.contains(&(number, allow.code));
                let can_tell = knows_today || allow.code != Code::ReviewDue;
                if is_called_for || !can_tell || !self.is_own(Some(&allow.origin)) {
                    continue;
                }
                let code = allow.code.as_str();
                let message = format!("`{}` allows `{code}`, and there is no such warning", entry.id);
                let remedy = format!("take `{code}` out of `allow`");
                self.problems.push(problem(Code::UnusedAllow, &allow.origin, message, "not called for", remedy));
            }
        }
    }
}

/// An entry shows what it finds, and one that finds fault shows what it lets pass.
fn missing_examples(entry: &Entry) -> Option<Problem> {
    let finds_fault = matches!(entry.kind, Kind::Avoid | Kind::Require | Kind::Style);
    let lacks_passes = finds_fault && entry.passes.is_empty();
    let (lacks, remedy) = match (entry.flags.is_empty(), lacks_passes) {
        (false, false) => return None,
        (true, true) => (
            "neither `flags` nor `passes`",
            "add `flags` with a sentence that it finds, and `passes` with one that looks alike and is fine",
        ),
        (true, false) => ("no `flags`", "add `flags = [\"…\"]` with a sentence that it finds"),
        (false, true) => ("no `passes`", "add `passes = [\"…\"]` with a sentence that looks alike and is fine"),
    };
    let message = format!("`{}` has {lacks}, so that `lexicon test` cannot show that it does what it should", entry.id);
    Some(problem(Code::MissingExamples, &entry.origin, message, "no examples", remedy.to_owned()))
}
