//! One line a finding, for pipes and editors: `source:line:column: level: "text" [rule] …`, with the
//! reason in the place of the text when something is missing from it.

use std::io::{self, Write};

use super::Report;
use super::lines::Lines;
use super::message::{also, instead, why};
use super::printable::one_line;

/// Writes the findings of all replies; nothing for a reply without any.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn short(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Lines::default();
    for reply in report.replies.iter().filter(|reply| !reply.review.findings.is_empty()) {
        let text = reply.draft.text;
        let index = lines.of(&reply.draft);
        for finding in &reply.review.findings {
            let start = index.position(finding.span.start);
            let source = one_line(&reply.name());
            // Where something is missing there is nothing to quote.
            let found = match one_line(finding.span.of(text)).as_str() {
                "" => why(finding),
                found => format!("\"{found}\""),
            };
            write!(out, "{source}:{}:{}: {}: {found} [{}]", start.line, start.column, finding.level, finding.rule)?;
            if let Some(say) = instead(finding.prefer.iter()) {
                write!(out, " say: {say}")?;
            }
            if let Some(also) = also(finding) {
                write!(out, " (also {also})")?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}
