//! A lexicon file as it is written: every table found in it, not yet understood. Mistakes of
//! form are reported here; what phrases, ids and references mean is for `load`.

use std::sync::Arc;

use super::entry::Kind;
use super::keys::{RawKeys, keys};
use super::problem::{Code, Problem, Problems, SourceFile};
use super::read::{Section, Table, Text, nearest, unknown_key};
use super::syntax;
use super::tree::{Tree, Value};
use crate::text::Span;

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
const LISTS: [&str; 5] = ["add-phrases", "add-unless", "add-prefer", "remove-phrases", "remove-unless"];

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
