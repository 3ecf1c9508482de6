//! TOML with mistakes in it, read to the end. A file without any is read whole; one that has some
//! is cut at its table headers and read piece by piece, so that a list somebody forgot to
//! close costs one entry and not the rest of the file.

use std::sync::Arc;

use toml::de::{DeTable, DeValue, Error};

use super::plain;
use super::problem::{Code, Problem, Problems, SourceFile};
use super::read::Section;
use super::tree::Tree;
use crate::text::Span;

/// Hands every readable part of the file to `each`, and reports
/// what could not be read.
pub(super) fn sections<'f>(
    file: &'f Arc<SourceFile>,
    problems: &mut Problems,
    mut each: impl FnMut(Section<'f>, &Tree<'f>, &mut Problems),
) {
    if let Some(tree) = plain::read(&file.text) {
        return each(Section { file, broken: false }, &tree, problems);
    }
    let (whole, errors) = DeTable::parse_recoverable(&file.text);
    if errors.is_empty() {
        return each(Section { file, broken: false }, &Tree::of(whole.get_ref(), 0), problems);
    }
    let before = problems.len();
    for section in cut(&file.text) {
        let (table, errors) = DeTable::parse_recoverable(section.of(&file.text));
        let broken = !errors.is_empty();
        report(file, table.get_ref(), section, errors, problems);
        each(Section { file, broken }, &Tree::of(table.get_ref(), section.start), problems);
    }
    // What is only wrong with the file as a whole, such as a key that two sections give. A header
    // that stands twice is for those who know what it defines.
    if problems.len() == before {
        let sections = cut(&file.text);
        let header = |section: &Span| section.of(&file.text).lines().next().unwrap_or_default().trim();
        let again = |at: usize| {
            let section = sections.iter().find(|section| section.start <= at && at < section.end);
            section.is_some_and(|section| {
                sections.iter().any(|other| other.start < section.start && header(other) == header(section))
            })
        };
        let errors = errors.into_iter().filter(|error| !again(error.span().unwrap_or_default().start)).collect();
        report(file, whole.get_ref(), Span::new(0, file.text.len()), errors, problems);
    }
}

/// The stretches between table headers. A header is a line of its own that holds nothing but
/// bracketed names; a list never looks like one, for its items are quoted.
fn cut(text: &str) -> Vec<Span> {
    let mut sections = Vec::new();
    let (mut start, mut at, mut in_long_string) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        if !in_long_string && is_header(line) && at > start {
            sections.push(Span::new(start, at));
            start = at;
        }
        let fences = line.matches("\"\"\"").count() + line.matches("'''").count();
        in_long_string ^= fences % 2 == 1;
        at += line.len();
    }
    sections.push(Span::new(start, text.len()));
    sections
}

fn is_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default().trim();
    let name = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']').or(Some(rest)));
    let names = ["lexicon", "avoid", "recommend", "require", "group", "names", "approved", "captions", "adjust"];
    name.is_some_and(|name| {
        let name = name.trim_matches(['[', ']', ' ']);
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '"' | ' ');
        !name.is_empty()
            && name.chars().all(plain)
            && (line.ends_with(']') || names.iter().any(|known| name.starts_with(known)))
            && !name.starts_with('"')
    })
}

/// One mistake often makes the parser trip several times: of each line only the first is told,
/// and nothing of what a list swallowed that nobody closed.
fn report(file: &Arc<SourceFile>, table: &DeTable<'_>, section: Span, mut errors: Vec<Error>, problems: &mut Problems) {
    let span_of = |error: &Error| error.span().unwrap_or(0..0);
    errors.sort_by_key(|error| span_of(error).start);
    let unclosed =
        errors.iter().any(|error| error.message().starts_with("unclosed array")).then(|| last_list(table)).flatten();
    let text = section.of(&file.text);
    // Where the line ends of which something was told already.
    let mut told = 0;
    for error in &errors {
        let span = span_of(error);
        let unquoted = error.message().starts_with("invalid basic string");
        if unclosed.as_ref().is_some_and(|list| span.start >= list.start) && !unquoted {
            continue;
        }
        if span.start < told {
            continue;
        }
        let behind = text.get(span.start..).unwrap_or_default();
        told = span.start + behind.find('\n').unwrap_or(behind.len()) + 1;
        let (message, help) = explain(error.message(), text, span.start);
        let place = visible(&file.text, Span::new(section.start + span.start, section.start + span.end));
        problems.push(Problem::new(Code::Syntax, file, place, message, "here").help(help));
        if unquoted && unclosed.is_some() {
            // The quotation mark that is missing would have let the list be closed.
            return;
        }
    }
    if let Some(list) = unclosed {
        let bracket = Span::new(section.start + list.start, section.start + list.start + 1);
        let problem = Problem::new(Code::UnclosedList, file, bracket, "this list is never closed", "opened here");
        problems.push(problem.help("put a `]` behind the last item of the list"));
    }
}

