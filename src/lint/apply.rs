//! Safe fixes, put into a draft. Which fixes are safe is decided in [`super::fix`].

use super::fix::Applicability;
use super::review::{Finding, Review};
use crate::text::Span;

/// A draft after its safe fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The new text; the old one when there was nothing to fix.
    pub text: String,
    /// How many fixes were applied.
    pub count: usize,
    /// What is found in the new text.
    pub review: Review,
}

/// Applies the safe fixes of some findings at once, and counts them. Of two that overlap, the
/// later waits for the next round.
pub(super) fn apply(text: &str, findings: &[Finding]) -> (String, usize) {
    let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
    let (mut result, mut at, mut count) = (String::with_capacity(text.len()), 0, 0);
    for fix in fixes.filter(|fix| fix.applicability == Applicability::Safe) {
        if fix.edits.first().is_none_or(|edit| edit.span.start < at) {
            continue;
        }
        for edit in &fix.edits {
            result.push_str(Span::new(at, edit.span.start).of(text));
            result.push_str(&edit.text);
            at = edit.span.end;
        }
        count += 1;
    }
    result.push_str(Span::new(at, text.len()).of(text));
    (result, count)
}
