//! The phrase syntax: from what a trainer typed to a [`Pattern`], or to what is wrong with it.
//! Messages for people are made of the faults in [`super::fault`].

use super::alternatives::Alternatives;
use super::pattern::{Element, Pattern, Slot, words};
use super::useless::Useless;
use crate::text::Span;

/// Why a phrase cannot be understood; the span is in bytes of the phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FaultKind {
    Useless(Useless),
    Unopened(char),
    Unclosed(char),
    BareBar,
    LooseStar,
    StarInsideWord,
    CaretInside,
    UnknownSlot(String),
    UnknownGroup(String),
    TooLong(usize),
    TooDeep,
    TooManyParts,
    /// The group is being resolved already; or its own phrases are faulty and reported there.
    GroupCycle(String),
    FaultyGroup,
}

/// The most characters a phrase may have.
pub(super) const LONGEST: usize = 1_000;
/// How deeply brackets, and groups, may be nested.
pub(super) const DEEPEST: usize = 32;
/// The most parts a phrase may have, with those of its groups.
const MOST_PARTS: usize = 20_000;

/// What the groups in reach stand for.
pub(super) trait Groups {
    fn resolve(&mut self, name: &str) -> Result<Alternatives, FaultKind>;
}

impl Pattern {
    /// Understands a phrase, or says all that is wrong with it.
    pub(super) fn parse(source: &str, groups: &mut dyn Groups) -> Result<Self, Vec<Fault>> {
        if let Some(plain) = Self::words(source) {
            return Ok(plain);
        }
        let (elements, starts_sentence, ends_sentence) = elements_of(source, groups)?;
        Self::new(source, elements, starts_sentence, ends_sentence).map_err(|useless| of_no_use(source, useless))
    }

    /// A name, every character of which is meant literally.
    pub(super) fn literal(source: &str) -> Result<Self, Vec<Fault>> {
        let elements = words(source);
        Self::new(source, elements, false, false).map_err(|useless| of_no_use(source, useless))
    }

    /// A group's phrase, which another phrase will contain. What is useless by itself, such as
    /// a slot, may be of use there.
    pub(super) fn parse_part(source: &str, groups: &mut dyn Groups) -> Result<Vec<Element>, Vec<Fault>> {
        let (elements, starts_sentence, ends_sentence) = elements_of(source, groups)?;
        if starts_sentence || ends_sentence {
            return Err(vec![Fault { kind: FaultKind::CaretInside, span: Span::new(0, source.len()) }]);
        }
        match Self::new(source, elements.clone(), false, false) {
            Err(useless) if useless != Useless::NoFixedWord => Err(of_no_use(source, useless)),
            _ => Ok(elements),
        }
    }
}

fn of_no_use(source: &str, useless: Useless) -> Vec<Fault> {
    vec![Fault { kind: FaultKind::Useless(useless), span: Span::new(0, source.len()) }]
}

/// The parts of a phrase, and whether it must begin or end a sentence.
fn elements_of(source: &str, groups: &mut dyn Groups) -> Result<(Vec<Element>, bool, bool), Vec<Fault>> {
    let length = source.chars().count();
    if length > LONGEST {
        return Err(vec![Fault { kind: FaultKind::TooLong(length), span: Span::new(0, source.len()) }]);
    }
    let (body, starts_sentence, ends_sentence) = trim(source);
    let mut parser = Parser { source, at: body.start, end: body.end, groups, faults: Vec::new(), depth: 0, parts: 0 };
    let elements = parser.sequence(None);
    if parser.faults.is_empty() { Ok((elements, starts_sentence, ends_sentence)) } else { Err(parser.faults) }
}

/// Drops what means nothing at the ends, and takes the sentence marks off.
fn trim(source: &str) -> (Span, bool, bool) {
    let dots = |c: char| c == '…' || c.is_whitespace();
    let mut body = source.trim_matches(dots);
    let starts = body.starts_with('^');
    body = body.trim_start_matches('^');
    let ends = body.ends_with('$') && (body.len() > 1 || starts);
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
    depth: usize,
    parts: usize,
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
                '(' | '[' if self.depth >= DEEPEST => {
                    self.fault(FaultKind::TooDeep, here);
                    self.at = self.end;
                    break;
                }
                '(' | '[' => {
                    let choice = self.choice(c, here);
                    if elements.last() == Some(&Element::Ending) && begins_in_word(&choice) {
                        self.fault(FaultKind::StarInsideWord, here);
                    }
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
                    text(&mut elements, "@");
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
                    let run = self.run();
                    text(&mut elements, run.of(self.source));
                    self.at = run.end;
                    continue;
                }
            }
            self.at += c.len_utf8();
        }
        elements
    }

    /// A character that means nothing special, and all of that kind behind it.
    fn run(&self) -> Span {
        let mut chars = self.rest().char_indices().skip(1);
        let end = chars.find(|(_, c)| c.is_whitespace() || "()[]{}|*….@^".contains(*c));
        Span::new(self.at, end.map_or(self.end, |(end, _)| self.at + end))
    }

    fn choice(&mut self, open: char, opened: Span) -> Element {
        let close = if open == '(' { ')' } else { ']' };
        let mut alternatives = Vec::new();
        self.at = opened.end;
        self.depth += 1;
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
                    // What is too deep was not read to its end, so nobody knows.
                    if !self.faults.iter().any(|fault| fault.kind == FaultKind::TooDeep) {
                        self.fault(FaultKind::Unclosed(open), opened);
                    }
                    break;
                }
            }
        }
        self.depth -= 1;
        if open == '[' {
            alternatives.push(Vec::new());
        }
        Element::Choice(alternatives.into())
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
        let name: String =
            self.rest().chars().skip(1).take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
        let in_word = matches!(elements.last(), Some(Element::Text(text)) if text.ends_with(char::is_alphanumeric));
        if in_word || name.is_empty() {
            return false;
        }
        let span = Span::new(self.at, self.at + 1 + name.len());
        match self.groups.resolve(&name) {
            Ok(alternatives) => {
                self.parts += size(&alternatives);
                if self.parts > MOST_PARTS {
                    self.fault(FaultKind::TooManyParts, span);
                } else {
                    elements.push(Element::Choice(alternatives));
                }
            }
            Err(kind) => self.fault(kind, span),
        }
        self.at = span.end;
        true
    }
}

