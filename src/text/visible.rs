//! What a reader sees of a marked-up draft, as plain text, with the way back. A quotation shows
//! as a line that begins with `>`, code as an object, what a mail program marks as an introduction as
//! a divider: so that one set of rules, those for plain text, decides what is prose in every
//! format.

use super::prose::{Comment, Piece, Prose, Skip, Skipped};
use super::{Scope, Span, plain};

/// Visible text and where it came from.
#[derive(Debug)]
pub(super) struct Visible {
    scope: Scope,
    text: String,
    runs: Vec<Run>,
    /// Where code is, in the visible text.
    code: Vec<Skipped>,
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
    border: bool,
}

/// What code shows as: the sign for something that is no text.
const CODE: &str = "\u{fffc}";

/// What an introduction shows as.
const DIVIDER: &str = "-----Original Message-----";

impl Visible {
    /// Nothing yet, to be read in a scope.
    pub(super) fn new(scope: Scope) -> Self {
        Self {
            scope,
            text: String::new(),
            runs: Vec::new(),
            code: Vec::new(),
            unseen: Vec::new(),
            comments: Vec::new(),
        }
    }

    /// Whose words will be read.
    pub(super) fn scope(&self) -> Scope {
        self.scope
    }

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
            self.runs.push(Run { at: self.text.len(), len: raw.len(), raw, same: true, border: false });
            self.text.push_str(raw.of(text));
        }
    }

    /// Shows something in the place of some original bytes.
    pub(super) fn shown(&mut self, as_text: &str, raw: Span) {
        self.runs.push(Run { at: self.text.len(), len: as_text.len(), raw, same: false, border: false });
        self.text.push_str(as_text);
    }

    /// The end of a line.
    pub(super) fn line_break(&mut self, raw: Span) {
        self.shown("\n", raw);
    }

    /// The end of a paragraph, a cell, a list item.
    pub(super) fn border(&mut self, raw: Span) {
        self.runs.push(Run { at: self.text.len(), len: 2, raw, same: false, border: true });
        self.text.push_str("\n\n");
    }

    /// What introduces a quotation, as a mail program marks it.
    pub(super) fn introduction(&mut self, raw: Span) {
        self.block(DIVIDER, raw);
    }

    /// Something with a place in the text that is not to be read.
    pub(super) fn skipped(&mut self, kind: Skip, raw: Span) {
        match kind {
            Skip::Quote => self.block(">", raw),
            Skip::Code => {
                let at = self.text.len();
                self.shown(CODE, raw);
                self.code.push(Skipped { span: Span::new(at, self.text.len()), kind });
            }
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

    fn block(&mut self, as_text: &str, raw: Span) {
        self.border(Span::new(raw.start, raw.start));
        self.shown(as_text, raw);
        self.border(Span::new(raw.end, raw.end));
    }

    /// A comment and, in it, what it says.
    pub(super) fn comment(&mut self, span: Span, content: Span) {
        self.skipped(Skip::Markup, span);
        self.remark(span, content);
    }

    /// A comment within something that is not shown either.
    pub(super) fn remark(&mut self, span: Span, content: Span) {
        self.comments.push(Comment { span, content });
    }

    /// Whether something in these bytes of the original is shown.
    pub(super) fn shows(&self, raw: Span) -> bool {
        let first = self.runs.partition_point(|run| run.raw.end <= raw.start);
        self.runs.get(first).is_some_and(|run| run.raw.overlaps(raw))
    }

    /// The prose of the visible text, in places of the original.
    pub(super) fn into_prose(self) -> Prose {
        let seen = plain::read(&self.text, self.scope, &self.code);
        let mut pieces = Vec::new();
        for piece in seen.pieces() {
            match *piece {
                Piece::Words(span) => self.restore(span, &mut pieces),
                Piece::Opaque(span, kind) => pieces.push(Piece::Opaque(self.original(span), kind)),
                Piece::Break(span) => pieces.push(Piece::Break(self.original(span))),
                Piece::Decoded(span, c) => pieces.push(Piece::Decoded(self.original(span), c)),
            }
        }
        // Two blank lines may stand for one tag, and the prose may end between them.
        let mut done = 0;
        for piece in &mut pieces {
            if let Piece::Break(span) = piece {
                *span = Span::new(span.start.max(done), span.end.max(done));
            }
            done = done.max(piece.span().end);
        }
        let seen = seen.skipped().iter().map(|skipped| Skipped { span: self.original(skipped.span), ..*skipped });
        let skipped = disjoint(seen.chain(self.unseen.iter().copied()).collect());
        let mut comments = self.comments;
        comments.sort_by_key(|comment| comment.span);
        Prose { pieces, skipped, comments }
    }

    fn restore(&self, span: Span, pieces: &mut Vec<Piece>) {
        for run in self.runs_in(span) {
            let (start, end) = (span.start.max(run.at), span.end.min(run.at + run.len));
            if run.same {
                pieces.push(Piece::Words(Span::new(run.raw.start + (start - run.at), run.raw.start + (end - run.at))));
            } else if run.border {
                pieces.push(Piece::Break(run.raw));
            } else {
                let shown = Span::new(start, end).of(&self.text);
                pieces.extend(shown.chars().map(|c| Piece::Decoded(run.raw, c)));
            }
        }
    }

    /// The original bytes of some visible ones, tags between them included.
    fn original(&self, span: Span) -> Span {
        let mut runs = self.runs_in(span);
        let Some(first) = runs.next() else {
            let before = self.runs.partition_point(|run| run.at + run.len <= span.start);
            let at = self.runs.get(before).map_or_else(
                || self.runs.last().map_or(0, |last| last.raw.end),
                |run| if run.same { run.raw.start + span.start.saturating_sub(run.at) } else { run.raw.start },
            );
            return Span::new(at, at);
        };
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

/// What was left out, in order; of what lies in something else that was, only that.
fn disjoint(mut skipped: Vec<Skipped>) -> Vec<Skipped> {
    skipped.sort_by_key(|skipped| (skipped.span.start, std::cmp::Reverse(skipped.span.end)));
    let mut done = 0;
    skipped.retain_mut(|skipped| {
        skipped.span.start = skipped.span.start.max(done);
        done = done.max(skipped.span.end);
        !skipped.span.is_empty()
    });
    skipped
}
