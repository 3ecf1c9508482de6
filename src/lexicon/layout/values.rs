//! Values and keys as they are written: texts with the quotes that need fewer backslashes, lists on one line
//! or on one for each item.

use toml_edit::{Array, InlineTable, Key, RawString, Value};
use unicode_width::UnicodeWidthStr;

use super::comments::{lines_of, of};
use super::is_commented;
use super::order::{Place, sorted};

/// Columns of a line.
const WIDEST: usize = 120;

/// Columns by which the items of a list are moved in.
const INDENT: usize = 2;

/// A key or a name of a table.
pub(super) fn key(key: &Key) -> String {
    let name = key.get();
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { text(&key.display_repr()) }
}

/// A value whose line is indented so far, and which begins in that column.
pub(super) fn value(held: &Value, place: &Place, indent: usize, column: usize) -> String {
    let several = held.as_array().is_some_and(|list| list.len() > 1);
    match flat(held, place) {
        Some(line) if !several || (!line.contains('\n') && column + line.width() <= WIDEST) => line,
        _ => match held {
            Value::Array(list) => broken(items(list, place, indent), ["[", "]"], indent),
            Value::InlineTable(table) => broken(pairs(table, place, indent), ["{", "}"], indent),
            Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
                repr(held)
            }
        },
    }
}

/// The value on one line, if no comment in it needs a line of its own.
fn flat(held: &Value, place: &Place) -> Option<String> {
    match held {
        Value::Array(list) => {
            let is_bare = |item: &Value| !is_commented(item.decor());
            if !list.iter().all(is_bare) || of(Some(list.trailing())).contains('#') {
                return None;
            }
            let items: Option<Vec<String>> = list.iter().map(|item| flat(item, place)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::InlineTable(table) => {
            let values = table.get_values();
            let is_bare = |(keys, value): &(Vec<&Key>, &Value)| {
                !is_commented(value.decor()) && keys.iter().all(|key| !is_commented(key.leaf_decor()))
            };
            if !values.iter().all(is_bare) || of(Some(table.trailing())).contains('#') {
                return None;
            }
            let pairs: Option<Vec<String>> =
                in_order(&values, place).map(|(lead, value, place)| Some(lead + &flat(value, &place)?)).collect();
            let pairs = pairs?;
            Some(if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) })
        }
        Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
            Some(repr(held))
        }
    }
}

/// The keys of a table in braces with their values, in order: how each line begins, and where the value stands.
fn in_order<'v>(
    values: &'v [(Vec<&'v Key>, &'v Value)],
    place: &Place,
) -> impl Iterator<Item = (String, &'v Value, Place)> {
    let names: Vec<Vec<&str>> = values.iter().map(|(keys, _)| keys.iter().map(|key| key.get()).collect()).collect();
    let place = place.clone();
    sorted(&place, &names).into_iter().map(move |index| {
        let (keys, value) = &values[index];
        let lead = keys.iter().map(|name| key(name)).collect::<Vec<_>>().join(".") + " = ";
        let below = keys.iter().fold(place.clone(), |place, key| place.below(key.get()));
        (lead, *value, below)
    })
}

/// Something between commas, with the comments around it.
#[derive(Default)]
struct Part {
    /// Lines above it; what is empty is a blank line.
    above: Vec<String>,
    text: String,
    /// The comment behind it.
    behind: String,
}

/// The parts of a list, and last what stands behind them.
fn items(list: &Array, place: &Place, indent: usize) -> Vec<Part> {
    let mut parts = Parts::default();
    for item in list {
        let text = value(item, place, indent + INDENT, indent + INDENT);
        parts.push(item.decor().prefix(), text, item.decor().suffix());
    }
    parts.end(list.trailing())
}

