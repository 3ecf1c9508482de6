//! The phrase syntax: from what a trainer typed to a [`Pattern`]. It knows nothing of texts
//! and of matching; what a pattern means in a draft is the matcher's business.

use std::collections::HashSet;
use std::fmt;

use crate::text::{BREAK, Folded, Prose, Span, Style};

/// The most forms one pattern may stand for.
pub const MOST_FORMS: u64 = 100_000;

/// One written form of an entry, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    source: String,
    elements: Vec<Element>,
    /// Must be the first words of a sentence (`^`).
    pub starts_sentence: bool,
    /// Must be the last words of a sentence (`$`).
    pub ends_sentence: bool,
    forms: u64,
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

/// Why a phrase cannot be understood; the span is in bytes of the phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FaultKind {
    Blank,
    AllOptional,
    Unopened(char),
    Unclosed(char),
    BareBar,
    LooseStar,
    StarInsideWord,
    CaretInside,
    UnknownSlot(String),
    UnknownGroup(String),
    /// The group is being resolved already; or its own phrases are faulty and reported there.
    GroupCycle(String),
    FaultyGroup,
    NoFixedWord,
    TooManyForms(u64),
    /// What about the words can never be in a reply's prose.
    Never(&'static str),
}

/// What the groups in reach stand for.
pub(super) trait Groups {
    fn resolve(&mut self, name: &str) -> Result<Vec<Vec<Element>>, FaultKind>;
}

impl Pattern {
    /// Understands a phrase, or says all that is wrong with it.
    pub(super) fn parse(source: &str, groups: &mut dyn Groups) -> Result<Self, Vec<Fault>> {
        let (body, starts_sentence, ends_sentence) = trim(source);
        let mut parser = Parser { source, at: body.start, end: body.end, groups, faults: Vec::new() };
        let elements = parser.sequence(None);
        let mut faults = parser.faults;
        let whole = Span::new(0, source.len());
        if faults.is_empty() {
            let pattern = Self { source: source.to_owned(), forms: forms_of(&elements), elements, starts_sentence, ends_sentence };
            match pattern.fault() {
                None => return Ok(pattern),
                Some(kind) => faults.push(Fault { kind, span: whole }),
            }
        }
        Err(faults)
    }

    /// A group's phrase, which another phrase will contain.
    pub(super) fn parse_part(source: &str, groups: &mut dyn Groups) -> Result<Vec<Element>, Vec<Fault>> {
        let pattern = Self::parse(source, groups)?;
        if pattern.starts_sentence || pattern.ends_sentence {
            return Err(vec![Fault { kind: FaultKind::CaretInside, span: Span::new(0, source.len()) }]);
        }
        Ok(pattern.elements)
    }

    /// What the trainer typed.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The parts, in the order of the text.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// How many forms the alternatives make when they are written out.
    pub fn form_count(&self) -> u64 {
        self.forms
    }

    /// Whether it is made of words only, so that [`Pattern::forms`] says all there is to say.
    pub fn is_literal(&self) -> bool {
        is_literal(&self.elements)
    }

    /// Whether it has this slot somewhere.
    pub fn has_slot(&self, slot: Slot) -> bool {
        has(&self.elements, &|element| *element == Element::Slot(slot))
    }

    /// Every form of a literal pattern, as typed, spaces collapsed, none twice. Empty for others.
    pub fn forms(&self) -> Vec<String> {
        if !self.is_literal() {
            return Vec::new();
        }
        let mut forms: Vec<String> = write_out(&self.elements).into_iter().map(collapse).collect();
        if forms.len() > 1 {
            let mut seen = HashSet::new();
            let fresh: Vec<bool> = forms.iter().map(|form| seen.insert(form.as_str())).collect();
            let mut fresh = fresh.into_iter();
            forms.retain(|_| fresh.next() == Some(true));
        }
        forms
    }

