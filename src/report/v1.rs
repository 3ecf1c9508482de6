//! The frozen data structure of JSON version 1. Fields are only ever added. It is not the type
//! that the linter works with, so that the linter can change without breaking anybody's hook.
//!
//! Every span is given in three units: `bytes` of the UTF-8 text, `utf16` code units (what
//! JavaScript and most editors count) and `chars` (Unicode scalar values, what Python counts).
//! All are half-open. Lines and columns start at 1; columns count characters.

use std::borrow::Cow;

use serde::Serialize;

use super::{InputError, Reply, Report};
use crate::lexicon::{Level, Lexicon};
use crate::lint::{Finding, Fix, Win};
use crate::text::{LineIndex, Position, Skipped, Span};

/// The name of this version.
pub const SCHEMA: &str = "replylint/1";

/// A whole run.
#[derive(Debug, Serialize)]
pub struct Document {
    schema: &'static str,
    lexicons: Vec<LexiconV1>,
    errors: Vec<ErrorV1>,
    replies: Vec<ReplyV1>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct LexiconV1 {
    name: String,
    version: Option<String>,
    language: String,
    entries: usize,
}

#[derive(Debug, Serialize)]
struct ErrorV1 {
    source: String,
    id: Option<String>,
    line: Option<usize>,
    code: &'static str,
    message: String,
}

/// An input that could not be linted, on a line of its own.
#[derive(Debug, Serialize)]
pub struct ErrorLine {
    source: String,
    id: Option<String>,
    line: Option<usize>,
    error: Cause,
}

#[derive(Debug, Serialize)]
struct Cause {
    code: &'static str,
    message: String,
}

/// One reply.
#[derive(Debug, Serialize)]
pub struct ReplyV1 {
    source: String,
    id: Option<String>,
    language: Option<String>,
    channel: Option<String>,
    verdict: &'static str,
    findings: Vec<FindingV1>,
    wins: Vec<WinV1>,
    skipped: Vec<SkippedV1>,
    hidden: HiddenV1,
    part: Option<String>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FindingV1 {
    rule: String,
    kind: &'static str,
    language: String,
    level: &'static str,
    text: String,
    matched: Option<String>,
    span: SpanV1,
    start: PositionV1,
    end: PositionV1,
    why: Option<String>,
    prefer: Vec<String>,
    also: Vec<String>,
    fix: Option<FixV1>,
}

#[derive(Debug, Serialize)]
struct FixV1 {
    applicability: &'static str,
    edits: Vec<EditV1>,
}

#[derive(Debug, Serialize)]
struct EditV1 {
    span: SpanV1,
    text: String,
}

#[derive(Debug, Serialize)]
struct WinV1 {
    rule: String,
    text: String,
    span: SpanV1,
}

#[derive(Debug, Serialize)]
struct SkippedV1 {
    kind: &'static str,
    span: SpanV1,
}

/// How many findings are not shown, and why.
#[derive(Debug, Serialize)]
struct HiddenV1 {
    allowed: usize,
    accepted: usize,
}

#[derive(Debug, Serialize)]
struct SpanV1 {
    bytes: [usize; 2],
    utf16: [usize; 2],
    chars: [usize; 2],
}

#[derive(Debug, Serialize)]
struct PositionV1 {
    line: usize,
    column: usize,
}

#[derive(Debug, Serialize)]
struct Summary {
    replies: usize,
    errors: usize,
    warnings: usize,
    advice: usize,
    wins: usize,
}

impl Document {
    /// The data of a report.
    pub fn new(report: &Report<'_>) -> Self {
        Self {
            schema: SCHEMA,
            lexicons: report.lexicons.iter().copied().map(LexiconV1::new).collect(),
            errors: report.errors.iter().map(ErrorV1::new).collect(),
            replies: report.replies.iter().map(ReplyV1::new).collect(),
            summary: Summary {
                replies: report.replies.len(),
                errors: report.count(Level::Error),
                warnings: report.count(Level::Warning),
                advice: report.count(Level::Advice),
                wins: report.wins(),
            },
        }
    }
}

impl LexiconV1 {
    fn new(lexicon: &Lexicon) -> Self {
        Self {
            name: lexicon.name().to_owned(),
            version: lexicon.version().map(str::to_owned),
            language: lexicon.language().to_string(),
            entries: lexicon.entry_count(),
        }
    }
}

impl ErrorV1 {
    fn new(error: &InputError) -> Self {
        let InputError { source, id, line, code, message } = error.clone();
        Self { source, id, line, code, message }
    }
}

impl ErrorLine {
    /// The data of an error.
    pub fn new(error: &InputError) -> Self {
        let InputError { source, id, line, code, message } = error.clone();
        Self { source, id, line, error: Cause { code, message } }
    }
}

impl ReplyV1 {
    /// The data of one reply.
    pub fn new(reply: &Reply<'_>) -> Self {
        let text = reply.draft.text;
        let index = LineIndex::new(text);
        let review = &reply.review;
        Self {
            source: reply.source.clone(),
            id: reply.id.clone(),
            language: review.language.map(ToString::to_string),
            channel: reply.draft.channel.map(str::to_owned),
            verdict: review.verdict().map_or("pass", Level::as_str),
            findings: review.findings.iter().map(|finding| FindingV1::new(finding, text, &index)).collect(),
            wins: review.wins.iter().map(|win| WinV1::new(win, text, &index)).collect(),
            skipped: review.skipped.iter().map(|skipped| SkippedV1::new(*skipped, &index)).collect(),
            hidden: HiddenV1 { allowed: review.allowed, accepted: review.accepted },
            part: reply.draft.part.map(str::to_owned),
            notes: review.notes.clone(),
        }
    }
}

impl FindingV1 {
    fn new(finding: &Finding<'_>, text: &str, index: &LineIndex<'_>) -> Self {
        Self {
            rule: finding.rule.to_string(),
            kind: finding.kind.as_str(),
            language: finding.language.to_string(),
            level: finding.level.as_str(),
            text: finding.span.of(text).to_owned(),
            matched: finding.matched.clone().map(Cow::into_owned),
            span: SpanV1::new(finding.span, index),
            start: PositionV1::new(index.position(finding.span.start)),
            end: PositionV1::new(index.position(finding.span.end)),
            why: finding.why.map(str::to_owned),
            prefer: finding.prefer.iter().map(Cow::into_owned).collect(),
            also: finding.also.iter().map(ToString::to_string).collect(),
            fix: finding.fix.as_ref().map(|fix| FixV1::new(fix, index)),
        }
    }
}

impl FixV1 {
    fn new(fix: &Fix, index: &LineIndex<'_>) -> Self {
        let edit = |edit: &crate::lint::Edit| EditV1 { span: SpanV1::new(edit.span, index), text: edit.text.clone() };
        Self { applicability: fix.applicability.as_str(), edits: fix.edits.iter().map(edit).collect() }
    }
}

impl WinV1 {
    fn new(win: &Win<'_>, text: &str, index: &LineIndex<'_>) -> Self {
        Self { rule: win.rule.to_string(), text: win.span.of(text).to_owned(), span: SpanV1::new(win.span, index) }
    }
}

impl SkippedV1 {
    fn new(skipped: Skipped, index: &LineIndex<'_>) -> Self {
        Self { kind: skipped.kind.as_str(), span: SpanV1::new(skipped.span, index) }
    }
}

impl SpanV1 {
    fn new(span: Span, index: &LineIndex<'_>) -> Self {
        Self {
            bytes: [span.start, span.end],
            utf16: [index.utf16(span.start), index.utf16(span.end)],
            chars: [index.chars(span.start), index.chars(span.end)],
        }
    }
}

impl PositionV1 {
    fn new(Position { line, column }: Position) -> Self {
        Self { line, column }
    }
}
