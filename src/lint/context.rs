//! Which entries are awake: what is known of the talk, held against what they wait for. What is not known is
//! no reason to speak; which of the conditions kept an entry asleep is said for whoever asks.

use std::fmt;

use super::{LintError, Linter};
use crate::lexicon::{Entry, EntryId, Kind, When, nearest};
use crate::matcher::{Matcher, Voice};
use crate::text::{Draft, Reading};

/// What is known of a draft's talk, in the eyes of one lexicon.
pub(super) struct Context<'d, 'm> {
    draft: &'d Draft<'d>,
    /// The entries that heard what they wait for, in order; nothing when those words are not known.
    customer: Option<Vec<usize>>,
    before: Option<Vec<usize>>,
    /// The situations that the customer's words tell.
    situations: Vec<&'m str>,
}

/// Why an entry does not speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asleep {
    /// It is switched off.
    Off,
    /// It is for other channels, or the channel is not known.
    Channel,
    /// Nothing is known of what the customer wrote.
    CustomerUnknown,
    /// The customer wrote none of its phrases.
    CustomerSilent,
    /// Nothing is known of the agent's turn before, or that turn holds none of its phrases.
    Before,
    /// It is only for turns that answer the customer, or only for those that do not.
    Answered,
    /// The talk is in none of its situations, as far as anybody knows.
    Situation,
    /// It is only for the first turn, or only for later ones.
    Turn,
    /// It is for other hours, or the time is not known.
    Hour,
    /// The reply has no hit of a rule that it waits for.
    Reply,
}

impl<'d, 'm> Context<'d, 'm> {
    /// Listens to what was said before the draft, if the lexicon has entries that wait for it.
    pub(super) fn of(matcher: &'m Matcher, draft: &'d Draft<'d>) -> Self {
        let hear = |words: Option<&str>, voice| {
            let words = words.filter(|_| matcher.listens())?;
            Some(matcher.hear(&Reading::of(&Draft::new(words)), voice))
        };
        let customer = hear(draft.talk.customer, Voice::Customer);
        let before = hear(draft.talk.before, Voice::Before);
        let entries = matcher.lexicon().entries();
        let told = customer.iter().flatten().map(|&number| &entries[number]);
        let situations = told.filter(|entry| entry.kind == Kind::Situation).map(|entry| entry.id.name()).collect();
        Self { draft, customer, before, situations }
    }

    /// What the author of a stated situation ought to know, if no entry of the lexicon is about it.
    pub(super) fn odd_situation(&self, matcher: &Matcher) -> Option<String> {
        let stated = self.draft.talk.situation?;
        let entries = matcher.lexicon().entries();
        let known: Vec<&str> = matcher.situations().map(|number| entries[number].id.name()).collect();
        if known.contains(&stated) {
            return None;
        }
        let help = match nearest(stated, known.iter().copied()) {
            Some(near) => format!("; did you mean {near}?"),
            None if known.is_empty() => String::new(),
            None => format!("; it knows {}", known.join(", ")),
        };
        Some(format!("the lexicon {} knows no situation {stated}{help}", matcher.lexicon().name()))
    }

    /// Whether an entry may speak, as far as that does not depend on what the draft says.
    pub(super) fn wakes(&self, number: usize, entry: &Entry) -> Result<(), Asleep> {
        let here = |known: &String| self.draft.channel.is_some_and(|channel| channel.eq_ignore_ascii_case(known));
        if !entry.channels.is_empty() && !entry.channels.iter().any(here) {
            return Err(Asleep::Channel);
        }
        entry.when.as_ref().map_or(Ok(()), |when| self.meets(number, when))
    }

    fn meets(&self, number: usize, when: &When) -> Result<(), Asleep> {
        let talk = &self.draft.talk;
        let said = |heard: &Option<Vec<usize>>| heard.as_ref().map(|heard| heard.binary_search(&number).is_ok());
        let check = |holds: bool, why: Asleep| if holds { Ok(()) } else { Err(why) };
        if !when.customer.is_empty() {
            check(said(&self.customer).ok_or(Asleep::CustomerUnknown)?, Asleep::CustomerSilent)?;
        }
        check(when.before.is_empty() || said(&self.before) == Some(true), Asleep::Before)?;
        let answered = wrote(talk.before).then(|| wrote(talk.customer));
        check(when.answered.is_none() || when.answered == answered, Asleep::Answered)?;
        let tells = |wanted: &String| talk.situation == Some(wanted) || self.situations.contains(&wanted.as_str());
        check(when.situation.is_empty() || when.situation.iter().any(tells), Asleep::Situation)?;
        let first = talk.turn.map(|turn| turn == 1);
        check(when.first_turn.is_none() || when.first_turn == first, Asleep::Turn)?;
        let in_time = |(start, end)| talk.sent_at.is_some_and(|now| now.is_between(start, end));
        check(when.between.is_none_or(in_time), Asleep::Hour)
    }
}

