//! Reading TOML value by value, so that one run can report every mistake with its place and
//! in a trainer's words. It knows the shape of values, not what a lexicon is made of.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Code, Problem, Problems, SourceFile};
use crate::text::Span;

/// A string of the file and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) value: String,
    /// The whole value, quotes included.
    pub(super) span: Span,
    /// Where the first character of `value` stands, if the file spells it without escapes.
    inner: Option<usize>,
}

/// A stretch of a file that was parsed by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section<'a> {
    pub(super) file: &'a Arc<SourceFile>,
    /// Bytes of the file before it.
    pub(super) base: usize,
    /// Part of it could not be read, which was reported.
    pub(super) broken: bool,
}

/// One table of the file, with the keys that it may have.
pub(super) struct Table<'a, 'p> {
    section: Section<'a>,
    keys: &'a DeTable<'a>,
    /// Mistyped keys: what each was meant to be, and how it is written.
    aliases: Vec<(String, &'a str)>,
    problems: &'p mut Problems,
}

impl Text {
    /// The bytes of the file for a range of the value; the whole string when escapes are in it.
    pub(super) fn part(&self, part: Span) -> Span {
        match self.inner {
            Some(inner) => Span::new(inner + part.start, inner + part.end),
            None => self.span,
        }
    }
}

impl Section<'_> {
    /// What the parser calls `span`, in bytes of the file.
    pub(super) fn at(self, span: std::ops::Range<usize>) -> Span {
        Span::new(span.start + self.base, span.end + self.base)
    }
}

