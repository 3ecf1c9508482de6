//! A phrase of an entry, understood: its parts, its forms, and whether it can be found at all.
//! How it is read is in [`super::parse`]; what it means in a draft is the matcher's business.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use super::alternatives::Alternatives;
use super::elements::Elements;
use super::entries::Files;
use super::forms::{Spellings, collapse, forms_of, is_literal, write_out};
use super::pack::{Packer, Unpacker};
use super::parse::LONGEST;
use super::problem::Origin;
use super::useless::{Useless, is_plain_letter, useless};

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
    Elements(Elements),
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
    Choice(Alternatives),
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

impl Slot {
    pub(crate) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let slot = unpacker.byte()?;
        Self::ALL.into_iter().find(|known| *known as u8 == slot)
    }
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
        let shape = Shape::Elements(elements.into());
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

    /// The same pattern with fewer alternatives: one that it has is of use by itself.
    pub(super) fn narrowed(&self, elements: Vec<Element>) -> Self {
        let forms = forms_of(&elements);
        Self { shape: Shape::Elements(elements.into()), forms, ..self.clone() }
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
            Shape::Elements(elements) => (**elements).into(),
        }
    }

    /// How many forms the alternatives make when they are written out.
    pub fn form_count(&self) -> u64 {
        self.forms
    }

    /// Bytes that all its forms have at the most when they are written out.
    pub(crate) fn most_bytes(&self) -> usize {
        let longest = match &self.shape {
            Shape::Words => self.source.len(),
            Shape::Elements(elements) => bytes_of(elements),
        };
        longest.saturating_mul(usize::try_from(self.forms).unwrap_or(usize::MAX))
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
            Shape::Words => Spellings::one(&self.source),
            Shape::Elements(elements) if is_literal(elements) => Spellings::of(elements.iter()),
            Shape::Elements(_) => Spellings::none(),
        }
    }
}

impl Pattern {
    pub(super) fn pack(&self, files: &Files, packer: &mut Packer) {
        packer.text(&self.source);
        packer.flag(self.starts_sentence);
        packer.flag(self.ends_sentence);
        match &self.shape {
            Shape::Words => packer.flag(false),
            Shape::Elements(elements) => {
                packer.flag(true);
                packer.number(usize::try_from(self.forms).unwrap_or(usize::MAX));
                elements.pack(packer);
            }
        }
        packer.option(self.origin.as_ref(), |packer, origin| files.pack(origin, packer));
    }

    pub(super) fn unpack(files: &Files, unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let source = unpacker.string()?;
        let (starts_sentence, ends_sentence) = (unpacker.flag()?, unpacker.flag()?);
        let (forms, shape) = if unpacker.flag()? {
            (u64::try_from(unpacker.number()?).ok()?, Shape::Elements(Elements::unpack(unpacker)?))
        } else {
            (1, Shape::Words)
        };
        let origin = unpacker.option(|unpacker| files.unpack(unpacker))?;
        Some(Self { source, shape, starts_sentence, ends_sentence, forms, origin })
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

/// Bytes of all texts in it.
fn bytes_of(elements: &[Element]) -> usize {
    let bytes = |element: &Element| match element {
        Element::Text(text) => text.len(),
        Element::Choice(alternatives) => alternatives.iter().map(|elements| bytes_of(elements)).sum(),
        Element::Space | Element::Ending | Element::Gap | Element::Slot(_) => 1,
    };
    elements.iter().map(bytes).sum()
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

pub(super) fn has(elements: &[Element], wanted: &dyn Fn(&Element) -> bool) -> bool {
    elements.iter().any(|element| {
        wanted(element) || matches!(element, Element::Choice(alternatives) if alternatives.iter().any(|alternative| has(alternative, wanted)))
    })
}
