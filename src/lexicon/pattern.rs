//! A phrase of an entry, understood: its parts, its forms, and whether it can be found at all.
//! How it is read is in [`super::parse`]; what it means in a draft is the matcher's business.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use super::parse::LONGEST;
use super::problem::Origin;
use crate::text::{BREAK, Folded, Prose, Skip, Style};

/// The most forms one pattern may stand for.
pub const MOST_FORMS: u64 = 100_000;

/// One written form of an entry, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    source: String,
    shape: Shape,
    /// Must be the first words of a sentence (`^`).
    pub starts_sentence: bool,
    /// Must be the last words of a sentence (`$`).
    pub ends_sentence: bool,
    forms: u64,
    origin: Option<Origin>,
}

/// What a pattern is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// Words between spaces, as nearly all patterns of a large lexicon are; the source says all.
    Words,
    Elements(Vec<Element>),
}

/// A part of a pattern, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// Characters to be found as they are, apart from folding; no white space among them.
    Text(String),
    /// White space between words.
    Space,
    /// `*`: zero or more letters, to the end of the word.
    Ending,
    /// `…`: zero to five words of the same sentence.
    Gap,
    /// `{number}` and its like.
    Slot(Slot),
    /// `(a|b)`, `[a]` or `@group`: one of these.
    Choice(Vec<Vec<Element>>),
}

/// A typed blank in a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Any one word.
    Word,
    /// A number in digits.
    Number,
    /// A number with a currency before or behind it.
    Amount,
    /// A time of day or a date in digits.
    Time,
    /// One to three words that begin with a capital.
    Name,
}

impl Slot {
    /// All slots.
    pub const ALL: [Self; 5] = [Self::Word, Self::Number, Self::Amount, Self::Time, Self::Name];

    /// The name between the braces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Number => "number",
            Self::Amount => "amount",
            Self::Time => "time",
            Self::Name => "name",
        }
    }
}

/// Why a pattern that is written rightly could still find nothing, or anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Useless {
    Blank,
    AllOptional,
    NoFixedWord,
    TooManyForms(u64),
    /// What about the words can never be in a reply's prose.
    Never(&'static str),
}

impl Pattern {
    /// A pattern of these parts, if it is of any use.
    pub(super) fn new(
        source: &str,
        elements: Vec<Element>,
        starts_sentence: bool,
        ends_sentence: bool,
    ) -> Result<Self, Useless> {
        let forms = forms_of(&elements);
        if let Some(useless) = useless(&elements, forms) {
            return Err(useless);
        }
        let shape = Shape::Elements(elements);
        Ok(Self { source: source.to_owned(), shape, starts_sentence, ends_sentence, forms, origin: None })
    }

    /// The pattern of a phrase in which no character means anything special, if it is one.
    pub(super) fn words(source: &str) -> Option<Self> {
        let plain = source.len() <= LONGEST
            && source.chars().all(|c| c == ' ' || is_plain_letter(c))
            && source.bytes().any(|byte| byte != b' ');
        plain.then(|| Self {
            source: source.to_owned(),
            shape: Shape::Words,
            starts_sentence: false,
            ends_sentence: false,
            forms: 1,
            origin: None,
        })
    }

    /// The same pattern, with the place where it is written.
    pub(super) fn at(self, origin: Origin) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// Where it is written.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// What the trainer typed.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The parts, in the order of the text.
    pub fn elements(&self) -> Cow<'_, [Element]> {
        match &self.shape {
            Shape::Words => words(&self.source).into(),
            Shape::Elements(elements) => elements.into(),
        }
    }

    /// How many forms the alternatives make when they are written out.
    pub fn form_count(&self) -> u64 {
        self.forms
    }

    /// Whether it is made of words only, so that [`Pattern::forms`] says all there is to say.
    pub fn is_literal(&self) -> bool {
        match &self.shape {
            Shape::Words => true,
            Shape::Elements(elements) => is_literal(elements),
        }
    }

    /// Whether it has this slot somewhere.
    pub fn has_slot(&self, slot: Slot) -> bool {
        match &self.shape {
            Shape::Words => false,
            Shape::Elements(elements) => has(elements, &|element| *element == Element::Slot(slot)),
        }
    }

    /// Every form of a literal pattern, as typed, spaces collapsed, none twice. Empty for others.
    pub fn forms(&self) -> Vec<String> {
        let elements = match &self.shape {
            Shape::Words => return vec![collapse(self.source.clone())],
            Shape::Elements(elements) if is_literal(elements) => elements,
            Shape::Elements(_) => return Vec::new(),
        };
        let mut forms: Vec<String> = write_out(elements).into_iter().map(collapse).collect();
        if forms.len() > 1 {
            let mut seen = HashSet::new();
            let fresh: Vec<bool> = forms.iter().map(|form| seen.insert(form.as_str())).collect();
            let mut fresh = fresh.into_iter();
            forms.retain(|_| fresh.next() == Some(true));
        }
        forms
    }

    /// Every form of a literal pattern, to be folded. Empty for others.
    pub(crate) fn spellings(&self) -> Spellings<'_> {
        match &self.shape {
            Shape::Words => Spellings { text: Cow::Borrowed(&self.source), count: 1 },
            Shape::Elements(elements) if is_literal(elements) => Spellings::of(elements),
            Shape::Elements(_) => Spellings { text: Cow::Borrowed(""), count: 0 },
        }
    }
}

