//! The examples that entries carry: every `flags` must be flagged by its own entry, no `passes`
//! may be. Run by `replylint lexicon test` and by the tests of this crate alike. Why one failed is asked of
//! [`reasons`](super::reasons), which know it from the matcher.

use super::{Desk, Filter, FindingKind, LintError, Linter, Reason, Review};
use crate::lexicon::{Entry, EntryId, Example, Kind, Level};
use crate::text::{Draft, Language, Talk};

/// What came of the examples of some lexicons, each list in the order of the lexicons.
#[derive(Debug, Clone, Default)]
pub struct Tested {
    /// How many were run.
    pub run: usize,
    /// Those that did not do what they say.
    pub failures: Vec<Failure>,
    /// What another rule says of an example, and nobody would expect.
    pub surprises: Vec<Surprise>,
}

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
    /// What became of the rule in the example, each as a sentence without a full stop.
    pub why: Vec<String>,
}

/// What an example promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Its entry finds it.
    Flagged,
    /// Its entry does not.
    Passed,
    /// Its entry finds it and can put a safe fix in.
    Fixed,
    /// Once all safe fixes are in, which gives this text, its entry finds nothing more.
    Mended(String),
}

/// What another rule says of an example, and its author would not expect.
#[derive(Debug, Clone)]
pub struct Surprise {
    /// The rule that carries the example.
    pub entry: EntryId,
    /// The example.
    pub example: Example,
    /// The rule that flags it.
    pub rule: EntryId,
    /// The words that it flags.
    pub words: String,
    /// Why nobody would expect it.
    pub against: Against,
}

/// What an example is for when another rule flags it and surprises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// It passes the rule, and so could be sent.
    Passing,
    /// It is what the rule recommends.
    Recommended,
    /// The rule flags it, and has no word in it, since the other finds more.
    Flagged,
}

/// Runs the examples of all entries of the linter's lexicons that a filter lets through, and that are not
/// switched off by somebody who changed them; those that are off as they were written are tried as if they
/// were on. Every rule of the linter may speak about them.
///
/// # Errors
///
/// Never for a linter's own lexicons; the error is that of [`Linter::lint`].
pub fn test(linter: &Linter, which: &Filter) -> Result<Tested, LintError> {
    let mut tested = Tested::default();
    for lexicon in linter.lexicons() {
        let awake = lexicon.awake().map(|awake| Linter::new(vec![awake]));
        for entry in lexicon.entries().iter().filter(|entry| which.hears(entry.id.as_str())) {
            let linter = match (entry.level, &awake) {
                (Some(_), _) => linter,
                (None, Some(awake)) if entry.adjusted.is_empty() => awake,
                (None, _) => continue,
            };
            let flags = entry.flags.iter().map(|example| (example, Expected::Flagged));
            for (example, expected) in flags.chain(entry.passes.iter().map(|example| (example, Expected::Passed))) {
                tested.run += 1;
                let tried = Try { linter, entry, language: lexicon.language(), example };
                tested.failures.extend(tried.failure(expected, &mut tested.surprises)?);
            }
        }
    }
    Ok(tested)
}

/// One example, to be tried.
struct Try<'l> {
    linter: &'l Linter,
    entry: &'l Entry,
    language: &'l Language,
    example: &'l Example,
}

