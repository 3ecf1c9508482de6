//! When an entry speaks, and where in a reply: what the customer wrote, which turn it is, what o'clock, in
//! which sentences. Types only, valid by construction; a draft is held against them in
//! [`crate::lint`], and how they are written is for [`super::conditions`].

use std::fmt;

use super::entries::Files;
use super::entry::Within;
use super::pack::{Packer, Unpacker};
use super::pattern::Pattern;
use crate::text::TimeOfDay;

/// What must hold for an entry to speak, its channels aside. All that is asked must hold, and what is
/// not known does not.
#[derive(Debug, Clone, Default)]
pub struct When {
    /// The customer, since the agent's last turn, wrote one of these.
    pub customer: Vec<Pattern>,
    /// The agent's own turn before this one holds one of these.
    pub before: Vec<Pattern>,
    /// Whether the customer wrote something since that turn.
    pub answered: Option<bool>,
    /// The reply has a hit of one of these rules or categories.
    pub reply: Vec<String>,
    /// The talk is in one of these situations.
    pub situation: Vec<String>,
    /// Whether it is the agent's first turn.
    pub first_turn: Option<bool>,
    /// It is sent from the one time on and before the other.
    pub between: Option<(TimeOfDay, TimeOfDay)>,
}

/// Where a phrase must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// It is a whole sentence.
    Sentence,
    /// In a part of the reply.
    Part(Within),
}

/// What makes a phrase fine that stands in the sentences around it.
#[derive(Debug, Clone)]
pub struct Near {
    /// Any of these.
    pub patterns: Vec<Pattern>,
    /// How near.
    pub reach: Reach,
}

/// How many sentences before and behind its own count as near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Before it.
    pub before: u32,
    /// Behind it.
    pub after: u32,
}

impl When {
    /// Whether it asks for nothing.
    pub(super) fn is_empty(&self) -> bool {
        let Self { customer, before, answered, reply, situation, first_turn, between } = self;
        customer.is_empty()
            && before.is_empty()
            && reply.is_empty()
            && situation.is_empty()
            && (answered, first_turn, between) == (&None, &None, &None)
    }

    /// All that it asks, wherever it is written: the same text for the same.
    pub(super) fn asked(&self) -> String {
        let Self { customer, before, answered, reply, situation, first_turn, between } = self;
        let sources = |patterns: &[Pattern]| patterns.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (customer, before) = (sources(customer), sources(before));
        format!("{customer:?} {before:?} {answered:?} {reply:?} {situation:?} {first_turn:?} {between:?}")
    }

    /// Whether it waits for what somebody said before.
    pub(crate) fn listens(&self) -> bool {
        !self.customer.is_empty() || !self.before.is_empty() || !self.situation.is_empty()
    }

    /// All its phrases.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.customer.iter().chain(&self.before)
    }

    pub(super) fn pack(&self, files: &Files, packer: &mut Packer) {
        packer.list(&self.customer, |packer, pattern| pattern.pack(files, packer));
        packer.list(&self.before, |packer, pattern| pattern.pack(files, packer));
        packer.option(self.answered, Packer::flag);
        packer.list(&self.reply, |packer, rule| packer.text(rule));
        packer.list(&self.situation, |packer, situation| packer.text(situation));
        packer.option(self.first_turn, Packer::flag);
        packer.option(self.between, |packer, (start, end)| {
            packer.number(start.minutes().into());
            packer.number(end.minutes().into());
        });
    }

    pub(super) fn unpack(files: &Files, unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let pattern = |unpacker: &mut Unpacker<'_>| Pattern::unpack(files, unpacker);
        let time = |unpacker: &mut Unpacker<'_>| TimeOfDay::of_minutes(u16::try_from(unpacker.number()?).ok()?);
        Some(Self {
            customer: unpacker.list(pattern)?,
            before: unpacker.list(pattern)?,
            answered: unpacker.option(Unpacker::flag)?,
            reply: unpacker.list(Unpacker::string)?,
            situation: unpacker.list(Unpacker::string)?,
            first_turn: unpacker.option(Unpacker::flag)?,
            between: unpacker.option(|unpacker| Some((time(unpacker)?, time(unpacker)?)))?,
        })
    }
}

impl At {
    /// How it may be written.
    pub(super) const EXAMPLES: &str = "\"sentence\", \"opening\", \"closing\", or a part such as \"first 2 sentences\"";

    /// Reads "sentence", "opening" or a part of a reply.
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim() == "sentence" { Some(Self::Sentence) } else { Within::parse(text).map(Self::Part) }
    }

    pub(super) fn pack(self, packer: &mut Packer) {
        packer.flag(self == Self::Sentence);
        if let Self::Part(within) = self {
            within.pack(packer);
        }
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        if unpacker.flag()? { Some(Self::Sentence) } else { Within::unpack(unpacker).map(Self::Part) }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sentence => f.write_str("a sentence of its own"),
            Self::Part(within) => within.fmt(f),
        }
    }
}

impl Reach {
    /// How it may be written.
    pub(super) const EXAMPLES: &str =
        "\"same sentence\", \"next 2 sentences\", \"last 2 sentences\" or \"2 sentences\"";

    /// Reads "same sentence", "next 2 sentences", "last sentence" or "2 sentences", which is either way.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let count = |word: &str| word.parse().ok().filter(|&count| count > 0);
        let (before, after) = match words[..] {
            ["same", "sentence"] => (0, 0),
            ["next", "sentence"] => (0, 1),
            ["last", "sentence"] => (1, 0),
            ["next", n, "sentence" | "sentences"] => (0, count(n)?),
            ["last", n, "sentence" | "sentences"] => (count(n)?, 0),
            [n, "sentence" | "sentences"] => (count(n)?, count(n)?),
            _ => return None,
        };
        Some(Self { before, after })
    }
}

impl Default for Reach {
    /// The sentence itself and the two behind it.
    fn default() -> Self {
        Self { before: 0, after: 2 }
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentences = |count: u32| if count == 1 { "sentence".to_owned() } else { format!("{count} sentences") };
        match (self.before, self.after) {
            (0, 0) => f.write_str("in the same sentence"),
            (0, after) => write!(f, "in the same sentence or the next {}", sentences(after)),
            (before, 0) => write!(f, "in the same sentence or the {} before", sentences(before)),
            (before, after) if before == after => {
                write!(f, "in the same sentence or the {} before or behind", sentences(before))
            }
            (before, after) => write!(f, "in the {} before or the next {}", sentences(before), sentences(after)),
        }
    }
}

impl Near {
    pub(super) fn pack(&self, files: &Files, packer: &mut Packer) {
        packer.list(&self.patterns, |packer, pattern| pattern.pack(files, packer));
        packer.number(self.reach.before as usize);
        packer.number(self.reach.after as usize);
    }

    pub(super) fn unpack(files: &Files, unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let patterns = unpacker.list(|unpacker| Pattern::unpack(files, unpacker))?;
        let mut count = || u32::try_from(unpacker.number()?).ok();
        Some(Self { patterns, reach: Reach { before: count()?, after: count()? } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_near_is_read_as_written() {
        for (text, reach) in [
            ("same sentence", Some((0, 0))),
            ("next sentence", Some((0, 1))),
            ("next 2 sentences", Some((0, 2))),
            ("last 3 sentences", Some((3, 0))),
            (" 2  sentences ", Some((2, 2))),
            ("0 sentences", None),
            ("soon", None),
        ] {
            let expected = reach.map(|(before, after)| Reach { before, after });
            assert_eq!(Reach::parse(text), expected, "{text}");
        }
    }
}
