//! An entry taken apart: each of its patterns by itself, and each pattern with one of its alternatives alone. Made
//! into a lexicon of their own they are looked for like any other, so that whoever asks what a text exercises needs
//! no matcher but the one there is.

use super::Lexicon;
use super::entry::{Entry, Kind, Level};
use super::pattern::{Element, Pattern};

/// Alternatives of one pattern up to which each is looked for.
const MOST_ALTERNATIVES: usize = 2_000;

/// A part of an entry that is looked for by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What it does for its entry.
    pub part: Part,
    /// The whole pattern, as it is typed.
    pub source: String,
    /// Which alternative of it alone is looked for, if it is only one.
    pub alternative: Option<Alternative>,
    /// The pattern has more alternatives than are looked for.
    pub is_too_large: bool,
}

/// What a pattern does for its entry; the name is that of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It is looked for.
    Phrases,
    /// The same, as a regular expression.
    Regex,
    /// A reply must have it, or one of those beside it.
    Any,
    /// A reply must have it.
    All,
    /// It is one of the manners of speaking of which one is to be kept.
    Forms,
    /// It makes a phrase fine that it shares a word with.
    Unless,
    /// It makes a phrase fine that stands near it.
    UnlessNear,
    /// The entry waits for the customer to write it.
    Customer,
    /// The entry waits for it in the agent's turn before.
    Before,
}

/// One of the alternatives of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Which choice of the pattern, from 0, one within another behind it.
    pub choice: usize,
    /// How many alternatives that choice has.
    pub of: usize,
    /// The alternative as it may be typed; empty for the one that is nothing.
    pub words: String,
    /// What it is a part of: an earlier probe, by its number.
    pub within: usize,
}

impl Part {
    /// The key that holds it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phrases => "phrases",
            Self::Regex => "regex",
            Self::Any => "any",
            Self::All => "all",
            Self::Forms => "forms",
            Self::Unless => "unless",
            Self::UnlessNear => "unless-near",
            Self::Customer => "customer",
            Self::Before => "before",
        }
    }
}

impl Lexicon {
    /// An entry of it taken apart: the probes, and a lexicon that has an entry for each, in the same order.
    pub(crate) fn probes(&self, entry: &Entry) -> (Self, Vec<Probe>) {
        let mut taken = Taken { entry, probes: Vec::new(), entries: Vec::new() };
        for (part, pattern) in entry.parts() {
            taken.pattern(part, pattern);
        }
        for regex in &entry.regexes {
            let probe = Entry { regexes: vec![regex.clone()], ..taken.bare(Part::Regex) };
            taken.add(Part::Regex, regex.as_str(), probe);
        }
        (self.with_entries(taken.entries), taken.probes)
    }
}

impl Entry {
    /// Its patterns, and what each of them does.
    fn parts(&self) -> impl Iterator<Item = (Part, &Pattern)> {
        let (asked, when) = (self.requirement.as_deref(), self.when.as_deref());
        let forms = asked.into_iter().flat_map(|asked| &asked.forms);
        [
            all(Part::Phrases, Some(&self.patterns)),
            all(Part::Any, asked.map(|asked| &asked.any)),
            all(Part::All, asked.map(|asked| &asked.all)),
            forms.flat_map(|set| all(Part::Forms, Some(set))).collect(),
            all(Part::Unless, Some(&self.unless)),
            all(Part::UnlessNear, self.unless_near.as_ref().map(|near| &near.patterns)),
            all(Part::Customer, when.map(|when| &when.customer)),
            all(Part::Before, when.map(|when| &when.before)),
        ]
        .into_iter()
        .flatten()
    }
}

/// Some patterns, and what they do.
fn all(part: Part, patterns: Option<&Vec<Pattern>>) -> Vec<(Part, &Pattern)> {
    patterns.into_iter().flatten().map(|pattern| (part, pattern)).collect()
}

/// An entry that is being taken apart.
struct Taken<'e> {
    entry: &'e Entry,
    probes: Vec<Probe>,
    entries: Vec<Entry>,
}

impl Taken<'_> {
    fn pattern(&mut self, part: Part, pattern: &Pattern) {
        let probe = Entry { patterns: vec![pattern.clone()], ..self.bare(part) };
        let whole = self.add(part, pattern.source(), probe);
        let elements = pattern.elements();
        if alternatives_of(&elements) > MOST_ALTERNATIVES {
            self.probes[whole].is_too_large = true;
            return;
        }
        self.choices(&elements, (part, pattern), (whole, &mut 0), &|elements| elements);
    }

    /// Adds each alternative of these elements, which `rest` puts into what surrounds them.
    fn choices(
        &mut self,
        elements: &[Element],
        of: (Part, &Pattern),
        (within, next): (usize, &mut usize),
        rest: &dyn Fn(Vec<Element>) -> Vec<Element>,
    ) {
        let (part, pattern) = of;
        for (at, element) in elements.iter().enumerate() {
            let Element::Choice(alternatives) = element else { continue };
            let choice = *next;
            *next += 1;
            for alternative in alternatives.iter() {
                let alone = |inner: Vec<Element>| {
                    let mut elements = elements.to_vec();
                    elements[at] = Element::Choice(vec![inner].into());
                    rest(elements)
                };
                let narrowed = pattern.narrowed(alone(alternative.clone()));
                let probe = Entry { patterns: vec![narrowed], ..self.bare(part) };
                let number = self.add(part, pattern.source(), probe);
                let words = typed(alternative).trim().to_owned();
                self.probes[number].alternative = Some(Alternative { choice, of: alternatives.len(), words, within });
                self.choices(alternative, of, (number, next), &alone);
            }
        }
    }

    fn add(&mut self, part: Part, source: &str, probe: Entry) -> usize {
        self.entries.push(probe);
        self.probes.push(Probe { part, source: source.to_owned(), alternative: None, is_too_large: false });
        self.probes.len() - 1
    }

    /// An entry that looks as closely as the one that is taken apart, for nothing yet.
    fn bare(&self, part: Part) -> Entry {
        let Entry { case, ignore_accents, boundary, at, .. } = *self.entry;
        let at = at.filter(|_| matches!(part, Part::Phrases | Part::Regex));
        let level = Some(Level::Advice);
        let new = Entry::new(self.entry.id.clone(), Kind::Avoid, self.entry.origin.clone());
        Entry { level, case, ignore_accents, boundary, at, ..new }
    }
}

fn alternatives_of(elements: &[Element]) -> usize {
    let of = |element: &Element| match element {
        Element::Choice(alternatives) => {
            alternatives.iter().map(|alternative| 1 + alternatives_of(alternative)).sum::<usize>()
        }
        Element::Text(_) | Element::Space | Element::Ending | Element::Gap | Element::Slot(_) => 0,
    };
    elements.iter().map(of).sum()
}

/// Elements as a trainer may type them, the first alternative of each choice.
fn typed(elements: &[Element]) -> String {
    let one = |element: &Element| match element {
        Element::Text(text) => text.clone(),
        Element::Space => " ".to_owned(),
        Element::Ending => "*".to_owned(),
        Element::Gap => "…".to_owned(),
        Element::Slot(slot) => format!("{{{}}}", slot.as_str()),
        Element::Choice(alternatives) => alternatives.first().map(|first| typed(first)).unwrap_or_default(),
    };
    elements.iter().map(one).collect()
}
