//! The alternatives of a pattern written out, and folded. How many a pattern may have, and what is of any
//! use, is for [`super::pattern`].

use std::borrow::Cow;

use super::pattern::Element;
use crate::text::{BREAK, Folded, Span, Style};

/// Forms of a pattern, possibly one twice, one behind another, with single spaces between their words.
#[derive(Debug)]
pub(crate) struct Spellings<'p> {
    text: Cow<'p, str>,
    /// Where each ends.
    ends: Cow<'p, [usize]>,
}

impl<'p> Spellings<'p> {
    /// What is put between forms that are folded together: a blank line, over which nothing folds.
    const BETWEEN: &'static str = "\n\n";

    /// The one form of a phrase that is all words.
    pub(super) fn one(text: &'p str) -> Self {
        let text = if is_collapsed(text) { Cow::Borrowed(text) } else { Cow::Owned(collapse(text.to_owned())) };
        Self { ends: Cow::Owned(vec![text.len()]), text }
    }

    pub(super) const fn none() -> Self {
        Self { text: Cow::Borrowed(""), ends: Cow::Borrowed(&[]) }
    }

    pub(crate) fn of<'e>(elements: impl IntoIterator<Item = &'e Element>) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        // Where the form before begins, and where its pieces end in it: most forms go on as the one before began.
        let (mut before, mut marks) = (0, Vec::new());
        each_form(elements, &mut |pieces, from| {
            let start = text.len();
            let shared = from.checked_sub(1).map_or(0, |last| marks[last]);
            let there = shared.min(start - before);
            text.extend_from_within(before..before + there);
            if there < shared {
                // The blank that was taken off at its end.
                text.push(' ');
            }
            marks.truncate(from);
            for piece in &pieces[from..] {
                let blank = text.len() == start || text.ends_with(' ');
                text.push_str(piece.strip_prefix(' ').filter(|_| blank).unwrap_or(piece));
                marks.push(text.len() - start);
            }
            if text.len() > start && text.ends_with(' ') {
                text.pop();
            }
            ends.push(text.len());
            before = start;
        });
        Self { text: Cow::Owned(text), ends: Cow::Owned(ends) }
    }

    /// All of them, one behind another.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, number: usize) -> Option<&str> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.ends.get(number).map(|end| Span::new(start, *end).of(&self.text))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// Each as [`Folded::phrase`] folds it.
    pub(crate) fn folded(&self, style: Style) -> Spellings<'_> {
        if Folded::lowers_only(&self.text, style) {
            return Spellings { text: Cow::Owned(self.text.to_ascii_lowercase()), ends: Cow::Borrowed(&self.ends) };
        }
        let alone = || self.iter().map(|form| Folded::phrase(form, style)).collect();
        if self.len() <= 1 || self.text.is_ascii() {
            return alone();
        }
        let together = Folded::phrase(&self.iter().collect::<Vec<_>>().join(Self::BETWEEN), style);
        let folded: Spellings<'_> = together.split(BREAK).map(str::to_owned).collect();
        // A form that is nothing but characters that take no place is not to be seen between blank lines.
        if folded.len() == self.len() { folded } else { alone() }
    }
}

impl FromIterator<String> for Spellings<'_> {
    fn from_iter<I: IntoIterator<Item = String>>(forms: I) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for form in forms {
            text.push_str(&form);
            ends.push(text.len());
        }
        Self { text: Cow::Owned(text), ends: Cow::Owned(ends) }
    }
}

/// How many forms the elements have when written out; gaps and slots count as one.
pub(crate) fn forms_of(elements: &[Element]) -> u64 {
    elements.iter().fold(1, |forms: u64, element| match element {
        Element::Choice(alternatives) => forms.saturating_mul(alternatives.forms()),
        Element::Text(_) | Element::Space | Element::Ending | Element::Gap | Element::Slot(_) => forms,
    })
}

