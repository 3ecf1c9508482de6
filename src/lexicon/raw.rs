//! A lexicon file as it is written: every table found in it, not yet understood. Mistakes of
//! form are reported here; what phrases, ids and references mean is for `load`.

use std::sync::Arc;

use super::entry::Kind;
use super::problem::{Code, Problem, Problems, SourceFile};
use super::read::{Section, Table, Text, list, nearest, unknown_key};
use super::syntax;
use super::tree::{Tree, Value};
use crate::text::{Day, Span};

/// All that one file holds.
#[derive(Debug, Default)]
pub(super) struct RawFile<'f> {
    pub(super) header: Option<RawHeader<'f>>,
    pub(super) groups: Option<Vec<RawGroup<'f>>>,
    /// Names of products, companies and people.
    pub(super) names: Vec<Text<'f>>,
    /// Sentences that may return often, list by list.
    pub(super) approved: Vec<RawGroup<'f>>,
    /// What the printed sheet calls things.
    pub(super) captions: Vec<(Text<'f>, Text<'f>)>,
    pub(super) entries: Vec<RawEntry<'f>>,
    pub(super) adjusts: Vec<RawAdjust<'f>>,
    /// Tables that only a header file may hold, and where they begin.
    pub(super) header_tables: Vec<(&'static str, Span)>,
}

#[derive(Debug, Default)]
pub(super) struct RawHeader<'f> {
    pub(super) name: Option<Text<'f>>,
    pub(super) language: Option<Text<'f>>,
    pub(super) version: Option<Text<'f>>,
    pub(super) extends: Vec<Text<'f>>,
    pub(super) ignore_accents: bool,
    /// Something in it was reported, so that what it lacks may be what was reported.
    pub(super) faulty: bool,
}

#[derive(Debug)]
pub(super) struct RawGroup<'f> {
    pub(super) name: Text<'f>,
    /// `None` when it is no list, which was reported.
    pub(super) phrases: Option<Vec<Text<'f>>>,
}

/// An `avoid`, `recommend` or `require` table.
#[derive(Debug)]
pub(super) struct RawEntry<'f> {
    pub(super) kind: Kind,
    pub(super) category: Text<'f>,
    pub(super) name: Text<'f>,
    pub(super) span: Span,
    pub(super) keys: Box<RawKeys<'f>>,
    pub(super) replace: bool,
    /// Something in it was reported, so that what it lacks may be what was reported.
    pub(super) faulty: bool,
}

#[derive(Debug)]
pub(super) struct RawAdjust<'f> {
    pub(super) category: Text<'f>,
    pub(super) name: Text<'f>,
    pub(super) span: Span,
    pub(super) keys: Box<RawKeys<'f>>,
    /// The keys that are given, as they are meant.
    pub(super) given: Vec<&'static str>,
    pub(super) add_phrases: Vec<Text<'f>>,
    pub(super) add_unless: Vec<Text<'f>>,
    pub(super) add_prefer: Vec<Text<'f>>,
    pub(super) remove_phrases: Vec<Text<'f>>,
    pub(super) remove_unless: Vec<Text<'f>>,
}

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

pub(super) const TABLES: [&str; 12] = [
    "lexicon",
    "avoid",
    "recommend",
    "require",
    "step",
    "style",
    "situation",
    "group",
    "names",
    "approved",
    "captions",
    "adjust",
];
pub(super) const HEADER: [&str; 5] = ["name", "language", "version", "extends", "ignore-accents"];
/// What every entry may have.
const ENTRY: [&str; 8] = ["why", "channels", "between", "flags", "passes", "replace", "allow", "review-by"];
/// What entries have that look for phrases.
const PHRASES: [&str; 6] = ["phrases", "regex", "unless", "case", "boundary", "at"];
/// What entries have of which a hit is a fault.
const FAULTS: [&str; 5] = ["unless-near", "near", "prefer", "level", "fix"];
const REQUIRE: [&str; 5] = ["any", "all", "within", "prefer", "level"];
const BOUNDS: [&str; 3] = ["least-words", "most-words", "most-sentences"];
const LISTS: [&str; 5] = ["add-phrases", "add-unless", "add-prefer", "remove-phrases", "remove-unless"];
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

