//! What a backtest comes to: plain data that every output format reads.

use super::{Changed, Fired, Key, Tally, sleeps_at_times};
use crate::lexicon::{Entry, Kind, Level, Lexicon};
use crate::lint::Linter;

use super::sample::Example;

/// What lexicons say of past replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backtest<'l> {
    /// How many replies there are.
    pub replies: u64,
    /// In so many nothing is found.
    pub clean: u64,
    /// In so many something was said well.
    pub praised: u64,
    /// The share from which a rule fires often, in per cent of the replies that its lexicon looked at.
    pub often: u8,
    /// What was said well, by category, most frequent first.
    pub wins: Vec<Won<'l>>,
    /// Categories of recommended phrases that no reply has.
    pub unsaid: Vec<&'l str>,
    /// What the lexicons found, one after the other.
    pub languages: Vec<InLanguage<'l>>,
    /// Languages of lexicons that no reply is in. Their rules are listed nowhere.
    pub untried: Vec<&'l str>,
    /// What an edit changes, when that was asked.
    pub difference: Option<Difference<'l>>,
}

/// A category of recommended phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Won<'l> {
    /// The part of its rules' ids before the dot.
    pub category: &'l str,
    /// How many replies have a phrase of it.
    pub replies: u64,
    /// Some of them.
    pub examples: Vec<Example>,
}

/// What one lexicon found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InLanguage<'l> {
    /// Its language.
    pub language: &'l str,
    /// What the company calls it.
    pub lexicon: &'l str,
    /// How many replies are in its language.
    pub replies: u64,
    /// How many it looked at: those, and the ones whose language nobody can tell.
    pub looked_at: u64,
    /// The rules that fired, those in most replies first.
    pub fired: Vec<Rule<'l>>,
    /// Those that never did.
    pub silent: Vec<&'l str>,
    /// Those that never did, and speak only in some channels or some talks.
    pub asleep: Vec<&'l str>,
}

/// How often a rule fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule<'l> {
    /// Its id.
    pub rule: &'l str,
    /// How grave it is in the lexicon.
    pub level: Level,
    /// Why, in a sentence.
    pub why: Option<&'l str>,
    /// How often.
    pub hits: u64,
    /// Of those, how often another rule spoke of the same words, and this one is named behind it.
    pub behind: u64,
    /// In how many replies.
    pub replies: u64,
    /// Whether those are more than a rule should fire in.
    pub is_often: bool,
    /// Some of them.
    pub examples: Vec<Example>,
}

/// What an edit of a lexicon changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<'l> {
    /// In how many replies nothing.
    pub alike: u64,
    /// What is flagged now and was not, by rule.
    pub newly: Vec<Change<'l>>,
    /// What was flagged and is no longer, by rule.
    pub gone: Vec<Change<'l>>,
    /// What is flagged otherwise, by the rules and levels before and now.
    pub changed: Vec<Change<'l>>,
}

/// What an edit changes in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'l> {
    /// The language of the lexicon.
    pub language: &'l str,
    /// The rule and level that spoke before the edit, if one did.
    pub from: Option<(&'l str, Level)>,
    /// The rule and level that speaks now, if one does.
    pub to: Option<(&'l str, Level)>,
    /// How often.
    pub hits: u64,
    /// In how many replies.
    pub replies: u64,
    /// Some of them.
    pub examples: Vec<Example>,
}

/// So many of `all`, in tenths of a per cent, rounded down.
pub(super) fn share(replies: u64, all: u64) -> u64 {
    replies.saturating_mul(1000).checked_div(all).unwrap_or_default()
}

impl Rule<'_> {
    /// In how many of the replies that were looked at it fired, in tenths of a per cent, rounded down.
    pub fn share(&self, looked_at: u64) -> u64 {
        share(self.replies, looked_at)
    }
}

impl Won<'_> {
    /// In how many of all replies it was said, in tenths of a per cent, rounded down.
    pub fn share(&self, all: u64) -> u64 {
        share(self.replies, all)
    }
}

