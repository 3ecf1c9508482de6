//! The steps of making good that a reply shows after a complaint, in words. They are listed and never
//! counted, for what is not seen here may stand in another message, or have been done without a word.

use super::Reply;
use super::printable::one_line;

/// The lines of one reply; none when nobody complained, or its lexicon knows no steps.
pub(super) fn recovered(reply: &Reply<'_>) -> Vec<String> {
    let Some(recovery) = &reply.review.recovery else { return Vec::new() };
    let framework = recovery.framework.to_uppercase();
    if recovery.steps.is_empty() {
        return vec![
            format!("After the complaint, no step of {framework} shows in this reply."),
            "Steps may stand in other messages.".to_owned(),
        ];
    }
    let mut lines = vec![format!("Steps of {framework} that this reply shows after the complaint:")];
    lines.extend(recovery.steps.iter().map(|step| {
        let says = step.says.unwrap_or_else(|| step.rule.name());
        format!("  {}: “{}”", one_line(says), one_line(step.span.of(reply.draft.text)))
    }));
    lines.push("Other steps may stand in other messages.".to_owned());
    lines
}
