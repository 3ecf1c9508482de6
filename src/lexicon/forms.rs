//! The alternatives of a pattern written out, and folded. How many a pattern may have, and what is of any
//! use, is for [`super::pattern`].

use std::borrow::Cow;

use super::pattern::Element;
use crate::text::{BREAK, Folded, Style};

/// Forms of a pattern, possibly one twice, with blank lines between them, over which nothing folds: so that
/// all can be folded at one go.
#[derive(Debug)]
pub(crate) struct Spellings<'p> {
    text: Cow<'p, str>,
    count: usize,
}

impl<'p> Spellings<'p> {
    const BETWEEN: &'static str = "\n\n";

    /// The one form of a phrase that is all words.
    pub(super) const fn one(text: &'p str) -> Self {
        Self { text: Cow::Borrowed(text), count: 1 }
    }

    pub(super) const fn none() -> Self {
        Self { text: Cow::Borrowed(""), count: 0 }
    }

    pub(crate) fn of(elements: &[Element]) -> Self {
        let mut text = String::new();
        let mut count = 0;
        each_form(elements, &mut |form| {
            if count > 0 {
                text.push_str(Self::BETWEEN);
            }
            count += 1;
            push_collapsed(form, &mut text);
        });
        Self { text: Cow::Owned(text), count }
    }

    /// Whether they are ASCII, in which no accent can be lost.
    pub(crate) fn is_ascii(&self) -> bool {
        self.text.is_ascii()
    }

    /// Each as [`Folded::phrase`] folds it.
    pub(crate) fn folded(&self, style: Style) -> Vec<String> {
        // Every other line is the blank one between two forms.
        let alone = || self.text.split('\n').step_by(2).map(|form| Folded::phrase(form, style)).collect();
        // ASCII has a short way of its own.
        if self.count <= 1 || self.is_ascii() {
            return if self.count == 0 { Vec::new() } else { alone() };
        }
        let folded: Vec<String> = Folded::phrase(&self.text, style).split(BREAK).map(str::to_owned).collect();
        // A form that is nothing but characters that take no place is not to be seen between blank lines.
        if folded.len() == self.count { folded } else { alone() }
    }
}

/// How many forms the elements have when written out; gaps and slots count as one.
pub(crate) fn forms_of(elements: &[Element]) -> u64 {
    elements.iter().fold(1, |forms: u64, element| match element {
        Element::Choice(alternatives) => forms.saturating_mul(
            alternatives.iter().fold(0, |sum: u64, alternative| sum.saturating_add(forms_of(alternative))),
        ),
        Element::Text(_) | Element::Space | Element::Ending | Element::Gap | Element::Slot(_) => forms,
    })
}

/// Whether the elements can be written out in full, being fixed words and choices among them.
pub(crate) fn is_literal(elements: &[Element]) -> bool {
    elements.iter().all(|element| match element {
        Element::Text(_) | Element::Space => true,
        Element::Choice(alternatives) => alternatives.iter().all(|alternative| is_literal(alternative)),
        Element::Ending | Element::Gap | Element::Slot(_) => false,
    })
}

/// Every form of the elements, in the order written; endings, gaps and slots leave nothing.
pub(crate) fn write_out(elements: &[Element]) -> Vec<String> {
    let mut forms = Vec::new();
    each_form(elements, &mut |form| forms.push(form.to_owned()));
    forms
}

/// A place in a pattern, and what may stand there.
enum Stretch<'e> {
    One(&'e str),
    Any(Vec<Cow<'e, str>>),
}

fn each_form(elements: &[Element], each: &mut dyn FnMut(&str)) {
    let stretches: Vec<Stretch<'_>> = elements.iter().filter_map(stretch).collect();
    let mut picks = vec![0; stretches.len()];
    let mut form = String::new();
    loop {
        form.clear();
        for (stretch, &pick) in stretches.iter().zip(&picks) {
            match stretch {
                Stretch::One(text) => form.push_str(text),
                Stretch::Any(all) => form.push_str(all.get(pick).map_or("", |text| text)),
            }
        }
        each(&form);
        // As a counter goes on: the last place first.
        let mut at = stretches.len();
        loop {
            let Some(before) = at.checked_sub(1) else { return };
            at = before;
            if let Stretch::Any(all) = &stretches[at] {
                picks[at] += 1;
                if picks[at] < all.len() {
                    break;
                }
                picks[at] = 0;
            }
        }
    }
}

fn stretch(element: &Element) -> Option<Stretch<'_>> {
    match element {
        Element::Text(text) => Some(Stretch::One(text)),
        Element::Space => Some(Stretch::One(" ")),
        Element::Choice(alternatives) => {
            let mut all = Vec::new();
            for alternative in alternatives {
                match &alternative[..] {
                    [] => all.push(Cow::Borrowed("")),
                    [Element::Text(text)] => all.push(Cow::Borrowed(text.as_str())),
                    elements => each_form(elements, &mut |form| all.push(Cow::Owned(form.to_owned()))),
                }
            }
            Some(Stretch::Any(all))
        }
        Element::Ending | Element::Gap | Element::Slot(_) => None,
    }
}

/// A form with single spaces between its words.
pub(super) fn collapse(form: String) -> String {
    if form.starts_with(' ') || form.ends_with(' ') || form.contains("  ") {
        form.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        form
    }
}

/// Adds a form with single spaces between its words, which are those that fold the fastest.
fn push_collapsed(form: &str, text: &mut String) {
    let single = !form.starts_with(' ') && !form.ends_with(' ') && form.as_bytes().windows(2).all(|two| two != b"  ");
    if single {
        return text.push_str(form);
    }
    for (index, word) in form.split(' ').filter(|word| !word.is_empty()).enumerate() {
        if index > 0 {
            text.push(' ');
        }
        text.push_str(word);
    }
}
