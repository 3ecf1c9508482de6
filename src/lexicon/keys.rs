//! The keys of entries and adjustments, as they are written: which there are for each kind, and their values, not
//! yet understood. The tables that they stand in are read by [`super::raw`].

use super::entry::Kind;
use super::problem::{Code, Problem};
use super::read::{Table, Text, list};
use super::tree::Value;
use crate::text::{Day, Span};

/// The keys that entries and adjustments share; `None` is "not given".
#[derive(Debug)]
pub(super) struct RawKeys<'f> {
    pub(super) phrases: Option<Vec<Text<'f>>>,
    pub(super) regex: Option<Vec<Text<'f>>>,
    pub(super) any: Option<Vec<Text<'f>>>,
    pub(super) all: Option<Vec<Text<'f>>>,
    pub(super) within: Option<Text<'f>>,
    pub(super) forms: Option<Vec<Vec<Text<'f>>>>,
    pub(super) placeholders: Option<bool>,
    pub(super) least_words: Option<u32>,
    pub(super) most_words: Option<u32>,
    pub(super) most_sentences: Option<u32>,
    pub(super) unless: Option<Vec<Text<'f>>>,
    pub(super) unless_near: Option<Vec<Text<'f>>>,
    pub(super) near: Option<Text<'f>>,
    pub(super) at: Option<Text<'f>>,
    pub(super) when: Option<RawWhen<'f>>,
    pub(super) between: Option<Vec<Text<'f>>>,
    pub(super) says: Option<Text<'f>>,
    pub(super) prefer: Option<Vec<Text<'f>>>,
    pub(super) why: Option<Text<'f>>,
    pub(super) level: Option<Text<'f>>,
    pub(super) fix: Option<Text<'f>>,
    pub(super) case: Option<Text<'f>>,
    pub(super) boundary: Option<Text<'f>>,
    pub(super) channels: Option<Vec<Text<'f>>>,
    pub(super) flags: Option<Vec<RawExample<'f>>>,
    pub(super) passes: Option<Vec<RawExample<'f>>>,
    pub(super) allow: Option<Vec<Text<'f>>>,
    pub(super) review_by: Option<(Day, Span)>,
}

/// When an entry speaks.
#[derive(Debug)]
pub(super) struct RawWhen<'f> {
    pub(super) customer: Option<Vec<Text<'f>>>,
    pub(super) before: Option<Vec<Text<'f>>>,
    pub(super) answered: Option<bool>,
    pub(super) reply: Option<Vec<Text<'f>>>,
    pub(super) situation: Option<Vec<Text<'f>>>,
    pub(super) first_turn: Option<bool>,
    /// All of it.
    pub(super) span: Span,
}

#[derive(Debug)]
pub(super) struct RawExample<'f> {
    pub(super) text: Text<'f>,
    pub(super) customer: Option<Text<'f>>,
    pub(super) before: Option<Text<'f>>,
    pub(super) channel: Option<Text<'f>>,
    pub(super) sent_at: Option<Text<'f>>,
    pub(super) turn: Option<u32>,
    pub(super) situation: Option<Text<'f>>,
}

/// What every entry may have.
const ENTRY: [&str; 8] = ["why", "channels", "between", "flags", "passes", "replace", "allow", "review-by"];
/// What entries have that look for phrases.
const PHRASES: [&str; 6] = ["phrases", "regex", "unless", "case", "boundary", "at"];
/// What entries have of which a hit is a fault.
const FAULTS: [&str; 5] = ["unless-near", "near", "prefer", "level", "fix"];
const REQUIRE: [&str; 5] = ["any", "all", "within", "prefer", "level"];
const BOUNDS: [&str; 3] = ["least-words", "most-words", "most-sentences"];
pub(super) const WHEN: [&str; 6] = ["customer", "before", "answered", "reply", "situation", "first-turn"];
pub(super) const EXAMPLE: [&str; 7] = ["text", "customer", "before", "channel", "sent-at", "turn", "situation"];

impl Kind {
    /// The keys that its entries may have.
    pub(super) fn keys(self) -> Vec<&'static str> {
        let parts: &[&[&'static str]] = match self {
            Self::Avoid => &[&PHRASES, &FAULTS, &["when"], &ENTRY],
            Self::Recommend => &[&PHRASES, &["when"], &ENTRY],
            Self::Require => &[&REQUIRE, &BOUNDS, &["when"], &ENTRY],
            Self::Step => &[&PHRASES, &["says", "when"], &ENTRY],
            Self::Style => &[&PHRASES, &["forms", "placeholders"], &BOUNDS, &FAULTS, &["when"], &ENTRY],
            Self::Situation => &[&PHRASES, &ENTRY],
        };
        parts.concat()
    }
}

