//! Rows of Sapling and of `WProofreader`: what is flagged, what to say instead, and why. A header tells which
//! column is what; Sapling writes none, and its columns have an order. Where a row ends is decided elsewhere.

use csv::{ByteRecord, ReaderBuilder};

use super::expressions::{Manner, plain, understood, words};
use super::{Rule, Rules, Tool};
use crate::lexicon::SourceError;

/// A row as it was written down, or what is wrong with it.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) text: Result<String, String>,
}

/// What may stand between two cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];
/// Rows that are looked at to tell.
const LOOKED_AT: usize = 100;

/// What stands between the cells of a file: what parts its first rows into the same number of cells, and more
/// than one.
pub(crate) fn delimiter(text: &str) -> u8 {
    let spread = |delimiter: &u8| {
        let mut reader = ReaderBuilder::new();
        reader.delimiter(*delimiter).has_headers(false).flexible(true);
        let rows = reader.from_reader(text.as_bytes()).into_byte_records();
        let widths: Vec<usize> = rows.take(LOOKED_AT).filter_map(Result::ok).map(|row| row.len()).collect();
        let (least, most) = (widths.iter().min().copied().unwrap_or(0), widths.iter().max().copied().unwrap_or(0));
        (most < 2, most - least)
    };
    DELIMITERS.into_iter().min_by_key(spread).unwrap_or(b',')
}

/// The tool that writes such rows: by the header if there is one, else by their width.
pub(super) fn tool_of(rows: &[Row], delimiter: u8) -> Option<Tool> {
    let cells: Vec<Vec<String>> =
        rows.iter().take(LOOKED_AT).filter_map(|row| Some(cells(row.text.as_ref().ok()?, delimiter))).collect();
    let first = cells.first()?;
    match Columns::of_header(first) {
        Some(columns) if columns.many => return Some(Tool::Wproofreader),
        Some(_) => return Some(Tool::Sapling),
        None => {}
    }
    match cells.iter().map(Vec::len).max()? {
        2..=4 => Some(Tool::Sapling),
        5..=6 => Some(Tool::Wproofreader),
        _ => None,
    }
}

/// The cells of a row.
fn cells(row: &str, delimiter: u8) -> Vec<String> {
    let mut record = ByteRecord::new();
    let mut reader = ReaderBuilder::new();
    reader.delimiter(delimiter).has_headers(false).flexible(true);
    // There is nothing that could fail in reading bytes from memory.
    let _ = reader.from_reader(row.as_bytes()).read_byte_record(&mut record);
    record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Wanted,
    Instead,
    Why,
    Exact,
    Beside,
    NotBeside,
    State,
    Unknown,
}

#[derive(Debug)]
struct Columns {
    each: Vec<Column>,
    /// A cell may hold several values.
    many: bool,
}

impl Columns {
    /// What a header says; none when it is none.
    fn of_header(cells: &[String]) -> Option<Self> {
        let each: Vec<Column> = cells.iter().map(|cell| Column::of_name(cell)).collect();
        let names = cells.iter().filter(|cell| simple(cell).starts_with("pattern")).count();
        let known = each.iter().filter(|column| **column != Column::Unknown).count();
        (each.contains(&Column::Wanted) && known >= 2.min(each.len())).then_some(Self { each, many: names > 0 })
    }

    /// The order in which a tool writes them.
    fn of_tool(tool: Tool) -> Self {
        use Column::{Beside, Exact, Instead, NotBeside, State, Wanted, Why};
        match tool {
            Tool::Wproofreader => Self { each: vec![Wanted, Instead, Why, Beside, NotBeside, State], many: true },
            Tool::Sapling | Tool::Prh | Tool::Vale => Self { each: vec![Wanted, Instead, Why, Exact], many: false },
        }
    }
}

/// A name of a column without what people write in different ways.
fn simple(name: &str) -> String {
    name.trim_start_matches('\u{feff}').chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Column {
    fn of_name(name: &str) -> Self {
        match simple(name).as_str() {
            // What the tools write, then what people write who fill in a table by hand.
            "error" | "errors" | "pattern" | "patterns" | "phrase" | "phrases" | "avoid" | "find" => Self::Wanted,
            "changeto" | "suggestion" | "suggestions" | "replacement" | "replacements" | "prefer" | "preferred"
            | "replacewith" | "instead" => Self::Instead,
            "description" | "reason" | "why" | "comment" => Self::Why,
            "casesensitive" | "case" | "matchcase" => Self::Exact,
            "contextinclude" | "includecontext" | "includeincontext" | "include" => Self::Beside,
            "contextexclude" | "excludecontext" | "excludefromcontext" | "exclude" => Self::NotBeside,
            "state" | "status" | "enabled" => Self::State,
            _ => Self::Unknown,
        }
    }
}

pub(super) fn read(tool: Tool, rows: Vec<Row>, delimiter: u8, rules: &mut Rules) -> Result<(), SourceError> {
    let mut columns = None;
    for Row { line, text } in rows {
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                rules.list.push(Rule { line, shown: "a row".to_owned(), notes: vec![why], ..Rule::default() });
                continue;
            }
        };
        let cells = cells(&text, delimiter);
        if columns.is_none() {
            if let Some(header) = Columns::of_header(&cells) {
                if header.many != (tool == Tool::Wproofreader) {
                    return Err(wrong_tool(tool, line, rules));
                }
                for (cell, _) in cells.iter().zip(&header.each).filter(|(_, column)| **column == Column::Unknown) {
                    rules.notes.push((line, format!("the column `{cell}` is left out")));
                }
                columns = Some(header);
                continue;
            }
            let order =
                "what is flagged, what to say instead, why, what stands beside it, what does not, whether it is on";
            if tool == Tool::Wproofreader {
                rules.notes.push((line, format!("no header says what the columns are; they are taken as {order}")));
            }
        }
        let columns = columns.get_or_insert_with(|| Columns::of_tool(tool));
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let rule = rule(line, &cells, columns);
        rules.list.push(rule);
    }
    Ok(())
}

