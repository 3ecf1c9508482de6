//! SARIF 2.1.0, the interchange format of static analysis, which code hosts and editors read. Of
//! its many properties, only those that a linter of texts can fill. Where its readers are more
//! lenient than the standard, it is written as the standard says.

use std::collections::HashMap;
use std::io::{self, Write};

use super::lines::Lines;
use super::message::{instead, message, why};
use super::place::uri;
use super::printable::one_line;
use super::sarif_log::{
    Artifact, Change, Configuration, Descriptor, Driver, Extent, Fix, Hit, Invocation, Location, Log, Notification,
    Place, Region, Replacement, Rule, Run, Text, Tool,
};
use super::{InputError, Reply, Report};
use crate::lexicon::{EntryId, Level, Lexicon};
use crate::lint::{self, Finding, FindingKind};
use crate::text::{Language, LineIndex, Span};

/// Writes one document. When nothing at all could be linted it has no `results`, for an empty
/// list of them would mean that all is well.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn sarif(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Log::new(report))?;
    writeln!(out)
}

impl Log {
    fn new(report: &Report<'_>) -> Self {
        let mut rules = Rules::default();
        let mut lines = Lines::default();
        let results: Vec<Hit> =
            report.replies.iter().flat_map(|reply| hits(reply, &report.lexicons, &mut rules, &mut lines)).collect();
        let linted = !report.replies.is_empty() || report.errors.is_empty();
        Self::of(rules.rules, Invocation::new(report), linted.then_some(results))
    }

    /// The log of one run of ours.
    pub(super) fn of(rules: Vec<Rule>, invocation: Invocation, results: Option<Vec<Hit>>) -> Self {
        let run = Run {
            tool: Tool { driver: Driver { name: "replylint", version: env!("CARGO_PKG_VERSION"), rules } },
            invocations: [invocation],
            default_encoding: "UTF-8",
            newline_sequences: ["\r\n", "\n", "\r"],
            column_kind: "unicodeCodePoints",
            results,
        };
        Self { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
    }
}

impl Invocation {
    fn new(report: &Report<'_>) -> Self {
        let notes = report.replies.iter().flat_map(|reply| {
            reply.review.notes.iter().map(|note| Notification {
                descriptor: None,
                level: "note",
                message: Text::message(&one_line(note)),
                locations: vec![Location::new(reply.source, None)],
            })
        });
        Self {
            execution_successful: report.errors.is_empty(),
            tool_execution_notifications: report.errors.iter().map(Notification::failure).chain(notes).collect(),
        }
    }
}

impl Notification {
    fn failure(error: &InputError) -> Self {
        let region = error.line.map(|start_line| Region { start_line, extent: None });
        Self {
            descriptor: Some(Descriptor { id: error.code }),
            level: "error",
            message: Text::message(&one_line(&error.message)),
            locations: vec![Location::new(&error.source, region)],
        }
    }
}

/// The rules that have found something, each once.
#[derive(Default)]
struct Rules<'r> {
    rules: Vec<Rule>,
    /// Lexicons of several languages may share ids.
    known: HashMap<(&'r EntryId, &'r Language), usize>,
}

impl<'r> Rules<'r> {
    fn index(&mut self, finding: &'r Finding<'_>, lexicons: &[&Lexicon]) -> usize {
        let Self { rules, known } = self;
        *known.entry((finding.rule, finding.language)).or_insert_with(|| {
            rules.push(Rule::new(finding, lexicons));
            rules.len() - 1
        })
    }
}

impl Rule {
    /// What the lexicon says of it, which is more general than what the finding does.
    fn new(finding: &Finding<'_>, lexicons: &[&Lexicon]) -> Self {
        let mut served = lexicons.iter().filter(|lexicon| lexicon.language() == finding.language);
        let entry = served.find_map(|lexicon| lexicon.entry(finding.rule.as_str()));
        let why = why(finding);
        let say = entry.and_then(|entry| instead(entry.prefer.iter().map(|wording| wording.as_str().into())));
        let lead = match finding.kind {
            FindingKind::Phrase => "Say instead",
            FindingKind::Structure => "Say",
        };
        let page = say.map_or_else(|| why.clone(), |say| format!("{why} {lead}: {say}"));
        Self {
            id: finding.rule.to_string(),
            short_description: Text::message(&why),
            full_description: Text::message(&page),
            help: Text::message(&page),
            default_configuration: Configuration {
                level: level(entry.and_then(|entry| entry.level).unwrap_or(finding.level)),
            },
        }
    }
}

/// The findings of one reply.
fn hits<'r>(reply: &'r Reply<'_>, lexicons: &[&Lexicon], rules: &mut Rules<'r>, lines: &mut Lines<'r>) -> Vec<Hit> {
    if reply.review.findings.is_empty() {
        return Vec::new();
    }
    let text = reply.draft.text;
    let lines = lines.of_file(reply);
    let region = |span| lines.map(|lines| Region::new(span, text, lines));
    let part = reply.draft.part.map_or_else(String::new, |part| format!("@{part}"));
    let mut seen: HashMap<(&EntryId, &str), usize> = HashMap::new();
    let mut hits = Vec::with_capacity(reply.review.findings.len());
    for finding in &reply.review.findings {
        let rule = finding.rule;
        let matched = finding.matched.as_deref().unwrap_or_default();
        let occurrence = seen.entry((rule, matched)).or_default();
        *occurrence += 1;
        hits.push(Hit {
            rule_id: rule.to_string(),
            rule_index: rules.index(finding, lexicons),
            level: level(finding.level),
            message: Text::message(&message(finding, &reply.draft)),
            locations: [Location::new(reply.source, region(finding.span))],
            // The same while lines come and go around it.
            partial_fingerprints: [("phraseOccurrence/v1", format!("{rule}:{matched}:{occurrence}{part}"))].into(),
            fixes: finding.fix.iter().filter_map(|fix| Fix::new(fix, reply.source, region)).collect(),
        });
    }
    hits
}

impl Fix {
    /// None where there are no regions to replace.
    fn new(fix: &lint::Fix, source: &str, region: impl Fn(Span) -> Option<Region>) -> Option<Self> {
        let replacement = |edit: &lint::Edit| {
            Some(Replacement { deleted_region: region(edit.span)?, inserted_content: Text { text: edit.text.clone() } })
        };
        let replacements = fix.edits.iter().map(replacement).collect::<Option<_>>()?;
        Some(Self { artifact_changes: [Change { artifact_location: Artifact { uri: uri(source) }, replacements }] })
    }
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "note",
    }
}

impl Location {
    pub(super) fn new(source: &str, region: Option<Region>) -> Self {
        Self { physical_location: Place { artifact_location: Artifact { uri: uri(source) }, region } }
    }
}

impl Region {
    pub(super) fn new(span: Span, text: &str, lines: &LineIndex<'_>) -> Self {
        let (start, end) = (lines.position(span.start), lines.position(span.end));
        // A byte order mark moves bytes, and must not move characters.
        let mark = usize::from(text.starts_with('\u{feff}'));
        let chars = |offset| lines.chars(offset).saturating_sub(mark);
        let extent = Extent {
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            char_offset: chars(span.start),
            char_length: chars(span.end) - chars(span.start),
            byte_offset: span.start,
            byte_length: span.len(),
            snippet: Text { text: span.of(text).to_owned() },
        };
        Self { start_line: start.line, extent: Some(extent) }
    }
}

impl Text {
    /// Braces in a message would stand for its arguments.
    pub(super) fn message(text: &str) -> Self {
        Self { text: text.replace('{', "{{").replace('}', "}}") }
    }
}
