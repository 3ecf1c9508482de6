//! Problems as one JSON document of our own. Fields are only ever added. Spans are half-open and counted in
//! bytes, UTF-16 units and characters; lines and columns begin at 1.

use std::io::{self, Write};

use serde::Serialize;

use super::{Checked, with_lines};
use crate::lexicon::Problem;
use crate::report::v1::{PositionV1, SpanV1};
use crate::text::{LineIndex, Span};

#[derive(Debug, Serialize)]
struct Document<'p> {
    schema: &'static str,
    unread: Vec<Unread<'p>>,
    problems: Vec<ProblemV1<'p>>,
    summary: Summary,
}

/// A lexicon that could not be read.
#[derive(Debug, Serialize)]
struct Unread<'p> {
    message: &'p str,
    help: &'p str,
}

#[derive(Debug, Serialize)]
struct ProblemV1<'p> {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: Option<&'p str>,
    file: &'p str,
    #[serde(flatten)]
    place: Place,
    /// What it points at, the place itself first.
    labels: Vec<Label<'p>>,
}

#[derive(Debug, Serialize)]
struct Label<'p> {
    message: &'p str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Debug, Serialize)]
struct Place {
    span: SpanV1,
    start: PositionV1,
    end: PositionV1,
}

#[derive(Debug, Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
}

/// Writes one line of JSON.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn json(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let mut problems = Vec::with_capacity(checked.problems.len());
    with_lines(&checked.problems, |problem, lines| problems.push(ProblemV1::new(problem, lines)));
    let warnings = checked.problems.iter().filter(|problem| problem.is_warning()).count();
    let unread = checked.unread.iter().map(|unread| Unread { message: &unread.message, help: &unread.help });
    let summary = Summary { errors: checked.problems.len() - warnings, warnings };
    let document = Document { schema: "replylint/problems-1", unread: unread.collect(), problems, summary };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

impl<'p> ProblemV1<'p> {
    fn new(problem: &'p Problem, lines: &LineIndex<'_>) -> Self {
        let label = |(span, message)| Label { message, place: Place::new(span, lines) };
        Self {
            code: problem.code().as_str(),
            severity: if problem.is_warning() { "warning" } else { "error" },
            message: problem.to_string(),
            help: problem.remedy(),
            file: &problem.file().name,
            place: Place::new(problem.span(), lines),
            labels: problem.places().map(label).collect(),
        }
    }
}

impl Place {
    fn new(span: Span, lines: &LineIndex<'_>) -> Self {
        let position = |at| PositionV1::new(lines.position(at));
        Self { span: SpanV1::new(span, lines), start: position(span.start), end: position(span.end) }
    }
}