impl<'l> Tally<'l> {
    /// What was counted of the linter's rules. Those that fire in more than `often` per cent of the replies are
    /// pointed out; `old` is what the linter is compared with.
    pub fn told(self, linter: &'l Linter, old: Option<&'l Linter>, often: u8) -> Backtest<'l> {
        let Self { replies, clean, praised, alike, languages, mut rules, wins, newly, gone, changed, .. } = self;
        let unknown = languages.get(&None).copied().unwrap_or_default();
        let is_only = linter.lexicons().count() == 1;
        let (mut told, mut untried) = (Vec::new(), Vec::new());
        let mut categories: Vec<&str> = Vec::new();
        for lexicon in linter.lexicons() {
            let language = lexicon.language().as_str();
            let here = languages.get(&Some(language)).copied().unwrap_or_default();
            let mut found = InLanguage {
                language,
                lexicon: lexicon.name(),
                replies: here,
                looked_at: here + unknown,
                fired: Vec::new(),
                silent: Vec::new(),
                asleep: Vec::new(),
            };
            let fires = rules.keys().any(|(of, _)| *of == language);
            if here + unknown == 0 || here == 0 && !fires && !is_only {
                untried.push(language);
                continue;
            }
            found.add_rules(lexicon, linter, &mut rules, often);
            let recommended =
                lexicon.entries().iter().filter(|entry| entry.kind == Kind::Recommend && speaks(linter, entry));
            categories.extend(recommended.map(|entry| entry.id.category()));
            told.push(found);
        }
        categories.sort_unstable();
        categories.dedup();
        categories.retain(|category| !wins.contains_key(category));
        let won = |(category, fired): (&'l str, Fired)| Won {
            category,
            replies: fired.replies,
            examples: fired.sample.into_examples(),
        };
        let mut won: Vec<Won<'_>> = wins.into_iter().map(won).collect();
        won.sort_by_key(|won| u64::MAX - won.replies);
        let difference = old.map(|old| Difference {
            alike,
            newly: changes(newly.into_iter().map(|(key, fired)| (None, Some(of(linter, key)), key.0, fired))),
            gone: changes(gone.into_iter().map(|(key, fired)| (Some(of(old, key)), None, key.0, fired))),
            changed: changes(
                changed
                    .into_iter()
                    .map(|(Changed { language, from, to }, fired)| (Some(from), Some(to), language, fired)),
            ),
        });
        Backtest { replies, clean, praised, often, wins: won, unsaid: categories, languages: told, untried, difference }
    }
}

impl<'l> InLanguage<'l> {
    fn add_rules(
        &mut self,
        lexicon: &'l Lexicon,
        linter: &Linter,
        rules: &mut std::collections::BTreeMap<Key<'l>, Fired>,
        often: u8,
    ) {
        for entry in lexicon.entries() {
            let rule = entry.id.as_str();
            let Some(Fired { hits, behind, replies, sample, .. }) = rules.remove(&(self.language, rule)) else {
                if finds(entry) && speaks(linter, entry) {
                    if sleeps_at_times(entry) { &mut self.asleep } else { &mut self.silent }.push(rule);
                }
                continue;
            };
            self.fired.push(Rule {
                rule,
                level: entry.level.unwrap_or(Level::Advice),
                why: entry.why.as_deref(),
                hits,
                behind,
                replies,
                is_often: u128::from(replies) * 100 > u128::from(self.looked_at) * u128::from(often),
                examples: sample.into_examples(),
            });
        }
        self.fired.sort_by(|a, b| (b.replies, b.hits, a.rule).cmp(&(a.replies, a.hits, b.rule)));
        self.silent.sort_unstable();
        self.asleep.sort_unstable();
    }
}

/// Whether it is an entry that finds something.
fn finds(entry: &Entry) -> bool {
    matches!(entry.kind, Kind::Avoid | Kind::Require | Kind::Style)
}

fn speaks(linter: &Linter, entry: &Entry) -> bool {
    entry.level.is_some() && linter.hears(entry)
}

/// A rule and its level.
fn of<'l>(linter: &'l Linter, (language, rule): Key<'l>) -> (&'l str, Level) {
    let lexicon = linter.lexicons().find(|lexicon| lexicon.language().as_str() == language);
    let level = lexicon.and_then(|lexicon| lexicon.entry(rule)).and_then(|entry| entry.level);
    (rule, level.unwrap_or(Level::Advice))
}

type Told<'l> = (Option<(&'l str, Level)>, Option<(&'l str, Level)>, &'l str, Fired);

/// Those in most replies first.
fn changes<'l>(told: impl Iterator<Item = Told<'l>>) -> Vec<Change<'l>> {
    let change = |(from, to, language, fired): Told<'l>| Change {
        language,
        from,
        to,
        hits: fired.hits,
        replies: fired.replies,
        examples: fired.sample.into_examples(),
    };
    let mut changes: Vec<Change<'_>> = told.map(change).collect();
    changes.sort_by_key(|change| u64::MAX - change.replies);
    changes
}
