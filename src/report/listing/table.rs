//! A rule a line, cut to the width of the terminal.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{Listed, looks_for};
use crate::lexicon::Kind;
use crate::report::praise::cut;
use crate::report::printable::one_line;

/// Columns that a text has at the least, whatever stands before it.
const LEAST: usize = 12;

/// Writes a table of `width` columns: the rule, its language when there are several, what it is, and what it looks
/// for. Of `all` rules these are listed; how many says the last line.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn rules(listed: &[Listed<'_>], all: usize, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let has_languages = listed.windows(2).any(|two| two[0].lexicon.language() != two[1].lexicon.language());
    let rows: Vec<Vec<String>> = listed.iter().map(|listed| cells(*listed, has_languages)).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let widest = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    for (row, listed) in rows.iter().zip(listed) {
        let mut line = String::new();
        for (cell, &width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        let left = width.saturating_sub(line.width()).max(LEAST);
        line.push_str(&cut(&text(*listed), left));
        writeln!(out, "{}", line.trim_end())?;
    }
    if !rows.is_empty() {
        writeln!(out)?;
    }
    match (listed.len(), all) {
        (1, 1) => writeln!(out, "1 rule."),
        (few, all) if few == all => writeln!(out, "{all} rules."),
        (few, all) => writeln!(out, "{few} of {all} rules."),
    }
}

/// All but the text.
fn cells(Listed { lexicon, entry }: Listed<'_>, has_languages: bool) -> Vec<String> {
    let language = has_languages.then(|| lexicon.language().to_string());
    let what = match (entry.kind, entry.level_name()) {
        (Kind::Avoid, Some(level)) => level.to_owned(),
        // What most are, and what is none.
        (kind, None | Some("warning")) => kind.as_str().to_owned(),
        (kind, Some(level)) => format!("{}, {level}", kind.as_str()),
    };
    [entry.id.to_string()].into_iter().chain(language).chain([what]).collect()
}

/// What it looks for; for a rule that only counts, why it does.
fn text(Listed { entry, .. }: Listed<'_>) -> String {
    let phrases = looks_for(entry);
    if phrases.is_empty() { one_line(entry.why.as_deref().unwrap_or_default()) } else { one_line(&phrases.join("; ")) }
}
