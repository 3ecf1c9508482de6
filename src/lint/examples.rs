//! The examples that entries carry: every `flags` must be flagged by its own entry, no `passes`
//! may be. Run by `replylint lexicon test` and by the tests of this crate alike.

use super::{Desk, LintError, Linter};
use crate::lexicon::{Entry, Example, Kind};
use crate::text::{Draft, Language, Talk};

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

/// Runs the examples of all entries of the linter's lexicons that are not silenced by its filter, nor
/// switched off by somebody who changed them; those that are off as they were written are tried as if they
/// were on. Gives how many were run, and those that failed, in the order of the lexicons.
///
/// # Errors
///
/// Never for a linter's own lexicons; the error is that of [`Linter::lint`].
pub fn test(linter: &Linter) -> Result<(usize, Vec<Failure>), LintError> {
    let mut failures = Vec::new();
    let mut run = 0;
    for lexicon in linter.lexicons() {
        let awake = lexicon.awake().map(|awake| Linter::new(vec![awake]));
        for entry in lexicon.entries().iter().filter(|entry| linter.filter.hears(entry.id.as_str())) {
            let linter = match (entry.level, &awake) {
                (Some(_), _) => linter,
                (None, Some(awake)) if entry.adjusted.is_empty() => awake,
                (None, _) => continue,
            };
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
    let draft = draft(entry, example).with_language(language.clone());
    // Another rule of the same category may have the first word in an example, so every win counts here.
    let review = linter.look(&mut Desk::default(), &draft)?;
    // Each rule that spoke, and whether it could put a fix in; one that lost to another need not.
    let named: Vec<(&str, bool)> = match entry.kind {
        Kind::Avoid | Kind::Require | Kind::Style => {
            let winners = review.findings.iter().map(|finding| (finding.rule.as_str(), finding.fix.is_some()));
            let losers = review.findings.iter().flat_map(|finding| &finding.also).map(|rule| (rule.as_str(), true));
            winners.chain(losers).collect()
        }
        Kind::Recommend => review.wins.iter().map(|win| (win.rule.as_str(), true)).collect(),
        Kind::Step => {
            let steps = review.recovery.iter().flat_map(|recovery| &recovery.steps);
            steps.map(|step| (step.rule.as_str(), true)).collect()
        }
        Kind::Situation => linter.situations(&draft)?.into_iter().map(|rule| (rule.as_str(), true)).collect(),
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

/// The draft of an example. What it does not say of its talk is as its own entry wants it.
fn draft<'e>(entry: &'e Entry, example: &'e Example) -> Draft<'e> {
    let when = entry.when.as_deref();
    let first_turn = when.and_then(|when| when.first_turn).map(|first| if first { 1 } else { 2 });
    let situation = when.and_then(|when| when.situation.first());
    // What tells a situation is the customer's.
    let (text, customer) = if entry.kind == Kind::Situation {
        ("", Some(example.text.as_str()))
    } else {
        (example.text.as_str(), example.customer.as_deref())
    };
    Draft {
        channel: example.channel.as_deref().or(entry.channels.first().map(String::as_str)),
        talk: Talk {
            customer,
            before: example.before.as_deref(),
            turn: example.turn.or(first_turn),
            situation: example.situation.as_deref().or(situation.map(String::as_str)),
            sent_at: example.sent_at,
        },
        ..Draft::new(text)
    }
}
