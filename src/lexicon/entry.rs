//! The valid parts of a lexicon. Everything here was checked when it was loaded, and nothing
//! here can be made otherwise; what a trainer may write wrongly lives in the raw types of
//! [`super::raw`].

use std::fmt;

use regex::Regex;

use super::pattern::Pattern;
use super::problem::Origin;
use super::wording::Wording;
use crate::text::Span;

/// One idea to avoid, to recommend or to require.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What every output prints, such as `command.you-must`.
    pub id: EntryId,
    /// To avoid, to recommend or to require.
    pub kind: Kind,
    /// The written forms it looks for.
    pub patterns: Vec<Pattern>,
    /// For what the phrase syntax cannot say; matched on the folded text.
    pub regexes: Vec<Regex>,
    /// What makes a hit fine when it shares a word with it.
    pub unless: Vec<Pattern>,
    /// What to say instead, in the lexicon's order. An empty one deletes.
    pub prefer: Vec<Wording>,
    /// Why, in a sentence.
    pub why: Option<String>,
    /// How grave; `None` when the entry is switched off.
    pub level: Option<Level>,
    /// Whether the first `prefer` fits wherever the phrase stands.
    pub safe_fix: bool,
    /// Whether capitals matter.
    pub case: Case,
    /// Whether accents are ignored, as the lexicon asks.
    pub ignore_accents: bool,
    /// Where it may begin and end.
    pub boundary: Boundary,
    /// The channels it applies to; all when empty.
    pub channels: Vec<String>,
    /// Texts that this entry must flag. The compiled form of a lexicon has none.
    pub flags: Vec<Example>,
    /// Texts that this entry must not flag. The compiled form of a lexicon has none.
    pub passes: Vec<Example>,
    /// What must be there, for an entry of [`Kind::Require`].
    pub requirement: Option<Requirement>,
    /// Where it is defined.
    pub origin: Origin,
    /// Where the entry was defined that it replaces, if it does.
    pub replaced: Option<Origin>,
    /// Where it was adjusted since, in order.
    pub adjusted: Vec<Origin>,
}

/// A rule's name: `category.name`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    id: String,
    dot: usize,
}

/// What an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A phrase that had better not be sent.
    Avoid,
    /// A phrase that is counted as a win.
    Recommend,
    /// Something that a reply must contain.
    Require,
}

/// How grave a finding is. The order is that of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth a thought.
    Advice,
    /// Better changed before it is sent.
    Warning,
    /// Not to be sent.
    Error,
}

/// Whether capitals matter to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// "ASAP" is "asap".
    Any,
    /// Capitals must be as in the phrase.
    Exact,
}

/// Where an entry may begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// On the borders of words.
    Word,
    /// Anywhere: for scripts in which nobody can tell words apart.
    None,
}

/// A text that shows what an entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The reply.
    pub text: String,
    /// What the customer wrote before it.
    pub customer: Option<String>,
    /// Where it is sent.
    pub channel: Option<String>,
    /// When it is sent.
    pub sent_at: Option<String>,
    /// Which turn of the conversation it is, from 1.
    pub turn: Option<u32>,
    /// Its place in the file.
    pub origin: Origin,
}

/// What a reply must contain, and where.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// One of these is enough.
    pub any: Vec<Pattern>,
    /// All of these are needed.
    pub all: Vec<Pattern>,
    /// In which part of the reply.
    pub within: Within,
}

/// A part of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// The first so many sentences.
    First(u32),
    /// The last so many sentences.
    Last(u32),
    /// Anywhere.
    Whole,
}

impl EntryId {
    /// Joins the two halves of an id, if both are made of ASCII letters, digits and hyphens.
    pub fn new(category: &str, name: &str) -> Option<Self> {
        let fits =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        (fits(category) && fits(name)).then(|| Self { id: [category, ".", name].concat(), dot: category.len() })
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.id
    }

    /// The half before the dot.
    pub fn category(&self) -> &str {
        Span::new(0, self.dot).of(&self.id)
    }

    /// The half behind the dot.
    pub fn name(&self) -> &str {
        Span::new(self.dot + 1, self.id.len()).of(&self.id)
    }

    /// Whether `rule`, an id or a category, means this entry.
    pub fn is(&self, rule: &str) -> bool {
        rule == self.id || rule == self.category()
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}

impl Kind {
    /// All kinds, in the order of the tables of a lexicon.
    pub const ALL: [Self; 3] = [Self::Avoid, Self::Recommend, Self::Require];

    /// The name of its table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Avoid => "avoid",
            Self::Recommend => "recommend",
            Self::Require => "require",
        }
    }
}

impl Level {
    /// All levels, gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Advice];

    /// The name in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Within {
    /// Reads "first 2 sentences", "last sentence" or "whole reply".
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let count = |word: &str| word.parse().ok().filter(|&count| count > 0);
        match words[..] {
            ["whole", "reply"] => Some(Self::Whole),
            ["first", "sentence"] => Some(Self::First(1)),
            ["last", "sentence"] => Some(Self::Last(1)),
            ["first", n, "sentence" | "sentences"] => count(n).map(Self::First),
            ["last", n, "sentence" | "sentences"] => count(n).map(Self::Last),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_reply_are_read_as_written() {
        assert_eq!(Within::parse("first 2 sentences"), Some(Within::First(2)));
        assert_eq!(Within::parse(" last  sentence "), Some(Within::Last(1)));
        assert_eq!(Within::parse("whole reply"), Some(Within::Whole));
        assert_eq!(Within::parse("first 0 sentences"), None);
        assert_eq!(Within::parse("somewhere"), None);
    }

    #[test]
    fn ids_are_category_and_name() {
        let id = EntryId::new("command", "you-must").expect("a valid id");
        assert!(id.is("command") && id.is("command.you-must") && !id.is("comm"));
        assert!(EntryId::new("долг", "x").is_none() && EntryId::new("a", "").is_none());
    }
}
