//! Safe fixes, put into a draft. Which fixes are safe is decided in [`super::fix`].

use super::fix::{Applicability, Edit};
use super::review::{Finding, Review};
use crate::text::Span;

/// A draft after its safe fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed<'l> {
    /// The new text; the old one when there was nothing to fix.
    pub text: String,
    /// How many fixes were applied.
    pub count: usize,
    /// What is found in the new text.
    pub review: Review<'l>,
}

/// Applies the safe fixes of some findings at once, and counts them. Of two that overlap, the
/// later waits for the next round.
pub(super) fn apply(text: &str, findings: &[Finding<'_>]) -> (String, usize) {
    let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
    let (mut edits, mut at, mut count): (Vec<Edit>, usize, usize) = (Vec::new(), 0, 0);
    for fix in fixes.filter(|fix| fix.applicability == Applicability::Safe) {
        let (Some(first), Some(last)) = (fix.edits.first(), fix.edits.last()) else { continue };
        if first.span.start >= at {
            at = last.span.end;
            edits.extend(fix.edits.iter().cloned());
            count += 1;
        }
    }
    (rewritten(text, &edits), count)
}

/// A text after some edits, which are sorted and do not overlap.
///
/// # Panics
///
/// When they are not, or do not lie on character borders of `text`.
pub fn rewritten(text: &str, edits: &[Edit]) -> String {
    let (mut result, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        result.push_str(Span::new(at, edit.span.start).of(text));
        result.push_str(&edit.text);
        at = edit.span.end;
    }
    result.push_str(Span::new(at, text.len()).of(text));
    result
}
