//! The first words of the agent, which a language is told by; quotes and addresses may be in any.
//! Nothing is copied.

use crate::text::{Piece, Prose, Span};

/// Bytes of prose that are looked at; more does not make the answer better.
const MOST: usize = 2_000;

/// The beginning of some prose, bit by bit.
#[derive(Debug, Clone)]
pub(super) struct Sample<'t> {
    text: &'t str,
    pieces: std::slice::Iter<'t, Piece>,
    left: usize,
}

/// One bit of it. Words may go on from one to the next, unless there is a gap.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stretch<'t> {
    Words(&'t str),
    Char(char),
    Gap,
}

impl<'t> Sample<'t> {
    pub(super) fn of(text: &'t str, prose: &'t Prose) -> Self {
        Self { text, pieces: prose.pieces().iter(), left: MOST }
    }

    /// All of it in one.
    pub(super) fn joined(self) -> String {
        let mut joined = String::new();
        for stretch in self {
            match stretch {
                Stretch::Words(words) => joined.push_str(words),
                Stretch::Char(c) => joined.push(c),
                Stretch::Gap => joined.push(' '),
            }
        }
        joined
    }
}

impl<'t> Iterator for Sample<'t> {
    type Item = Stretch<'t>;

    fn next(&mut self) -> Option<Stretch<'t>> {
        if self.left == 0 {
            return None;
        }
        let (stretch, taken) = match *self.pieces.next()? {
            Piece::Words(span) => {
                let words = span.of(self.text);
                let words = Span::new(0, words.floor_char_boundary(self.left)).of(words);
                // A character that does not fit ends it.
                (Stretch::Words(words), if words.len() < span.len() { self.left } else { words.len() })
            }
            Piece::Decoded(_, c) => (Stretch::Char(c), c.len_utf8()),
            Piece::Opaque(..) | Piece::Break(_) => (Stretch::Gap, 1),
        };
        self.left = self.left.saturating_sub(taken);
        Some(stretch)
    }
}