/// Reads the keys among `known`; the others were reported as unknown already.
pub(super) fn keys<'f>(table: &mut Table<'f, '_, '_>, known: &[&str]) -> Box<RawKeys<'f>> {
    let mut read = Known { table, known };
    Box::new(RawKeys {
        phrases: read.strings("phrases"),
        regex: read.strings("regex"),
        any: read.strings("any"),
        all: read.strings("all"),
        within: read.string("within"),
        forms: read.if_known("forms", |table| table.list("forms", set)),
        placeholders: read.if_known("placeholders", |table| table.boolean("placeholders")),
        least_words: read.number("least-words"),
        most_words: read.number("most-words"),
        most_sentences: read.number("most-sentences"),
        unless: read.strings("unless"),
        unless_near: read.strings("unless-near"),
        near: read.string("near"),
        at: read.string("at"),
        when: read.if_known("when", |table| table.table("when", &WHEN, when)),
        between: read.strings("between"),
        says: read.string("says"),
        prefer: read.strings("prefer"),
        why: read.string("why"),
        level: read.string("level"),
        fix: read.string("fix"),
        case: read.string("case"),
        boundary: read.string("boundary"),
        channels: read.strings("channels"),
        flags: read.table.list("flags", example),
        passes: read.table.list("passes", example),
        allow: read.strings("allow"),
        review_by: read.table.day("review-by"),
    })
}

/// A table of which only some keys are read.
struct Known<'k, 'f, 't, 'p> {
    table: &'k mut Table<'f, 't, 'p>,
    known: &'k [&'k str],
}

impl<'f, 't, 'p> Known<'_, 'f, 't, 'p> {
    fn if_known<T>(&mut self, key: &str, read: impl FnOnce(&mut Table<'f, 't, 'p>) -> Option<T>) -> Option<T> {
        // Most keys are not there, which is the quicker to see.
        (self.table.has(key) && self.known.contains(&key)).then(|| read(self.table)).flatten()
    }

    fn strings(&mut self, key: &str) -> Option<Vec<Text<'f>>> {
        self.if_known(key, |table| table.strings(key))
    }

    fn string(&mut self, key: &str) -> Option<Text<'f>> {
        self.if_known(key, |table| table.string(key))
    }

    fn number(&mut self, key: &str) -> Option<u32> {
        self.if_known(key, |table| table.number(key))
    }
}

fn when<'f>(mut table: Table<'f, '_, '_>, span: Span) -> RawWhen<'f> {
    RawWhen {
        customer: table.strings("customer"),
        before: table.strings("before"),
        answered: table.boolean("answered"),
        reply: table.strings("reply"),
        situation: table.strings("situation"),
        first_turn: table.boolean("first-turn"),
        span,
    }
}

/// One of the lists of `forms`.
fn set<'f>(table: &mut Table<'f, '_, '_>, value: &Value<'f>, span: Span) -> Option<Vec<Text<'f>>> {
    let Value::List(items) = value else {
        let help = "write `forms = [[\"tú\"], [\"usted\"]]`: a list for each way to say it";
        table.wrong_type("forms", value, span, "lists of phrases", help);
        return None;
    };
    let text = |(item, span): &(Value<'f>, Span)| {
        let text = table.as_text(item, *span);
        if text.is_none() {
            table.wrong_type("forms", item, *span, "phrases in quotes", "put every phrase in quotes");
        }
        text
    };
    Some(items.iter().filter_map(text).collect())
}

/// A text alone, or a table that says more about the situation.
fn example<'f>(table: &mut Table<'f, '_, '_>, value: &Value<'f>, span: Span) -> Option<RawExample<'f>> {
    if let Some(text) = table.as_text(value, span) {
        let (customer, before, channel) = (None, None, None);
        return Some(RawExample { text, customer, before, channel, sent_at: None, turn: None, situation: None });
    }
    let Some(inner) = value.as_table() else {
        table.wrong_type(
            "flags` or `passes",
            value,
            span,
            "texts, or tables with a `text`",
            "write the example in quotes",
        );
        return None;
    };
    let mut inner = table.nested(inner, &EXAMPLE);
    let words = ["customer", "before", "channel", "sent-at", "situation"].map(|key| inner.string(key));
    let ([customer, before, channel, sent_at, situation], turn) = (words, inner.number("turn"));
    let Some(text) = inner.string("text") else {
        if inner.key_span("text").is_none() {
            let problem = Problem::new(
                Code::MissingKey,
                inner.file(),
                span,
                "this example has no `text`",
                "an example needs a text",
            );
            inner.report(
                problem.help(format!("write `{{ text = \"…\" }}`; the keys known here are {}", list(&EXAMPLE))),
            );
        }
        return None;
    };
    Some(RawExample { text, customer, before, channel, sent_at, turn, situation })
}
