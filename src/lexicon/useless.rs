//! Whether a pattern that is written rightly can find anything, and anything in particular.

use super::pattern::{Element, MOST_FORMS, has};
use crate::text::{BREAK, Folded, Prose, Skip, Style};

/// Why a pattern that is written rightly could still find nothing, or anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Useless {
    Blank,
    AllOptional,
    NoFixedWord,
    TooManyForms(u64),
    /// What about the words can never be in a reply's prose.
    Never(&'static str),
    /// A question mark right before a word, as those write it who know regular expressions: "what (else )?do".
    AsksWithin,
}

pub(super) fn useless(elements: &[Element], forms: u64) -> Option<Useless> {
    if forms > MOST_FORMS {
        return Some(Useless::TooManyForms(forms));
    }
    let least = Least::of(elements);
    if least.weight == 0 {
        let words = has(elements, &|element| matches!(element, Element::Text(_)));
        return Some(if words {
            Useless::AllOptional
        } else if elements.is_empty() {
            Useless::Blank
        } else {
            Useless::NoFixedWord
        });
    }
    if !least.has_words {
        return Some(Useless::NoFixedWord);
    }
    never(elements)
}

/// What is known of the form with the least text in it, white space, gaps and endings aside: of what must at
/// least be in a reply.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Least {
    /// Of nothing only when nothing must be.
    pub(super) weight: usize,
    has_words: bool,
}

impl Least {
    const WORD: Self = Self { weight: 0, has_words: true };
    const SLOT: Self = Self { weight: 1, has_words: false };

    pub(super) fn of(elements: &[Element]) -> Self {
        let one = |element: &Element| match element {
            Element::Text(text) => Self { weight: text.len() * 100, ..Self::WORD },
            Element::Slot(_) => Self::SLOT,
            Element::Choice(alternatives) => alternatives.least(),
            Element::Space | Element::Ending | Element::Gap => Self::default(),
        };
        elements.iter().map(one).fold(Self::default(), |all, next| Self {
            weight: all.weight + next.weight,
            has_words: all.has_words || next.has_words,
        })
    }
}

/// What keeps the words of a pattern from ever being found, if anything does.
pub(super) fn never(elements: &[Element]) -> Option<Useless> {
    let alone = elements.iter().find_map(|element| match element {
        Element::Text(text) => never_prose(text),
        Element::Choice(alternatives) => alternatives.never(),
        Element::Space | Element::Ending | Element::Gap | Element::Slot(_) => None,
    });
    let touches = |pair: &[Element]| matches!(pair, [Element::Text(text), Element::Choice(_) | Element::Slot(_)] if text.ends_with('?'));
    alone.or_else(|| elements.windows(2).any(touches).then_some(Useless::AsksWithin))
}

fn never_prose(text: &str) -> Option<Useless> {
    // Nearly all phrases are made of letters, which can always be found.
    if text.chars().all(is_plain_letter) {
        return None;
    }
    let folded = Folded::phrase(text, Style::COARSE);
    if folded.is_empty() {
        return Some(Useless::Never("it holds characters that take no place in a text"));
    }
    if text.chars().any(char::is_control) || folded.contains(BREAK) {
        return Some(Useless::Never("it holds a control character, and a reply has none"));
    }
    // Whether it would begin a line, and be a quote, depends on the text.
    let skipped = Prose::of_text(text).skipped().iter().any(|skipped| skipped.kind != Skip::Quote);
    if skipped {
        return Some(Useless::Never("web addresses and e-mail addresses are skipped in a reply"));
    }
    text.split('?').skip(1).any(|rest| rest.starts_with(char::is_alphanumeric)).then_some(Useless::AsksWithin)
}

/// Letters of which nothing special is ever made; fillers, which count as letters too, are not
/// among them.
pub(super) fn is_plain_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\'' | '-' | '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{481}')
}
