//! The frozen data structure of JSON version 1. Fields are only ever added. It is not the type
//! that the linter works with, so that the linter can change without breaking anybody's hook.
//!
//! Every span is given in three units: `bytes` of the UTF-8 text, `utf16` code units (what
//! JavaScript and most editors count) and `chars` (Unicode scalar values, what Python counts).
//! All are half-open. Lines and columns start at 1; columns count characters.
//!
//! Nothing is copied into it; it borrows what it says.

use serde::{Serialize, Serializer};

use super::lines::Lines;
use super::{InputError, Reply, Report};
use crate::lexicon::{EntryId, Level, Lexicon};
use crate::lint::{Edit, Finding, Fix, Prefer, Recovery, Step, Win};
use crate::text::{Language, LineIndex, Position, Skipped, Span};

/// The name of this version.
pub const SCHEMA: &str = "replylint/1";

/// A whole run.
#[derive(Debug, Serialize)]
pub struct Document<'r> {
    schema: &'static str,
    lexicons: Vec<LexiconV1<'r>>,
    errors: Vec<ErrorV1<'r>>,
    replies: Vec<ReplyV1<'r>>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
pub(super) struct LexiconV1<'r> {
    name: &'r str,
    version: Option<&'r str>,
    language: &'r str,
    entries: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct ErrorV1<'r> {
    source: &'r str,
    id: Option<&'r str>,
    line: Option<usize>,
    code: &'static str,
    message: &'r str,
}

/// An input that could not be linted, on a line of its own.
#[derive(Debug, Serialize)]
pub struct ErrorLine<'r> {
    source: &'r str,
    id: Option<&'r str>,
    line: Option<usize>,
    error: Cause<'r>,
}

#[derive(Debug, Serialize)]
struct Cause<'r> {
    code: &'static str,
    message: &'r str,
}

/// One reply.
#[derive(Debug, Serialize)]
pub struct ReplyV1<'r> {
    source: &'r str,
    id: Option<&'r str>,
    language: Option<&'r str>,
    channel: Option<&'r str>,
    verdict: &'static str,
    findings: Vec<FindingV1<'r>>,
    wins: Vec<WinV1<'r>>,
    recovery: Option<RecoveryV1<'r>>,
    skipped: Vec<SkippedV1>,
    hidden: HiddenV1,
    part: Option<&'r str>,
    notes: &'r [String],
}

#[derive(Debug, Serialize)]
struct FindingV1<'r> {
    rule: &'r str,
    kind: &'static str,
    language: &'r str,
    level: &'static str,
    text: &'r str,
    matched: Option<&'r str>,
    span: SpanV1,
    start: PositionV1,
    end: PositionV1,
    why: Option<&'r str>,
    #[serde(serialize_with = "wordings")]
    prefer: &'r Prefer<'r>,
    #[serde(serialize_with = "rules")]
    also: &'r [&'r EntryId],
    fix: Option<FixV1<'r>>,
}

#[derive(Debug, Serialize)]
struct FixV1<'r> {
    applicability: &'static str,
    edits: Vec<EditV1<'r>>,
}

#[derive(Debug, Serialize)]
struct EditV1<'r> {
    span: SpanV1,
    text: &'r str,
}

#[derive(Debug, Serialize)]
struct WinV1<'r> {
    rule: &'r str,
    text: &'r str,
    span: SpanV1,
}

/// The steps of making good that can be seen, after a complaint.
#[derive(Debug, Serialize)]
struct RecoveryV1<'r> {
    framework: &'r str,
    steps: Vec<StepV1<'r>>,
}

#[derive(Debug, Serialize)]
struct StepV1<'r> {
    rule: &'r str,
    says: Option<&'r str>,
    text: &'r str,
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
pub(super) struct SpanV1 {
    bytes: [usize; 2],
    utf16: [usize; 2],
    chars: [usize; 2],
}

