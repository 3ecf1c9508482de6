//! Drafts and macros: findings as diagnostics, and what can be done about each as code actions. Nothing is kept
//! from one question to the next: to lint a draft takes less time than to find out whether it must be done.

use gen_lsp_types::{
    CodeAction, CodeActionKind, Diagnostic, DiagnosticSeverity, Position, Range, TextEdit, Uri, WorkspaceEdit,
};
use serde_json::json;

use super::documents::Document;
use super::position::{Encoding, Places};
use super::settings::Settings;
use crate::lexicon::Level;
use crate::lint::{Edit, Finding, FindingKind, LintError, Linter, Review, Rewriter, rewritten};
use crate::report;
use crate::text::{Comment, Draft, Format, Reading, Span};

/// Who says it.
pub(super) const SOURCE: &str = "replylint";

/// The largest draft that is linted, as on the command line.
const LARGEST: usize = 8 << 20;

/// The code of what is said about a draft as such.
const NOTE: &str = "note";

/// How many wordings are offered at the most: no menu is read further.
const MOST_WORDINGS: usize = 20;

/// An open text that is a draft, and what is known of it.
pub(super) struct Open<'d> {
    document: &'d Document,
    draft: Draft<'d>,
    places: Places<'d>,
}

/// The format of a draft, by what the editor calls it, else by the ending of its file; none for what is no draft.
fn format_of(document: &Document) -> Option<Format> {
    match document.language_id.as_str() {
        "plaintext" | "text" | "mail" => return Some(Format::Text),
        "markdown" => return Some(Format::Markdown),
        "html" => return Some(Format::Html),
        _ => {}
    }
    match document.extension()?.as_str() {
        "txt" | "text" => Some(Format::Text),
        "md" | "markdown" | "mkd" => Some(Format::Markdown),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        _ => None,
    }
}

impl<'d> Open<'d> {
    /// The draft that a document is; none when it is none.
    pub(super) fn new(document: &'d Document, settings: &'d Settings, encoding: Encoding) -> Option<Self> {
        let draft = Draft::new(&document.text).with_format(format_of(document)?);
        let window = (document.language_id == "mail").then(|| Span::new(header_of(draft.text), draft.text.len()));
        let (language, channel) = (settings.language().cloned(), settings.channel());
        let draft = Draft { language, channel, window, ..draft };
        Some(Self { document, draft, places: Places::new(&document.text, encoding) })
    }

    /// All that is to be said of it, with the linter in force. Without one it is not passed in silence.
    pub(super) fn diagnostics(&self, linter: Option<&Linter>) -> Vec<Diagnostic> {
        let Some(linter) = linter else {
            let message = "This draft is not linted: the lexicon in force has mistakes. Mend them, or name another one with the setting `lexicon`.";
            return vec![self.at_top(DiagnosticSeverity::Error, "no-lexicon", message)];
        };
        match self.lint(linter) {
            Ok(review) => {
                let note = |note: &String| self.at_top(DiagnosticSeverity::Information, NOTE, note);
                let findings = review.findings.iter().map(|finding| self.diagnostic(finding));
                findings.chain(review.notes.iter().map(note)).collect()
            }
            Err(Unlinted { code, message }) => vec![self.at_top(DiagnosticSeverity::Error, code, &message)],
        }
    }

