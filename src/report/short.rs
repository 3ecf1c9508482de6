//! One line a finding, for pipes and editors: `source:line:column: level: "text" [rule] …`.

use std::io::{self, Write};

use super::Report;
use super::printable::one_line;
use crate::text::LineIndex;

/// Writes the findings of all replies; nothing for a reply without any.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn short(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for reply in &report.replies {
        let text = reply.draft.text;
        let index = LineIndex::new(text);
        for finding in &reply.review.findings {
            let start = index.position(finding.span.start);
            let source = one_line(&reply.name());
            let found = one_line(finding.span.of(text));
            write!(out, "{source}:{}:{}: {}: \"{found}\" [{}]", start.line, start.column, finding.level, finding.rule)?;
            if !finding.prefer.is_empty() {
                let shown = |text: &String| if text.is_empty() { "(leave it out)".to_owned() } else { one_line(text) };
                let prefer: Vec<String> = finding.prefer.iter().map(shown).collect();
                write!(out, " say: {}", prefer.join(" | "))?;
            }
            if !finding.also.is_empty() {
                let also: Vec<&str> = finding.also.iter().map(crate::lexicon::EntryId::as_str).collect();
                write!(out, " (also {})", also.join(", "))?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}