/// Forms of a pattern, possibly one twice, with blank lines between them, over which nothing folds: so that
/// all can be folded at one go.
#[derive(Debug)]
pub(crate) struct Spellings<'p> {
    text: Cow<'p, str>,
    count: usize,
}

impl Spellings<'_> {
    const BETWEEN: &'static str = "\n\n";

    pub(crate) fn of(elements: &[Element]) -> Self {
        let mut text = String::new();
        let mut count = 0;
        each_form(elements, &mut |form| {
            if count > 0 {
                text.push_str(Self::BETWEEN);
            }
            count += 1;
            text.push_str(form);
        });
        Self { text: Cow::Owned(text), count }
    }

    /// Whether they are ASCII, in which no accent can be lost.
    pub(crate) fn is_ascii(&self) -> bool {
        self.text.is_ascii()
    }

    /// Each as [`Folded::phrase`] folds it.
    pub(crate) fn folded(&self, style: Style) -> Vec<String> {
        match self.count {
            0 => return Vec::new(),
            1 => return vec![Folded::phrase(&self.text, style)],
            _ => {}
        }
        let folded: Vec<String> = Folded::phrase(&self.text, style).split(BREAK).map(str::to_owned).collect();
        if folded.len() == self.count {
            return folded;
        }
        // A form that is nothing but characters that take no place is not to be seen between blank lines.
        self.text.split(Self::BETWEEN).map(|form| Folded::phrase(form, style)).collect()
    }
}

/// The parts of a phrase that is all words.
pub(super) fn words(source: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    for word in source.split_whitespace() {
        if !elements.is_empty() {
            elements.push(Element::Space);
        }
        elements.push(Element::Text(word.to_owned()));
    }
    elements
}

fn useless(elements: &[Element], forms: u64) -> Option<Useless> {
    if forms > MOST_FORMS {
        return Some(Useless::TooManyForms(forms));
    }
    let shortest = shortest(elements);
    if shortest.is_empty() {
        let words = has(elements, &|element| matches!(element, Element::Text(_)));
        return Some(if words {
            Useless::AllOptional
        } else if elements.is_empty() {
            Useless::Blank
        } else {
            Useless::NoFixedWord
        });
    }
    if shortest.iter().all(|part| !matches!(part, Element::Text(_))) {
        return Some(Useless::NoFixedWord);
    }
    never(elements)
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
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

fn has(elements: &[Element], wanted: &dyn Fn(&Element) -> bool) -> bool {
    elements.iter().any(|element| {
        wanted(element) || matches!(element, Element::Choice(alternatives) if alternatives.iter().any(|alternative| has(alternative, wanted)))
    })
}

/// The form with the least text in it, white space, gaps and endings aside: what must at
/// least be in a reply.
fn shortest(elements: &[Element]) -> Vec<&Element> {
    let mut parts = Vec::new();
    for element in elements {
        match element {
            Element::Text(_) | Element::Slot(_) => parts.push(element),
            Element::Choice(alternatives) => {
                let least =
                    alternatives.iter().map(|alternative| shortest(alternative)).min_by_key(|parts| weight(parts));
                parts.extend(least.unwrap_or_default());
            }
            Element::Space | Element::Ending | Element::Gap => {}
        }
    }
    parts
}

fn weight(parts: &[&Element]) -> usize {
    let text = |part: &&Element| if let Element::Text(text) = part { text.len() * 100 } else { 1 };
    parts.iter().map(text).sum()
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

/// Letters of which nothing special is ever made; fillers, which count as letters too, are not
/// among them.
fn is_plain_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\'' | '-' | '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{481}')
}

fn collapse(form: String) -> String {
    if form.starts_with(' ') || form.ends_with(' ') || form.contains("  ") {
        form.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        form
    }
}

/// What keeps the words of a pattern from ever being found, if anything does.
fn never(elements: &[Element]) -> Option<Useless> {
    for element in elements {
        match element {
            Element::Text(text) => {
                // Nearly all phrases are made of letters, which can always be found.
                if text.chars().all(is_plain_letter) {
                    continue;
                }
                let folded = Folded::phrase(text, Style::COARSE);
                if folded.is_empty() {
                    return Some(Useless::Never("it holds characters that take no place in a text"));
                }
                if text.chars().any(char::is_control) || folded.contains(BREAK) {
                    return Some(Useless::Never("it holds a control character, and a reply has none"));
                }
                // Whether it would begin a line, and be a quote, depends on the text.
                if Prose::of_text(text).skipped().iter().any(|skipped| skipped.kind != Skip::Quote) {
                    return Some(Useless::Never("web addresses and e-mail addresses are skipped in a reply"));
                }
            }
            Element::Choice(alternatives) => {
                let faults: Vec<Useless> = alternatives.iter().filter_map(|alternative| never(alternative)).collect();
                if faults.len() == alternatives.len() {
                    return faults.into_iter().next();
                }
            }
            Element::Space | Element::Ending | Element::Gap | Element::Slot(_) => {}
        }
    }
    None
}
