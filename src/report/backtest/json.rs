//! The document for programs. Fields are only ever added to it.

use std::io::{self, Write};

use serde::Serialize;

use super::Backtested;
use crate::lexicon::Level;
use crate::lint::{Change, Difference, Example, InLanguage, Rule, Won};
use crate::report::v1::{ErrorV1, LexiconV1};

/// The name of this version.
const SCHEMA: &str = "replylint/backtest-1";

/// Writes one line of JSON, `replylint/backtest-1`.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn backtest_json(told: &Backtested<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Document::new(told))?;
    writeln!(out)
}

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    lexicons: Vec<LexiconV1<'r>>,
    against: Option<Vec<LexiconV1<'r>>>,
    /// In per cent.
    often: u8,
    replies: u64,
    clean: u64,
    praised: u64,
    wins: Vec<WonV1<'r>>,
    unsaid: &'r [&'r str],
    difference: Option<DifferenceV1<'r>>,
    languages: Vec<InLanguageV1<'r>>,
    untried: &'r [&'r str],
    bad_records: usize,
    /// The first hundred of them.
    errors: Vec<ErrorV1<'r>>,
}

#[derive(Serialize)]
struct WonV1<'r> {
    category: &'r str,
    replies: u64,
    share: f64,
    examples: Vec<ExampleV1<'r>>,
}

#[derive(Serialize)]
struct InLanguageV1<'r> {
    language: &'r str,
    lexicon: &'r str,
    replies: u64,
    looked_at: u64,
    rules: Vec<RuleV1<'r>>,
    never: &'r [&'r str],
    /// Those that speak only in some channels or talks.
    never_awake: &'r [&'r str],
}

#[derive(Serialize)]
struct RuleV1<'r> {
    rule: &'r str,
    level: &'static str,
    why: Option<&'r str>,
    hits: u64,
    /// Of the hits, those at words where another rule speaks.
    behind: u64,
    replies: u64,
    share: f64,
    often: bool,
    examples: Vec<ExampleV1<'r>>,
}

#[derive(Serialize)]
struct DifferenceV1<'r> {
    /// Replies of which both lexicons say the same.
    alike: u64,
    newly: Vec<ChangeV1<'r>>,
    gone: Vec<ChangeV1<'r>>,
    changed: Vec<ChangeV1<'r>>,
}

#[derive(Serialize)]
struct ChangeV1<'r> {
    language: &'r str,
    from: Option<SpeakerV1<'r>>,
    to: Option<SpeakerV1<'r>>,
    hits: u64,
    replies: u64,
    examples: Vec<ExampleV1<'r>>,
}

#[derive(Serialize)]
struct SpeakerV1<'r> {
    rule: &'r str,
    level: &'static str,
}

#[derive(Serialize)]
struct ExampleV1<'r> {
    id: &'r str,
    language: Option<&'r str>,
    before: &'r str,
    text: &'r str,
    after: &'r str,
}

impl<'r> Document<'r> {
    fn new(told: &'r Backtested<'_>) -> Self {
        let Backtested { lexicons, against, result, bad, errors } = told;
        let about = |lexicons: &[&'r _]| lexicons.iter().copied().map(LexiconV1::new).collect();
        Self {
            schema: SCHEMA,
            lexicons: about(lexicons),
            against: against.as_deref().map(about),
            often: result.often,
            replies: result.replies,
            clean: result.clean,
            praised: result.praised,
            wins: result.wins.iter().map(|won| WonV1::new(won, result.replies)).collect(),
            unsaid: &result.unsaid,
            difference: result.difference.as_ref().map(DifferenceV1::new),
            languages: result.languages.iter().map(InLanguageV1::new).collect(),
            untried: &result.untried,
            bad_records: *bad,
            errors: errors.iter().map(ErrorV1::new).collect(),
        }
    }
}

impl<'r> WonV1<'r> {
    fn new(won: &'r Won<'_>, all: u64) -> Self {
        let Won { category, replies, examples } = won;
        Self { category, replies: *replies, share: percent(won.share(all)), examples: shown(examples) }
    }
}

impl<'r> InLanguageV1<'r> {
    fn new(told: &'r InLanguage<'_>) -> Self {
        let InLanguage { language, lexicon, replies, looked_at, fired, silent, asleep } = told;
        Self {
            language,
            lexicon,
            replies: *replies,
            looked_at: *looked_at,
            rules: fired.iter().map(|rule| RuleV1::new(rule, *looked_at)).collect(),
            never: silent,
            never_awake: asleep,
        }
    }
}

impl<'r> RuleV1<'r> {
    fn new(told: &'r Rule<'_>, looked_at: u64) -> Self {
        let Rule { rule, level, why, hits, behind, replies, is_often, examples } = told;
        Self {
            rule,
            level: level.as_str(),
            why: *why,
            hits: *hits,
            behind: *behind,
            replies: *replies,
            share: percent(told.share(looked_at)),
            often: *is_often,
            examples: shown(examples),
        }
    }
}

impl<'r> DifferenceV1<'r> {
    fn new(told: &'r Difference<'_>) -> Self {
        let Difference { alike, newly, gone, changed } = told;
        let all = |changes: &'r [Change<'_>]| changes.iter().map(ChangeV1::new).collect();
        Self { alike: *alike, newly: all(newly), gone: all(gone), changed: all(changed) }
    }
}

impl<'r> ChangeV1<'r> {
    fn new(told: &'r Change<'_>) -> Self {
        let Change { language, from, to, hits, replies, examples } = told;
        let speaker = |(rule, level): (&'r str, Level)| SpeakerV1 { rule, level: level.as_str() };
        Self {
            language,
            from: from.map(speaker),
            to: to.map(speaker),
            hits: *hits,
            replies: *replies,
            examples: shown(examples),
        }
    }
}

impl<'r> ExampleV1<'r> {
    fn new(Example { id, language, before, words, after }: &'r Example) -> Self {
        Self { id, language: language.as_deref(), before, text: words, after }
    }
}

fn shown(examples: &[Example]) -> Vec<ExampleV1<'_>> {
    examples.iter().map(ExampleV1::new).collect()
}

/// Tenths of a per cent as per cent.
fn percent(share: u64) -> f64 {
    u16::try_from(share).map_or(0.0, f64::from) / 10.0
}
