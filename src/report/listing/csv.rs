//! A row a rule, for spreadsheets. What stands in lists stands below one another in a cell.

use std::io::{self, Write};

use super::{Listed, looks_for};
use crate::lexicon::Example;

const HEADER: [&str; 13] = [
    "rule", "kind", "level", "language", "phrases", "unless", "prefer", "why", "channels", "flags", "passes",
    "lexicon", "defined",
];

/// Writes a header and the rules. The file begins with the mark by which spreadsheets know UTF-8, and a cell that they
/// would take for a formula begins with an apostrophe.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn rules_csv(listed: &[Listed<'_>], out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(HEADER)?;
    for Listed { lexicon, entry } in listed {
        let examples = |examples: &[Example]| lines(examples.iter().map(|example| example.text.clone()));
        let row = [
            entry.id.to_string(),
            entry.kind.as_str().to_owned(),
            entry.level_name().unwrap_or_default().to_owned(),
            lexicon.language().to_string(),
            lines(looks_for(entry).into_iter().map(str::to_owned)),
            lines(entry.unless.iter().map(ToString::to_string)),
            lines(entry.prefer.iter().map(ToString::to_string)),
            entry.why.clone().unwrap_or_default(),
            lines(entry.channels.iter().cloned()),
            examples(&entry.flags),
            examples(&entry.passes),
            lexicon.name().to_owned(),
            entry.origin.to_string(),
        ];
        rows.write_record(row.map(|cell| harmless(&cell)))?;
    }
    rows.flush()
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn harmless(cell: &str) -> String {
    let mark = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    [mark, cell].concat()
}