fn wrong_tool(tool: Tool, line: usize, rules: &Rules) -> SourceError {
    let other = if tool == Tool::Sapling { Tool::Wproofreader } else { Tool::Sapling };
    SourceError {
        message: format!("{}:{line}: this header is none of {}, but of {}", rules.file, tool.name(), other.name()),
        help: format!("write --from {}, or leave --from out", other.name().to_lowercase()),
    }
}

fn rule(line: usize, cells: &[String], columns: &Columns) -> Rule {
    let cell = |wanted: Column| {
        let at = columns.each.iter().position(|column| *column == wanted);
        at.and_then(|at| cells.get(at)).map(String::as_str).unwrap_or_default()
    };
    let values = |wanted: Column| -> Vec<&str> {
        let text = cell(wanted);
        let parts: Vec<&str> = if columns.many { text.split([';', '|', '\n']).collect() } else { vec![text] };
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
    };
    let wanted = values(Column::Wanted);
    let shown = wanted.first().map_or_else(|| "a row".to_owned(), |text| (*text).to_owned());
    let why = cell(Column::Why).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rule = Rule { line, shown, why: Some(why).filter(|why| !why.is_empty()), ..Rule::default() };
    if wanted.is_empty() {
        rule.note("it says nothing of what is flagged");
        return rule;
    }
    let more: Vec<&str> =
        cells.iter().skip(columns.each.len()).map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    if !more.is_empty() {
        rule.note(format!("it has more cells than there are columns; left out: `{}`", more.join("`, `")));
    }
    let needed = values(Column::Beside);
    if !needed.is_empty() {
        // Without its condition it would flag what it is not meant for.
        rule.note(format!("it counts only beside `{}`, which no entry can say", needed.join("`, `")));
        return rule;
    }
    let capitals = cell(Column::Exact).to_lowercase();
    let says_exact = is_among(&capitals, YES);
    if !says_exact && !capitals.is_empty() && !is_among(&capitals, NOT) {
        rule.note(format!("`{capitals}` in the column for capitals is neither T nor F; it is taken for F"));
    }
    let single = wanted.len() == 1;
    for text in wanted {
        // WProofreader takes capitals as they are where a pattern has some.
        let exact = says_exact || (columns.many && text.chars().any(char::is_uppercase));
        let manner = Manner { exact, bounded: true, ..Manner::default() };
        let carried = if columns.many { words(text, manner) } else { marked(text, manner) };
        rule.look_for(carried, Some(text).filter(|_| !single));
    }
    for wording in values(Column::Instead) {
        rule.prefer(wording.to_owned());
    }
    for text in values(Column::NotBeside) {
        match plain(text).filter(|phrase| understood(phrase).is_ok()) {
            Some(phrase) => rule.beside.push(phrase),
            None => rule.note(format!("that `{text}` makes it fine is left out: a phrase cannot say it")),
        }
    }
    rule.off = is_among(&cell(Column::State).to_lowercase(), NOT);
    rule
}

/// What people write for yes, and for its opposite.
const YES: &str = "t true y yes 1 on enabled active";
const NOT: &str = "f false n no 0 off disabled inactive";

fn is_among(word: &str, words: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// Words of Sapling, in which `^` and `$` mean the ends of a sentence and `#` a number.
fn marked(text: &str, manner: Manner) -> Result<super::Carried, String> {
    let body = text.strip_prefix('^');
    let (start, body) = (if body.is_some() { "^" } else { "" }, body.unwrap_or(text));
    let shorter = body.strip_suffix('$').filter(|shorter| !shorter.is_empty());
    let (end, body) = (if shorter.is_some() { "$" } else { "" }, shorter.unwrap_or(body));
    if start.is_empty() && end.is_empty() && !body.contains('#') {
        return words(text, manner);
    }
    let mut phrase = start.to_owned();
    for (index, part) in body.split('#').enumerate() {
        if index > 0 {
            phrase.push_str("{number}");
        }
        // A space at either end is one between words here.
        let written = if part.trim().is_empty() { Some(String::new()) } else { plain(part) };
        let written = written.ok_or("it holds signs that a phrase gives another meaning")?;
        if part.starts_with(' ') && index > 0 {
            phrase.push(' ');
        }
        phrase.push_str(&written);
        if part.ends_with(' ') && !phrase.ends_with(' ') {
            phrase.push(' ');
        }
    }
    let phrase = phrase.trim_end().to_owned() + end;
    understood(&phrase)?;
    let carried =
        super::Carried { phrases: vec![phrase], exact: manner.exact, bounded: true, ..super::Carried::default() };
    Ok(carried)
}
