//! The parts of a pattern with their words folded, ready to be walked.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::literal::{Care, Literal};
use super::walk::Way;
use crate::lexicon::{Alternatives, Element, Packer, Slot, Unpacker};

/// An [`Element`] with its words folded.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Literal(Literal),
    Space,
    Ending,
    Gap,
    Slot(Slot),
    Choice(Choice),
}

/// The alternatives of a choice, which many patterns may share.
type Choice = Arc<[Alternative]>;

/// One of several, and the bytes at its ends where they are known: of a hundred alternatives, nearly all are ruled
/// out by one look.
#[derive(Debug)]
pub(super) struct Alternative {
    pub(super) parts: Vec<Part>,
    first: Option<u8>,
    last: Option<u8>,
}

impl Alternative {
    fn new(parts: Vec<Part>) -> Self {
        let first = parts.first().and_then(Part::bytes).and_then(|bytes| bytes.first()).copied();
        let last = parts.last().and_then(Part::bytes).and_then(|bytes| bytes.last()).copied();
        Self { parts, first, last }
    }

    /// Whether it can begin where this byte is the next one on the way, or none is: false is certain.
    pub(super) fn may_begin(&self, way: Way, next: Option<u8>) -> bool {
        let wanted = if way == Way::Right { self.first } else { self.last };
        wanted.is_none() || wanted == next
    }
}

impl Part {
    fn bytes(&self) -> Option<&[u8]> {
        if let Self::Literal(literal) = self { Some(literal.coarse.as_bytes()) } else { None }
    }
}

/// Folds the parts of patterns, and those of alternatives that several share once. They belong to one lexicon, which
/// outlives it.
#[derive(Default)]
pub(super) struct Folding {
    /// By where the alternatives are in memory.
    done: HashMap<(*const Vec<Element>, Care), Choice, RandomState>,
}

impl Folding {
    /// The same parts, folded.
    pub(super) fn parts<'e>(&mut self, elements: impl Iterator<Item = &'e Element>, care: Care) -> Vec<Part> {
        let part = |element: &Element| match element {
            Element::Text(text) => Part::Literal(Literal::new(text, care)),
            Element::Space => Part::Space,
            Element::Ending => Part::Ending,
            Element::Gap => Part::Gap,
            Element::Slot(slot) => Part::Slot(*slot),
            Element::Choice(alternatives) => Part::Choice(self.choice(alternatives, care)),
        };
        elements.map(part).collect()
    }

    fn choice(&mut self, alternatives: &Alternatives, care: Care) -> Choice {
        let place = (alternatives.as_ptr(), care);
        if let Some(done) = self.done.get(&place) {
            return Arc::clone(done);
        }
        let folded = alternatives.iter().map(|alternative| Alternative::new(self.parts(alternative.iter(), care)));
        let parts: Choice = folded.collect();
        self.done.insert(place, Arc::clone(&parts));
        parts
    }
}

pub(super) fn pack(parts: &[Part], packer: &mut Packer) {
    packer.list(parts, |packer, part| match part {
        Part::Literal(literal) => {
            packer.byte(0);
            literal.pack(packer);
        }
        Part::Space => packer.byte(1),
        Part::Ending => packer.byte(2),
        Part::Gap => packer.byte(3),
        Part::Slot(slot) => {
            packer.byte(4);
            packer.byte(*slot as u8);
        }
        Part::Choice(alternatives) => {
            packer.byte(5);
            packer.list(alternatives, |packer, alternative| pack(&alternative.parts, packer));
        }
    });
}

pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Vec<Part>> {
    unpacker.list(|unpacker| {
        Some(match unpacker.byte()? {
            0 => Part::Literal(Literal::unpack(unpacker)?),
            1 => Part::Space,
            2 => Part::Ending,
            3 => Part::Gap,
            4 => Part::Slot(Slot::unpack(unpacker)?),
            5 => Part::Choice(unpacker.list(|unpacker| unpack(unpacker).map(Alternative::new))?.into()),
            _ => return None,
        })
    })
}
