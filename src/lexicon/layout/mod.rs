//! The one way to lay out a lexicon file, whoever wrote it: comments stay, tables stay in their order, and
//! what the file says stays the same. It goes from text to text; which files are written is not known here.
//!
//! - One blank line stands between tables, and none between the keys of an entry.
//! - The keys of an entry come in one order, see [`order`], and their `=` stand below one another. In
//!   tables whose keys are made up (`[group]`, `[names]` …) keys stay in their order, and blank lines may part them.
//! - A list stands on one line if it is not wider than 120 columns, or has one item. Else each item has its line.
//! - A comment stays with the key or the table below it, or on its line. What stands right below a table, with a
//!   blank line behind it, stays with that table.
//!   Comments behind the values of a table stand below one another, unless that were far behind them.
//! - Texts stand in "double quotes" unless 'single ones' save backslashes. Escapes that name a character and
//!   texts of several lines stay as they were written.
//! - Lines end in `\n`; in `\r\n` if all of them did.

mod comments;
mod order;
mod values;

use std::sync::Arc;

use toml_edit::{Decor, DocumentMut, Item, Key, Table, TomlError, Value};

use unicode_width::UnicodeWidthStr;

use self::comments::{blocks, lines_of, of};
use self::order::{Place, sorted};
use self::values::{key, value};
use super::problem::{Code, Problem, Problems, SourceFile};
use super::raw::unknown_tables;
use super::syntax;
use crate::text::Span;

/// Columns behind which a comment does not wait for others.
const FARTHEST: usize = 80;

/// The text of a lexicon file, laid out.
///
/// # Errors
///
/// What keeps it from being read as TOML, and tables that no lexicon has: another program may want its file as
/// it is. All else that a lexicon must not be is no hindrance.
pub fn laid_out(file: &Arc<SourceFile>) -> Result<String, Problems> {
    let mut problems = Problems::default();
    unknown_tables(file, &mut problems);
    if problems.is_empty() {
        match document(&file.text) {
            Ok(text) => return Ok(text),
            Err(error) => problems.push(unread(file, &error)),
        }
    }
    Err(problems.in_order())
}

/// The keys of an entry or an adjustment, in the order in which they are laid out.
pub fn laid_out_keys() -> &'static [&'static str] {
    &order::ENTRY
}

fn unread(file: &Arc<SourceFile>, error: &TomlError) -> Problem {
    let at = error.span().unwrap_or_default();
    let (message, help) = syntax::explain(error.message(), &file.text, at.start);
    Problem::new(Code::Syntax, file, Span::new(at.start, at.end), message, "here").help(help)
}

/// A table with its names, from the outermost.
struct Section<'d> {
    names: Vec<&'d Key>,
    table: &'d Table,
    is_item: bool,
}

fn document(text: &str) -> Result<String, TomlError> {
    let only_crlf = text.contains('\n') && text.matches('\n').count() == text.matches("\r\n").count();
    let document: DocumentMut = text.parse()?;
    let mut sections = Vec::new();
    collect(document.as_table(), &mut Vec::new(), false, &mut sections);
    let mut last = 0;
    let mut positions: Vec<isize> = Vec::new();
    for section in &sections {
        last = section.table.position().unwrap_or(last);
        positions.push(last);
    }
    let mut in_order: Vec<(isize, Section<'_>)> = positions.into_iter().zip(sections).collect();
    in_order.sort_by_key(|(position, section)| (!section.names.is_empty(), *position));
    let mut out = String::new();
    for (_, section) in &in_order {
        section.write(&mut out);
    }
    gap(&mut out, of(Some(document.trailing())), true);
    out.truncate(out.trim_end_matches('\n').len());
    out.push_str(if out.is_empty() { "" } else { "\n" });
    let out = out.replace("\r\n", "\n");
    Ok(if only_crlf { out.replace('\n', "\r\n") } else { out })
}

fn collect<'d>(table: &'d Table, names: &mut Vec<&'d Key>, is_item: bool, sections: &mut Vec<Section<'d>>) {
    if !table.is_dotted() {
        sections.push(Section { names: names.clone(), table, is_item });
    }
    for (name, item) in table {
        let Some((key, _)) = table.get_key_value(name) else { continue };
        names.push(key);
        match item {
            Item::Table(table) => collect(table, names, false, sections),
            Item::ArrayOfTables(tables) => tables.iter().for_each(|table| collect(table, names, true, sections)),
            Item::None | Item::Value(_) => {}
        }
        names.pop();
    }
}

