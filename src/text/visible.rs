//! What a reader sees of a marked-up draft, as plain text, with the way back. A quotation shows
//! as a line that begins with `>`, code as code: so that one set of rules, those for plain text,
//! decides what is prose in every format.

use super::Span;
use super::prose::{Comment, Piece, Prose, Skip, Skipped};

/// Visible text and where it came from.
#[derive(Debug, Default)]
pub(super) struct Visible {
    text: String,
    runs: Vec<Run>,
    /// What is not shown at all, and is more than a tag.
    unseen: Vec<Skipped>,
    comments: Vec<Comment>,
}

/// A stretch of visible text: either the same bytes as the original, or what something became.
#[derive(Debug, Clone, Copy)]
struct Run {
    at: usize,
    len: usize,
    raw: Span,
    same: bool,
}

impl Visible {
    /// Shows bytes of the original, in which white space is nothing but white space.
    pub(super) fn words(&mut self, text: &str, span: Span) {
        let mut at = span.start;
        for (offset, c) in span.of(text).char_indices() {
            let here = span.start + offset;
            if matches!(c, '\n' | '\r') {
                self.verbatim(text, Span::new(at, here));
                self.shown(" ", Span::new(here, here + 1));
                at = here + 1;
            }
        }
        self.verbatim(text, Span::new(at, span.end));
    }

    /// Shows bytes of the original as they are, line breaks included.
    pub(super) fn verbatim(&mut self, text: &str, raw: Span) {
        if !raw.is_empty() {
            self.runs.push(Run { at: self.text.len(), len: raw.len(), raw, same: true });
            self.text.push_str(raw.of(text));
        }
    }

    /// Shows something in the place of some original bytes.
    pub(super) fn shown(&mut self, as_text: &str, raw: Span) {
        self.runs.push(Run { at: self.text.len(), len: as_text.len(), raw, same: false });
        self.text.push_str(as_text);
    }

    /// The end of a line.
    pub(super) fn line_break(&mut self, raw: Span) {
        self.shown("\n", raw);
    }

    /// The end of a paragraph, a cell, a list item.
    pub(super) fn border(&mut self, raw: Span) {
        self.shown("\n\n", raw);
    }

    /// Something with a place in the text that is not to be read.
    pub(super) fn skipped(&mut self, kind: Skip, raw: Span) {
        match kind {
            Skip::Quote => {
                self.border(Span::new(raw.start, raw.start));
                self.shown(">", raw);
                self.border(Span::new(raw.end, raw.end));
            }
            Skip::Code => self.shown("`x`", raw),
            Skip::Signature => {
                self.border(raw);
                self.unseen.push(Skipped { span: raw, kind });
            }
            // What is not shown does not interrupt a phrase either.
            Skip::Markup | Skip::Url | Skip::Email | Skip::Placeholder => {
                self.unseen.push(Skipped { span: raw, kind });
            }
        }
    }

    /// A comment and, in it, what it says.
    pub(super) fn comment(&mut self, span: Span, content: Span) {
        self.skipped(Skip::Markup, span);
        self.comments.push(Comment { span, content });
    }

    /// Whether something in these bytes of the original is shown.
    pub(super) fn shows(&self, raw: Span) -> bool {
        let first = self.runs.partition_point(|run| run.raw.end <= raw.start);
        self.runs.get(first).is_some_and(|run| run.raw.overlaps(raw))
    }

    /// The prose of the visible text, in places of the original.
    pub(super) fn into_prose(self) -> Prose {
        let seen = Prose::of_text(&self.text);
        let mut pieces = Vec::new();
        for piece in seen.pieces() {
            match *piece {
                Piece::Words(span) => self.restore(span, &mut pieces),
                Piece::Opaque(span, kind) => pieces.push(Piece::Opaque(self.original(span), kind)),
                Piece::Break(span) => pieces.push(Piece::Break(self.original(span))),
                Piece::Decoded(..) => {}
            }
        }
        let seen = seen.skipped().iter().map(|skipped| Skipped { span: self.original(skipped.span), ..*skipped });
        let mut skipped: Vec<Skipped> = seen.chain(self.unseen.iter().copied()).collect();
        skipped.sort_by_key(|skipped| skipped.span);
        let mut comments = self.comments;
        comments.sort_by_key(|comment| comment.span);
        Prose { pieces, skipped, comments }
    }

    fn restore(&self, span: Span, pieces: &mut Vec<Piece>) {
        for run in self.runs_in(span) {
            let (start, end) = (span.start.max(run.at), span.end.min(run.at + run.len));
            if run.same {
                pieces.push(Piece::Words(Span::new(run.raw.start + (start - run.at), run.raw.start + (end - run.at))));
            } else {
                let shown = Span::new(start, end).of(&self.text);
                pieces.extend(shown.chars().map(|c| Piece::Decoded(run.raw, c)));
            }
        }
    }

    /// The original bytes of some visible ones, tags between them included.
    fn original(&self, span: Span) -> Span {
        let mut runs = self.runs_in(span);
        let Some(first) = runs.next() else { return Span::default() };
        let last = runs.last().unwrap_or(first);
        let start = if first.same { first.raw.start + span.start.saturating_sub(first.at) } else { first.raw.start };
        let end = if last.same { last.raw.start + (span.end.min(last.at + last.len) - last.at) } else { last.raw.end };
        Span::new(start, end.max(start))
    }

    fn runs_in(&self, span: Span) -> impl Iterator<Item = &Run> {
        let first = self.runs.partition_point(|run| run.at + run.len <= span.start);
        self.runs.iter().skip(first).take_while(move |run| run.at < span.end)
    }
}
