//! What changed between two versions of a lexicon, in a trainer's words. Entries are compared by their rule, with
//! what their groups stand for; where they stand in which file makes no difference, and neither do their examples.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::Lexicon;
use super::entry::{Entry, EntryId, Kind, Level, Requirement};
use super::pattern::Pattern;
use super::when::When;

/// One rule that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The rule.
    pub rule: EntryId,
    /// What became of it.
    pub change: Change,
}

/// What became of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new; what it is, and its phrases.
    Added {
        /// Such as "to avoid, warning".
        what: String,
        /// What it looks for.
        phrases: Vec<String>,
    },
    /// It is gone.
    Removed,
    /// It says or does something else; each in a sentence without a subject.
    Changed(Vec<String>),
}

/// All rules that differ, in the order of the later lexicon; those that are gone come last.
pub fn differences(before: &Lexicon, after: &Lexicon) -> Vec<Difference> {
    let known: HashMap<&EntryId, &Entry> = before.entries().iter().map(|entry| (&entry.id, entry)).collect();
    let kept: HashSet<&EntryId> = after.entries().iter().map(|entry| &entry.id).collect();
    let compared = |entry: &Entry| match known.get(&entry.id) {
        None => Some(Change::Added { what: what(entry), phrases: looked_for(entry) }),
        Some(before) => {
            let said = changes(before, entry);
            (!said.is_empty()).then_some(Change::Changed(said))
        }
    };
    let changed = after.entries().iter().filter_map(|entry| {
        let rule = entry.id.clone();
        compared(entry).map(|change| Difference { rule, change })
    });
    let gone = before.entries().iter().filter(|entry| !kept.contains(&entry.id));
    changed.chain(gone.map(|entry| Difference { rule: entry.id.clone(), change: Change::Removed })).collect()
}

/// What differs in the lexicon itself, each in a sentence without a subject: how it is called, its names and its
/// approved sentences.
pub fn differences_aside(before: &Lexicon, after: &Lexicon) -> Vec<String> {
    let mut said = Vec::new();
    if before.name() != after.name() {
        said.push(format!("is now called “{}”, was “{}”", after.name(), before.name()));
    }
    if before.version() != after.version() {
        let version =
            |lexicon: &Lexicon| lexicon.version().map_or("without one".to_owned(), |text| format!("“{text}”"));
        said.push(format!("has another version: now {}, was {}", version(after), version(before)));
    }
    lists("has the name", &list(before.names()), &list(after.names()), &mut said);
    lists("approves", before.approved(), after.approved(), &mut said);
    said
}

/// What an entry is, in two words or three.
fn what(entry: &Entry) -> String {
    let level = entry.level.map_or("off", Level::as_str);
    match entry.kind {
        Kind::Avoid => format!("to avoid, {level}"),
        Kind::Recommend => "to recommend".to_owned(),
        Kind::Require => format!("to require, {level}"),
        Kind::Step => format!("a step of {}", entry.id.category()),
        Kind::Style => format!("house style, {level}"),
        Kind::Situation => "a situation".to_owned(),
    }
}

fn changes(before: &Entry, after: &Entry) -> Vec<String> {
    let mut said = Vec::new();
    if before.kind != after.kind {
        said.push(format!("is now {}, was {}", what(after), what(before)));
    } else if before.level != after.level {
        let name = |level: Option<Level>| level.map_or("off", Level::as_str);
        said.push(format!("is now {}, was {}", name(after.level), name(before.level)));
    }
    lists("looks for", &looked_for(before), &looked_for(after), &mut said);
    lists("is fine with", &list(&before.unless), &list(&after.unless), &mut said);
    let near = |entry: &Entry| entry.unless_near.as_ref().map(|near| list(&near.patterns)).unwrap_or_default();
    lists("is fine near", &near(before), &near(after), &mut said);
    regrouped(before, after, &mut said);
    lists("says instead", &list(&before.prefer), &list(&after.prefer), &mut said);
    match (&*before.channels, &*after.channels) {
        // No channel is all of them.
        ([], [_, ..]) => said.push(format!("speaks only in the channel {}", texts(&after.channels).join(", "))),
        ([_, ..], []) => said.push("speaks in every channel".to_owned()),
        (before, after) => lists("speaks in the channel", before, after, &mut said),
    }
    if list(&before.prefer) != list(&after.prefer) && said.iter().all(|said| !said.contains("says instead")) {
        said.push("offers its wordings in another order".to_owned());
    }
    if before.why != after.why {
        said.push(match &after.why {
            Some(why) => format!("gives another reason: {why}"),
            None => "gives no reason any more".to_owned(),
        });
    }
    let settings = |entry: &Entry| {
        let Entry { safe_fix, case, boundary, at, when, requirement, says, .. } = entry;
        let reach = entry.unless_near.as_ref().map(|near| near.reach);
        [
            ("how it is fixed", format!("{safe_fix}")),
            ("how capitals and borders of words count", format!("{case:?} {boundary:?} {}", entry.ignore_accents)),
            ("where it counts", format!("{at:?} {reach:?}")),
            ("when it speaks", when.as_deref().map(When::asked).unwrap_or_default()),
            ("what a reply must be like", requirement.as_deref().map(bounds).unwrap_or_default()),
            ("what it says of a step", format!("{says:?}")),
        ]
    };
    let different = settings(before).into_iter().zip(settings(after)).filter(|(before, after)| before.1 != after.1);
    said.extend(different.map(|((what, _), _)| format!("changes {what}")));
    said
}

