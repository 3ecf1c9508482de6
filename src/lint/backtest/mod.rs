//! What lexicons say of past replies, counted: how often each rule fires, in how many replies, and what was
//! said well. A trainer sees from it what a lexicon does, before anybody else does; nobody is judged by it, and
//! it knows no agents.
//!
//! Replies are added to a [`Tally`] on any number of threads, a tally each; merged in the order of the replies
//! they come to the same, whatever the number of threads. Its size grows with the rules that fire, not with the replies.

mod difference;
mod result;
mod sample;

use std::collections::BTreeMap;

use super::review::{Finding, Review};
use crate::lexicon::{Entry, Level};
use crate::text::{Language, Skipped, Span};

use self::difference::differences;
use self::sample::{Sample, Shown};

pub use result::{Backtest, Change, Difference, InLanguage, Rule, Won};
pub use sample::{Example, Name};

/// A rule, by the language of its lexicon and by its id.
type Key<'l> = (&'l str, &'l str);

/// What one reply came to: a review for each of its parts.
#[derive(Debug)]
pub struct Past<'r> {
    /// What it is known by.
    pub name: Name<'r>,
    /// Who wrote it, so that no example shows the name.
    pub agent: Option<&'r str>,
}

/// A part of a reply, as one lexicon or two see it.
#[derive(Debug)]
pub struct Seen<'r, 'l> {
    /// The text that the spans of the reviews are of.
    pub text: &'r str,
    /// What is said of it.
    pub review: &'r Review<'l>,
    /// What was said of it before the edit, when that is asked.
    pub old: Option<&'r Review<'l>>,
}

/// Counts what is said of many replies.
#[derive(Debug)]
pub struct Tally<'l> {
    examples: usize,
    against: bool,
    replies: u64,
    clean: u64,
    praised: u64,
    /// Replies that the edit makes no difference to.
    alike: u64,
    languages: BTreeMap<Option<&'l str>, u64>,
    rules: BTreeMap<Key<'l>, Fired>,
    /// By category.
    wins: BTreeMap<&'l str, Fired>,
    newly: BTreeMap<Key<'l>, Fired>,
    gone: BTreeMap<Key<'l>, Fired>,
    changed: BTreeMap<Changed<'l>, Fired>,
}

/// What was said of some words, and what is said of them now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Changed<'l> {
    language: &'l str,
    from: (&'l str, Level),
    to: (&'l str, Level),
}

/// How often something was seen.
#[derive(Debug)]
struct Fired {
    hits: u64,
    /// Of the hits, those at words where another rule speaks.
    behind: u64,
    replies: u64,
    /// The number of the reply that was counted last.
    last: u64,
    sample: Sample,
}

impl<'l> Tally<'l> {
    /// Counts nothing yet. Of each rule so many examples are kept at the most. When `against` is set, every
    /// part comes with an older review.
    pub fn new(examples: usize, against: bool) -> Self {
        Self {
            examples,
            against,
            replies: 0,
            clean: 0,
            praised: 0,
            alike: 0,
            languages: BTreeMap::new(),
            rules: BTreeMap::new(),
            wins: BTreeMap::new(),
            newly: BTreeMap::new(),
            gone: BTreeMap::new(),
            changed: BTreeMap::new(),
        }
    }

    /// How many replies were counted.
    pub fn replies(&self) -> u64 {
        self.replies
    }

    /// Counts one reply. A rule that lost to another one at the same words has fired as well.
    pub fn add(&mut self, past: &Past<'_>, parts: &[Seen<'_, 'l>]) {
        self.replies += 1;
        let number = self.replies;
        let language = parts.iter().find_map(|part| part.review.language).map(Language::as_str);
        *self.languages.entry(language).or_default() += 1;
        self.clean += u64::from(parts.iter().all(|part| part.review.findings.is_empty()));
        self.praised += u64::from(parts.iter().any(|part| !part.review.wins.is_empty()));
        let mut alike = true;
        for part in parts {
            let at = |skipped| Shown { text: part.text, language, skipped, past };
            let shown = at(&part.review.skipped);
            for win in &part.review.wins {
                count(&mut self.wins, win.rule.category(), self.examples).at(number, &shown, win.span);
            }
            for finding in &part.review.findings {
                count(&mut self.rules, key(finding), self.examples).at(number, &shown, finding.span);
                for rule in &finding.also {
                    let key = (finding.language.as_str(), rule.as_str());
                    let fired = count(&mut self.rules, key, self.examples);
                    fired.behind += 1;
                    fired.at(number, &shown, finding.span);
                }
            }
            if let Some(old) = part.old {
                alike &= self.compare(number, part.review, old, &at);
            }
        }
        self.alike += u64::from(self.against && alike);
    }

    /// Whether both say the same.
    fn compare<'s>(
        &mut self,
        number: u64,
        new: &'s Review<'l>,
        old: &'s Review<'l>,
        at: &dyn Fn(&'s [Skipped]) -> Shown<'s>,
    ) -> bool {
        let found = differences(&new.findings, &old.findings);
        let shown = at(&new.skipped);
        for finding in &found.newly {
            count(&mut self.newly, key(finding), self.examples).at(number, &shown, finding.span);
        }
        for finding in &found.gone {
            count(&mut self.gone, key(finding), self.examples).at(number, &shown, finding.span);
        }
        for (from, to) in &found.changed {
            let told = |finding: &Finding<'l>| (finding.rule.as_str(), finding.level);
            let change = Changed { language: to.language.as_str(), from: told(from), to: told(to) };
            count(&mut self.changed, change, self.examples).at(number, &shown, to.span);
        }
        found.newly.is_empty() && found.gone.is_empty() && found.changed.is_empty()
    }

    /// Adds what another one counted of later replies.
    pub fn merge(&mut self, later: Self) {
        self.replies += later.replies;
        self.clean += later.clean;
        self.praised += later.praised;
        self.alike += later.alike;
        for (language, replies) in later.languages {
            *self.languages.entry(language).or_default() += replies;
        }
        merge(&mut self.rules, later.rules);
        merge(&mut self.wins, later.wins);
        merge(&mut self.newly, later.newly);
        merge(&mut self.gone, later.gone);
        merge(&mut self.changed, later.changed);
    }
}

impl Fired {
    fn at(&mut self, number: u64, shown: &Shown<'_>, span: Span) {
        self.hits += 1;
        // Of each reply one example at the most, so that examples tell of many replies.
        if self.last != number {
            self.last = number;
            self.replies += 1;
            self.sample.offer(shown, span);
        }
    }
}

fn key<'l>(finding: &Finding<'l>) -> Key<'l> {
    (finding.language.as_str(), finding.rule.as_str())
}

fn count<K: Ord>(counts: &mut BTreeMap<K, Fired>, key: K, examples: usize) -> &mut Fired {
    counts.entry(key).or_insert_with(|| Fired { hits: 0, behind: 0, replies: 0, last: 0, sample: Sample::of(examples) })
}

fn merge<K: Ord>(counts: &mut BTreeMap<K, Fired>, later: BTreeMap<K, Fired>) {
    for (key, fired) in later {
        let Some(known) = counts.get_mut(&key) else {
            // Numbers of replies are those of the tally that counted them.
            counts.insert(key, Fired { last: 0, ..fired });
            continue;
        };
        known.hits += fired.hits;
        known.behind += fired.behind;
        known.replies += fired.replies;
        known.last = 0;
        known.sample.merge(fired.sample);
    }
}

/// Whether an entry speaks only at times: in some channels, or after some words.
fn sleeps_at_times(entry: &Entry) -> bool {
    !entry.channels.is_empty() || entry.when.is_some()
}
