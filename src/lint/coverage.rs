//! What of a lexicon no example exercises: entries that have none, and in the others the patterns and alternatives
//! of which nothing stands in any. Each is looked for by itself with the matcher there is, see
//! [`probe`](crate::lexicon::Probe).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::examples::draft;
use super::{Filter, LintError, Linter};
use crate::lexicon::{Entry, Kind, Lexicon, Part, Probe};
use crate::matcher::{Dropped, Hits, Matcher, Voice, Why};
use crate::text::{Draft, Reading, Span};

/// What examples exercise.
#[derive(Debug, Clone, Default)]
pub struct Coverage<'l> {
    /// The entries that were asked about.
    pub entries: Share,
    /// Their patterns, of whatever kind.
    pub patterns: Share,
    /// The alternatives in them.
    pub alternatives: Share,
    /// The entries of which something is not exercised, in the order of their lexicons.
    pub gaps: Vec<Gaps<'l>>,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are exercised; of entries, those that have all the examples that they need.
    pub tried: usize,
    /// All of them.
    pub all: usize,
}

/// What of one entry no example exercises.
#[derive(Debug, Clone)]
pub struct Gaps<'l> {
    /// The entry.
    pub entry: &'l Entry,
    /// The keys of examples that it lacks.
    pub lacks: Vec<&'static str>,
    /// The rest; none when it has no example at all.
    pub gaps: Vec<Gap>,
}

/// Something that no example exercises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// A whole pattern: its key, and how it is typed.
    Pattern(Part, String),
    /// Some alternatives of a pattern.
    Alternatives {
        /// The key of the pattern.
        part: Part,
        /// How the pattern is typed.
        source: String,
        /// For each choice of it that has some: those alternatives, and how many there are in all. An alternative
        /// that is nothing is empty.
        choices: Vec<(Vec<String>, usize)>,
    },
    /// A pattern with more alternatives than are looked for.
    TooLarge(Part, String),
}

impl Share {
    fn count(&mut self, tried: bool) {
        self.all += 1;
        self.tried += usize::from(tried);
    }
}

/// What the examples of some entries exercise, of those that a filter lets through and `wanted` wants. Those that
/// somebody switched off are left out, as their examples are.
///
/// # Errors
///
/// Never for a linter's own lexicons; the error is that of [`Linter::lint`].
pub fn coverage<'l>(
    linter: &'l Linter,
    which: &Filter,
    wanted: &dyn Fn(&Entry) -> bool,
) -> Result<Coverage<'l>, LintError> {
    let mut coverage = Coverage::default();
    for in_force in &linter.lexicons {
        let lexicon: &Lexicon = &in_force.lexicon;
        let awake = lexicon.awake().map(|awake| Matcher::new(Arc::new(awake))).transpose();
        let awake = awake.map_err(LintError::TooLarge)?;
        let matcher = awake.as_ref().map_or_else(|| in_force.matcher(), Ok)?;
        let entries = lexicon.entries().iter().enumerate();
        let on = |entry: &Entry| entry.level.is_some() || entry.adjusted.is_empty();
        for (number, entry) in entries.filter(|(_, entry)| which.hears(entry.id.as_str()) && wanted(entry) && on(entry))
        {
            let lacks = lacks(entry);
            coverage.entries.count(lacks.is_empty());
            let (probes, tried) = Tried { matcher, number, entry }.all()?;
            let gaps = coverage.add(&probes, &tried);
            let has_examples = !entry.flags.is_empty() || !entry.passes.is_empty();
            if !lacks.is_empty() || !gaps.is_empty() {
                coverage.gaps.push(Gaps { entry, lacks, gaps: if has_examples { gaps } else { Vec::new() } });
            }
        }
    }
    Ok(coverage)
}

/// The keys of examples that an entry ought to have. What is only counted or told need not show what is not.
fn lacks(entry: &Entry) -> Vec<&'static str> {
    let passes = matches!(entry.kind, Kind::Avoid | Kind::Require | Kind::Style) && entry.passes.is_empty();
    let flags = entry.flags.is_empty().then_some("flags");
    flags.into_iter().chain(passes.then_some("passes")).collect()
}

