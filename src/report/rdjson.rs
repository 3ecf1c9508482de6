//! The diagnostic format of reviewdog: a document of diagnostics, or one diagnostic a line. It is
//! the only format here whose columns count bytes.

use std::io::{self, Write};

use serde::Serialize;

use super::lines::Lines;
use super::message::message;
use super::place::path;
use super::printable::one_line;
use super::{InputError, Reply, Report};
use crate::lexicon::Level;
use crate::lint::{Edit, Finding};
use crate::text::{LineIndex, Span};

/// Writes one document.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn rdjson(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics = diagnostics(report).collect();
    serde_json::to_writer(&mut *out, &DiagnosticResult { source: SOURCE, diagnostics })?;
    writeln!(out)
}

/// Writes one diagnostic a line.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn rdjsonl(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in diagnostics(report) {
        serde_json::to_writer(&mut *out, &Diagnostic { source: Some(SOURCE), ..diagnostic })?;
        writeln!(out)?;
    }
    Ok(())
}

/// Every finding, then every input that could not be linted.
fn diagnostics(report: &Report<'_>) -> impl Iterator<Item = Diagnostic> {
    let mut lines = Lines::default();
    let findings =
        report.replies.iter().flat_map(|reply| reply.review.findings.iter().map(move |finding| (reply, finding)));
    let found = findings.map(move |(reply, finding)| Diagnostic::new(reply, finding, lines.of_file(reply)));
    found.chain(report.errors.iter().map(Diagnostic::failure))
}

#[derive(Serialize)]
struct DiagnosticResult {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Diagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

const SOURCE: Source = Source { name: "replylint" };

#[derive(Serialize)]
struct Code {
    value: String,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Position>,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

impl Diagnostic {
    fn new(reply: &Reply<'_>, finding: &Finding<'_>, lines: Option<&LineIndex<'_>>) -> Self {
        let severity = match finding.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Advice => "INFO",
        };
        let suggestion =
            |edit: &Edit| Some(Suggestion { range: Range::new(edit.span, lines?), text: edit.text.clone() });
        Self {
            message: message(finding, &reply.draft),
            location: Location { path: path(reply.source), range: lines.map(|lines| Range::new(finding.span, lines)) },
            severity,
            source: None,
            code: Code { value: finding.rule.to_string() },
            suggestions: finding.fix.iter().flat_map(|fix| &fix.edits).filter_map(suggestion).collect(),
        }
    }

    fn failure(error: &InputError) -> Self {
        let range = error.line.map(|line| Range { start: Position { line, column: None }, end: None });
        Self {
            message: one_line(&error.message),
            location: Location { path: path(&error.source), range },
            severity: "ERROR",
            source: None,
            code: Code { value: error.code.to_owned() },
            suggestions: Vec::new(),
        }
    }
}

impl Range {
    fn new(span: Span, lines: &LineIndex<'_>) -> Self {
        let position = |offset| {
            let line = lines.position(offset).line;
            Position { line, column: Some(offset - lines.line(line).start + 1) }
        };
        Self { start: position(span.start), end: Some(position(span.end)) }
    }
}
