//! Reading TOML value by value, so that one run can report every mistake with its place and
//! in a trainer's words. It knows the shape of values, not what a lexicon is made of.

use std::borrow::Cow;
use std::sync::Arc;

use super::problem::{Code, Problem, Problems, SourceFile};
use super::tree::{Branch, Tree, Value};
use crate::text::{Day, Span};

/// A string of the file and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Text<'f> {
    pub(super) value: Cow<'f, str>,
    /// The whole value, quotes included.
    pub(super) span: Span,
    /// Where the first character of `value` stands, if the file spells it without escapes.
    inner: Option<usize>,
}

/// A stretch of a file that was parsed by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section<'a> {
    pub(super) file: &'a Arc<SourceFile>,
    /// Part of it could not be read, which was reported.
    pub(super) broken: bool,
}

/// One table of the file, with the keys that it may have.
pub(super) struct Table<'f, 't, 'p> {
    file: &'f Arc<SourceFile>,
    keys: &'t Tree<'f>,
    /// Mistyped keys: what each was meant to be, and how it is written.
    aliases: Vec<(String, &'t str)>,
    problems: &'p mut Problems,
}

impl<'f> Text<'f> {
    pub(super) fn new(value: &Cow<'f, str>, span: Span, file: &'f SourceFile) -> Self {
        // A text that begins on the line below its quotation marks is shown with them.
        let inner = match value {
            Cow::Borrowed(value) if !value.is_empty() && span.len() <= value.len() + 6 => {
                Some(value.as_ptr() as usize - file.text.as_ptr() as usize)
            }
            Cow::Borrowed(_) | Cow::Owned(_) => None,
        };
        Self { value: value.clone(), span, inner }
    }

    /// The bytes of the file for a range of the value; the whole string when escapes are in it.
    pub(super) fn part(&self, part: Span) -> Span {
        match self.inner {
            Some(inner) => Span::new(inner + part.start, inner + part.end),
            None => self.span,
        }
    }
}

impl<'f, 't, 'p> Table<'f, 't, 'p> {
    /// Looks at a table and reports every key that is not among `known`.
    pub(super) fn new(
        file: &'f Arc<SourceFile>,
        table: &'t Tree<'f>,
        known: &[&str],
        problems: &'p mut Problems,
    ) -> Self {
        let mut this = Self { file, keys: table, aliases: Vec::new(), problems };
        for branch in table.iter() {
            let name = &*branch.key;
            if !known.contains(&name) {
                let meant = nearest(name, known.iter().copied());
                this.problems.push(unknown_key(file, branch.key_span, name, meant, known));
                // What it was meant to be is read all the same, so that it hides no other mistake.
                this.aliases.extend(meant.map(|meant| (meant.to_owned(), name)));
            }
        }
        this
    }

    /// A table whose keys are names that the trainer makes up.
    pub(super) fn of_names(file: &'f Arc<SourceFile>, table: &'t Tree<'f>, problems: &'p mut Problems) -> Self {
        Self { file, keys: table, aliases: Vec::new(), problems }
    }

    fn get(&self, key: &str) -> Option<(&'t Value<'f>, Span)> {
        let alias = || self.aliases.iter().find(|(meant, _)| meant == key).and_then(|(_, typed)| self.keys.get(typed));
        let branch = self.keys.get(key).or_else(alias)?;
        Some((&branch.value, branch.span))
    }

    /// Whether a key is given.
    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Where a key stands, for a complaint about it.
    pub(super) fn key_span(&self, key: &str) -> Option<Span> {
        self.keys.get(key).map(|branch| branch.key_span)
    }