impl Coverage<'_> {
    /// Counts the probes of one entry, and gives what is not exercised.
    fn add(&mut self, probes: &[Probe], tried: &[bool]) -> Vec<Gap> {
        let mut gaps = Vec::new();
        // For each pattern its alternatives that were not tried, by the number of their choice.
        let mut missing: BTreeMap<usize, BTreeMap<usize, (Vec<String>, usize)>> = BTreeMap::new();
        let mut whole = 0;
        for (number, (probe, &tried_it)) in probes.iter().zip(tried).enumerate() {
            let Some(alternative) = &probe.alternative else {
                whole = number;
                self.patterns.count(tried_it);
                continue;
            };
            self.alternatives.count(tried_it);
            if !tried_it && tried[alternative.within] {
                let choices = missing.entry(whole).or_default();
                let (words, _) = choices.entry(alternative.choice).or_insert((Vec::new(), alternative.of));
                words.push(alternative.words.clone());
            }
        }
        for (number, probe) in probes.iter().enumerate().filter(|(_, probe)| probe.alternative.is_none()) {
            let (part, source) = (probe.part, probe.source.clone());
            if !tried[number] {
                gaps.push(Gap::Pattern(part, source));
            } else if let Some(choices) = missing.remove(&number) {
                gaps.push(Gap::Alternatives { part, source, choices: choices.into_values().collect() });
            } else if probe.is_too_large {
                gaps.push(Gap::TooLarge(part, source));
            }
        }
        gaps
    }
}

/// An entry whose examples are searched for its own parts.
struct Tried<'l> {
    matcher: &'l Matcher,
    number: usize,
    entry: &'l Entry,
}

impl Tried<'_> {
    /// The probes of the entry, and which of them some example exercises.
    fn all(&self) -> Result<(Vec<Probe>, Vec<bool>), LintError> {
        let (lexicon, probes) = self.matcher.lexicon().probes(self.entry);
        let mut tried = vec![false; probes.len()];
        if self.entry.flags.is_empty() && self.entry.passes.is_empty() {
            return Ok((probes, tried));
        }
        let probing = Matcher::new(Arc::new(lexicon)).map_err(LintError::TooLarge)?;
        let flags = self.entry.flags.iter().map(|example| (example, true));
        for (example, is_flag) in flags.chain(self.entry.passes.iter().map(|example| (example, false))) {
            let draft = draft(self.entry, example);
            let own = Voice::of(self.entry.kind);
            for voice in Voice::ALL {
                let words = match voice {
                    Voice::Agent => Some(draft.text),
                    Voice::Customer => draft.talk.customer,
                    Voice::Before => draft.talk.before,
                };
                let Some(reading) = words.map(|words| Reading::of(&Draft { text: words, ..draft.clone() })) else {
                    continue;
                };
                let dropped = if voice == own { self.dropped(&reading) } else { Vec::new() };
                let mut hits = Hits::default();
                probing.find(&reading, &|_, _| true, &mut hits);
                for (number, span, _) in hits.standing() {
                    let here = voice_of(probes[number].part, own) == voice;
                    tried[number] |= here && does(probes[number].part, span, is_flag, &dropped);
                }
            }
        }
        Ok((probes, tried))
    }

    /// The phrases of the entry that something makes fine.
    fn dropped(&self, reading: &Reading<'_>) -> Vec<(Span, Why)> {
        let mut dropped = Vec::new();
        let mut witness = |it: Dropped| dropped.extend((it.entry == self.number).then_some((it.span, it.why)));
        if self.entry.kind == Kind::Situation {
            self.matcher.hear_before(reading, Voice::Customer, &mut witness);
        } else {
            let only = |number: usize, _: &Entry| number == self.number;
            self.matcher.find_before(reading, &only, &mut Hits::default(), &mut witness);
        }
        dropped
    }
}

/// In whose words a part of an entry is looked for.
const fn voice_of(part: Part, own: Voice) -> Voice {
    match part {
        Part::Phrases | Part::Regex | Part::Unless | Part::UnlessNear => own,
        Part::Any | Part::All | Part::Forms => Voice::Agent,
        Part::Customer => Voice::Customer,
        Part::Before => Voice::Before,
    }
}

/// Whether something that stands in an example does there what it is for.
fn does(part: Part, span: Span, is_flag: bool, dropped: &[(Span, Why)]) -> bool {
    match part {
        Part::Phrases | Part::Regex => {
            is_flag && !dropped.iter().any(|(phrase, why)| *phrase == span && !matches!(why, Why::Waits))
        }
        Part::Unless => dropped.iter().any(|(phrase, why)| matches!(why, Why::Excepted(_)) && phrase.overlaps(span)),
        Part::UnlessNear => dropped.iter().any(|(_, why)| matches!(why, Why::Saved(_))),
        Part::Any | Part::All | Part::Forms | Part::Customer | Part::Before => true,
    }
}
