//! What the formats say of a finding in words: why, what to say instead, what else stood there.
//! All of it on one line and safe to print. Where the finding is, and how grave, is for each
//! format to say in its own way.

use std::borrow::Cow;

use super::printable::one_line;
use crate::lint::{Finding, FindingKind};
use crate::text::Draft;

/// All of it in one string, for programs that show a finding as a sentence. A part of a mail is named,
/// for they have no place of their own for it.
pub fn message(finding: &Finding<'_>, draft: &Draft<'_>) -> String {
    let why = why(finding);
    let found = one_line(finding.span.of(draft.text));
    let say = instead(finding.prefer.iter());
    let advice = match (found.as_str(), say) {
        ("", None) => why,
        ("", Some(say)) => format!("{why} Say: {say}"),
        (found, None) => format!("{why} Avoid \"{found}\"."),
        (found, Some(say)) => format!("{why} Instead of \"{found}\", say: {say}"),
    };
    let part = draft.part_name().map(|part| format!(" {}", one_line(&part)));
    let also = also(finding).map(|also| format!(" (also {also})"));
    [Some(advice), part, also].into_iter().flatten().collect()
}

/// Why, in a sentence, whether or not the lexicon says so.
pub(crate) fn why(finding: &Finding<'_>) -> String {
    match (finding.why, finding.kind) {
        (Some(why), _) => one_line(why),
        (None, FindingKind::Phrase) => "The lexicon asks to avoid this.".to_owned(),
        (None, FindingKind::Structure) => {
            format!("This is not as the lexicon asks: `replylint lexicon explain {}` shows how.", finding.rule)
        }
    }
}

/// The wordings to choose from, if there are any.
pub(super) fn instead<'w>(prefer: impl Iterator<Item = Cow<'w, str>>) -> Option<String> {
    let shown = |text: &str| if text.is_empty() { "(leave it out)".to_owned() } else { one_line(text) };
    let wordings: Vec<String> = prefer.map(|wording| shown(&wording)).collect();
    (!wordings.is_empty()).then(|| wordings.join(" | "))
}

/// The rules that stood here too, if there are any.
pub(super) fn also(finding: &Finding<'_>) -> Option<String> {
    let rules: Vec<&str> = finding.also.iter().map(|rule| rule.as_str()).collect();
    (!rules.is_empty()).then(|| rules.join(", "))
}