    pub(super) fn string(&mut self, key: &str) -> Option<Text<'f>> {
        let (value, span) = self.get(key)?;
        let text = self.as_text(value, span);
        if text.is_none() {
            let example = match key {
                "level" => "warning",
                "fix" => "safe",
                _ => "…",
            };
            self.wrong_type(key, value, span, "text in quotes", &format!("write `{key} = \"{example}\"`"));
        }
        text
    }

    pub(super) fn boolean(&mut self, key: &str) -> Option<bool> {
        let (value, span) = self.get(key)?;
        let found = if let Value::Boolean(found) = value { Some(*found) } else { None };
        if found.is_none() {
            self.wrong_type(key, value, span, "true or false", &format!("write `{key} = true` or leave the key out"));
        }
        found
    }

    pub(super) fn number(&mut self, key: &str) -> Option<u32> {
        let (value, span) = self.get(key)?;
        let found = if let Value::Number(found) = value { *found } else { None };
        if found.is_none() {
            self.wrong_type(key, value, span, "a whole number", &format!("write `{key} = 1`"));
        }
        found
    }

    /// A day, written as a date or as text.
    pub(super) fn day(&mut self, key: &str) -> Option<(Day, Span)> {
        let (value, span) = self.get(key)?;
        let day = match value {
            Value::Date(day) => *day,
            Value::Text(text) => Day::parse(text),
            Value::Number(_) | Value::Boolean(_) | Value::List(_) | Value::Table(_) => {
                self.wrong_type(key, value, span, "a day", &format!("write the day as `{key} = 2026-12-01`"));
                return None;
            }
        };
        if day.is_none() {
            let written = span.of(&self.file.text).trim_matches('"');
            let message = format!("`{written}` is no day of the calendar");
            let help = format!("write year, month and day as `{key} = 2026-12-01`");
            let problem = Problem::new(Code::UnknownValue, self.file, span, message, "not a day").help(help);
            self.problems.push(problem);
        }
        day.map(|day| (day, span))
    }

    /// A table in the place of a value, read by `read`, which is told where it stands.
    pub(super) fn table<T>(
        &mut self,
        key: &str,
        known: &[&str],
        read: impl FnOnce(Table<'f, '_, '_>, Span) -> T,
    ) -> Option<T> {
        let (value, span) = self.get(key)?;
        let Some(table) = value.as_table() else {
            let help = format!("write `{key} = {{ {} = … }}`", known.first().copied().unwrap_or_default());
            self.wrong_type(key, value, span, "keys and values in braces", &help);
            return None;
        };
        Some(read(self.nested(table, known), span))
    }

    /// A list of strings; `None` when the key is not there.
    pub(super) fn strings(&mut self, key: &str) -> Option<Vec<Text<'f>>> {
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
        mut read: impl FnMut(&mut Self, &'t Value<'f>, Span) -> Option<T>,
    ) -> Option<Vec<T>> {
        let (value, span) = self.get(key)?;
        let Value::List(items) = value else {
            let example = value.as_text().map_or("…", |text| text);
            self.wrong_type(key, value, span, "a list in square brackets", &format!("write `{key} = [\"{example}\"]`"));
            return None;
        };
        Some(items.iter().filter_map(|(item, span)| read(self, item, *span)).collect())
    }

    /// The tables in this one, with their names, in the order of the file.
    pub(super) fn tables(&mut self, what: &str, remedy: &str) -> Vec<(Text<'f>, &'t Tree<'f>, Span)> {
        let mut found = Vec::new();
        for branch in self.keys.iter() {
            match branch.value.as_table() {
                Some(table) => {
                    let name = Text { value: branch.key.clone(), span: branch.key_span, inner: None };
                    found.push((name, table, branch.span));
                }
                None => self.problems.push(
                    Problem::new(
                        Code::WrongType,
                        self.file,
                        branch.key_span,
                        format!("`{}` stands where {what} belongs", branch.key),
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
    pub(super) fn string_lists(&mut self) -> Vec<(Text<'f>, Option<Vec<Text<'f>>>)> {
        self.names().into_iter().map(|key| (key.clone(), self.strings(&key.value))).collect()
    }

    /// All keys of this table with their texts, in the order of the file; what is no text is reported.
    pub(super) fn texts(&mut self) -> Vec<(Text<'f>, Text<'f>)> {
        self.names().into_iter().filter_map(|key| self.string(&key.value).map(|text| (key, text))).collect()
    }

    /// The keys, in the order of the file.
    fn names(&self) -> Vec<Text<'f>> {
        let name = |branch: &Branch<'f>| Text { value: branch.key.clone(), span: branch.key_span, inner: None };
        let mut keys: Vec<Text<'f>> = self.keys.iter().map(name).collect();
        keys.sort_by_key(|key| key.span.start);
        keys
    }

    /// A table inside a list, read with the same file and the same problems.
    pub(super) fn nested<'n>(&mut self, table: &'n Tree<'f>, known: &[&str]) -> Table<'f, 'n, '_> {
        Table::new(self.file, table, known, self.problems)
    }

    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(super) fn file(&self) -> &'f Arc<SourceFile> {
        self.file
    }

    pub(super) fn as_text(&self, value: &Value<'f>, span: Span) -> Option<Text<'f>> {
        value.as_text().map(|text| Text::new(text, span, self.file))
    }

    pub(super) fn wrong_type(&mut self, key: &str, value: &Value<'_>, span: Span, wanted: &str, help: &str) {
        let message = format!("`{key}` takes {wanted}, and this is {}", describe(value));
        self.problems.push(Problem::new(Code::WrongType, self.file, span, message, format!("not {wanted}")).help(help));
    }
}

fn describe(value: &Value<'_>) -> &'static str {
    match value {
        Value::Text(_) => "text",
        Value::Number(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Date(_) => "a date",
        Value::List(_) => "a list",
        Value::Table(_) => "a table",
    }
}

/// A key that is not among the `known` ones, though it may be `meant` to be one of them.
pub(super) fn unknown_key(
    file: &Arc<SourceFile>,
    span: Span,
    name: &str,
    meant: Option<&str>,
    known: &[&str],
) -> Problem {
    let problem =
        Problem::new(Code::UnknownKey, file, span, format!("replylint does not know the key `{name}`"), "unknown here");
    match meant {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("the keys known here are {}", list(known))),
    }
}

/// The known word that a mistyped one most resembles, if any does.
pub(crate) fn nearest<'k>(typed: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let (small, long) = (typed.to_lowercase(), typed.chars().count() > 2);
    let length = small.chars().count();
    let near = |word: &'k str| {
        let resembles = (long && word.starts_with(typed)) || word.trim_end_matches('s') == typed.trim_end_matches('s');
        let (known, bound) = (word.to_lowercase(), (word.chars().count() / 3).max(1));
        // So many letters at least differ.
        if !resembles && known.chars().count().abs_diff(length) > bound {
            return None;
        }
        let score = strsim::damerau_levenshtein(&small, &known);
        (resembles || score <= bound).then_some((score, word))
    };
    known.filter_map(near).min_by_key(|(score, _)| *score).map(|(_, word)| word)
}

pub(super) fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