fn pairs(table: &InlineTable, place: &Place, indent: usize) -> Vec<Part> {
    let mut parts = Parts::default();
    let values = table.get_values();
    let names: Vec<Vec<&str>> = values.iter().map(|(keys, _)| keys.iter().map(|key| key.get()).collect()).collect();
    for (keys, held) in &values {
        let lead = keys.iter().map(|name| key(name)).collect::<Vec<_>>().join(".") + " = ";
        let below = keys.iter().fold(place.clone(), |place, key| place.below(key.get()));
        let text = value(held, &below, indent + INDENT, indent + INDENT + lead.len());
        let above = keys.last().and_then(|key| key.leaf_decor().prefix());
        parts.push(above, lead + &text, held.decor().suffix());
    }
    let mut parts = parts.end(table.trailing());
    let end = parts.pop();
    let mut slots: Vec<Option<Part>> = parts.into_iter().map(Some).collect();
    sorted(place, &names).into_iter().filter_map(|index| slots[index].take()).chain(end).collect()
}

#[derive(Default)]
struct Parts {
    done: Vec<Part>,
    /// Lines that stood behind the last part, before its comma.
    carried: Vec<String>,
}

impl Parts {
    fn push(&mut self, before: Option<&RawString>, text: String, behind: Option<&RawString>) {
        let above = self.lines(of(before));
        self.done.push(Part { above, text, behind: String::new() });
        self.carried = self.lines(of(behind));
    }

    /// The lines that belong to what comes next; a comment on the line of the last part goes there.
    fn lines(&mut self, text: &str) -> Vec<String> {
        let mut lines = std::mem::take(&mut self.carried);
        let (same_line, below) = match text.split_once('\n') {
            Some((same_line, below)) => (same_line.trim(), below),
            None => (text.trim(), ""),
        };
        match self.done.last_mut() {
            Some(part) if part.behind.is_empty() && lines.is_empty() => same_line.clone_into(&mut part.behind),
            _ if same_line.is_empty() => {}
            _ => lines.push(same_line.to_owned()),
        }
        lines.extend(lines_of(below).into_iter().map(str::to_owned));
        lines
    }

    fn end(mut self, trailing: &RawString) -> Vec<Part> {
        let above = self.lines(of(Some(trailing)));
        self.done.push(Part { above, ..Part::default() });
        self.done
    }
}

/// A line for each part between the brackets.
fn broken(mut parts: Vec<Part>, [open, close]: [&str; 2], indent: usize) -> String {
    let inner = " ".repeat(indent + INDENT);
    let end = parts.pop().unwrap_or_default().above;
    let mut lines: Vec<String> = Vec::new();
    for Part { above, text, behind } in parts {
        lines.extend(above);
        lines.push(format!("{text},{}{behind}", if behind.is_empty() { "" } else { " " }));
    }
    lines.extend(end);
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let from = lines.iter().take_while(|line| line.is_empty()).count();
    let to = lines.iter().rposition(|line| !line.is_empty()).map_or(from, |last| last + 1);
    let mut out = open.to_owned();
    for line in &lines[from..to] {
        out.push('\n');
        out.extend(if line.is_empty() { ["", ""] } else { [&*inner, line] });
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
    out + close
}

fn repr(held: &Value) -> String {
    match held {
        Value::String(held) => text(&held.display_repr()),
        Value::Integer(held) => held.display_repr().into_owned(),
        Value::Float(held) => held.display_repr().into_owned(),
        Value::Boolean(held) => held.display_repr().into_owned(),
        Value::Datetime(held) => held.display_repr().into_owned(),
        Value::Array(_) | Value::InlineTable(_) => String::new(),
    }
}

/// A text with its quotes, in those that need fewer backslashes. One of several lines stays, and so does one
/// with an escape that names a character: who writes `\u00ad` wants it to be seen.
fn text(written: &str) -> String {
    let inner = |quote: char| written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if written.starts_with("\"\"\"") || written.starts_with("'''") {
        return written.to_owned();
    }
    if let Some(inner) = inner('\'').filter(|inner| !inner.contains(['"', '\\'])) {
        return format!("\"{inner}\"");
    }
    if let Some(inner) = inner('"').filter(|inner| inner.contains('\\') && !inner.contains('\'')) {
        let mut plain = String::new();
        let mut chars = inner.chars();
        while let Some(c) = chars.next() {
            plain.push(match c {
                '\\' => match chars.next() {
                    Some(c @ ('"' | '\\')) => c,
                    _ => return written.to_owned(),
                },
                c => c,
            });
        }
        return format!("'{plain}'");
    }
    written.to_owned()
}