impl<'f> RawFile<'f> {
    /// Reads a file to its end, whatever is wrong with it.
    pub(super) fn read(file: &'f Arc<SourceFile>, problems: &mut Problems) -> Self {
        let mut raw = Self::default();
        syntax::sections(file, problems, |section, table, problems| raw.section(section, table, problems));
        raw
    }

    fn section(&mut self, section: Section<'f>, root: &Tree<'f>, problems: &mut Problems) {
        let file = section.file;
        for branch in root.iter() {
            let (name, span) = (&*branch.key, branch.key_span);
            if !TABLES.contains(&name) {
                problems.push(unknown_table(file, span, name, &branch.value));
                continue;
            }
            let Some(table) = branch.value.as_table() else {
                let message = format!("`{name}` is a table, so it is written in square brackets on a line of its own");
                problems.push(
                    Problem::new(Code::WrongType, file, span, message, "not a table")
                        .help(format!("write `[{}]`", example_of(name))),
                );
                continue;
            };
            match name {
                "lexicon" => {
                    self.once("lexicon", section, span, problems);
                    let before = problems.len();
                    let mut header = header(Table::new(file, table, &HEADER, problems));
                    header.faulty = section.broken || problems.len() > before;
                    self.header.get_or_insert(header);
                }
                "group" => {
                    self.once("group", section, span, problems);
                    let lists = Table::of_names(file, table, problems).string_lists();
                    let groups = lists.into_iter().map(|(name, phrases)| RawGroup { name, phrases });
                    self.groups.get_or_insert_default().extend(groups);
                }
                "names" => {
                    self.once("names", section, span, problems);
                    let lists = Table::of_names(file, table, problems).string_lists();
                    self.names.extend(lists.into_iter().filter_map(|(_, names)| names).flatten());
                }
                "approved" => {
                    self.once("approved", section, span, problems);
                    let lists = Table::of_names(file, table, problems).string_lists();
                    self.approved.extend(lists.into_iter().map(|(name, phrases)| RawGroup { name, phrases }));
                }
                "captions" => {
                    self.once("captions", section, span, problems);
                    self.captions.extend(Table::of_names(file, table, problems).texts());
                }
                "adjust" => {
                    if self.adjusts.is_empty() {
                        self.header_tables.push(("adjust", span));
                    }
                    named(file, table, "adjust", problems, |category, name, table, span, problems| {
                        self.adjusts.push(adjust(category, name, file, table, span, problems));
                    });
                }
                _ => {
                    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == name).unwrap_or(Kind::Avoid);
                    let known = kind.keys();
                    let each = |category, name, table: &Tree<'f>, span, problems: &mut Problems| {
                        let before = problems.len();
                        let mut reader = Table::new(file, table, &known, problems);
                        let replace = reader.boolean("replace").unwrap_or(false);
                        let keys = keys(&mut reader, &known);
                        let faulty = section.broken || problems.len() > before;
                        self.entries.push(RawEntry { kind, category, name, span, keys, replace, faulty });
                    };
                    if kind == Kind::Situation {
                        let category = Text::new(&branch.key, span, file);
                        situations(file, table, &category, problems, each);
                    } else {
                        named(file, table, kind.as_str(), problems, each);
                    }
                }
            }
        }
        self.entries.sort_by_key(|entry| entry.span.start);
    }

    /// Notes a table that a file holds once and that only a header file holds.
    fn once(&mut self, name: &'static str, section: Section<'_>, span: Span, problems: &mut Problems) {
        if let Some((_, first)) = self.header_tables.iter().find(|(known, _)| *known == name) {
            let message = format!("the table `[{name}]` is given twice");
            let problem =
                Problem::new(Code::Syntax, section.file, span, message, "again here").and_label(*first, "here already");
            problems.push(problem.help("put everything under one of the two, and take the other out"));
        } else {
            self.header_tables.push((name, span));
        }
    }
}

/// Reports what cannot be read of a file, and the tables that no lexicon has.
#[cfg(feature = "cli")]
pub(super) fn unknown_tables(file: &Arc<SourceFile>, problems: &mut Problems) {
    syntax::sections(file, problems, |_, root, problems| {
        let unknown = root.iter().filter(|branch| !TABLES.contains(&&*branch.key));
        for branch in unknown {
            problems.push(unknown_table(file, branch.key_span, &branch.key, &branch.value));
        }
    });
}

