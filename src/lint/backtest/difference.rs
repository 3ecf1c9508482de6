//! What two lexicons say differently of one draft.

use std::collections::HashSet;

use crate::lexicon::Level;
use crate::lint::review::{Finding, FindingKind};
use crate::text::Span;

/// What only one of them says, and what both say otherwise.
#[derive(Debug, Default)]
pub(super) struct Differences<'s, 'l> {
    /// Words that were let pass.
    pub(super) newly: Vec<&'s Finding<'l>>,
    /// Words that are let pass now.
    pub(super) gone: Vec<&'s Finding<'l>>,
    /// What was said, and what is said now of some of the same words: by another rule, at another level, or of
    /// more or fewer words. Words that took part in two findings make two changes.
    pub(super) changed: Vec<(&'s Finding<'l>, &'s Finding<'l>)>,
}

/// Compares findings; each list is in the order of the text.
pub(super) fn differences<'s, 'l>(new: &'s [Finding<'l>], old: &'s [Finding<'l>]) -> Differences<'s, 'l> {
    let new_only = without(new, old);
    let old_only = without(old, new);
    let mut told = vec![false; old_only.len()];
    let mut found = Differences::default();
    let mut from = 0;
    for now in new_only {
        // What ends before this one begins ends before the next one does, too.
        while old_only.get(from).is_some_and(|before| before.span.end < now.span.start) {
            from += 1;
        }
        let mut is_changed = false;
        for (index, before) in old_only.iter().enumerate().skip(from) {
            if before.span.start > now.span.end {
                break;
            }
            if is_of_same(now, before) {
                is_changed = true;
                told[index] = true;
                found.changed.push((before, now));
            }
        }
        if !is_changed {
            found.newly.push(now);
        }
    }
    found.gone = old_only.into_iter().zip(told).filter(|(_, told)| !told).map(|(finding, _)| finding).collect();
    found
}

/// Whether two findings speak of the same: of a word in common, or of the same thing that is missing.
fn is_of_same(now: &Finding<'_>, before: &Finding<'_>) -> bool {
    now.language == before.language
        && now.kind == before.kind
        && match now.kind {
            FindingKind::Phrase => now.span.overlaps(before.span),
            FindingKind::Structure => now.rule == before.rule && now.span == before.span,
        }
}

type Saying<'s> = (Span, &'s str, &'s str, Level);

fn saying<'s>(finding: &'s Finding<'_>) -> Saying<'s> {
    (finding.span, finding.language.as_str(), finding.rule.as_str(), finding.level)
}

/// The findings that the other list lacks.
fn without<'s, 'l>(findings: &'s [Finding<'l>], others: &[Finding<'_>]) -> Vec<&'s Finding<'l>> {
    let others: HashSet<Saying<'_>> = others.iter().map(saying).collect();
    findings.iter().filter(|finding| !others.contains(&saying(finding))).collect()
}