impl<'a, 'p> Table<'a, 'p> {
    /// Looks at a table and reports every key that is not among `known`.
    pub(super) fn new(
        section: Section<'a>,
        table: &'a DeTable<'a>,
        known: &[&str],
        problems: &'p mut Problems,
    ) -> Self {
        let mut this = Self { section, keys: table, aliases: Vec::new(), problems };
        for key in this.keys.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                this.problems.push(unknown_key(section.file, this.at(key.span()), name, known));
                // What it was meant to be is read all the same, so that it hides no other mistake.
                this.aliases.extend(nearest(name, known.iter().copied()).map(|meant| (meant.to_owned(), name)));
            }
        }
        this
    }

    /// A table whose keys are names that the trainer makes up.
    pub(super) fn of_names(section: Section<'a>, table: &'a DeTable<'a>, problems: &'p mut Problems) -> Self {
        Self { section, keys: table, aliases: Vec::new(), problems }
    }

    fn at(&self, span: std::ops::Range<usize>) -> Span {
        self.section.at(span)
    }

    fn get(&self, key: &str) -> Option<(&'a Spanned<DeValue<'a>>, Span)> {
        let alias = || self.aliases.iter().find(|(meant, _)| meant == key).and_then(|(_, typed)| self.keys.get(*typed));
        let value = self.keys.get(key).or_else(alias)?;
        Some((value, self.at(value.span())))
    }

    /// Where a key stands, for a complaint about it.
    pub(super) fn key_span(&self, key: &str) -> Option<Span> {
        self.keys.get_key_value(key).map(|(key, _)| self.at(key.span()))
    }

    pub(super) fn string(&mut self, key: &str) -> Option<Text> {
        let (value, span) = self.get(key)?;
        let text = self.as_text(value.get_ref(), span);
        if text.is_none() {
            let example = match key {
                "level" => "warning",
                "fix" => "safe",
                _ => "…",
            };
            self.wrong_type(key, value.get_ref(), span, "text in quotes", &format!("write `{key} = \"{example}\"`"));
        }
        text
    }

    pub(super) fn boolean(&mut self, key: &str) -> Option<bool> {
        let (value, span) = self.get(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(
                key,
                value.get_ref(),
                span,
                "true or false",
                &format!("write `{key} = true` or leave the key out"),
            );
        }
        found
    }

    pub(super) fn number(&mut self, key: &str) -> Option<u32> {
        let (value, span) = self.get(key)?;
        let found =
            value.get_ref().as_integer().and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        if found.is_none() {
            self.wrong_type(key, value.get_ref(), span, "a whole number", &format!("write `{key} = 1`"));
        }
        found
    }

    /// A list of strings; `None` when the key is not there.
    pub(super) fn strings(&mut self, key: &str) -> Option<Vec<Text>> {
        self.list(key, |table, value, span| {
            let text = table.as_text(value, span);
            if text.is_none() {
                table.wrong_type(key, value, span, "text in quotes", "put every item of the list in quotes");
            }
            text
        })
    }

    /// A list of which `read` makes what it can; what it cannot, it reports.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&mut Self, &'a DeValue<'a>, Span) -> Option<T>,
    ) -> Option<Vec<T>> {
        let (value, span) = self.get(key)?;
        let Some(items) = value.get_ref().as_array() else {
            let example = value.get_ref().as_str().unwrap_or("…");
            self.wrong_type(
                key,
                value.get_ref(),
                span,
                "a list in square brackets",
                &format!("write `{key} = [\"{example}\"]`"),
            );
            return None;
        };
        Some(items.iter().filter_map(|item| read(self, item.get_ref(), self.at(item.span()))).collect())
    }

    /// The tables in this one, with their names, in the order of the file.
    pub(super) fn tables(&mut self, what: &str, remedy: &str) -> Vec<(Text, &'a DeTable<'a>, Span)> {
        let mut found = Vec::new();
        for (key, value) in self.keys {
            let span = self.at(key.span());
            match value.get_ref().as_table() {
                Some(table) => {
                    let name = Text { value: key.get_ref().to_string(), span, inner: None };
                    found.push((name, table, self.at(value.span())));
                }
                None => self.problems.push(
                    Problem::new(
                        Code::WrongType,
                        self.section.file,
                        span,
                        format!("`{}` stands where {what} belongs", key.get_ref()),
                        format!("not {what}"),
                    )
                    .help(remedy),
                ),
            }
        }
        found.sort_by_key(|(_, _, span)| span.start);
        found
    }

    /// All keys of this table with their lists of strings, in the order of the file; `None` for
    /// what is no list, which is reported.
    pub(super) fn string_lists(&mut self) -> Vec<(Text, Option<Vec<Text>>)> {
        let mut keys: Vec<Text> = self
            .keys
            .keys()
            .map(|key| Text { value: key.get_ref().to_string(), span: self.at(key.span()), inner: None })
            .collect();
        keys.sort_by_key(|key| key.span.start);
        keys.into_iter().map(|key| (key.clone(), self.strings(&key.value))).collect()
    }

    /// A table inside a list, read with the same file and the same problems.
    pub(super) fn nested(&mut self, table: &'a DeTable<'a>, known: &[&str]) -> Table<'a, '_> {
        Table::new(self.section, table, known, self.problems)
    }

    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(super) fn file(&self) -> &'a Arc<SourceFile> {
        self.section.file
    }

    pub(super) fn as_text(&self, value: &DeValue<'_>, span: Span) -> Option<Text> {
        let value = value.as_str()?.to_owned();
        let spelt = span.of(&self.section.file.text);
        let inner = spelt
            .find(value.as_str())
            .filter(|_| !value.is_empty() && spelt.len() <= value.len() + 6)
            .map(|at| span.start + at);
        Some(Text { value, span, inner })
    }

    pub(super) fn wrong_type(&mut self, key: &str, value: &DeValue<'_>, span: Span, wanted: &str, help: &str) {
        let message = format!("`{key}` takes {wanted}, and this is {}", describe(value));
        self.problems
            .push(Problem::new(Code::WrongType, self.section.file, span, message, format!("not {wanted}")).help(help));
    }
}

fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) fn unknown_key(file: &Arc<SourceFile>, span: Span, name: &str, known: &[&str]) -> Problem {
    let problem =
        Problem::new(Code::UnknownKey, file, span, format!("replylint does not know the key `{name}`"), "unknown here");
    match nearest(name, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("the keys known here are {}", list(known))),
    }
}

/// The known word that a mistyped one most resembles, if any does.
pub(crate) fn nearest<'k>(typed: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let score = |word: &str| strsim::damerau_levenshtein(&typed.to_lowercase(), &word.to_lowercase());
    let begins = |word: &str| typed.chars().count() > 2 && word.starts_with(typed);
    let close = |word: &&str| {
        begins(word)
            || score(word) <= (word.chars().count() / 3).max(1)
            || word.trim_end_matches('s') == typed.trim_end_matches('s')
    };
    known.filter(close).min_by_key(|word| score(word))
}

pub(super) fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