#[derive(Debug, Serialize)]
pub(super) struct PositionV1 {
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

impl<'r> Document<'r> {
    /// The data of a report.
    pub fn new(report: &'r Report<'_>) -> Self {
        let mut lines = Lines::default();
        Self {
            schema: SCHEMA,
            lexicons: report.lexicons.iter().copied().map(LexiconV1::new).collect(),
            errors: report.errors.iter().map(ErrorV1::new).collect(),
            replies: report.replies.iter().map(|reply| ReplyV1::among(reply, &mut lines)).collect(),
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

impl<'r> LexiconV1<'r> {
    pub(super) fn new(lexicon: &'r Lexicon) -> Self {
        Self {
            name: lexicon.name(),
            version: lexicon.version(),
            language: lexicon.language().as_str(),
            entries: lexicon.entry_count(),
        }
    }
}

impl<'r> ErrorV1<'r> {
    pub(super) fn new(error: &'r InputError) -> Self {
        let InputError { source, id, line, code, message } = error;
        Self { source, id: id.as_deref(), line: *line, code, message }
    }
}

impl<'r> ErrorLine<'r> {
    /// The data of an error.
    pub fn new(error: &'r InputError) -> Self {
        let InputError { source, id, line, code, message } = error;
        Self { source, id: id.as_deref(), line: *line, error: Cause { code, message } }
    }
}

impl<'r> ReplyV1<'r> {
    /// The data of one reply.
    pub fn new(reply: &'r Reply<'_>) -> Self {
        Self::among(reply, &mut Lines::default())
    }

    /// The data of one of many replies.
    pub(super) fn among(reply: &'r Reply<'_>, lines: &mut Lines<'r>) -> Self {
        let text = reply.draft.text;
        let review = &reply.review;
        Self {
            source: reply.source,
            id: reply.id,
            language: review.language.map(Language::as_str),
            channel: reply.draft.channel,
            verdict: review.verdict().map_or("pass", Level::as_str),
            findings: review
                .findings
                .iter()
                .map(|finding| FindingV1::new(finding, text, lines.of(&reply.draft)))
                .collect(),
            wins: review.wins.iter().map(|win| WinV1::new(win, text, lines.of(&reply.draft))).collect(),
            recovery: review.recovery.as_ref().map(|recovery| RecoveryV1::new(recovery, text, lines.of(&reply.draft))),
            skipped: review.skipped.iter().map(|skipped| SkippedV1::new(*skipped, lines.of(&reply.draft))).collect(),
            hidden: HiddenV1 { allowed: review.allowed, accepted: review.accepted },
            part: reply.draft.part,
            notes: &review.notes,
        }
    }
}

impl<'r> FindingV1<'r> {
    fn new(finding: &'r Finding<'_>, text: &'r str, index: &LineIndex<'_>) -> Self {
        Self {
            rule: finding.rule.as_str(),
            kind: finding.kind.as_str(),
            language: finding.language.as_str(),
            level: finding.level.as_str(),
            text: finding.span.of(text),
            matched: finding.matched.as_deref(),
            span: SpanV1::new(finding.span, index),
            start: PositionV1::new(index.position(finding.span.start)),
            end: PositionV1::new(index.position(finding.span.end)),
            why: finding.why,
            prefer: &finding.prefer,
            also: &finding.also,
            fix: finding.fix.as_ref().map(|fix| FixV1::new(fix, index)),
        }
    }
}

/// What to say instead, spelt as it is written.
fn wordings<S: Serializer>(prefer: &Prefer<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(prefer.iter())
}

fn rules<S: Serializer>(also: &[&EntryId], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(also.iter().map(|rule| rule.as_str()))
}

impl<'r> FixV1<'r> {
    fn new(fix: &'r Fix, index: &LineIndex<'_>) -> Self {
        let edit = |edit: &'r Edit| EditV1 { span: SpanV1::new(edit.span, index), text: &edit.text };
        Self { applicability: fix.applicability.as_str(), edits: fix.edits.iter().map(edit).collect() }
    }
}

impl<'r> WinV1<'r> {
    fn new(win: &'r Win<'_>, text: &'r str, index: &LineIndex<'_>) -> Self {
        Self { rule: win.rule.as_str(), text: win.span.of(text), span: SpanV1::new(win.span, index) }
    }
}

impl<'r> RecoveryV1<'r> {
    fn new(recovery: &'r Recovery<'_>, text: &'r str, index: &LineIndex<'_>) -> Self {
        let step = |step: &'r Step<'_>| StepV1 {
            rule: step.rule.as_str(),
            says: step.says,
            text: step.span.of(text),
            span: SpanV1::new(step.span, index),
        };
        Self { framework: recovery.framework, steps: recovery.steps.iter().map(step).collect() }
    }
}

impl SkippedV1 {
    fn new(skipped: Skipped, index: &LineIndex<'_>) -> Self {
        Self { kind: skipped.kind.as_str(), span: SpanV1::new(skipped.span, index) }
    }
}

impl SpanV1 {
    pub(super) fn new(span: Span, index: &LineIndex<'_>) -> Self {
        Self {
            bytes: [span.start, span.end],
            utf16: [index.utf16(span.start), index.utf16(span.end)],
            chars: [index.chars(span.start), index.chars(span.end)],
        }
    }
}

impl PositionV1 {
    pub(super) fn new(Position { line, column }: Position) -> Self {
        Self { line, column }
    }
}
