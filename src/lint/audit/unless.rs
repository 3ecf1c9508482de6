//! Exceptions that can never apply. An exception makes a hit fine when the two share a word; one that has no word
//! in common with any phrase of its entry never does. It is only said of those of which it is certain.

use std::collections::HashSet;

use super::forms::{Fill, MARK, some_forms};
use super::{Audit, problem};
use crate::lexicon::{Boundary, Code, Element, Entry, Pattern, Problem};
use crate::text::{Folded, Span, Style, is_spaced};

/// Forms of which the words are gathered.
const MOST: u64 = 4096;

impl Audit<'_> {
    pub(super) fn ask_after_exceptions(&mut self) {
        let mut found: Vec<(usize, Problem)> = Vec::new();
        for (number, entry) in self.all() {
            let mut phrases = None;
            for unless in entry.unless.iter().filter(|unless| self.is_own(unless.origin())) {
                let Some(words) = Words::of([unless]) else { continue };
                let Some(phrases) = phrases.get_or_insert_with(|| phrases_of(entry)) else { break };
                if words.can_share(phrases) {
                    continue;
                }
                let origin = unless.origin().unwrap_or(&entry.origin);
                let message =
                    format!("`{unless}` never makes a difference: it shares no word with any phrase of `{}`", entry.id);
                let remedy = "write the exception with the words of the phrase in it, or use `unless-near` for words that stand elsewhere in the sentence";
                found.push((number, problem(Code::IdleUnless, origin, message, "shares no word", remedy.to_owned())));
            }
        }
        self.warn_of_all(found);
    }
}

/// The words of all phrases, if they can be told.
fn phrases_of(entry: &Entry) -> Option<Words> {
    let bounded = entry.regexes.is_empty() && entry.boundary == Boundary::Word;
    if bounded { Words::of(&entry.patterns) } else { None }
}

/// The words that forms of patterns may have. Two matches that overlap have a letter in common, and so all of the
/// word that it is in, both being bounded by borders of words; in scripts without spaces, that letter at least.
#[derive(Debug, Default, PartialEq, Eq)]
struct Words {
    whole: HashSet<String>,
    /// Beginnings of words that may end in any way.
    open: Vec<String>,
}

impl Words {
    /// None when they can be any.
    fn of<'p>(patterns: impl IntoIterator<Item = &'p Pattern>) -> Option<Self> {
        let mut words = Self::default();
        for pattern in patterns {
            if pattern.form_count() > MOST || holds_any_word(&pattern.elements()) {
                return None;
            }
            for form in some_forms(pattern, MOST, Fill::Marked) {
                words.add(&Folded::phrase(&form, Style::COARSE));
            }
        }
        Some(words)
    }

    fn add(&mut self, form: &str) {
        let mut word: Option<usize> = None;
        for (at, c) in form.char_indices() {
            let spaced = is_spaced(c);
            match word {
                Some(_) if spaced => {}
                None if spaced => word = Some(at),
                _ => self.note(word.take().map(|start| Span::new(start, at).of(form))),
            }
            if !spaced && !c.is_whitespace() {
                self.note(Some(Span::new(at, at + c.len_utf8()).of(form)));
            }
        }
        self.note(word.map(|start| Span::new(start, form.len()).of(form)));
    }

    fn note(&mut self, word: Option<&str>) {
        let Some(word) = word else { return };
        match word.split_once(MARK) {
            Some((beginning, _)) => self.open.push(beginning.to_owned()),
            None if self.whole.contains(word) => {}
            None => drop(self.whole.insert(word.to_owned())),
        }
    }

    fn can_share(&self, other: &Self) -> bool {
        let begins = |words: &Self, open: &Self| {
            open.open.iter().any(|beginning| words.whole.iter().any(|word| word.starts_with(beginning)))
        };
        let either = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
        self.whole.iter().any(|word| other.whole.contains(word))
            || begins(self, other)
            || begins(other, self)
            || self.open.iter().any(|a| other.open.iter().any(|b| either(a, b)))
    }
}

/// Whether something in it can be any word.
fn holds_any_word(elements: &[Element]) -> bool {
    elements.iter().any(|element| match element {
        Element::Gap | Element::Slot(_) => true,
        Element::Choice(alternatives) => alternatives.iter().any(|alternative| holds_any_word(alternative)),
        Element::Text(_) | Element::Space | Element::Ending => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_overlapping_matches_share() {
        let words = |form: &str| {
            let mut words = Words::default();
            words.add(&Folded::phrase(form, Style::COARSE));
            let mut words: Vec<String> = words.whole.into_iter().collect();
            words.sort();
            words
        };
        assert_eq!(words("You'll must-have $5"), ["$", "'", "-", "5", "have", "ll", "must", "you"]);
        assert_eq!(words("ok ຂໍ"), ["ok", "ຂ", "ໍ"]);
    }
}