    fn fault(&self) -> Option<FaultKind> {
        if self.forms > MOST_FORMS {
            return Some(FaultKind::TooManyForms(self.forms));
        }
        let shortest = shortest(&self.elements);
        if shortest.is_empty() {
            let words = has(&self.elements, &|element| matches!(element, Element::Text(_)));
            return Some(if words { FaultKind::AllOptional } else if self.elements.is_empty() { FaultKind::Blank } else { FaultKind::NoFixedWord });
        }
        if shortest.iter().all(|part| !matches!(part, Element::Text(_))) {
            return Some(FaultKind::NoFixedWord);
        }
        never(&self.elements)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

/// Drops what means nothing at the ends, and takes the sentence marks off.
fn trim(source: &str) -> (Span, bool, bool) {
    let dots = |c: char| c == '…' || c.is_whitespace();
    let mut body = source.trim_matches(dots);
    let starts = body.starts_with('^');
    body = body.trim_start_matches('^');
    let ends = body.len() > 1 && body.ends_with('$');
    if ends {
        body = body.strip_suffix('$').unwrap_or(body);
    }
    loop {
        let shorter = body.trim_matches(dots);
        let shorter = shorter.strip_prefix("...").unwrap_or(shorter);
        let shorter = shorter.strip_suffix("...").unwrap_or(shorter);
        if shorter.len() == body.len() {
            break;
        }
        body = shorter;
    }
    let start = body.as_ptr() as usize - source.as_ptr() as usize;
    (Span::new(start, start + body.len()), starts, ends)
}

struct Parser<'p> {
    source: &'p str,
    at: usize,
    end: usize,
    groups: &'p mut dyn Groups,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        Span::new(self.at, self.end).of(self.source)
    }

    fn fault(&mut self, kind: FaultKind, span: Span) {
        self.faults.push(Fault { kind, span });
    }

    /// Reads up to the bracket that closes, or to the end. `open` is the bracket it is in.
    fn sequence(&mut self, open: Option<char>) -> Vec<Element> {
        let mut elements: Vec<Element> = Vec::new();
        while let Some(c) = self.rest().chars().next() {
            let here = Span::new(self.at, self.at + c.len_utf8());
            match c {
                '|' | ')' if open == Some('(') => break,
                '|' | ']' if open == Some('[') => break,
                '(' | '[' => {
                    let choice = self.choice(c, here);
                    elements.push(choice);
                    continue;
                }
                '{' => {
                    elements.extend(self.slot(here));
                    continue;
                }
                '…' => elements.push(Element::Gap),
                '.' if self.rest().starts_with("...") => {
                    elements.push(Element::Gap);
                    self.at += 2;
                }
                '*' => self.ending(&mut elements, here),
                '@' => {
                    if self.group(&mut elements) {
                        continue;
                    }
                    text(&mut elements, c);
                }
                '|' => self.fault(FaultKind::BareBar, here),
                ')' | ']' | '}' => self.fault(FaultKind::Unopened(c), here),
                '^' => self.fault(FaultKind::CaretInside, here),
                c if c.is_whitespace() => {
                    if elements.last() != Some(&Element::Space) {
                        elements.push(Element::Space);
                    }
                }
                c => {
                    if elements.last() == Some(&Element::Ending) && c.is_alphanumeric() {
                        self.fault(FaultKind::StarInsideWord, here);
                    }
                    text(&mut elements, c);
                }
            }
            self.at += c.len_utf8();
        }
        elements
    }

    fn choice(&mut self, open: char, opened: Span) -> Element {
        let close = if open == '(' { ')' } else { ']' };
        let mut alternatives = Vec::new();
        self.at = opened.end;
        loop {
            alternatives.push(self.sequence(Some(open)));
            let next = self.rest().chars().next();
            if let Some(c) = next {
                self.at += c.len_utf8();
            }
            match next {
                Some('|') => {}
                Some(c) if c == close => break,
                _ => {
                    self.fault(FaultKind::Unclosed(open), opened);
                    break;
                }
            }
        }
        if open == '[' {
            alternatives.push(Vec::new());
        }
        Element::Choice(alternatives)
    }