fn size(alternatives: &[Vec<Element>]) -> usize {
    let of = |element: &Element| if let Element::Choice(inner) = element { 1 + size(inner) } else { 1 };
    alternatives.iter().flatten().map(of).sum()
}

fn begins_in_word(choice: &Element) -> bool {
    let Element::Choice(alternatives) = choice else { return false };
    let in_word = |first: &Element| matches!(first, Element::Text(text) if text.starts_with(char::is_alphanumeric));
    alternatives.iter().any(|alternative| alternative.first().is_some_and(in_word))
}

fn text(elements: &mut Vec<Element>, more: &str) {
    match elements.last_mut() {
        Some(Element::Text(text)) => text.push_str(more),
        _ => elements.push(Element::Text(more.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Folded, Style};

    struct Modal;

    impl Groups for Modal {
        fn resolve(&mut self, name: &str) -> Result<Alternatives, FaultKind> {
            let word = |word: &str| vec![Element::Text(word.to_owned())];
            match name {
                "modal" => Ok(vec![word("must"), word("shall")].into()),
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
    fn forms_fold_together_as_they_do_alone() {
        let phrases = [
            "You  must",
            "You('ll| Will|) Ne\u{301}ed",
            "[also |first] É(ß|ẞ)…",
            "отклон(ЁН|ена|ены)[ Вам]",
            "(c|с)\u{43e}жалению (И|и)\u{306}",
            "(\u{ad}|a)",
            "(a=|b) [\u{ad}|\u{a0}c]",
            "(ຈໍາ|ຈຳ)ນ້ຳ",
        ];
        for phrase in phrases {
            let pattern = Pattern::parse(phrase, &mut Modal).expect("a valid phrase");
            for style in [Style::COARSE, Style::ACCENTED, Style::CASED, Style::ACCENTED.with_dotless_i(true)] {
                let spellings = pattern.spellings();
                let mut together: Vec<String> = spellings.folded(style).iter().map(str::to_owned).collect();
                let mut alone: Vec<String> = pattern.forms().iter().map(|form| Folded::phrase(form, style)).collect();
                together.sort();
                together.dedup();
                alone.sort();
                alone.dedup();
                assert_eq!(together, alone, "{phrase:?}");
            }
        }
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
        assert_eq!(faults("  "), [FaultKind::Useless(Useless::Blank)]);
        assert_eq!(faults("…"), [FaultKind::Useless(Useless::Blank)]);
        assert_eq!(faults("[a] (b|)"), [FaultKind::Useless(Useless::AllOptional)]);
        assert_eq!(faults("(a|b"), [FaultKind::Unclosed('(')]);
        assert_eq!(faults("a) b]"), [FaultKind::Unopened(')'), FaultKind::Unopened(']')]);
        assert_eq!(faults("a|b"), [FaultKind::BareBar]);
        assert_eq!(faults("* a"), [FaultKind::LooseStar]);
        assert_eq!(faults("mu*st"), [FaultKind::StarInsideWord]);
        assert_eq!(faults("you ^must"), [FaultKind::CaretInside]);
        assert_eq!(faults("{numbr} days"), [FaultKind::UnknownSlot("numbr".to_owned())]);
        assert_eq!(faults("@model x"), [FaultKind::UnknownGroup("model".to_owned())]);
        assert_eq!(faults("{word} … {word}"), [FaultKind::Useless(Useless::NoFixedWord)]);
        assert_eq!(faults("(must|{word}) [a]"), [FaultKind::Useless(Useless::NoFixedWord)]);
        assert!(matches!(faults("see https://x.example/a")[..], [FaultKind::Useless(Useless::Never(_))]));
        for habit in ["what (else )?(do|did)", "the colou?r", "what (else )?do"] {
            assert_eq!(faults(habit), [FaultKind::Useless(Useless::AsksWithin)], "{habit}");
        }
        for question in ["what else?", "(ok|fine)?", "(is|was) it? [no]", "is it?, you ask"] {
            assert!(Pattern::parse(question, &mut Modal).is_ok(), "{question}");
        }
        let many = "(a|b|c|d|e|f|g|h|i|j)".repeat(6);
        assert_eq!(faults(&many), [FaultKind::Useless(Useless::TooManyForms(1_000_000))]);
    }
}
