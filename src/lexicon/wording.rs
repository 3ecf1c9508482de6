//! A preferred wording, understood: plain words, slots to be filled with what stood in the
//! draft, and fields of a helpdesk, which are handed on untouched. How it is fitted into a
//! sentence is for [`crate::lint`].

use std::fmt;
use std::sync::OnceLock;

use super::pattern::Slot;
use super::problem::Origin;
use crate::text::{Piece, Prose, Span};

/// One of the wordings of `prefer`. An empty one means "leave it out".
#[derive(Debug, Clone)]
pub struct Wording {
    source: String,
    origin: Option<Origin>,
    /// Understood when it is first asked for: few wordings of a large lexicon ever are.
    parts: OnceLock<Vec<WordingPart>>,
}

/// A part of a wording, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordingPart {
    /// Words, whose capitals follow those of what is replaced.
    Words(String),
    /// What stood in this slot of the phrase.
    Slot(Slot),
    /// A field such as `{{name}}`, or an address: never changed.
    Field(String),
}

impl Wording {
    pub(super) const fn new(source: String, origin: Option<Origin>) -> Self {
        Self { source, origin, parts: OnceLock::new() }
    }

    /// Where it is written; the compiled form of a lexicon does not say.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// As the lexicon has it.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Its parts, in the order of the text.
    pub fn parts(&self) -> &[WordingPart] {
        self.parts.get_or_init(|| parts_of(&self.source))
    }

    /// Whether it means "leave it out".
    pub fn is_deletion(&self) -> bool {
        self.source.is_empty()
    }

    /// Whether a person has to fill something in.
    pub fn has_blank(&self) -> bool {
        self.source.contains('…') || self.source.contains("...")
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> {
        let slot = |part: &WordingPart| if let WordingPart::Slot(slot) = part { Some(*slot) } else { None };
        self.braced_parts().iter().filter_map(slot)
    }

    /// Names in braces that are no slots.
    pub(super) fn unknown_slots(&self) -> impl Iterator<Item = &str> {
        let parts = self.braced_parts().iter();
        let words = parts.filter_map(|part| if let WordingPart::Words(words) = part { Some(words) } else { None });
        words.flat_map(|words| braced(words)).map(|(_, name)| name)
    }

    /// Its parts, or none when no brace is in it, so that there is no slot among them.
    fn braced_parts(&self) -> &[WordingPart] {
        if self.source.contains('{') { self.parts() } else { &[] }
    }
}

impl PartialEq for Wording {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Wording {}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

fn parts_of(source: &str) -> Vec<WordingPart> {
    let mut parts = Vec::new();
    let mut at = 0;
    for piece in Prose::of_text(source).pieces() {
        if let Piece::Opaque(span, _) = *piece {
            words(Span::new(at, span.start).of(source), &mut parts);
            parts.push(WordingPart::Field(span.of(source).to_owned()));
            at = span.end;
        }
    }
    words(Span::new(at, source.len()).of(source), &mut parts);
    parts
}

/// Cuts words at their slots.
fn words(text: &str, parts: &mut Vec<WordingPart>) {
    let mut at = 0;
    for (span, name) in braced(text) {
        let Some(slot) = Slot::ALL.into_iter().find(|slot| slot.as_str() == name) else { continue };
        if span.start > at {
            parts.push(WordingPart::Words(Span::new(at, span.start).of(text).to_owned()));
        }
        parts.push(WordingPart::Slot(slot));
        at = span.end;
    }
    if at < text.len() {
        parts.push(WordingPart::Words(Span::new(at, text.len()).of(text).to_owned()));
    }
}

/// What stands in single braces.
fn braced(text: &str) -> Vec<(Span, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('{')).map(|open| at + open) {
        let Some(len) = text.get(open + 1..).and_then(|rest| rest.find('}')) else { break };
        let name = Span::new(open + 1, open + 1 + len);
        found.push((Span::new(open, name.end + 1), name.of(text)));
        at = name.end + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_and_fields_are_told_apart() {
        let wording = Wording::new("Dear {{name}}, {number} of %{all} {nmber}".to_owned(), None);
        let expected = [
            WordingPart::Words("Dear ".to_owned()),
            WordingPart::Field("{{name}}".to_owned()),
            WordingPart::Words(", ".to_owned()),
            WordingPart::Slot(Slot::Number),
            WordingPart::Words(" of ".to_owned()),
            WordingPart::Field("%{all}".to_owned()),
            WordingPart::Words(" {nmber}".to_owned()),
        ];
        assert_eq!(wording.parts(), expected);
        assert_eq!(wording.unknown_slots().collect::<Vec<_>>(), ["nmber"]);
    }
}
