//! Replacements that a machine may apply. A fix is offered only when it leaves every byte of
//! markup alone and when its result is not flagged by the same rule again.

use super::wording::{self, Capitals, Prefer};
use crate::lexicon::Entry;
use crate::matcher::{Match, Matcher};
use crate::text::{Format, Piece, Reading, Span};

/// A replacement of bytes of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Who may apply it.
    pub applicability: Applicability,
    /// What to change: sorted, none overlapping another.
    pub edits: Vec<Edit>,
}

/// New text for some bytes of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// Who may apply a fix. The order is that of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// It shows a wording that a person has to fit in.
    DisplayOnly,
    /// It is right wherever the phrase stands, so that a program may apply it unasked.
    Safe,
}

impl Applicability {
    /// The name in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DisplayOnly => "display-only",
            Self::Safe => "safe",
        }
    }
}

/// Bytes around a fix in which its rule must not be found again.
const WINDOW: usize = 160;

/// The safe fix of a match, if it has one.
pub(super) fn safe_fix(
    matcher: &Matcher,
    reading: &Reading<'_>,
    found: &Match<'_>,
    entry: &Entry,
    prefer: &Prefer<'_>,
) -> Option<Fix> {
    if !entry.safe_fix {
        return None;
    }
    // A slot that this form of the phrase does not have has left a blank.
    let wording = prefer.get(0).filter(|wording| !wording.contains('…'))?;
    let text = reading.text();
    let pieces = reading.prose().pieces();
    let index = pieces.partition_point(|piece| piece.span().end <= found.span.start);
    let Some(&Piece::Words(words)) = pieces.get(index).filter(|piece| piece.span().covers(found.span)) else {
        return None;
    };
    let edit = if wording.is_empty() {
        if touches_markup(pieces, index, words, found.span, text) {
            return None;
        }
        let starts = reading.starts_sentence(found.folded.start) && prefer.capitals != Capitals::None;
        let goes_on = matches!(pieces.get(index + 1), Some(Piece::Opaque(..)));
        let (span, text) = wording::deletion(text, words, found.span, starts, goes_on)?;
        Edit { span, text }
    } else {
        Edit { span: found.span, text: escaped(&wording, reading.format()) }
    };
    (!flagged_again(matcher, text, words, &edit, found.entry))
        .then(|| Fix { applicability: Applicability::Safe, edits: vec![edit] })
}

/// Whether a tag or the like stands between the words and the rest of their sentence: it would be left
/// with nothing in it, or the blank and the capital behind it with nobody to mend them.
fn touches_markup(pieces: &[Piece], index: usize, words: Span, span: Span, text: &str) -> bool {
    let letters = |span: Span| span.of(text).contains(char::is_alphanumeric);
    let joins = |piece: Option<&Piece>| match piece {
        Some(Piece::Words(_)) => true,
        Some(Piece::Decoded(_, c)) => *c != '\n',
        Some(Piece::Opaque(..) | Piece::Break(_)) | None => false,
    };
    let before =
        !letters(Span::new(words.start, span.start)) && joins(index.checked_sub(1).and_then(|at| pieces.get(at)));
    let behind = !letters(Span::new(span.end, words.end)) && joins(pieces.get(index + 1));
    before || behind
}

/// A wording as the format writes it.
pub(super) fn escaped(wording: &str, format: Format) -> String {
    match format {
        Format::Html => wording.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        Format::Text | Format::Markdown | Format::Flowed { .. } => wording.to_owned(),
    }
}

/// Whether the rule would flag what the edit leaves behind. Looks at a window, so that the
/// cost does not grow with the draft.
fn flagged_again(matcher: &Matcher, text: &str, words: Span, edit: &Edit, entry: usize) -> bool {
    let start = text.floor_char_boundary(edit.span.start.saturating_sub(WINDOW)).max(words.start);
    let end = text.floor_char_boundary((edit.span.end + WINDOW).min(words.end)).max(edit.span.end);
    let before = Span::new(start, edit.span.start).of(text);
    let after = Span::new(edit.span.end, end).of(text);
    let result = format!("{before}{}{after}", edit.text);
    let touched = Span::new(before.len(), before.len() + edit.text.len());
    let reaches = |span: Span| span.start <= touched.end && touched.start <= span.end;
    let reading = Reading::of_words(&result);
    if !matcher.may_touch(entry, &reading, Span::new(reading.folded_at(touched.start), reading.folded_at(touched.end)))
    {
        return false;
    }
    let id = &matcher.lexicon().entries()[entry].id;
    matcher
        .matches(&reading, &|_, other| other.id == *id, &mut |_, _| false)
        .iter()
        .any(|found| found.entry == entry && reaches(found.span))
}
