//! What the keys of an entry say, written out, so that it can be told whether a change makes any difference.
//! Places are left out: it is the same wherever it is written.

use super::entry::{Entry, Example, Requirement};
use super::pattern::Pattern;
use super::when::When;

impl Entry {
    /// What these keys of it say, each as a text that is the same for the same. A key that adds to a list or
    /// takes from it stands for that list.
    pub(super) fn values(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.value(key)).collect()
    }

    fn value(&self, key: &str) -> String {
        let requirement = self.requirement.as_deref();
        match key.trim_start_matches("add-").trim_start_matches("remove-") {
            "phrases" => list(self.patterns.iter().map(shown)),
            "unless" => list(self.unless.iter().map(shown)),
            "prefer" => list(self.prefer.iter().map(|wording| wording.as_str().to_owned())),
            "regex" => list(self.regexes.iter().map(|regex| regex.as_str().to_owned())),
            "unless-near" | "near" => {
                let near = self.unless_near.as_deref();
                let reach = near.map(|near| near.reach);
                format!("{} {reach:?}", list(near.into_iter().flat_map(|near| &near.patterns).map(shown)))
            }
            "when" | "between" => self.when.as_deref().map(When::asked).unwrap_or_default(),
            "any" | "all" | "forms" => {
                let parts = requirement.into_iter().flat_map(Requirement::parts);
                list(parts.map(|(part, pattern)| format!("{part} {}", shown(pattern))))
            }
            "within" => format!("{:?}", requirement.map(|requirement| requirement.within)),
            "placeholders" => format!("{:?}", requirement.map(|requirement| requirement.placeholders)),
            "least-words" => format!("{:?}", requirement.and_then(|requirement| requirement.least_words)),
            "most-words" => format!("{:?}", requirement.and_then(|requirement| requirement.most_words)),
            "most-sentences" => format!("{:?}", requirement.and_then(|requirement| requirement.most_sentences)),
            "at" => format!("{:?}", self.at),
            "says" => format!("{:?}", self.says),
            "why" => format!("{:?}", self.why),
            "level" => format!("{:?}", self.level),
            "fix" => self.safe_fix.to_string(),
            "case" => format!("{:?}", self.case),
            "boundary" => format!("{:?}", self.boundary),
            "channels" => format!("{:?}", self.channels),
            "flags" => list(self.flags.iter().map(example)),
            "passes" => list(self.passes.iter().map(example)),
            _ => String::new(),
        }
    }
}

/// What stands in a list, each once.
fn list(items: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for item in items {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    format!("{all:?}")
}

/// A phrase with what its groups stand for.
fn shown(pattern: &Pattern) -> String {
    format!("{} {:?}", pattern.source(), pattern.elements())
}

fn example(example: &Example) -> String {
    let Example { text, customer, before, channel, sent_at, turn, situation, origin: _ } = example;
    format!("{:?}", (text, customer, before, channel, sent_at, turn, situation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::problem::{Origin, SourceFile};
    use crate::lexicon::{EntryId, Kind};
    use crate::text::Span;

    #[test]
    fn every_key_has_a_value() {
        let file = SourceFile { name: String::new(), text: String::new() };
        let origin = Origin { file: file.into(), span: Span::new(0, 0) };
        let entry = Entry::new(EntryId::new("a", "b").expect("an id"), Kind::Avoid, origin);
        for key in
            Kind::ALL.into_iter().flat_map(Kind::keys).filter(|key| !matches!(*key, "replace" | "allow" | "review-by"))
        {
            assert!(!entry.value(key).is_empty() || matches!(key, "when" | "between"), "{key}");
        }
    }
}
