//! Forms of a phrase as somebody might write them, chosen one by one, for a phrase may stand for a hundred
//! thousand. What can be anything is filled with something that no lexicon asks for.

use crate::lexicon::{Element, Pattern, Slot, Wording, WordingPart, forms_of};

/// A word that is none.
pub(super) const NO_WORD: &str = "xq";

/// How what can be anything is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// With as little as may be.
    Least,
    /// With words and letters of no meaning, which nothing else asks for.
    Nonsense,
    /// Endings with [`MARK`], and the rest with as little as may be.
    Marked,
}

/// An ending that no word has.
pub(super) const MARK: &str = "70707";

/// Such a text as a person is shown it: with a blank for what means nothing.
pub(super) fn shown(text: &str) -> String {
    text.replace(NO_WORD, "…")
}

/// At the most so many forms of a pattern, spread evenly over all of them; all when it has no more.
pub(super) fn some_forms(pattern: &Pattern, most: u64, fill: Fill) -> impl Iterator<Item = String> {
    let elements = pattern.elements().into_owned();
    let count = forms_of(&elements);
    let shown = count.min(most);
    // A step that is even over the choices as well: the last of them changes fastest.
    (0..shown).map(move |index| form(&elements, u128::from(index) * u128::from(count) / u128::from(shown), fill))
}

/// The form of this number.
fn form(elements: &[Element], number: u128, fill: Fill) -> String {
    let mut text = String::new();
    write(elements, number, fill, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write(elements: &[Element], mut number: u128, fill: Fill, text: &mut String) {
    for element in elements {
        match element {
            Element::Text(words) => text.push_str(words),
            Element::Ending if fill == Fill::Nonsense => text.push_str(NO_WORD),
            Element::Gap if fill == Fill::Nonsense => text.extend([" ", NO_WORD, " "]),
            Element::Ending if fill == Fill::Marked => text.push_str(MARK),
            Element::Ending => {}
            Element::Space | Element::Gap => text.push(' '),
            Element::Slot(slot) => text.push_str(filling(*slot)),
            Element::Choice(alternatives) => {
                let count = |alternative: &Vec<Element>| u128::from(forms_of(alternative));
                let all = alternatives.iter().map(count).sum::<u128>().max(1);
                let mut chosen = number % all;
                number /= all;
                for alternative in alternatives.iter() {
                    if chosen < count(alternative) {
                        write(alternative, chosen, fill, text);
                        break;
                    }
                    chosen -= count(alternative);
                }
            }
        }
    }
}

/// A wording as somebody might send it, with its slots filled. Its blanks and fields stay.
pub(super) fn spelt(wording: &Wording) -> String {
    let part = |part: &WordingPart| match part {
        WordingPart::Words(words) => words.replace("...", "…"),
        WordingPart::Slot(slot) => filling(*slot).to_owned(),
        WordingPart::Field(field) => field.clone(),
    };
    wording.parts().iter().map(part).collect()
}

/// Something that fits a slot.
const fn filling(slot: Slot) -> &'static str {
    match slot {
        Slot::Word => "abc",
        Slot::Number => "7",
        Slot::Amount => "$20",
        Slot::Time => "10:30",
        Slot::Name => "Anna",
    }
}