    fn slot(&mut self, opened: Span) -> Option<Element> {
        let Some(close) = self.rest().find('}') else {
            self.fault(FaultKind::Unclosed('{'), opened);
            self.at = opened.end;
            return None;
        };
        let span = Span::new(self.at, self.at + close + 1);
        let name = Span::new(opened.end, span.end - 1).of(self.source).trim().to_owned();
        self.at = span.end;
        let slot = Slot::ALL.into_iter().find(|slot| slot.as_str() == name);
        if slot.is_none() {
            self.fault(FaultKind::UnknownSlot(name), span);
        }
        slot.map(Element::Slot)
    }

    fn ending(&mut self, elements: &mut Vec<Element>, here: Span) {
        let after_letter = match elements.last() {
            Some(Element::Text(text)) => text.ends_with(char::is_alphanumeric),
            Some(Element::Choice(_)) => true,
            _ => false,
        };
        if after_letter {
            elements.push(Element::Ending);
        } else if elements.last() != Some(&Element::Ending) {
            self.fault(FaultKind::LooseStar, here);
        }
    }

    /// A group's name behind an `@`; false when the `@` is only a character.
    fn group(&mut self, elements: &mut Vec<Element>) -> bool {
        let name: String = self.rest().chars().skip(1).take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
        let in_word = matches!(elements.last(), Some(Element::Text(text)) if text.ends_with(char::is_alphanumeric));
        if in_word || name.is_empty() {
            return false;
        }
        let span = Span::new(self.at, self.at + 1 + name.len());
        match self.groups.resolve(&name) {
            Ok(alternatives) => elements.push(Element::Choice(alternatives)),
            Err(kind) => self.fault(kind, span),
        }
        self.at = span.end;
        true
    }
}

fn text(elements: &mut Vec<Element>, c: char) {
    match elements.last_mut() {
        Some(Element::Text(text)) => text.push(c),
        _ => elements.push(Element::Text(c.to_string())),
    }
}

fn forms_of(elements: &[Element]) -> u64 {
    elements.iter().fold(1, |forms: u64, element| match element {
        Element::Choice(alternatives) => {
            forms.saturating_mul(alternatives.iter().fold(0, |sum: u64, alternative| sum.saturating_add(forms_of(alternative))))
        }
        Element::Text(_) | Element::Space | Element::Ending | Element::Gap | Element::Slot(_) => forms,
    })
}