impl Section<'_> {
    fn write(&self, out: &mut String) {
        let values = self.table.get_values();
        let decor = self.table.decor();
        if self.names.is_empty() {
            gap(out, of(decor.prefix()), false);
        } else if !values.is_empty() || !self.table.is_implicit() {
            gap(out, of(decor.prefix()), false);
            let name = self.names.iter().map(|name| key(name)).collect::<Vec<_>>().join(".");
            let [open, close] = if self.is_item { ["[[", "]]"] } else { ["[", "]"] };
            out.extend([open, &name, close]);
            end_line(out, of(decor.suffix()));
        }
        let path: Vec<&str> = self.names.iter().map(|name| name.get()).collect();
        body(out, &Place::of(&path), &values);
    }
}

/// The keys of a table with their values, a line for each or several.
fn body(out: &mut String, place: &Place, values: &[(Vec<&Key>, &Value)]) {
    let names: Vec<Vec<&str>> = values.iter().map(|(keys, _)| keys.iter().map(|key| key.get()).collect()).collect();
    let written: Vec<String> =
        values.iter().map(|(keys, _)| keys.iter().map(|name| key(name)).collect::<Vec<_>>().join(".")).collect();
    let widest = if place.is_aligned() { written.iter().map(|key| key.width()).max().unwrap_or(0) } else { 0 };
    let mut kept_on_top = None;
    if place.is_sorted()
        && let Some((keys, _)) = values.first()
    {
        let comments = above(keys);
        // What a blank line parts from the first key is not about that key.
        if lines_of(comments).last().is_some_and(|line| line.is_empty()) {
            above_key(out, comments, true, true);
            kept_on_top = Some(0);
        }
    }
    let lines: Vec<String> = values
        .iter()
        .zip(names.iter().zip(&written))
        .map(|((_, held), (names, written))| {
            let lead = format!("{written:widest$} = ");
            let below = names.iter().fold(place.clone(), |place, name| place.below(name));
            let value = value(held, &below, 0, lead.width());
            lead + &value
        })
        .collect();
    let behind: Vec<&str> = values.iter().map(|(_, held)| of(held.decor().suffix()).trim()).collect();
    let commented = lines.iter().zip(&behind).filter(|(line, comment)| !comment.is_empty() && is_short(line));
    let column = commented.map(|(line, _)| line.width()).max().unwrap_or(0);
    for (number, index) in sorted(place, &names).into_iter().enumerate() {
        if kept_on_top != Some(index) {
            above_key(out, above(&values[index].0), place.is_sorted(), number == 0);
        }
        let (line, comment) = (&lines[index], behind[index]);
        out.push_str(line);
        if !comment.is_empty() && is_short(line) {
            out.extend(std::iter::repeat_n(' ', column - line.width()));
        }
        end_line(out, comment);
    }
}

/// Whether the comment behind it stands below those of other lines.
fn is_short(line: &str) -> bool {
    !line.contains('\n') && line.width() <= FARTHEST
}

fn above<'d>(keys: &[&'d Key]) -> &'d str {
    of(keys.last().and_then(|key| key.leaf_decor().prefix()))
}

/// The comments above a key, and the blank lines if they may part keys.
fn above_key(out: &mut String, comments: &str, close: bool, first: bool) {
    let lines = lines_of(comments);
    let is_blank = |line: Option<&&str>| line.is_some_and(|line| line.is_empty());
    if is_blank(lines.first()) && !close && !first {
        out.push('\n');
    }
    let blocks: Vec<Vec<&str>> = blocks(&lines).collect();
    write(out, &blocks);
    if !blocks.is_empty() && is_blank(lines.last()) && !close {
        out.push('\n');
    }
}

/// What stands between two tables, or behind the last: comments, and at least one blank line.
fn gap(out: &mut String, comments: &str, is_end: bool) {
    let lines = lines_of(comments);
    let is_blank = |line: &&str| line.is_empty();
    let mut blocks: Vec<Vec<&str>> = blocks(&lines).collect();
    if !out.is_empty() {
        let stays = lines.first().is_some_and(|line| !line.is_empty()) && (is_end || lines.iter().any(is_blank));
        write(out, &blocks.drain(..usize::from(stays)).collect::<Vec<_>>());
        out.push('\n');
    }
    write(out, &blocks);
    if !blocks.is_empty() && lines.last().is_some_and(is_blank) {
        out.push('\n');
    }
}

/// Blocks of comments, with a blank line between them.
fn write(out: &mut String, blocks: &[Vec<&str>]) {
    for (number, block) in blocks.iter().enumerate() {
        out.push_str(if number > 0 { "\n" } else { "" });
        out.extend(block.iter().flat_map(|line| [line, "\n"]));
    }
}

/// Ends a line, with the comment behind its value if there is one.
fn end_line(out: &mut String, comment: &str) {
    let comment = comment.trim();
    if !comment.is_empty() {
        out.extend([" ", comment]);
    }
    out.push('\n');
}

/// Whether there is a comment in it.
fn is_commented(decor: &Decor) -> bool {
    [decor.prefix(), decor.suffix()].into_iter().any(|part| of(part).contains('#'))
}
