//! Which bytes of a draft are the agent's own prose. Everything else is skipped, with a kind,
//! so that a reader can be told what was not looked at. This page holds the result; how it is
//! found is in [`super::plain`] and in a file for each other format.

use super::Span;

/// A draft, cut into what is read and what is not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    pub(super) pieces: Vec<Piece>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) comments: Vec<Comment>,
}

/// One stretch of a draft, in the order of the text. Bytes that no piece covers are passed
/// over without interrupting anything, as an inline tag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Words of the agent.
    Words(Span),
    /// Something of the agent's that is not to be read, with words on both sides of it.
    Opaque(Span, Skip),
    /// The prose ends here and begins anew behind it.
    Break(Span),
    /// A character of the agent that is written otherwise, such as an entity of HTML.
    Decoded(Span, char),
}

impl Piece {
    /// Its bytes.
    pub const fn span(self) -> Span {
        match self {
            Self::Words(span) | Self::Opaque(span, _) | Self::Break(span) | Self::Decoded(span, _) => span,
        }
    }
}

/// A stretch that was left out, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// Which bytes of the draft.
    pub span: Span,
    /// What they are.
    pub kind: Skip,
}

/// A comment, which nobody sees who reads the reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// All of it.
    pub span: Span,
    /// What it says.
    pub content: Span,
}

/// Why a stretch of a draft is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Skip {
    /// Words of somebody else.
    Quote,
    /// Who the agent is, at the end of a mail.
    Signature,
    /// Something to be typed, not read.
    Code,
    /// What is not shown: comments, style sheets, hidden elements, front matter. Tags are not
    /// listed at all.
    Markup,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// A field that the helpdesk fills in; a slot of a phrase may stand for it.
    Placeholder,
}

impl Skip {
    /// The name in every output, such as `quote`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Signature => "signature",
            Self::Code => "code",
            Self::Markup => "markup",
            Self::Url => "url",
            Self::Email => "email",
            Self::Placeholder => "placeholder",
        }
    }
}

impl Prose {
    /// Everything is prose: for a lexicon's own phrases, which quote nobody.
    pub fn whole(text: &str) -> Self {
        Self { pieces: vec![Piece::Words(Span::new(0, text.len()))], ..Self::default() }
    }

    /// Nothing, with the room of what was read before.
    pub(super) fn emptied(self) -> Self {
        let Self { mut pieces, mut skipped, mut comments } = self;
        pieces.clear();
        skipped.clear();
        comments.clear();
        Self { pieces, skipped, comments }
    }

    /// The same prose of a text that has `by` more bytes in front.
    #[must_use]
    pub(super) fn shifted(mut self, by: usize) -> Self {
        for piece in &mut self.pieces {
            *piece = match *piece {
                Piece::Words(span) => Piece::Words(span.shifted(by)),
                Piece::Opaque(span, skip) => Piece::Opaque(span.shifted(by), skip),
                Piece::Break(span) => Piece::Break(span.shifted(by)),
                Piece::Decoded(span, c) => Piece::Decoded(span.shifted(by), c),
            };
        }
        self.skipped.iter_mut().for_each(|skipped| skipped.span = skipped.span.shifted(by));
        for comment in &mut self.comments {
            (comment.span, comment.content) = (comment.span.shifted(by), comment.content.shifted(by));
        }
        self
    }

    /// The stretches, in the order of the text; none overlaps another.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// What was left out, in the order of the text.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// The comments, in the order of the text.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// The part of it that lies within `span`, without what was skipped and said in
    /// comments.
    #[must_use]
    pub fn within(&self, span: Span) -> Self {
        let first = self.pieces.partition_point(|piece| piece.span().end <= span.start);
        let inside = self.pieces.iter().skip(first).take_while(|piece| piece.span().start < span.end);
        let pieces = inside.map(|piece| match *piece {
            Piece::Words(words) => Piece::Words(Span::new(words.start.max(span.start), words.end.min(span.end))),
            Piece::Opaque(..) | Piece::Break(_) | Piece::Decoded(..) => *piece,
        });
        Self { pieces: pieces.collect(), ..Self::default() }
    }
}
