//! The parts of a pattern with their words folded, ready to be walked.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::lead::{Lead, Next};
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
#[derive(Debug, Clone)]
pub(super) struct Choice {
    alternatives: Arc<[Alternative]>,
    /// What any of them may begin with, on either way.
    right: Lead,
    left: Lead,
}

/// One of several.
#[derive(Debug)]
pub(super) struct Alternative {
    pub(super) parts: Vec<Part>,
    right: Lead,
    left: Lead,
}

impl Choice {
    pub(super) fn new(alternatives: Vec<Vec<Part>>) -> Self {
        let alternatives: Arc<[Alternative]> = alternatives.into_iter().map(Alternative::new).collect();
        let any = |way| Lead::of_any(alternatives.iter().map(|one| one.lead(way)));
        let (right, left) = (any(Way::Right), any(Way::Left));
        Self { alternatives, right, left }
    }

    /// All of them.
    pub(super) fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// Those that can stand where this comes next on the way, with their numbers.
    pub(super) fn standing(&self, way: Way, next: Option<Next>) -> impl Iterator<Item = (usize, &Alternative)> {
        // Mostly none can.
        let some: &[Alternative] = if self.lead(way).may_be(next) { &self.alternatives } else { &[] };
        some.iter().enumerate().filter(move |(_, one)| one.lead(way).may_be(next))
    }

    pub(super) const fn lead(&self, way: Way) -> Lead {
        match way {
            Way::Right => self.right,
            Way::Left => self.left,
        }
    }
}

impl Alternative {
    fn new(parts: Vec<Part>) -> Self {
        let (right, left) = (Lead::of(&parts, Way::Right), Lead::of(&parts, Way::Left));
        Self { parts, right, left }
    }

    const fn lead(&self, way: Way) -> Lead {
        match way {
            Way::Right => self.right,
            Way::Left => self.left,
        }
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
            return done.clone();
        }
        let choice = Choice::new(alternatives.iter().map(|one| self.parts(one.iter(), care)).collect());
        self.done.insert(place, choice.clone());
        choice
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
        Part::Choice(choice) => {
            packer.byte(5);
            packer.list(choice.alternatives(), |packer, alternative| pack(&alternative.parts, packer));
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
            5 => Part::Choice(Choice::new(unpacker.list(unpack)?)),
            _ => return None,
        })
    })
}
