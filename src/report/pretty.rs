//! Findings as an agent reads them on a terminal: the line, the phrase underlined, why, and
//! what to say instead. The only file that uses miette's renderer.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::io::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, Severity,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::excerpt::Excerpt;
use super::lines::Lines;
use super::message::{also, why};
use super::praise::praise;
use super::printable::one_line;
use super::recovered::recovered;
use super::{Reply, Report};
use crate::lexicon::Level;
use crate::lint::{Finding, FindingKind, Review};
use crate::text::{LineIndex, Position};

/// How it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether colours are wanted.
    pub color: bool,
}

impl Look {
    /// The renderer for this look.
    pub fn handler(self) -> GraphicalReportHandler {
        let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles: self.styles() };
        GraphicalReportHandler::new_themed(theme).with_width(self.width).with_context_lines(1).with_links(false)
    }

    pub(super) fn styles(self) -> ThemeStyles {
        if self.color { ThemeStyles::ansi() } else { ThemeStyles::none() }
    }
}

/// Writes every finding as a picture and, when wanted, what went well and a line that counts.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn pretty(report: &Report<'_>, look: Look, with_summary: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Lines::default();
    for reply in &report.replies {
        if !reply.review.findings.is_empty() {
            findings(reply, lines.of(&reply.draft), look, out)?;
        }
        let steps = if with_summary { recovered(reply) } else { Vec::new() };
        if !steps.is_empty() {
            steps.iter().try_for_each(|line| writeln!(out, "{line}"))?;
            writeln!(out)?;
        }
    }
    if !with_summary {
        return Ok(());
    }
    let praise = praise(report, look);
    if let Some(praise) = &praise {
        writeln!(out, "{praise}")?;
    }
    let ready = if praise.is_some() && is_ready(report) { " Ready to send." } else { "" };
    writeln!(out, "{}{ready}", summary(report))
}

fn findings(reply: &Reply<'_>, index: &LineIndex<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let handler = look.handler();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for finding in &reply.review.findings {
        let hits = seen.entry(finding.rule.as_str()).or_default();
        let shown = Shown::new(reply, finding, index, look.width, *hits);
        *hits += 1;
        let mut page = String::new();
        handler.render_report(&mut page, &shown).map_err(|_| io::Error::other("a finding could not be drawn"))?;
        for line in page.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Whether it is one reply, all of which was looked at, and nothing in it is to be changed.
fn is_ready(report: &Report<'_>) -> bool {
    let clean = |reply: &Reply<'_>| {
        let Review { findings, allowed, accepted, notes, .. } = &reply.review;
        findings.is_empty() && *allowed == 0 && *accepted == 0 && notes.is_empty()
    };
    report.errors.is_empty() && drafts(report) == 1 && report.replies.iter().all(clean)
}

/// How many replies there are; the parts of a mail are one.
fn drafts(report: &Report<'_>) -> usize {
    let mut drafts: Vec<(&str, Option<&str>)> = report.replies.iter().map(|reply| (reply.source, reply.id)).collect();
    drafts.dedup();
    drafts.len()
}

fn summary(report: &Report<'_>) -> String {
    let counts = [
        (report.count(Level::Error), "error", "errors"),
        (report.count(Level::Warning), "warning", "warnings"),
        (report.count(Level::Advice), "piece of advice", "pieces of advice"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    let found = if counts.is_empty() { "No findings".to_owned() } else { counts.join(", ") };
    let (allowed, accepted) = report
        .replies
        .iter()
        .map(|reply| (reply.review.allowed, reply.review.accepted))
        .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let found = match drafts(report) {
        0 | 1 => format!("{found}."),
        many => format!("{found} in {many} replies."),
    };
    let hidden = [(allowed, "allowed by comments"), (accepted, "accepted by the baseline")];
    let hidden: Vec<String> =
        hidden.into_iter().filter(|(count, _)| *count > 0).map(|(count, by)| format!("{count} {by}")).collect();
    if hidden.is_empty() { found } else { format!("{found} Not shown: {}.", hidden.join(", ")) }
}

/// "1 warning", "2 warnings".
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A finding, ready to be drawn. It carries its own excerpt, so that drawing many findings in
/// a long draft reads no more of it than is shown.
#[derive(Debug)]
struct Shown<'s> {
    finding: &'s Finding<'s>,
    source: Cow<'s, str>,
    excerpt: Excerpt,
    position: Position,
    help: String,
}

impl<'s> Shown<'s> {
    fn new(reply: &'s Reply<'_>, finding: &'s Finding<'s>, index: &LineIndex<'_>, width: usize, hits: usize) -> Self {
        let mut excerpt = Excerpt::new(reply.draft.text, index, finding.span, width.saturating_sub(12));
        if excerpt.mark.is_empty() && excerpt.mark.end == excerpt.text.len() {
            // The renderer draws no mark behind the last character.
            excerpt.text.push(' ');
        }
        Self {
            finding,
            source: reply.name(),
            excerpt,
            position: index.position(finding.span.start),
            help: help(finding, hits),
        }
    }
}

/// How wordings are introduced: what is missing stands in no other's place.
fn lead(finding: &Finding<'_>) -> &'static str {
    match finding.kind {
        FindingKind::Phrase => "say instead",
        FindingKind::Structure => "say",
    }
}

/// Several wordings take turns, so that the tool does not breed one canned line.
fn help(finding: &Finding<'_>, hits: usize) -> String {
    let mut help = String::new();
    let count = finding.prefer.len();
    let say = lead(finding);
    let wordings = finding.prefer.iter().cycle().skip(hits % count.max(1)).take(count);
    for (turn, wording) in wordings.enumerate() {
        let lead = if turn == 0 { say } else { "or" };
        match &*wording {
            "" => help.push_str("leave it out"),
            wording => {
                let _ = write!(help, "{lead:>0$}: {1}", say.len(), one_line(wording));
            }
        }
        if turn + 1 < count {
            help.push('\n');
        }
    }
    if let Some(also) = also(finding) {
        let line = if help.is_empty() { "" } else { "\n" };
        let _ = write!(help, "{line}also found here: {also}");
    }
    help
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&why(self.finding))
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.finding.rule))
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.finding.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Advice => Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let mark = self.excerpt.mark;
        Some(Box::new(std::iter::once(LabeledSpan::new(None, mark.start, mark.len()))))
    }
}

impl SourceCode for Shown<'_> {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.excerpt.text.as_bytes();
        let column = self.position.column - 1;
        Ok(Box::new(MietteSpanContents::new_named(
            one_line(&self.source),
            text,
            (0, text.len()).into(),
            self.excerpt.line - 1,
            column,
            1,
        )))
    }
}