impl Linter {
    /// The situations that the customer's words before a draft tell, by the rules that know them.
    ///
    /// # Errors
    ///
    /// As for [`Linter::lint`].
    pub fn situations(&self, draft: &Draft<'_>) -> Result<Vec<&EntryId>, LintError> {
        let mut told = Vec::new();
        let language = self.choose(draft, &Reading::of(draft))?.language;
        for in_force in self.looking_at(language) {
            let matcher = in_force.matcher()?;
            let heard = Context::of(matcher, draft).customer.unwrap_or_default();
            let entries = heard.into_iter().map(|number| &matcher.lexicon().entries()[number]);
            told.extend(entries.filter(|entry| entry.kind == Kind::Situation).map(|entry| &entry.id));
        }
        Ok(told)
    }
}

impl Asleep {
    /// The reason as a sentence, about this entry.
    pub fn say(&self, entry: &Entry, draft: &Draft<'_>) -> String {
        let when = entry.when.as_deref();
        let named = |words: &[String]| words.join(" or ");
        match self {
            Self::Off => "it is switched off".to_owned(),
            Self::Channel => {
                let wanted = named(&entry.channels);
                match draft.channel {
                    Some(channel) => format!("it is for {wanted}, and this reply goes to {channel}"),
                    None => format!("it is for {wanted}, and nothing says where this reply goes"),
                }
            }
            Self::CustomerUnknown => {
                "it waits for words of the customer, and nothing says what the customer wrote".to_owned()
            }
            Self::CustomerSilent => "the customer wrote nothing of what it waits for".to_owned(),
            Self::Before if draft.talk.before.is_none() => {
                "it waits for words of the turn before, and nothing says what that was".to_owned()
            }
            Self::Before => "the turn before holds nothing of what it waits for".to_owned(),
            Self::Answered if !wrote(draft.talk.before) => {
                "it asks whether the customer answered the turn before, and nothing is known of that turn".to_owned()
            }
            Self::Answered if when.and_then(|when| when.answered) == Some(true) => {
                "it is for a turn that comes after an answer, and the customer gave none".to_owned()
            }
            Self::Answered => "it is for a turn that comes without an answer, and the customer gave one".to_owned(),
            Self::Situation => {
                let wanted = named(when.map_or(&[], |when| &when.situation));
                format!("it is for the situation {wanted}, and nothing tells that this is one")
            }
            Self::Turn => match (draft.talk.turn, when.and_then(|when| when.first_turn)) {
                (None, _) => "it asks which turn this is, and nothing says so".to_owned(),
                (Some(turn), Some(true)) => format!("it is for the first turn, and this is turn {turn}"),
                (Some(_), _) => "it is for later turns, and this is the first".to_owned(),
            },
            Self::Hour => {
                let (start, end) = when.and_then(|when| when.between).unzip();
                let hours = start.zip(end).map(|(start, end)| format!("{start} to {end}")).unwrap_or_default();
                match draft.talk.sent_at {
                    Some(now) => format!("it is for the hours from {hours}, and it is {now}"),
                    None => format!("it is for the hours from {hours}, and nothing says when this reply is sent"),
                }
            }
            Self::Reply => {
                let wanted = named(when.map_or(&[], |when| &when.reply));
                format!("it waits for a hit of {wanted} in the reply, and none stands there")
            }
        }
    }
}

/// Whether anybody wrote something; a table has a cell for every turn, also where nobody did.
fn wrote(turn: Option<&str>) -> bool {
    turn.is_some_and(|words| !words.trim().is_empty())
}

impl fmt::Debug for Context<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("situations", &self.situations).finish_non_exhaustive()
    }
}