fn is_literal(elements: &[Element]) -> bool {
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
                let least = alternatives.iter().map(|alternative| shortest(alternative)).min_by_key(|parts| weight(parts));
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

fn write_out(elements: &[Element]) -> Vec<String> {
    let mut forms = vec![String::new()];
    for element in elements {
        match element {
            Element::Text(text) => forms.iter_mut().for_each(|form| form.push_str(text)),
            Element::Space => forms.iter_mut().for_each(|form| form.push(' ')),
            Element::Choice(alternatives) => {
                let endings: Vec<String> = alternatives.iter().flat_map(|alternative| write_out(alternative)).collect();
                forms = forms.iter().flat_map(|form| endings.iter().map(move |ending| [form.as_str(), ending].concat())).collect();
            }
            Element::Ending | Element::Gap | Element::Slot(_) => {}
        }
    }
    forms
}

fn collapse(form: String) -> String {
    if form.starts_with(' ') || form.ends_with(' ') || form.contains("  ") {
        form.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        form
    }
}

/// What keeps the words of a pattern from ever being found, if anything does.
fn never(elements: &[Element]) -> Option<FaultKind> {
    for element in elements {
        match element {
            Element::Text(text) => {
                let folded = Folded::phrase(text, Style::COARSE);
                if folded.is_empty() {
                    return Some(FaultKind::Never("it holds characters that take no place in a text"));
                }
                if text.chars().any(char::is_control) || folded.contains(BREAK) {
                    return Some(FaultKind::Never("it holds a control character, and a reply has none"));
                }
                if Prose::of_text(text).skipped().iter().any(|skipped| skipped.span.len() > 0) {
                    return Some(FaultKind::Never("web addresses, e-mail addresses and quoted lines are skipped in a reply"));
                }
            }
            Element::Choice(alternatives) => {
                if let Some(fault) = alternatives.iter().find_map(|alternative| never(alternative)) {
                    return Some(fault);
                }
            }
            Element::Space | Element::Ending | Element::Gap | Element::Slot(_) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Modal;

    impl Groups for Modal {
        fn resolve(&mut self, name: &str) -> Result<Vec<Vec<Element>>, FaultKind> {
            match name {
                "modal" => Ok(vec![vec![Element::Text("must".to_owned())], vec![Element::Text("shall".to_owned())]]),
                _ => Err(FaultKind::UnknownGroup(name.to_owned())),
            }
        }
    }

    fn forms(phrase: &str) -> Vec<String> {
        Pattern::parse(phrase, &mut Modal).expect("a valid phrase").forms()
    }

    fn faults(phrase: &str) -> Vec<FaultKind> {
        Pattern::parse(phrase, &mut Modal).expect_err("a faulty phrase").into_iter().map(|fault| fault.kind).collect()
    }

    #[test]
    fn alternatives_are_written_out() {
        assert_eq!(forms("you('ll| will|) need"), ["you'll need", "you will need", "you need"]);
        assert_eq!(forms("you [also|first] must"), ["you also must", "you first must", "you must"]);
        assert_eq!(forms("отклон(ён|ена)"), ["отклонён", "отклонена"]);
        assert_eq!(forms("you @modal"), ["you must", "you shall"]);
        assert_eq!(forms("a@modal"), ["a@modal"]);
        assert_eq!(forms("[(a|b) ]c"), ["a c", "b c", "c"]);
    }

    #[test]
    fn dots_at_the_ends_mean_nothing() {
        for phrase in ["You must…", "You must ...", "… You must", "...You must…", " You  must "] {
            assert_eq!(forms(phrase), ["You must"], "{phrase}");
        }
        let sentence = Pattern::parse("^no…$", &mut Modal).expect("a valid phrase");
        assert!(sentence.starts_sentence && sentence.ends_sentence);
        assert_eq!(sentence.forms(), ["no"]);
        assert_eq!(forms("$5 fee"), ["$5 fee"]);
        assert_eq!(forms("e.g."), ["e.g."]);
    }

    #[test]
    fn faults_name_what_is_wrong() {
        assert_eq!(faults("  "), [FaultKind::Blank]);
        assert_eq!(faults("…"), [FaultKind::Blank]);
        assert_eq!(faults("[a] (b|)"), [FaultKind::AllOptional]);
        assert_eq!(faults("(a|b"), [FaultKind::Unclosed('(')]);
        assert_eq!(faults("a) b]"), [FaultKind::Unopened(')'), FaultKind::Unopened(']')]);
        assert_eq!(faults("a|b"), [FaultKind::BareBar]);
        assert_eq!(faults("* a"), [FaultKind::LooseStar]);
        assert_eq!(faults("mu*st"), [FaultKind::StarInsideWord]);
        assert_eq!(faults("you ^must"), [FaultKind::CaretInside]);
        assert_eq!(faults("{numbr} days"), [FaultKind::UnknownSlot("numbr".to_owned())]);
        assert_eq!(faults("@model x"), [FaultKind::UnknownGroup("model".to_owned())]);
        assert_eq!(faults("{word} … {word}"), [FaultKind::NoFixedWord]);
        assert_eq!(faults("(must|{word}) [a]"), [FaultKind::NoFixedWord]);
        assert!(matches!(faults("see https://x.example/a")[..], [FaultKind::Never(_)]));
        let many = "(a|b|c|d|e|f|g|h|i|j)".repeat(6);
        assert_eq!(faults(&many), [FaultKind::TooManyForms(1_000_000)]);
    }
}
