//! A draft made ready for matching: its prose and the folded form. One is made for each draft and
//! shared by all lexicons that look at it.

use super::folded::Folded;
use super::placeholder::placeholders;
use super::prose::{Piece, Skipped};
use super::visible::Visible;
use super::{BREAK, Comment, Draft, Format, Prose, Scope, Span, Style, flowed, html, markdown, plain};

impl Prose {
    /// Reads a text of any format.
    pub fn of(text: &str, format: Format, scope: Scope) -> Self {
        let mut visible = Visible::new(scope);
        match format {
            Format::Text => return plain::read(text, scope, &[]),
            Format::Markdown => markdown::show(text, &masked(text), &mut visible),
            Format::Flowed { delete_space } => flowed::show(text, delete_space, &mut visible),
            Format::Html => html::show(text, &masked(text), &mut visible),
        }
        visible.into_prose()
    }

    /// Reads the agent's own words in a plain text.
    pub fn of_text(text: &str) -> Self {
        plain::read(text, Scope::Own, &[])
    }
}

fn has_blank_line(text: &str) -> bool {
    // What stands before the first line break and behind the last is no line of this text.
    let whole = text.split_once('\n').and_then(|(_, rest)| rest.rsplit_once('\n'));
    whole.is_some_and(|(lines, _)| lines.split('\n').any(|line| line.trim().is_empty()))
}

/// The text with its placeholders blotted out, byte for byte, so that their brackets are taken
/// for no markup.
fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for span in placeholders(text) {
        masked.push_str(Span::new(at, span.start).of(text));
        masked.extend(std::iter::repeat_n('x', span.len()));
        at = span.end;
    }
    masked.push_str(Span::new(at, text.len()).of(text));
    masked
}

/// Memory that a reading takes, to be used again for the next one.
#[derive(Debug, Default)]
pub struct Room {
    prose: Prose,
    folded: Folded,
}

/// One text, read once.
#[derive(Debug)]
pub struct Reading<'t> {
    text: &'t str,
    format: Format,
    prose: Prose,
    folded: Folded,
}

impl<'t> Reading<'t> {
    /// Reads a draft's text in its format and scope.
    pub fn of(draft: &Draft<'t>) -> Self {
        Self::within(Room::default(), draft)
    }

    /// The same, in memory that an earlier reading took.
    pub fn within(room: Room, draft: &Draft<'t>) -> Self {
        let Draft { text, format, scope, window, .. } = *draft;
        let reply = draft.reply().of(text);
        let mut prose = match format {
            Format::Text => plain::read_into(room.prose, reply, scope, &[]),
            Format::Markdown | Format::Html | Format::Flowed { .. } => Prose::of(reply, format, scope),
        };
        if let Some(window) = window {
            prose = prose.shifted(window.start);
        }
        let folded = room.folded.again(text, &prose, Style::COARSE);
        Self { text, format, prose, folded }
    }

    /// What was skipped, and the memory for the next reading.
    pub fn end(mut self) -> (Vec<Skipped>, Room) {
        let skipped = std::mem::take(&mut self.prose.skipped);
        (skipped, Room { prose: self.prose, folded: self.folded })
    }

    /// Reads the agent's own words in a plain text.
    pub fn of_text(text: &'t str) -> Self {
        Self::of(&Draft::new(text))
    }

    /// Reads words of an agent that were cut out of a draft, so that nothing in them is special.
    pub fn of_words(text: &'t str) -> Self {
        let prose = Prose::whole(text);
        let folded = Folded::new(text, &prose, Style::COARSE);
        Self { text, format: Format::Text, prose, folded }
    }

    /// The format it was read in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The text as it came in.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// What of it is prose.
    pub fn prose(&self) -> &Prose {
        &self.prose
    }

    /// The folded prose.
    pub fn folded(&self) -> &str {
        self.folded.text()
    }

    /// The original bytes of a folded range; see [`Folded::original`].
    pub fn original(&self, folded: Span) -> Option<Span> {
        self.folded.original(folded)
    }

    /// The original bytes of many folded ranges, one after the other; see [`Folded::original_after`].
    pub fn original_after(&self, folded: Span, cursor: &mut usize) -> Option<Span> {
        self.folded.original_after(folded, cursor)
    }

    /// The folded offset of an original one; see [`Folded::offset_of`].
    pub fn folded_at(&self, raw: usize) -> usize {
        self.folded.offset_of(raw).min(self.folded().len())
    }

    /// The prose of some original bytes, folded in another style, without white space around it.
    pub fn refold(&self, span: Span, style: Style) -> String {
        let folded = Folded::new(self.text, &self.prose.within(span), style);
        folded.text().trim_matches([' ', BREAK]).to_owned()
    }

    /// The folded prose that a comment speaks of: the block it stands in, such as a paragraph or a
    /// list item; the next one when it stands alone; or all when it comes before everything else.
    pub fn block_of(&self, comment: &Comment) -> Span {
        let text = self.folded();
        let at = self.folded_at(comment.span.end);
        let (before, behind) = (Span::new(0, at).of(text), Span::new(at, text.len()).of(text));
        if before.trim_matches([' ', BREAK]).is_empty() {
            return Span::new(0, text.len());
        }
        let rest = behind.trim_start_matches([' ', BREAK]);
        let first = text.len() - rest.len();
        if self.ends_block(comment.span.start) {
            return Span::new(first, first + rest.find(BREAK).unwrap_or(rest.len()));
        }
        let before = before.trim_end_matches([' ', BREAK]);
        let start = before.rfind(BREAK).map_or(0, |newline| newline + 1);
        let goes_on = !Span::new(at, first).of(text).contains(BREAK);
        let end = if goes_on { first + rest.find(BREAK).unwrap_or(rest.len()) } else { before.len() };
        Span::new(start, end)
    }

    /// Whether a block ends between the last words before an original offset and that offset.
    fn ends_block(&self, raw: usize) -> bool {
        let pieces = self.prose.pieces();
        let before = pieces.partition_point(|piece| piece.span().end <= raw);
        let mut lines = 0;
        for piece in pieces[..before].iter().rev() {
            let seen = match piece {
                Piece::Break(_) => return true,
                Piece::Decoded(_, '\n') => "\n",
                Piece::Decoded(_, c) if c.is_whitespace() => "",
                Piece::Words(span) | Piece::Decoded(span, _) | Piece::Opaque(span, _) => span.of(self.text),
            };
            let words = seen.trim_end();
            lines += Span::new(words.len(), seen.len()).of(seen).matches('\n').count();
            if !words.is_empty() {
                // A paragraph of Markdown ends at a blank line, whatever comes behind it.
                let gap = Span::new(piece.span().end, raw.max(piece.span().end)).of(self.text);
                return lines > 1 || (self.format == Format::Markdown && has_blank_line(gap));
            }
        }
        true
    }
}