/// The list that runs to the end of what was read.
fn last_list(table: &DeTable<'_>) -> Option<std::ops::Range<usize>> {
    let mut found: Option<std::ops::Range<usize>> = None;
    for value in table.values() {
        let inner = match value.get_ref() {
            DeValue::Array(_) => Some(value.span()),
            DeValue::Table(inner) => last_list(inner),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => None,
        };
        if let Some(inner) = inner
            && found.as_ref().is_none_or(|found| found.end < inner.end)
        {
            found = Some(inner);
        }
    }
    found
}

/// What a parser's message means to somebody who does not program, and what to do. The first
/// row that fits counts.
pub(super) fn explain(message: &str, section: &str, at: usize) -> (String, String) {
    let behind = section.get(at..).unwrap_or_default();
    let before = section.get(..at).unwrap_or_default();
    let line = behind.lines().next().unwrap_or_default();
    let is = |start: &str| message.starts_with(start);
    let missing_comma = is("missing comma between array elements");
    let rows = [
        (
            behind.starts_with("//") || before.trim_end_matches([' ', '/']).is_empty() && line.starts_with('/'),
            "this is no comment",
            "comments begin with `#`",
        ),
        (
            behind.starts_with(['“', '”', '«', '„', '‘']) || before.ends_with(['“', '”', '«', '»']),
            "these are printer's quotation marks, which cannot hold a text here",
            "use straight quotation marks: \"…\"",
        ),
        (is("duplicate key"), "this key is given twice in one table", "keep one of the two"),
        (
            is("string values must be quoted"),
            "a text has no quotation marks",
            "put it in straight quotation marks: \"…\"",
        ),
        (
            is("invalid unquoted key") && line.contains(": ") && !line.contains('='),
            "a key and its value are joined by `=`, not by `:`",
            "write `key = value`",
        ),
        (
            is("invalid unquoted key"),
            "a name holds a character that names do not have",
            "rule ids and keys are made of the letters a to z, digits, `-` and `_`, without blanks",
        ),
        (
            is("missing escaped value"),
            "a backslash begins a special character, and this one is not known",
            "write `\\\\` for a backslash, or use 'single quotes' around the text",
        ),
        (
            is("invalid basic string") || is("invalid literal string"),
            "a text is not closed on its line",
            "put a quotation mark at the end of the text",
        ),
        (
            message.contains("datetime") || message.contains("invalid date"),
            "this is no day of the calendar",
            "write year, month and day, such as 2026-12-01; a text has quotation marks around it",
        ),
        (is("key with no value"), "a key has no value, or no `=` before it", "write `key = value`"),
        (
            is("unexpected key or value") && before.ends_with('"') && behind.starts_with(char::is_alphanumeric),
            "a quotation mark ends the text here, and more text follows",
            "write `\\\"` for a quotation mark within a text",
        ),
        (
            missing_comma && !before.ends_with(char::is_whitespace),
            "a quotation mark ends the text here, and more text follows",
            "take it out, write `\\\"` for a quotation mark within a text, or put \"double quotes\" around an apostrophe",
        ),
        (missing_comma, "two items of a list have no comma between them", "put a comma between them"),
        (
            message.contains("table header") || is("unclosed table"),
            "this is no table header",
            "write the header on a line of its own, without blanks: `[avoid.category.name]`",
        ),
        (
            is("unexpected key or value"),
            "something stands here that belongs neither to a key nor to a value",
            "put lists in [square brackets], and every key on a line of its own",
        ),
    ];
    match rows.iter().find(|(fits, ..)| *fits) {
        Some((_, message, help)) => ((*message).to_owned(), (*help).to_owned()),
        None => (
            format!("this is not valid TOML: {message}"),
            "compare the line with the examples in the README".to_owned(),
        ),
    }
}

/// An empty place is widened to the character before it, so that there is something to underline.
fn visible(text: &str, span: Span) -> Span {
    if !span.is_empty() {
        return span;
    }
    let before = Span::new(0, span.start.min(text.len())).of(text);
    let start = before.char_indices().rev().find(|(_, c)| !c.is_whitespace()).map_or(0, |(at, _)| at);
    let len = Span::new(start, text.len()).of(text).chars().next().map_or(0, char::len_utf8);
    Span::new(start, start + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_list_costs_one_section() {
        let text = "[lexicon]\nname = \"x\"\n\n[avoid.a.b]\nphrases = [\"a\",\nwhy = \"b\"\n[avoid.a.c]\nphrases = [\n \"c\"\n]\n".to_owned();
        let file = Arc::new(SourceFile { name: "x.toml".to_owned(), text });
        let mut problems = Problems::default();
        let mut tables = 0;
        sections(&file, &mut problems, |_, table, _| tables += table.len());
        assert_eq!(tables, 3);
        let codes: Vec<_> = problems.iter().map(Problem::code).collect();
        assert_eq!(codes, [Code::UnclosedList]);
    }

    #[test]
    fn list_items_are_no_headers() {
        assert!(is_header("[avoid.a.b] # why\n") && is_header("[avoid.a.b\n") && is_header("[avoid.деньги.b]"));
        assert!(!is_header("[\"a\"],\n") && !is_header("]\n") && !is_header("a = [b]"));
    }
}
