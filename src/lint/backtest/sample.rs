//! Which of many places are shown, and what is shown of each. The places with the smallest hashes of their
//! words are kept, so that the choice depends on what the replies say and on nothing else: not on their order
//! nor on the threads that read them. Two replies that say the same are one example.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::text::{Skip, Skipped, Span};

use super::Past;

/// Characters that are shown on either side, at the most.
const REACH: usize = 60;

/// Characters of the words themselves that are shown, at the most.
const MOST: usize = 200;

/// Words that stand in a line with which somebody signs, at the most.
const SIGNED: usize = 5;

/// What a reply is known by.
#[derive(Debug, Clone, Copy)]
pub struct Name<'r> {
    /// The file, when there are several.
    pub source: Option<&'r str>,
    /// Its id, if it has one.
    pub id: Option<&'r str>,
    /// The line of its record, from 1.
    pub line: usize,
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.id, self.source) {
            (Some(id), _) => f.write_str(id),
            (None, Some(source)) => write!(f, "{source} line {}", self.line),
            (None, None) => write!(f, "line {}", self.line),
        }
    }
}

/// A place in a reply, with some words around it. White space is single spaces; names of agents, quotations,
/// signatures and the short lines at the end are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What the reply is known by.
    pub id: String,
    /// The language that the reply is in, as far as anybody can tell.
    pub language: Option<String>,
    /// What stands before.
    pub before: String,
    /// The words themselves; empty where something is missing.
    pub words: String,
    /// What stands behind.
    pub after: String,
}

/// A part of a reply to show pieces of.
pub(super) struct Shown<'s> {
    pub(super) text: &'s str,
    pub(super) language: Option<&'s str>,
    pub(super) skipped: &'s [Skipped],
    pub(super) past: &'s Past<'s>,
}

/// The examples that were kept so far, by their hashes.
#[derive(Debug)]
pub(super) struct Sample {
    most: usize,
    kept: Vec<(u64, Example)>,
}

impl Sample {
    pub(super) fn of(most: usize) -> Self {
        Self { most, kept: Vec::new() }
    }

    pub(super) fn offer(&mut self, shown: &Shown<'_>, span: Span) {
        if self.most == 0 {
            return;
        }
        let around = shown.around(span);
        let seed = (span.start - around.start) as u64;
        let hash = xxh3_64_with_seed(around.of(shown.text).as_bytes(), seed);
        let at = self.kept.partition_point(|(known, _)| *known < hash);
        let is_known = self.kept.get(at).is_some_and(|(known, _)| *known == hash);
        if at < self.most && !is_known {
            self.kept.insert(at, (hash, shown.example(around, span)));
            self.kept.truncate(self.most);
        }
    }

    /// Of two that say the same, the own one stays.
    pub(super) fn merge(&mut self, later: Self) {
        self.kept.extend(later.kept);
        self.kept.sort_by_key(|(hash, _)| *hash);
        self.kept.dedup_by_key(|(hash, _)| *hash);
        self.kept.truncate(self.most);
    }

    pub(super) fn into_examples(self) -> Vec<Example> {
        self.kept.into_iter().map(|(_, example)| example).collect()
    }
}

impl Shown<'_> {
    /// The stretch that is shown of a place.
    fn around(&self, span: Span) -> Span {
        let is_other = |skipped: &&Skipped| matches!(skipped.kind, Skip::Quote | Skip::Signature | Skip::Markup);
        let others = || self.skipped.iter().filter(is_other).map(|skipped| skipped.span);
        let floor = others().map(|other| other.end).filter(|end| *end <= span.start).max().unwrap_or(0);
        let ceiling = others().map(|other| other.start).filter(|start| *start >= span.end).min();
        let ceiling = ceiling.unwrap_or(self.text.len());
        let before = Span::new(floor, span.start).of(self.text);
        let after = Span::new(span.end, ceiling).of(self.text);
        // A word that is cut is left out.
        let start = before.char_indices().rev().nth(REACH).map_or(0, |(at, c)| {
            let rest = at + c.len_utf8();
            rest + before.get(rest..).and_then(|tail| tail.find(char::is_whitespace)).unwrap_or(0)
        });
        let end = after.char_indices().nth(REACH).map_or(after.len(), |(at, _)| {
            let space = after.get(..at).and_then(|head| head.char_indices().rev().find(|(_, c)| c.is_whitespace()));
            space.map_or(at, |(space, c)| space + c.len_utf8())
        });
        Span::new(floor + start, span.end + end)
    }

    fn example(&self, around: Span, span: Span) -> Example {
        let told = |text: &str| one_space(&self.without_agent(text));
        let signed = signed_from(self.text);
        let (last, end) = (span.start.min(signed).max(around.start), around.end.min(signed).max(span.end));
        let mut before = told(Span::new(around.start, last).of(self.text));
        let mut after = told(Span::new(span.end, end).of(self.text));
        if around.start > 0 && !before.is_empty() {
            before.insert(0, '…');
        }
        if !Span::new(last, span.start).of(self.text).trim().is_empty() {
            before = format!("{} … ", before.trim_end());
        }
        if end < self.text.trim_end().len() && !after.trim_end().ends_with('…') {
            after.push('…');
        }
        let words = span.of(self.text);
        let words = match words.char_indices().nth(MOST) {
            Some((at, _)) => format!("{}…", words.get(..at).unwrap_or_default()),
            None => words.to_owned(),
        };
        Example {
            id: self.past.name.to_string(),
            language: self.language.map(str::to_owned),
            before: before.trim_start().to_owned(),
            words: told(&words),
            after: after.trim_end().to_owned(),
        }
    }

    /// A text with dots for the names of the agent.
    fn without_agent(&self, text: &str) -> String {
        let names = self.past.agent.into_iter().flat_map(str::split_whitespace);
        let names: Vec<&str> = names
            .map(|name| name.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|name| !name.is_empty())
            .collect();
        if names.is_empty() {
            return text.to_owned();
        }
        let mut told = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let (between, word) = rest.split_at(start);
            let (word, behind) = word.split_at(word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len()));
            told.push_str(between);
            told.push_str(
                if names.iter().any(|name| name.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)) {
                    "…"
                } else {
                    word
                },
            );
            rest = behind;
        }
        told + rest
    }
}