/// A table that is not known: mistyped, or an entry without the word before its category.
fn unknown_table(file: &Arc<SourceFile>, span: Span, name: &str, value: &Value<'_>) -> Problem {
    let meant = nearest(name, TABLES.into_iter());
    let problem = unknown_key(file, span, name, meant, &TABLES);
    let inner = value.as_table().and_then(|table| table.iter().find(|branch| branch.value.as_table().is_some()));
    match inner {
        Some(entry) if meant.is_none() => problem.help(format!("did you mean `[avoid.{name}.{}]`?", entry.key)),
        _ => problem,
    }
}

fn example_of(table: &str) -> &'static str {
    match table {
        "lexicon" => "lexicon",
        "group" => "group",
        "names" => "names",
        "approved" => "approved",
        "captions" => "captions",
        "adjust" => "adjust.category.name",
        "recommend" => "recommend.category.name",
        "require" => "require.category.name",
        "step" => "step.framework.name",
        "style" => "style.category.name",
        "situation" => "situation.complaint",
        _ => "avoid.category.name",
    }
}

/// Calls `each` for every table two levels down: `[avoid.category.name]`.
fn named<'f>(
    file: &'f Arc<SourceFile>,
    table: &Tree<'f>,
    kind: &str,
    problems: &mut Problems,
    mut each: impl FnMut(Text<'f>, Text<'f>, &Tree<'f>, Span, &mut Problems),
) {
    let what = "a table with a category and a name";
    let remedy = format!("begin the entry with a line such as `[{kind}.billing.you-owe]`");
    let categories = Table::of_names(file, table, problems).tables(what, &remedy);
    for (category, table, _) in categories {
        let entries = Table::of_names(file, table, problems).tables(what, &remedy);
        for (name, table, span) in entries {
            each(category.clone(), name, table, span, problems);
        }
    }
}

/// Calls `each` for every table one level down: `[situation.complaint]`.
fn situations<'f>(
    file: &'f Arc<SourceFile>,
    table: &Tree<'f>,
    category: &Text<'f>,
    problems: &mut Problems,
    mut each: impl FnMut(Text<'f>, Text<'f>, &Tree<'f>, Span, &mut Problems),
) {
    let remedy = "begin it with a line such as `[situation.complaint]`, and write its `phrases` below";
    let tables = Table::of_names(file, table, problems).tables("a table with a name", remedy);
    for (name, table, span) in tables {
        each(category.clone(), name, table, span, problems);
    }
}

fn header<'f>(mut table: Table<'f, '_, '_>) -> RawHeader<'f> {
    RawHeader {
        name: table.string("name"),
        language: table.string("language"),
        version: table.string("version"),
        extends: table.strings("extends").unwrap_or_default(),
        ignore_accents: table.boolean("ignore-accents").unwrap_or(false),
        faulty: false,
    }
}

/// The keys that an adjustment may have.
pub(super) fn adjustable() -> Vec<&'static str> {
    let mut known: Vec<&'static str> = Kind::ALL.into_iter().flat_map(Kind::keys).chain(LISTS).collect();
    known.retain(|key| *key != "replace");
    known.sort_unstable();
    known.dedup();
    known
}

fn adjust<'f>(
    category: Text<'f>,
    name: Text<'f>,
    file: &'f Arc<SourceFile>,
    table: &Tree<'f>,
    span: Span,
    problems: &mut Problems,
) -> RawAdjust<'f> {
    let known = adjustable();
    let mut table = Table::new(file, table, &known, problems);
    RawAdjust {
        category,
        name,
        span,
        keys: keys(&mut table, &known),
        given: known.iter().copied().filter(|key| table.has(key)).collect(),
        add_phrases: table.strings("add-phrases").unwrap_or_default(),
        add_unless: table.strings("add-unless").unwrap_or_default(),
        add_prefer: table.strings("add-prefer").unwrap_or_default(),
        remove_phrases: table.strings("remove-phrases").unwrap_or_default(),
        remove_unless: table.strings("remove-unless").unwrap_or_default(),
    }
}

/// Reads the keys among `known`; the others were reported as unknown already.
fn keys<'f>(table: &mut Table<'f, '_, '_>, known: &[&str]) -> Box<RawKeys<'f>> {
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
