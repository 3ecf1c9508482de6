//! The valid parts of a lexicon. Everything here was checked when it was loaded, and nothing
//! here can be made otherwise; what a trainer may write wrongly lives in the raw types of
//! [`super::raw`].

use std::fmt;

use super::care::Care;
use super::expression::Expression;
use super::pattern::Pattern;
use super::problem::Origin;
use super::when::{At, Near, When};
use super::wording::Wording;
use crate::text::{Span, TimeOfDay};

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
    pub regexes: Vec<Expression>,
    /// What makes a hit fine when it shares a word with it.
    pub unless: Vec<Pattern>,
    /// What makes a hit fine when it stands near it.
    pub unless_near: Option<Box<Near>>,
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
    /// When it speaks; always when `None`.
    pub when: Option<Box<When>>,
    /// Where its phrases must stand; anywhere when `None`.
    pub at: Option<At>,
    /// What a visible step is called in words, for an entry of [`Kind::Step`].
    pub says: Option<String>,
    /// Texts that this entry must flag. The compiled form of a lexicon has none.
    pub flags: Vec<Example>,
    /// Texts that this entry must not flag. The compiled form of a lexicon has none.
    pub passes: Vec<Example>,
    /// What it says to those who look after it. The compiled form of a lexicon does not.
    pub care: Option<Box<Care>>,
    /// What the reply as a whole must be like, for an entry of [`Kind::Require`] or [`Kind::Style`].
    pub requirement: Option<Box<Requirement>>,
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
    /// A step of making good what went wrong, listed when it can be seen.
    Step,
    /// A matter of a company's taste, avoided like a phrase.
    Style,
    /// What a customer's words tell about the talk.
    Situation,
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
    /// The agent's own turn before it.
    pub before: Option<String>,
    /// Where it is sent.
    pub channel: Option<String>,
    /// When it is sent.
    pub sent_at: Option<TimeOfDay>,
    /// Which of the agent's turns it is, from 1.
    pub turn: Option<u32>,
    /// What the talk is about.
    pub situation: Option<String>,
    /// Its place in the file.
    pub origin: Origin,
}

/// What a reply as a whole must be like.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// One of these is enough.
    pub any: Vec<Pattern>,
    /// All of these are needed.
    pub all: Vec<Pattern>,
    /// In which part of the reply.
    pub within: Within,
    /// Sets of phrases of which only one may be used.
    pub forms: Vec<Vec<Pattern>>,
    /// Whether no placeholder may be left in it.
    pub placeholders: bool,
    /// Words that it has at the least.
    pub least_words: Option<u32>,
    /// Words that it has at the most.
    pub most_words: Option<u32>,
    /// Sentences that it has at the most.
    pub most_sentences: Option<u32>,
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

impl Entry {
    /// An entry that says nothing yet.
    pub(super) const fn new(id: EntryId, kind: Kind, origin: Origin) -> Self {
        Self {
            id,
            kind,
            patterns: Vec::new(),
            regexes: Vec::new(),
            unless: Vec::new(),
            unless_near: None,
            prefer: Vec::new(),
            why: None,
            level: Some(Level::Warning),
            safe_fix: false,
            case: Case::Any,
            ignore_accents: false,
            boundary: Boundary::Word,
            channels: Vec::new(),
            when: None,
            at: None,
            says: None,
            flags: Vec::new(),
            passes: Vec::new(),
            care: None,
            requirement: None,
            origin,
            replaced: None,
            adjusted: Vec::new(),
        }
    }

    /// When and where it speaks: the same text for the same, and none for an entry that always does.
    pub(crate) fn conditions(&self) -> String {
        let Self { channels, when, at, .. } = self;
        let when = when.as_deref().map(When::asked).unwrap_or_default();
        match at {
            None if channels.is_empty() => when,
            _ => format!("{channels:?} {at:?} {when}"),
        }
    }

    /// How grave it is when it speaks, or `off`; none for what is only counted or listed.
    pub fn level_name(&self) -> Option<&'static str> {
        match self.kind {
            _ if self.level.is_none() => Some("off"),
            Kind::Avoid | Kind::Require | Kind::Style => self.level.map(Level::as_str),
            Kind::Recommend | Kind::Step | Kind::Situation => None,
        }
    }

    /// Whether it asks something of the reply as a whole.
    pub(crate) fn has_structure(&self) -> bool {
        self.requirement.is_some()
    }

    /// Every phrase that stands anywhere in it.
    pub fn all_patterns(&self) -> impl Iterator<Item = &Pattern> {
        let near = self.unless_near.iter().flat_map(|near| &near.patterns);
        let when = self.when.iter().flat_map(|when| when.patterns());
        let required = self.requirement.iter().flat_map(|required| required.parts().map(|(_, pattern)| pattern));
        self.patterns.iter().chain(&self.unless).chain(near).chain(when).chain(required)
    }
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
    pub const ALL: [Self; 6] = [Self::Avoid, Self::Recommend, Self::Require, Self::Step, Self::Style, Self::Situation];

    /// The name of its table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Avoid => "avoid",
            Self::Recommend => "recommend",
            Self::Require => "require",
            Self::Step => "step",
            Self::Style => "style",
            Self::Situation => "situation",
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

impl Requirement {
    /// Nothing is required yet.
    pub(super) const fn new() -> Self {
        Self {
            any: Vec::new(),
            all: Vec::new(),
            within: Within::Whole,
            forms: Vec::new(),
            placeholders: false,
            least_words: None,
            most_words: None,
            most_sentences: None,
        }
    }

    /// All its phrases, with the number of what they are for: 0 is `any`, the others are one of `all` or one
    /// of `forms` each.
    pub fn parts(&self) -> impl Iterator<Item = (usize, &Pattern)> {
        let any = self.any.iter().map(|pattern| (0, pattern));
        let all = self.all.iter().enumerate().map(|(index, pattern)| (1 + index, pattern));
        let forms = self.forms.iter().enumerate();
        let first = 1 + self.all.len();
        let forms = forms.flat_map(move |(index, set)| set.iter().map(move |pattern| (first + index, pattern)));
        any.chain(all).chain(forms)
    }
}

impl Within {
    /// The sentences that are the opening of a reply.
    pub const OPENING: Self = Self::First(2);
    /// The sentences that are its closing.
    pub const CLOSING: Self = Self::Last(2);

    /// How it may be written.
    pub(super) const EXAMPLES: &str =
        "\"first 2 sentences\", \"last 2 sentences\", \"opening\", \"closing\" or \"whole reply\"";

    /// Reads "first 2 sentences", "last sentence", "opening", "closing" or "whole reply".
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let count = |word: &str| word.parse().ok().filter(|&count| count > 0);
        match words[..] {
            ["whole", "reply"] => Some(Self::Whole),
            ["opening"] => Some(Self::OPENING),
            ["closing"] => Some(Self::CLOSING),
            ["first", "sentence"] => Some(Self::First(1)),
            ["last", "sentence"] => Some(Self::Last(1)),
            ["first", n, "sentence" | "sentences"] => count(n).map(Self::First),
            ["last", n, "sentence" | "sentences"] => count(n).map(Self::Last),
            _ => None,
        }
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First(1) => f.write_str("the first sentence"),
            Self::Last(1) => f.write_str("the last sentence"),
            Self::First(count) => write!(f, "the first {count} sentences"),
            Self::Last(count) => write!(f, "the last {count} sentences"),
            Self::Whole => f.write_str("the reply"),
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