    /// What can be done about the findings in a range: each wording, the comment that lets it stand, and, when
    /// there are any, all safe fixes of the draft.
    pub(super) fn actions(&self, linter: &Linter, range: Range, wants: &dyn Fn(&str) -> bool) -> Vec<CodeAction> {
        let Ok(review) = self.lint(linter) else { return Vec::new() };
        let span = self.places.span(range);
        let near = |finding: &&Finding<'_>| {
            let shown = self.places.visible(finding.span);
            shown.start <= span.end && span.start <= shown.end
        };
        let rewriter = Rewriter::new(&self.draft);
        let mut actions = Vec::new();
        if wants("quickfix") {
            for finding in review.findings.iter().filter(near) {
                actions.extend(self.wordings(&rewriter, finding));
                actions.extend(self.allowances(linter, finding));
            }
        }
        let mut edits: Vec<Edit> = Vec::new();
        for fix in review.findings.iter().filter_map(|finding| finding.fix.as_ref()) {
            if fix.edits.first().map(|edit| edit.span.start) >= Some(edits.last().map_or(0, |edit| edit.span.end)) {
                edits.extend(fix.edits.iter().cloned());
            }
        }
        if wants("source.fixAll.replylint") && !edits.is_empty() {
            actions.push(CodeAction {
                title: "Apply all safe fixes".to_owned(),
                kind: Some(CodeActionKind::Custom("source.fixAll.replylint".into())),
                edit: Some(self.edit(&edits)),
                ..CodeAction::default()
            });
        }
        actions
    }

    /// The finding at a place, if there is one, and where an editor shows it.
    pub(super) fn finding_at<'l>(&self, linter: &'l Linter, place: Position) -> Option<(Finding<'l>, Range)> {
        let at = self.places.offset(place);
        let findings = self.lint(linter).ok()?.findings;
        let found = findings.into_iter().map(|finding| (self.places.visible(finding.span), finding));
        let (shown, finding) = found.into_iter().find(|(shown, _)| shown.start <= at && at <= shown.end)?;
        Some((finding, self.places.range(shown)))
    }

    fn lint<'l>(&self, linter: &'l Linter) -> Result<Review<'l>, Unlinted> {
        if self.draft.text.len() > LARGEST {
            let message = format!(
                "This draft is not linted: it is larger than {LARGEST} bytes, the bound for one. Split it in two."
            );
            return Err(Unlinted { code: "too-large", message });
        }
        linter.lint(&self.draft).map_err(|error| {
            let help = match error {
                LintError::UnservedLanguage { .. } => "name a lexicon for it, or leave the setting `language` out",
                LintError::TooLarge(_) => error.help(),
            };
            Unlinted { code: error.code(), message: format!("This draft is not linted: {error}; {help}.") }
        })
    }

    fn diagnostic(&self, finding: &Finding<'_>) -> Diagnostic {
        let wordings: Vec<_> = finding.prefer.iter().take(MOST_WORDINGS).collect();
        Diagnostic {
            range: self.places.range(self.places.visible(finding.span)),
            severity: Some(match finding.level {
                Level::Error => DiagnosticSeverity::Error,
                Level::Warning => DiagnosticSeverity::Warning,
                Level::Advice => DiagnosticSeverity::Information,
            }),
            code: Some(finding.rule.as_str().into()),
            source: Some(SOURCE.to_owned()),
            message: report::message(finding, &self.draft).into(),
            data: Some(json!({
                "kind": finding.kind.as_str(),
                "replacements": wordings,
                "safe": finding.fix.is_some(),
            })),
            ..Diagnostic::default()
        }
    }

    fn at_top(&self, severity: DiagnosticSeverity, code: &str, message: &str) -> Diagnostic {
        Diagnostic {
            range: self.places.range(self.places.visible(Span::new(0, 0))),
            severity: Some(severity),
            code: Some(code.into()),
            source: Some(SOURCE.to_owned()),
            message: message.to_owned().into(),
            ..Diagnostic::default()
        }
    }

    /// One action for each wording, in the order of the lexicon. What is missing replaces nothing.
    fn wordings(&self, rewriter: &Rewriter<'_>, finding: &Finding<'_>) -> Vec<CodeAction> {
        let mut actions = Vec::new();
        for (number, wording) in finding.prefer.iter().take(MOST_WORDINGS).enumerate() {
            let safe = finding.fix.as_ref().filter(|_| number == 0);
            // A blank at either end is the rest of the sentence, which is there already.
            let words = wording.trim_matches(['…', ' ']);
            let is_blank = words.is_empty() && !wording.is_empty();
            let edits = match safe {
                Some(fix) => fix.edits.clone(),
                None if is_blank => continue,
                None => rewriter.edits(finding, words),
            };
            if edits.is_empty() {
                continue;
            }
            let title = match words {
                "" => "Leave it out".to_owned(),
                words if words.contains('…') => format!("Say \"{}\", and fill in the …", report::printable(words)),
                words => format!("Say \"{}\"", report::printable(words)),
            };
            actions.push(CodeAction {
                title,
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: Some(vec![self.diagnostic(finding)]),
                is_preferred: safe.map(|_| true),
                edit: Some(self.edit(&edits)),
                ..CodeAction::default()
            });
        }
        actions
    }

    /// Comments that let a finding stand, where the format has comments. What one covers is not guessed but seen: the
    /// draft is linted with it.
    fn allowances(&self, linter: &Linter, finding: &Finding<'_>) -> Vec<CodeAction> {
        let comment = format!("<!-- replylint: allow {} -->", finding.rule);
        let text = self.draft.text;
        let Span { start, end } = finding.span;
        // At the top of a file a comment stands for all of it, and behind the words for their paragraph.
        let (before, behind) = match self.draft.format {
            Format::Markdown => {
                let line = Span::new(end, text.len()).of(text);
                let line_end = end + line.find(['\r', '\n']).unwrap_or(line.len());
                (
                    (paragraph_of(Span::new(0, start).of(text)), format!("{comment}\n")),
                    (line_end, format!(" {comment}")),
                )
            }
            Format::Html => ((start, comment.clone()), (end, comment)),
            Format::Text | Format::Flowed { .. } => return Vec::new(),
        };
        let mut actions: Vec<CodeAction> = Vec::new();
        for (at, words) in [before, behind] {
            let edit = Edit { span: Span::new(at, at), text: words };
            let Some(reach) = self.reach(linter, finding, &edit) else { continue };
            let title = format!("Allow {} {reach}", finding.rule);
            if actions.iter().all(|known| known.title != title) {
                actions.push(CodeAction {
                    title,
                    kind: Some(CodeActionKind::QuickFix),
                    diagnostics: Some(vec![self.diagnostic(finding)]),
                    edit: Some(self.edit(&[edit])),
                    ..CodeAction::default()
                });
            }
        }
        actions
    }

    /// What a comment that is put in there stands for, if it lets the finding stand.
    fn reach(&self, linter: &Linter, finding: &Finding<'_>, comment: &Edit) -> Option<&'static str> {
        let changed = rewritten(self.draft.text, std::slice::from_ref(comment));
        let draft = self.draft.changed(&changed);
        let review = linter.lint(&draft).ok()?;
        let is_before = comment.span.start <= finding.span.start;
        let place = finding.span.shifted(if is_before { comment.text.len() } else { 0 });
        let is_there =
            |it: &Finding<'_>| it.rule == finding.rule && (it.span == place || finding.kind == FindingKind::Structure);
        if review.findings.iter().any(is_there) {
            return None;
        }
        let reading = Reading::of(&draft);
        let ours =
            |it: &&Comment| Span::new(comment.span.start, comment.span.start + comment.text.len()).covers(it.span);
        let block = reading.block_of(reading.prose().comments().iter().find(ours)?);
        let is_all = block == Span::new(0, reading.folded().len());
        Some(if is_all { "in this file" } else { "here" })
    }

    fn edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let edit = |edit: &Edit| TextEdit { range: self.places.range(edit.span), new_text: edit.text.clone() };
        let uri: Uri = self.document.uri.clone();
        let changes = [(uri, edits.iter().map(edit).collect())];
        WorkspaceEdit { changes: Some(changes.into()), ..WorkspaceEdit::default() }
    }
}