/// Whether the elements can be written out in full, being fixed words and choices among them.
pub(crate) fn is_literal(elements: &[Element]) -> bool {
    elements.iter().all(|element| match element {
        Element::Text(_) | Element::Space => true,
        Element::Choice(alternatives) => alternatives.is_literal(),
        Element::Ending | Element::Gap | Element::Slot(_) => false,
    })
}

/// Every form of the elements, in the order written; endings, gaps and slots leave nothing.
pub(crate) fn write_out(elements: &[Element]) -> Vec<String> {
    let mut forms = Vec::new();
    each_form(elements, &mut |pieces, _| forms.push(pieces.concat()));
    forms
}

/// A place in a pattern, and what may stand there.
type Stretch<'e> = Vec<Cow<'e, str>>;

/// Calls `each` with the pieces of every form, one for each stretch, and the first of them that are not as in the
/// form before. Within a piece there are single spaces.
fn each_form<'e>(elements: impl IntoIterator<Item = &'e Element>, each: &mut dyn FnMut(&[&str], usize)) {
    let stretches = stretches(elements.into_iter());
    let mut pieces: Vec<&str> = stretches.iter().map(|all| all.first().map_or("", |piece| piece)).collect();
    let mut picks = vec![0; stretches.len()];
    let mut from = 0;
    loop {
        each(&pieces, from);
        // As a counter goes on: the last place first.
        let mut at = stretches.len();
        loop {
            let Some(before) = at.checked_sub(1) else { return };
            at = before;
            let all = &stretches[at];
            picks[at] += 1;
            let goes_on = picks[at] < all.len();
            if !goes_on {
                picks[at] = 0;
            }
            pieces[at] = all.get(picks[at]).map_or("", |piece| piece);
            if goes_on {
                from = at;
                break;
            }
        }
    }
}

fn stretches<'e>(elements: impl Iterator<Item = &'e Element>) -> Vec<Stretch<'e>> {
    let mut stretches: Vec<Stretch<'e>> = Vec::with_capacity(elements.size_hint().0);
    let fixed = |text, stretches: &mut Vec<Stretch<'e>>, joins| match stretches.last_mut().map(Vec::as_mut_slice) {
        Some([before]) if joins => before.to_mut().push_str(text),
        _ => stretches.push(vec![Cow::Borrowed(text)]),
    };
    let mut joins = false;
    for element in elements {
        match element {
            Element::Text(text) => fixed(text, &mut stretches, joins),
            Element::Space => fixed(" ", &mut stretches, joins),
            Element::Choice(alternatives) => stretches.push(written(alternatives)),
            Element::Ending | Element::Gap | Element::Slot(_) => {}
        }
        joins = matches!(element, Element::Text(_) | Element::Space);
    }
    for piece in stretches.iter_mut().flatten().filter(|piece| piece.as_bytes().windows(2).any(|two| two == b"  ")) {
        let mut last = None;
        *piece = piece.chars().filter(|&c| last.replace(c) != Some(' ') || c != ' ').collect();
    }
    stretches
}

/// What the alternatives of a choice can be.
fn written(alternatives: &[Vec<Element>]) -> Stretch<'_> {
    let mut all = Vec::with_capacity(alternatives.len());
    for alternative in alternatives {
        match &alternative[..] {
            [] => all.push(Cow::Borrowed("")),
            [Element::Text(text)] => all.push(Cow::Borrowed(text.as_str())),
            elements => each_form(elements, &mut |pieces, _| all.push(Cow::Owned(pieces.concat()))),
        }
    }
    all
}

/// A form with single spaces between its words.
pub(super) fn collapse(form: String) -> String {
    if is_collapsed(&form) { form } else { form.split_whitespace().collect::<Vec<_>>().join(" ") }
}

fn is_collapsed(form: &str) -> bool {
    !form.starts_with(' ') && !form.ends_with(' ') && !form.contains("  ")
}
