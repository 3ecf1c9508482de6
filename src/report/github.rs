//! Workflow commands of GitHub Actions, one line a finding, which its runner shows beside the
//! lines of a change. The runner's own rules for them are followed, for it says nothing when a
//! command breaks them.

use std::io::{self, Write};

use super::lines::Lines;
use super::message::message;
use super::place::path;
use super::printable::{one_line, printable};
use super::{InputError, Reply, Report};
use crate::lexicon::Level;
use crate::lint::Finding;
use crate::text::{LineIndex, Span};

/// Writes an `error` for every input that could not be linted, and a command for every finding. The
/// former come first, for GitHub shows only so many.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn github(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    report.errors.iter().try_for_each(|error| writeln!(out, "{}", failure(error)))?;
    let mut lines = Lines::default();
    for reply in &report.replies {
        for finding in &reply.review.findings {
            writeln!(out, "{}", annotation(reply, finding, lines.of_file(reply)))?;
        }
    }
    Ok(())
}

fn annotation(reply: &Reply<'_>, finding: &Finding<'_>, lines: Option<&LineIndex<'_>>) -> String {
    let place = place(reply.source, lines.map(|lines| (finding.span, lines)));
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "notice",
    };
    written(command, &place, finding.rule.as_str(), &message(finding, &reply.draft))
}

/// Where something is, as properties of a command.
pub(super) fn place(source: &str, span: Option<(Span, &LineIndex<'_>)>) -> Vec<(&'static str, String)> {
    let mut place = vec![("file", path(source))];
    if let Some((span, lines)) = span {
        let (start, end) = (lines.position(span.start), lines.position(span.end));
        place.extend([("line", start.line.to_string()), ("endLine", end.line.to_string())]);
        // Columns are refused for more than one line.
        if start.line == end.line {
            place.extend([("col", start.column.to_string()), ("endColumn", end.column.to_string())]);
        }
    }
    place
}

fn failure(error: &InputError) -> String {
    let mut place = vec![("file", path(&error.source))];
    place.extend(error.line.map(|line| ("line", line.to_string())));
    written("error", &place, error.code, &one_line(&error.message))
}

pub(super) fn written(command: &str, place: &[(&str, String)], title: &str, message: &str) -> String {
    let properties = place.iter().map(|(key, value)| (*key, value.as_str())).chain([("title", title)]);
    let properties: Vec<String> = properties.map(|(key, value)| format!("{key}={}", property(value))).collect();
    format!("::{command} {}::{}", properties.join(","), data(message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Between properties, these two have a meaning as well.
fn property(text: &str) -> String {
    let text = &printable(text);
    data(text).replace(':', "%3A").replace(',', "%2C")
}