/// Why a draft could not be linted.
struct Unlinted {
    code: &'static str,
    message: String,
}

/// Where the paragraph begins in which a text ends.
fn paragraph_of(before: &str) -> usize {
    let mut start = before.rfind('\n').map_or(0, |at| at + 1);
    while let Some(line) = Span::new(0, start.saturating_sub(1)).of(before).rsplit('\n').next() {
        if start == 0 || line.trim().is_empty() {
            break;
        }
        start -= line.len() + 1;
    }
    start
}

/// How many bytes a header takes up at the top of a mail that is being written, with the blank line behind it; none
/// when there is no header.
fn header_of(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            return if length > 0 { length + line.len() } else { 0 };
        }
        let name = line.split(':').next().unwrap_or_default();
        let is_field = line.contains(':')
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let goes_on = length > 0 && line.starts_with([' ', '\t']);
        if !is_field && !goes_on {
            return 0;
        }
        length += line.len();
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_of_a_mail_is_no_draft() {
        for (text, length) in [
            ("To: a@x.example\nSubject: You must\n\nHello", 35),
            ("To: a,\r\n b\r\n\r\nHello", 14),
            ("Hello\n\nTo: a", 0),
            ("Note: you must\nsee this\n\n", 0),
            ("\nTo: a\n\n", 0),
            ("", 0),
        ] {
            assert_eq!(header_of(text), length, "{text:?}");
        }
    }

    #[test]
    fn paragraphs_begin_behind_a_blank_line() {
        for (before, start) in [("You ", 0), ("a\n\nb\nyou ", 3), ("a\n \nyou", 4), ("", 0), ("a\nb", 0), ("\n\na", 2)]
        {
            assert_eq!(paragraph_of(before), start, "{before:?}");
        }
    }
}
