//! What comes near a rule and is not looked at by an ordinary lint: its phrase within a longer word, in a stretch
//! that is not read, at the wrong end of a sentence or in another spelling, or while the rule sleeps. A second and
//! looser search for whoever asks; a lint never makes it.

use std::sync::Arc;

use super::Reason;
use super::account::Told;
use crate::lexicon::{At, Boundary, Case, Entry, Kind, Pattern};
use crate::lint::context::{Asleep, Context};
use crate::lint::{LintError, Linter};
use crate::matcher::{Hits, Matcher};
use crate::text::{Draft, Folded, Reading, Scope, Span, Style, is_border};

/// Letters of which a phrase has at least so many that is worth a word when it is a part of another.
const FEWEST_LETTERS: usize = 3;

impl Linter {
    /// Adds what only comes near the entries that are asked about, where nothing was told yet.
    pub(super) fn near(
        &self,
        matcher: &Matcher,
        draft: &Draft<'_>,
        reading: &Reading<'_>,
        (context, asked): (&Context<'_, '_>, &dyn Fn(usize) -> bool),
        told: &mut Told<'_>,
    ) -> Result<(), LintError> {
        let entries = matcher.lexicon().entries();
        let is_asked = |number: usize, entry: &Entry| asked(number) && self.hears(entry);
        let mut hits = Hits::default();
        // What sleeps is looked for as it is: it would be found.
        let sleeps = |number: usize, entry: &Entry| is_asked(number, entry) && context.wakes(number, entry).is_err();
        matcher.find(reading, &sleeps, &mut hits);
        for (number, span, _) in hits.standing().filter(|(number, ..)| seeks(&entries[*number])) {
            if let Err(asleep) = context.wakes(number, &entries[number]) {
                add(told, number, Reason::Dormant(span, asleep));
            }
        }
        let loose = Matcher::new(Arc::new(matcher.lexicon().loosened(asked))).map_err(LintError::TooLarge)?;
        let here = |number: usize, _: &Entry| {
            let entry = &entries[number];
            is_asked(number, entry) && (entry.level.is_none() || context.wakes(number, entry).is_ok())
        };
        loose.find(reading, &here, &mut hits);
        for (number, span, folded) in hits.standing() {
            let entry = &entries[number];
            let reason = match Fit::of(entry, reading, span, folded) {
                Fit::Not(reason) => Some(reason),
                Fit::Stands if entry.level.is_none() => Some(Reason::Dormant(span, Asleep::Off)),
                Fit::Stands if entry.case == Case::Exact || !entry.ignore_accents => Some(Reason::Spelled(span)),
                Fit::Stands | Fit::NotWorthAWord => None,
            };
            if let Some(reason) = reason {
                add(told, number, reason);
            }
        }
        let skipped = reading.prose().skipped();
        if skipped.is_empty() {
            return Ok(());
        }
        let awake = |number: usize, entry: &Entry| is_asked(number, entry) && context.wakes(number, entry).is_ok();
        // Once with what others wrote, read as it is meant; once with every byte, read as it is typed.
        let wider = draft.clone().with_scope(Scope::Quoted);
        for reading in [Reading::of(&wider), Reading::of_words(draft.text)] {
            matcher.find(&reading, &awake, &mut hits);
            for (number, span, _) in hits.standing().filter(|(number, ..)| seeks(&entries[*number])) {
                if let Some(skipped) = skipped.iter().find(|skipped| skipped.span.covers(span)) {
                    add(told, number, Reason::Unread(span, skipped.kind));
                }
            }
        }
        Ok(())
    }
}

/// Whether an entry looks for phrases in the agent's words.
fn seeks(entry: &Entry) -> bool {
    matches!(entry.kind, Kind::Avoid | Kind::Recommend | Kind::Style)
}

/// Adds a reason, unless something was told of that place.
fn add<'l>(told: &mut Told<'l>, number: usize, reason: Reason<'l>) {
    let Some(span) = reason.span() else { return };
    let known = told.get(&number).map_or(&[][..], Vec::as_slice);
    if !known.iter().filter_map(Reason::span).any(|known| known.overlaps(span)) {
        told.entry(number).or_default().push(reason);
    }
}

/// How a hit of the looser search fits what its entry wants.
enum Fit {
    /// It stands between words, and where it should in its sentence.
    Stands,
    Not(Reason<'static>),
    /// It does not, and nobody would ever take it for a phrase of the entry.
    NotWorthAWord,
}

impl Fit {
    fn of(entry: &Entry, reading: &Reading<'_>, span: Span, folded: Span) -> Self {
        let text = reading.folded();
        let (begins, ends) = (is_border(text, folded.start), is_border(text, folded.end));
        if entry.boundary == Boundary::Word && entry.regexes.is_empty() && !(begins && ends) {
            let worth = (begins || ends) && folded.of(text).chars().count() >= FEWEST_LETTERS;
            let word = reading.original(word_around(text, folded)).filter(|_| worth);
            return word.map_or(Self::NotWorthAWord, |word| Self::Not(Reason::Within(span, word)));
        }
        let alone = entry.at == Some(At::Sentence);
        let asks = |asks: fn(&Pattern) -> bool| alone || of_these_words(entry, folded.of(text)).any(asks);
        if asks(|pattern| pattern.starts_sentence) && !reading.starts_sentence(folded.start) {
            return Self::Not(Reason::BeginsNothing(span));
        }
        if asks(|pattern| pattern.ends_sentence) && !reading.ends_sentence(folded.end) {
            return Self::Not(Reason::EndsNothing(span));
        }
        Self::Stands
    }
}

/// The patterns of an entry that the words may be: those that write them out, or all when none does.
fn of_these_words<'e>(entry: &'e Entry, words: &str) -> impl Iterator<Item = &'e Pattern> {
    let writes = |pattern: &&Pattern| pattern.forms().iter().any(|form| Folded::phrase(form, Style::COARSE) == words);
    let any = entry.patterns.iter().any(|pattern| writes(&pattern));
    let writing: Vec<&Pattern> = entry.patterns.iter().filter(|pattern| !any || writes(pattern)).collect();
    writing.into_iter()
}

/// A stretch of the folded text, and what is left and right of it of the words that it cuts.
fn word_around(text: &str, hit: Span) -> Span {
    let (before, behind) = (Span::new(0, hit.start).of(text), Span::new(hit.end, text.len()).of(text));
    let mut starts = [hit.start].into_iter().chain(before.char_indices().rev().map(|(at, _)| at));
    let behind = behind.char_indices().map(|(at, c)| hit.end + at + c.len_utf8());
    let mut ends = [hit.end].into_iter().chain(behind);
    let start = starts.find(|at| is_border(text, *at)).unwrap_or(0);
    Span::new(start, ends.find(|at| is_border(text, *at)).unwrap_or(text.len()))
}
