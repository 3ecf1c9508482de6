//! The structure of `replylint/rules-1`: all that is known of a rule, in the words of the lexicon's file. Fields are
//! only ever added.

use std::io::{self, Write};

use serde::Serialize;

use super::Listed;
use crate::lexicon::{
    Boundary, Case, Entry, Example, Expression, Lexicon, Near, Origin, Pattern, Requirement, When, Wording,
};

/// Writes one line of JSON with the `lexicons` in force and the rules.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn rules_json<'l>(
    lexicons: impl Iterator<Item = &'l Lexicon>,
    listed: &[Listed<'l>],
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let document = Document {
        schema: "replylint/rules-1",
        lexicons: lexicons.map(LexiconV1::new).collect(),
        rules: listed.iter().map(|listed| RuleV1::new(*listed)).collect(),
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Document<'l> {
    schema: &'static str,
    lexicons: Vec<LexiconV1<'l>>,
    rules: Vec<RuleV1<'l>>,
}

#[derive(Serialize)]
struct LexiconV1<'l> {
    name: &'l str,
    version: Option<&'l str>,
    language: &'l str,
    entries: usize,
}

#[derive(Serialize)]
struct RuleV1<'l> {
    rule: &'l str,
    category: &'l str,
    kind: &'static str,
    level: Option<&'static str>,
    language: &'l str,
    lexicon: &'l str,
    why: Option<&'l str>,
    phrases: Vec<&'l str>,
    regex: Vec<&'l str>,
    unless: Vec<&'l str>,
    unless_near: Option<NearV1<'l>>,
    prefer: Vec<String>,
    fix: Option<&'static str>,
    case: &'static str,
    boundary: &'static str,
    ignore_accents: bool,
    at: Option<String>,
    channels: &'l [String],
    when: Option<WhenV1<'l>>,
    says: Option<&'l str>,
    requirement: Option<RequirementV1<'l>>,
    flags: Vec<ExampleV1<'l>>,
    passes: Vec<ExampleV1<'l>>,
    defined: PlaceV1<'l>,
    replaced: Option<PlaceV1<'l>>,
    adjusted: Vec<PlaceV1<'l>>,
}

#[derive(Serialize)]
struct NearV1<'l> {
    phrases: Vec<&'l str>,
    sentences_before: u32,
    sentences_behind: u32,
}

#[derive(Serialize)]
struct WhenV1<'l> {
    customer: Vec<&'l str>,
    before: Vec<&'l str>,
    answered: Option<bool>,
    reply: &'l [String],
    situation: &'l [String],
    first_turn: Option<bool>,
    between: Option<[String; 2]>,
}

#[derive(Serialize)]
struct RequirementV1<'l> {
    any: Vec<&'l str>,
    all: Vec<&'l str>,
    within: String,
    forms: Vec<Vec<&'l str>>,
    placeholders: bool,
    least_words: Option<u32>,
    most_words: Option<u32>,
    most_sentences: Option<u32>,
}

#[derive(Serialize)]
struct ExampleV1<'l> {
    text: &'l str,
    customer: Option<&'l str>,
    before: Option<&'l str>,
    channel: Option<&'l str>,
    sent_at: Option<String>,
    turn: Option<u32>,
    situation: Option<&'l str>,
}

#[derive(Serialize)]
struct PlaceV1<'l> {
    file: &'l str,
    line: usize,
}

impl<'l> LexiconV1<'l> {
    fn new(lexicon: &'l Lexicon) -> Self {
        let (name, version, language) = (lexicon.name(), lexicon.version(), lexicon.language().as_str());
        Self { name, version, language, entries: lexicon.entry_count() }
    }
}

impl<'l> RuleV1<'l> {
    fn new(Listed { lexicon, entry }: Listed<'l>) -> Self {
        let Entry { id, kind, patterns, regexes, unless, unless_near, prefer, why, safe_fix, .. } = entry;
        let Entry { case, ignore_accents, boundary, channels, when, at, says, flags, passes, .. } = entry;
        let Entry { requirement, origin, replaced, adjusted, .. } = entry;
        Self {
            rule: id.as_str(),
            category: id.category(),
            kind: kind.as_str(),
            level: entry.level_name(),
            language: lexicon.language().as_str(),
            lexicon: lexicon.name(),
            why: why.as_deref(),
            phrases: sources(patterns),
            regex: regexes.iter().map(Expression::as_str).collect(),
            unless: sources(unless),
            unless_near: unless_near.as_deref().map(NearV1::new),
            prefer: prefer.iter().map(Wording::to_string).collect(),
            fix: safe_fix.then_some("safe"),
            case: match case {
                Case::Any => "any",
                Case::Exact => "exact",
            },
            boundary: match boundary {
                Boundary::Word => "word",
                Boundary::None => "none",
            },
            ignore_accents: *ignore_accents,
            at: at.map(|at| at.to_string()),
            channels,
            when: when.as_deref().map(WhenV1::new),
            says: says.as_deref(),
            requirement: requirement.as_deref().map(RequirementV1::new),
            flags: flags.iter().map(ExampleV1::new).collect(),
            passes: passes.iter().map(ExampleV1::new).collect(),
            defined: PlaceV1::new(origin),
            replaced: replaced.as_ref().map(PlaceV1::new),
            adjusted: adjusted.iter().map(PlaceV1::new).collect(),
        }
    }
}

impl<'l> NearV1<'l> {
    fn new(near: &'l Near) -> Self {
        let (sentences_before, sentences_behind) = (near.reach.before, near.reach.after);
        Self { phrases: sources(&near.patterns), sentences_before, sentences_behind }
    }
}

impl<'l> WhenV1<'l> {
    fn new(when: &'l When) -> Self {
        let When { customer, before, answered, reply, situation, first_turn, between } = when;
        Self {
            customer: sources(customer),
            before: sources(before),
            answered: *answered,
            reply,
            situation,
            first_turn: *first_turn,
            between: between.map(|(start, end)| [start.to_string(), end.to_string()]),
        }
    }
}

impl<'l> RequirementV1<'l> {
    fn new(requirement: &'l Requirement) -> Self {
        let Requirement { any, all, within, forms, placeholders, least_words, most_words, most_sentences } =
            requirement;
        Self {
            any: sources(any),
            all: sources(all),
            within: within.to_string(),
            forms: forms.iter().map(|set| sources(set)).collect(),
            placeholders: *placeholders,
            least_words: *least_words,
            most_words: *most_words,
            most_sentences: *most_sentences,
        }
    }
}

impl<'l> ExampleV1<'l> {
    fn new(example: &'l Example) -> Self {
        let Example { text, customer, before, channel, sent_at, turn, situation, origin: _ } = example;
        Self {
            text,
            customer: customer.as_deref(),
            before: before.as_deref(),
            channel: channel.as_deref(),
            sent_at: sent_at.map(|time| time.to_string()),
            turn: *turn,
            situation: situation.as_deref(),
        }
    }
}

impl<'l> PlaceV1<'l> {
    fn new(origin: &'l Origin) -> Self {
        Self { file: &origin.file.name, line: origin.line() }
    }
}

fn sources(patterns: &[Pattern]) -> Vec<&str> {
    patterns.iter().map(Pattern::source).collect()
}