/// Where the short lines begin with which a text ends, and which are no sentences: there somebody signs.
fn signed_from(text: &str) -> usize {
    let mut from = text.len();
    while let Some(start) = text.get(..from).and_then(|rest| rest.trim_end_matches('\n').rfind('\n')) {
        let line = text.get(start..from).unwrap_or_default().trim();
        if line.ends_with(['.', '!', '?', ':', '…', '。']) || line.split_whitespace().nth(SIGNED).is_some() {
            break;
        }
        from = start;
    }
    from
}

/// White space as single spaces, at either end too.
fn one_space(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut in_space = false;
    for c in text.chars() {
        if !c.is_whitespace() {
            told.push(c);
        } else if !in_space {
            told.push(' ');
        }
        in_space = c.is_whitespace();
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(text: &str, words: &str, agent: Option<&str>, skipped: &[Skipped]) -> String {
        let past = Past { name: Name { source: None, id: None, line: 7 }, agent };
        let start = text.find(words).expect("it is there");
        let span = Span::new(start, start + words.len());
        let shown = Shown { text, language: None, skipped, past: &past };
        let Example { id, before, words, after, .. } = shown.example(shown.around(span), span);
        format!("{id}: {before}[{words}]{after}")
    }

    /// A text, words in it, its agent, what is skipped, and the example.
    type Row<'r> = (&'r str, &'r str, Option<&'r str>, &'r [Skipped], &'r str);

    #[test]
    fn examples_are_short_and_name_no_agent() {
        let signed = "You must pay.\nAnna Lopez\n-- \nAnna";
        let signature = [Skipped { kind: Skip::Signature, span: Span::new(signed.len() - 8, signed.len()) }];
        let long = format!("{} you  must {}", "один два ".repeat(30), "три четыре ".repeat(30));
        let rows: [Row<'_>; 9] = [
            ("You must pay.", "You must", None, &[], "line 7: [You must] pay."),
            (signed, "You must", Some("Anna Lopez"), &signature, "line 7: [You must] pay.…"),
            (
                "You must pay.\n\nKind regards,\nAnna",
                "Kind regards",
                None,
                &[],
                "line 7: You must pay. [Kind regards]…",
            ),
            ("You must pay.\nAnna\n", "You must", None, &[], "line 7: [You must] pay.…"),
            ("My name is Ann.\nAsk me!", "My name is Ann", Some("Ann"), &[], "line 7: [My name is …]. Ask me!"),
            ("You must", "You must", None, &[], "line 7: [You must]"),
            (
                "Annabel, you must ask Mary-Ann.",
                "you must",
                Some("Mary-Ann"),
                &[],
                "line 7: Annabel, [you must] ask …-….",
            ),
            ("Hi.\r\n\r\nBye", "Bye", Some("  "), &[], "line 7: Hi. [Bye]"),
            (
                &long,
                "you  must",
                None,
                &[],
                "line 7: … два один два один два один два один два один два один два [you must] три четыре три четыре три четыре \
                 три четыре три четыре три …",
            ),
        ];
        for (text, words, agent, skipped, expected) in rows {
            assert_eq!(example(text, words, agent, skipped), expected);
        }
    }

    #[test]
    fn the_choice_depends_on_what_is_said_alone() {
        let texts: Vec<String> = (0..200).map(|number| format!("You must take {}.", number % 50)).collect();
        let sample = |texts: &[String]| {
            let mut sample = Sample::of(5);
            for text in texts {
                let past = Past { name: Name { source: None, id: Some("x"), line: 1 }, agent: None };
                sample.offer(&Shown { text, language: None, skipped: &[], past: &past }, Span::new(0, 8));
            }
            sample
        };
        let all = sample(&texts).into_examples();
        let reversed: Vec<String> = texts.iter().rev().cloned().collect();
        assert_eq!(sample(&reversed).into_examples(), all);
        for part in [1, 7, 60, 199] {
            let (head, tail) = texts.split_at(part);
            let mut merged = sample(head);
            merged.merge(sample(tail));
            assert_eq!(merged.into_examples(), all, "{part}");
        }
        assert_eq!(all.len(), 5);
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
