//! A reply around some words, in the situation in which their entry speaks: other sentences before and behind, so
//! that nobody takes the words for an opening or a closing, and other words beside them in their own sentence. All
//! that is added means nothing.

use super::forms::{Fill, NO_WORD, some_forms};
use crate::lexicon::{At, Entry, Pattern, Within};
use crate::lint::{Finding, FindingKind};
use crate::text::{Draft, Language, Span, Talk, TimeOfDay};

/// Sentences before and behind: more than openings and closings have.
const APART: usize = 6;

/// Hours that are tried of an entry that speaks at certain ones.
const HOURS: u16 = 6;

/// Where words stand in their sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// They begin it.
    pub(super) begins: bool,
    /// They end it.
    pub(super) ends: bool,
}

/// A reply, and the words in it that are looked at.
#[derive(Debug, Clone)]
pub(super) struct Scene<'e> {
    pub(super) text: String,
    pub(super) words: Span,
    entry: &'e Entry,
    customer: Option<String>,
    before: Option<String>,
}

impl Place {
    /// Where a phrase stands that says so, or else in the middle.
    pub(super) fn of_phrase(pattern: &Pattern, entry: &Entry) -> Self {
        let alone = entry.at == Some(At::Sentence);
        Self { begins: alone || pattern.starts_sentence, ends: alone || pattern.ends_sentence }
    }

    /// Where somebody would put a wording, to judge by its capital and its last sign.
    pub(super) fn of_wording(wording: &str) -> Self {
        let first = wording.chars().find(|c| c.is_alphanumeric());
        Self { begins: first.is_some_and(|c| !c.is_lowercase()), ends: wording.ends_with(['.', '!', '?']) }
    }
}

impl<'e> Scene<'e> {
    /// A reply with these words in it, as the entry asks that its own stand.
    pub(super) fn new(words: &str, place: Place, entry: &'e Entry) -> Self {
        let apart = "1\n\n".repeat(APART);
        let mut text = String::new();
        if !matches!(entry.at, Some(At::Part(Within::First(_)))) {
            text.push_str(&apart);
        }
        if !place.begins {
            text.extend([NO_WORD, " "]);
        }
        let span = Span::new(text.len(), text.len() + words.len());
        text.push_str(words);
        if !place.ends {
            text.extend([" ", NO_WORD]);
        }
        if !matches!(entry.at, Some(At::Part(Within::Last(_)))) {
            text.extend(["\n\n", &apart]);
        }
        let when = entry.when.as_deref();
        let said = |patterns: &[Pattern]| patterns.first().and_then(|said| some_forms(said, 1, Fill::Least).next());
        let answered = when.and_then(|when| when.answered);
        let customer = when.and_then(|when| said(&when.customer)).or_else(|| (answered == Some(true)).then(something));
        let before = when.and_then(|when| said(&when.before)).or_else(|| answered.map(|_| something()));
        Self { text, words: span, entry, customer, before }
    }

    /// The same with another text, in which the words stand there.
    pub(super) fn changed(&self, text: String, words: Span) -> Self {
        Self { text, words, ..self.clone() }
    }

    /// The channels that it may go to, one by one.
    fn channels(&self) -> Vec<Option<&str>> {
        let channels = &self.entry.channels;
        if channels.is_empty() { vec![None] } else { channels.iter().map(|channel| Some(channel.as_str())).collect() }
    }

    /// The hours at which it may be sent: some of all between the first and the last.
    fn hours(&self) -> Vec<Option<TimeOfDay>> {
        const DAY: u16 = 24 * 60;
        let Some((start, end)) = self.entry.when.as_deref().and_then(|when| when.between) else { return vec![None] };
        let minutes = (end.minutes() + DAY - start.minutes()) % DAY;
        let after = |minutes: u16| TimeOfDay::of_minutes((start.minutes() + minutes) % DAY);
        (0..HOURS).map(|hour| after(hour * (minutes - 1) / (HOURS - 1))).collect()
    }

    /// The drafts of it: for each channel that it may go to, one for each hour.
    pub(super) fn drafts(&self, language: &Language) -> Vec<Vec<Draft<'_>>> {
        let when = self.entry.when.as_deref();
        let first_turn = when.and_then(|when| when.first_turn);
        let talk = Talk {
            customer: self.customer.as_deref(),
            before: self.before.as_deref(),
            turn: first_turn.map(|first| if first { 1 } else { 2 }),
            situation: when.and_then(|when| when.situation.first()).map(String::as_str),
            sent_at: None,
        };
        let draft = |channel, sent_at| Draft {
            channel,
            talk: Talk { sent_at, ..talk },
            ..Draft::new(&self.text).with_language(language.clone())
        };
        let hours = self.hours();
        let each_hour = |channel| hours.iter().map(|hour| draft(channel, *hour)).collect();
        self.channels().into_iter().map(each_hour).collect()
    }

    /// Whether a finding is about some of the words and nothing else.
    pub(super) fn is_about_words(&self, finding: &Finding<'_>) -> bool {
        finding.kind == FindingKind::Phrase && self.words.covers(finding.span) && !finding.span.is_empty()
    }
}

fn something() -> String {
    NO_WORD.to_owned()
}