/// Phrases that are written as before and stand for something else, since a group of theirs does.
fn regrouped(before: &Entry, after: &Entry, said: &mut Vec<String>) {
    let known: HashMap<&str, &Pattern> = before.all_patterns().map(|pattern| (pattern.source(), pattern)).collect();
    let is_other =
        |pattern: &Pattern| known.get(pattern.source()).is_some_and(|known| known.elements() != pattern.elements());
    let mut phrases: Vec<String> = Vec::new();
    for pattern in after.all_patterns().filter(|pattern| is_other(pattern)) {
        if !phrases.iter().any(|phrase| phrase == pattern.source()) {
            phrases.push(pattern.source().to_owned());
        }
    }
    if !phrases.is_empty() {
        said.push(format!("has other words in a group of {}", texts(&phrases).join(", ")));
    }
}

/// What a requirement asks, its phrases aside.
fn bounds(requirement: &Requirement) -> String {
    let Requirement { within, placeholders, least_words, most_words, most_sentences, .. } = requirement;
    format!("{within:?} {placeholders} {least_words:?} {most_words:?} {most_sentences:?}")
}

/// What came to a list, and what went.
fn lists(what: &str, before: &[String], after: &[String], said: &mut Vec<String>) {
    let missing = |of: &[String], from: &[String]| -> Vec<String> {
        texts(&of.iter().filter(|text| !from.contains(text)).cloned().collect::<Vec<_>>())
    };
    let (more, less) = (missing(after, before), missing(before, after));
    if !more.is_empty() {
        said.push(format!("also {what} {}", more.join(", ")));
    }
    if !less.is_empty() {
        said.push(format!("no longer {what} {}", less.join(", ")));
    }
}

fn looked_for(entry: &Entry) -> Vec<String> {
    let mut all = list(&entry.patterns);
    all.extend(entry.regexes.iter().map(ToString::to_string));
    if let Some(requirement) = &entry.requirement {
        all.extend(requirement.parts().map(|(_, pattern)| pattern.to_string()));
    }
    all
}

fn list<T: fmt::Display>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

fn texts(texts: &[String]) -> Vec<String> {
    let shown = |text: &String| if text.is_empty() { "nothing at all".to_owned() } else { format!("“{text}”") };
    texts.iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Opened, Source, SourceError, SourceFile, load};

    struct One(&'static str);

    impl Source for One {
        fn open(&self, reference: &str, _: Option<&str>) -> Result<Opened, SourceError> {
            let text = format!("[lexicon]\nname = \"t\"\nlanguage = \"en\"\n{}", self.0);
            Ok(Opened { id: reference.to_owned(), files: vec![SourceFile { name: reference.to_owned(), text }] })
        }
    }

    fn lexicon(text: &'static str) -> Lexicon {
        load(&["t"], &One(text)).expect("a lexicon").lexicons.remove(0)
    }

    #[test]
    fn what_changed_is_said_and_nothing_else() {
        let before = lexicon(
            "[avoid.a.kept]\nphrases = [\"one\"]\nwhen = { customer = [\"x\"] }\n\
             [avoid.a.changed]\nphrases = [\"two\", \"three\"]\nwhy = \"Old.\"\n\
             [avoid.a.gone]\nphrases = [\"four\"]\n",
        );
        let after = lexicon(
            "# moved\n\n[avoid.a.changed]\nphrases = [\"two\", \"five\"]\nwhy = \"New.\"\nlevel = \"off\"\n\
             [avoid.a.kept]\nphrases = [\"one\"]\nwhen = { customer = [\"x\"] }\n\
             [recommend.b.new]\nphrases = [\"six\"]\n",
        );
        let said: Vec<(String, Change)> =
            differences(&before, &after).into_iter().map(|found| (found.rule.to_string(), found.change)).collect();
        let changed = [
            "is now off, was warning",
            "also looks for “five”",
            "no longer looks for “three”",
            "gives another reason: New.",
        ];
        let expected = [
            ("a.changed".to_owned(), Change::Changed(changed.map(str::to_owned).to_vec())),
            ("b.new".to_owned(), Change::Added { what: "to recommend".to_owned(), phrases: vec!["six".to_owned()] }),
            ("a.gone".to_owned(), Change::Removed),
        ];
        assert_eq!(said, expected);
        assert_eq!(differences(&after, &after), []);
    }

    #[test]
    fn a_group_that_changed_changes_its_phrases() {
        let before = lexicon("[group]\nmust = [\"must\"]\n[avoid.a.b]\nphrases = [\"you @must\", \"x\"]\n");
        let after = lexicon("[group]\nmust = [\"must\", \"shall\"]\n[avoid.a.b]\nphrases = [\"you @must\", \"x\"]\n");
        let said: Vec<Change> = differences(&before, &after).into_iter().map(|found| found.change).collect();
        assert_eq!(said, [Change::Changed(vec!["has other words in a group of “you @must”".to_owned()])]);
    }

    #[test]
    fn what_is_no_rule_is_compared_too() {
        let before = lexicon("version = \"1\"\n[names]\nours = [\"ASAP Bakery\"]\n[approved]\nall = [\"Hello!\"]\n");
        let after = lexicon("[names]\nours = [\"Must Have\"]\n");
        let expected = [
            "has another version: now without one, was “1”",
            "also has the name “Must Have”",
            "no longer has the name “ASAP Bakery”",
            "no longer approves “Hello!”",
        ];
        assert_eq!(differences_aside(&before, &after), expected);
        assert_eq!(differences_aside(&after, &after), Vec::<String>::new());
    }
}
