//! The examples that entries carry: every `flags` must be flagged by its own entry, no `passes`
//! may be. Run by `replylint lexicon test` and by the tests of this crate alike.

use super::{LintError, Linter};
use crate::lexicon::{Entry, Example, Kind};
use crate::text::{Draft, Language};

/// An example that did not do what it says.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The rule that carries the example.
    pub entry: Entry,
    /// The example.
    pub example: Example,
    /// What should have happened.
    pub expected: Expected,
    /// The rules that did flag it.
    pub flagged_by: Vec<String>,
}

/// What an example promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Its entry finds it.
    Flagged,
    /// Its entry does not.
    Passed,
    /// Its entry finds it and can put a safe fix in.
    Fixed,
}

/// Runs the examples of all entries of the linter's lexicons that are neither off nor silenced
/// by its filter. Gives how many
/// were run, and those that failed, in the order of the lexicons.
///
/// # Errors
///
/// Never for a linter's own lexicons; the error is that of [`Linter::lint`].
pub fn test(linter: &Linter) -> Result<(usize, Vec<Failure>), LintError> {
    let mut failures = Vec::new();
    let mut run = 0;
    for lexicon in linter.lexicons() {
        for entry in lexicon.entries().iter().filter(|entry| linter.filter.hears(entry.id.as_str())) {
            // Requirements are not acted on yet, and a rule that is off flags nothing.
            if entry.kind == Kind::Require || entry.level.is_none() {
                continue;
            }
            let flags = entry.flags.iter().map(|example| (example, Expected::Flagged));
            for (example, expected) in flags.chain(entry.passes.iter().map(|example| (example, Expected::Passed))) {
                run += 1;
                failures.extend(try_example(linter, entry, lexicon.language(), example, expected)?);
            }
        }
    }
    Ok((run, failures))
}

fn try_example(
    linter: &Linter,
    entry: &Entry,
    language: &Language,
    example: &Example,
    expected: Expected,
) -> Result<Option<Failure>, LintError> {
    let mut draft = Draft::new(&example.text).with_language(language.clone());
    // An example that names no channel is meant for the entry's own.
    draft.channel = example.channel.as_deref().or(entry.channels.first().map(String::as_str));
    let review = linter.lint(&draft)?;
    // Each rule that spoke, and whether it could put a fix in; one that lost to another need not.
    let named: Vec<(&str, bool)> = match entry.kind {
        Kind::Avoid => {
            let winners = review.findings.iter().map(|finding| (finding.rule.as_str(), finding.fix.is_some()));
            let losers = review.findings.iter().flat_map(|finding| &finding.also).map(|rule| (rule.as_str(), true));
            winners.chain(losers).collect()
        }
        Kind::Recommend | Kind::Require => review.wins.iter().map(|win| (win.rule.as_str(), true)).collect(),
    };
    let own = named.iter().find(|(rule, _)| *rule == entry.id.as_str());
    let wrong = match (expected, own) {
        (Expected::Flagged, None) => Some(Expected::Flagged),
        (Expected::Flagged, Some((_, false))) if entry.safe_fix => Some(Expected::Fixed),
        (Expected::Passed, Some(_)) => Some(Expected::Passed),
        _ => None,
    };
    let flagged_by = named.iter().map(|(rule, _)| (*rule).to_owned()).collect();
    Ok(wrong.map(|expected| Failure { entry: entry.clone(), example: example.clone(), expected, flagged_by }))
}
