//! What a team has decided to live with: findings that were there when replylint came are accepted,
//! and only new ones are told. A finding is known again by its file, its rule and its words, not by
//! its line, so that a macro may be edited elsewhere. This page knows the format; it opens no file.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::Filter;
use super::review::{Finding, Review};

/// Findings that are accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// How many of each are accepted, and how many of them were met.
    accepted: BTreeMap<Key, (usize, usize)>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    source: String,
    rule: String,
    text: String,
}

/// What stands in the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    baseline: String,
    accepted: Vec<Accepted>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    source: String,
    rule: String,
    text: String,
    count: usize,
}

/// The name of this version of the format.
const VERSION: &str = "replylint/1";

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// When the text is no baseline of a version that is known; what is wrong, as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let document: Document = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if document.baseline != VERSION {
            return Err(format!("it is of version `{}`, and this replylint reads `{VERSION}`", document.baseline));
        }
        let mut baseline = Self::default();
        for Accepted { source, rule, text, count } in document.accepted {
            let accepted = &mut baseline.accepted.entry(Key { source, rule, text }).or_default().0;
            *accepted = accepted.saturating_add(count);
        }
        Ok(baseline)
    }

    /// Accepts one more finding of a source.
    pub fn add(&mut self, source: &str, finding: &Finding<'_>) {
        let accepted = &mut self.accepted.entry(Key::of(source, finding)).or_default().0;
        *accepted = accepted.saturating_add(1);
    }

    /// Accepts nothing of these sources any more that a rule found which `filter` hears.
    pub fn forget<'s>(&mut self, sources: impl Iterator<Item = &'s str>, filter: &Filter) {
        let sources: HashSet<String> = sources.map(normal).collect();
        self.accepted.retain(|key, _| !sources.contains(&key.source) || !filter.hears(&key.rule));
    }

    /// Takes the accepted findings out of a review, and counts them there.
    pub fn accept(&mut self, source: &str, review: &mut Review<'_>) {
        let before = review.findings.len();
        review.findings.retain(|finding| {
            let Some((accepted, met)) = self.accepted.get_mut(&Key::of(source, finding)) else { return true };
            let known = met < accepted;
            *met += usize::from(known);
            !known
        });
        review.accepted += before - review.findings.len();
    }

    /// How many findings it accepts.
    pub fn len(&self) -> usize {
        self.accepted.values().fold(0, |sum, (accepted, _)| sum.saturating_add(*accepted))
    }

    /// Whether it accepts none.
    pub fn is_empty(&self) -> bool {
        self.accepted.is_empty()
    }

    /// How many findings of these sources, by rules that `filter` hears, it accepts that were not met.
    pub fn unmet<'s>(&self, sources: impl Iterator<Item = &'s str>, filter: &Filter) -> usize {
        let sources: HashSet<String> = sources.map(normal).collect();
        let looked_for = |key: &Key| sources.contains(&key.source) && filter.hears(&key.rule);
        let looked_at = self.accepted.iter().filter(|(key, _)| looked_for(key));
        looked_at.fold(0, |sum, (_, (accepted, met))| sum.saturating_add(accepted - met))
    }

    /// The baseline as it is kept in a file, one finding a line so that versions of it can be
    /// compared.
    pub fn to_json(&self) -> String {
        let line = |(key, (count, _)): (&Key, &(usize, usize))| {
            let Key { source, rule, text } = key.clone();
            serde_json::to_string(&Accepted { source, rule, text, count: *count }).unwrap_or_default()
        };
        let lines: Vec<String> = self.accepted.iter().map(line).collect();
        let between = if lines.is_empty() { "" } else { "\n" };
        format!("{{\"baseline\": \"{VERSION}\", \"accepted\": [{between}{}{between}]}}\n", lines.join(",\n"))
    }
}

impl Key {
    fn of(source: &str, finding: &Finding<'_>) -> Self {
        let text = finding.matched.clone().unwrap_or_default();
        Self { source: normal(source), rule: finding.rule.to_string(), text: text.into_owned() }
    }
}

/// A path as every system writes it, so that a baseline can be shared.
fn normal(source: &str) -> String {
    source.replace('\\', "/").trim_start_matches("./").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Linter};

    #[test]
    fn only_as_many_as_were_there_are_accepted() {
        let linter = Linter::builtin();
        let review = |text| linter.lint(&Draft::new(text)).expect("a review");
        let mut baseline = Baseline::default();
        for finding in &review("You must pay today. You MUST pay.").findings {
            baseline.add("./a\\b.md", finding);
        }
        assert_eq!((baseline.len(), Baseline::parse(&baseline.to_json())), (2, Ok(baseline.clone())));

        let mut again = review("Hello! You must pay now, you must pay, you must pay.");
        baseline.accept("a/b.md", &mut again);
        assert_eq!((again.findings.len(), again.accepted), (1, 2));
        assert_eq!(baseline.unmet(["a/b.md"].into_iter(), &Filter::default()), 0);

        let mut other = review("You must pay today.");
        baseline.accept("c.md", &mut other);
        assert_eq!((other.findings.len(), other.accepted), (1, 0));
    }

    #[test]
    fn a_count_beyond_all_numbers_is_many() {
        let line = format!(r#"{{"source": "a", "rule": "b", "text": "c", "count": {}}}"#, usize::MAX);
        let other = line.replace("\"a\"", "\"d\"");
        let text = format!(r#"{{"baseline": "{VERSION}", "accepted": [{line}, {line}, {other}]}}"#);
        let baseline = Baseline::parse(&text).expect("a baseline");
        assert_eq!(
            (baseline.len(), baseline.unmet(["a", "d"].into_iter(), &Filter::default())),
            (usize::MAX, usize::MAX)
        );
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        assert!(Baseline::parse("").is_err());
        assert!(Baseline::parse("{\"baseline\": \"replylint/9\", \"accepted\": []}").is_err());
        assert_eq!(Baseline::parse(&Baseline::default().to_json()), Ok(Baseline::default()));
    }
}