impl Try<'_> {
    fn failure(&self, expected: Expected, surprises: &mut Vec<Surprise>) -> Result<Option<Failure>, LintError> {
        let Self { linter, entry, example, .. } = *self;
        let draft = draft(entry, example).with_language(self.language.clone());
        // Another rule of the same category may have the first word in an example, so every win counts here.
        let review = linter.look(&mut Desk::default(), &draft)?;
        surprises.extend(self.surprises(&review, &draft, &expected));
        let named = self.named(&review, &draft)?;
        let own = named.iter().find(|(rule, _)| *rule == entry.id.as_str());
        let wrong = match (expected, own) {
            (Expected::Flagged, None) => Some(Expected::Flagged),
            (Expected::Flagged, Some((_, false))) if entry.safe_fix => Some(Expected::Fixed),
            (Expected::Flagged, Some((_, true))) if entry.safe_fix => self.unmended(&draft)?,
            (Expected::Passed, Some(_)) => Some(Expected::Passed),
            _ => None,
        };
        let Some(expected) = wrong else { return Ok(None) };
        let flagged_by = named.iter().map(|(rule, _)| (*rule).to_owned()).collect();
        let why = match expected {
            Expected::Flagged | Expected::Passed => self.why(&draft)?,
            Expected::Fixed | Expected::Mended(_) => Vec::new(),
        };
        let (entry, example) = (entry.clone(), example.clone());
        Ok(Some(Failure { entry, example, expected, flagged_by, why }))
    }

    /// Each rule that spoke, and whether it could put a fix in; one that lost to another need not.
    fn named<'r>(&'r self, review: &'r Review<'_>, draft: &Draft<'_>) -> Result<Vec<(&'r str, bool)>, LintError> {
        Ok(match self.entry.kind {
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
            Kind::Situation => self.linter.situations(draft)?.into_iter().map(|rule| (rule.as_str(), true)).collect(),
        })
    }

    /// Whether the rule still finds something of its own when all safe fixes are in.
    fn unmended(&self, draft: &Draft<'_>) -> Result<Option<Expected>, LintError> {
        let fixed = self.linter.fix(draft)?;
        let again = fixed.review.findings.iter().any(|finding| *finding.rule == self.entry.id);
        Ok(again.then_some(Expected::Mended(fixed.text)))
    }

    /// What became of the rule; when nothing of it stands there, what comes near.
    fn why(&self, draft: &Draft<'_>) -> Result<Vec<String>, LintError> {
        let Self { linter, entry, .. } = *self;
        let mut accounts = linter.account(draft, entry.id.as_str())?;
        if accounts.iter().all(|account| account.reasons == [Reason::Absent]) {
            let near = linter.overview_of(draft, &|other| other.id == entry.id)?.accounts;
            if !near.is_empty() {
                accounts = near;
            }
        }
        Ok(accounts.iter().flat_map(|account| account.lines(draft)).collect())
    }

    /// What other rules say of words that are to be sent as they are. Of a text that shows a fault nobody expects
    /// that it has no other, only that the rule itself is named first; of one that shows what is not worth a praise,
    /// or tells something, nobody expects anything. What a whole reply must have is not asked of an example.
    fn surprises(&self, review: &Review<'_>, draft: &Draft<'_>, expected: &Expected) -> Vec<Surprise> {
        let Self { entry, example, .. } = *self;
        let against = match (entry.kind, *expected == Expected::Passed) {
            (Kind::Avoid | Kind::Require | Kind::Style, true) => Against::Passing,
            (Kind::Avoid | Kind::Style, false) => Against::Flagged,
            (Kind::Recommend, false) => Against::Recommended,
            (Kind::Recommend | Kind::Require | Kind::Step | Kind::Situation, _) => return Vec::new(),
        };
        let speaks = review.findings.iter().any(|finding| *finding.rule == entry.id);
        let others = review.findings.iter().filter(|finding| match against {
            Against::Flagged => !speaks && finding.also.contains(&&entry.id),
            Against::Passing | Against::Recommended => {
                finding.level >= Level::Warning
                    && finding.kind == FindingKind::Phrase
                    && *finding.rule != entry.id
                    && !finding.also.contains(&&entry.id)
            }
        });
        let surprise = |rule: &EntryId, words: &str| Surprise {
            entry: entry.id.clone(),
            example: example.clone(),
            rule: rule.clone(),
            words: words.split_whitespace().collect::<Vec<_>>().join(" "),
            against,
        };
        others.map(|finding| surprise(finding.rule, finding.span.of(draft.text))).collect()
    }
}

/// The draft of an example. What it does not say of its talk is as its own entry wants it.
pub(super) fn draft<'e>(entry: &'e Entry, example: &'e Example) -> Draft<'e> {
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
