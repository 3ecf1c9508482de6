//! The parts of a pattern with their words folded, ready to be walked.

use super::literal::{Care, Literal};
use crate::lexicon::{Element, Slot};

/// An [`Element`] with its words folded.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Literal(Literal),
    Space,
    Ending,
    Gap,
    Slot(Slot),
    Choice(Vec<Vec<Part>>),
}

/// The same parts, folded.
pub(super) fn parts(elements: &[Element], care: Care) -> Vec<Part> {
    let part = |element: &Element| match element {
        Element::Text(text) => Part::Literal(Literal::new(text, care)),
        Element::Space => Part::Space,
        Element::Ending => Part::Ending,
        Element::Gap => Part::Gap,
        Element::Slot(slot) => Part::Slot(*slot),
        Element::Choice(alternatives) => {
            Part::Choice(alternatives.iter().map(|alternative| parts(alternative, care)).collect())
        }
    };
    elements.iter().map(part).collect()
}
