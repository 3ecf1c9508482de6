//! Why a rule speaks about a draft, or does not: what stands there of it and what became of that, in plain
//! words. It decides nothing: the matcher and the checks of the whole reply decide before it, as they do for a
//! review, and tell it what they do. That is gathered in [`account`]; what only comes near is looked for in [`near`],
//! and all rules at once are asked in [`overview`].

mod account;
mod near;
mod overview;

use super::context::Asleep;
use crate::lexicon::{At, Entry, EntryId, Kind, Within};
use crate::matcher::{Dropped, Why};
use crate::text::{Draft, Language, LineIndex, Skip, Span};

pub use overview::Overview;

/// What became of one rule in one draft.
#[derive(Debug, Clone)]
pub struct Account<'l> {
    /// The rule.
    pub entry: &'l Entry,
    /// The language of the lexicon that it is in.
    pub language: &'l Language,
    /// All that can be told, in the order of the text; never empty.
    pub reasons: Vec<Reason<'l>>,
}

/// One thing that can be told of a rule in a draft. Spans are bytes of the draft, and for a situation those of
/// the customer's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason<'l> {
    /// The draft is in this language, and the rule is not.
    Foreign(&'l Language),
    /// A [`Filter`](super::Filter) silences it.
    Silenced,
    /// It sleeps.
    Asleep(Asleep),
    /// It finds this.
    Found(Span),
    /// It stands there too; another rule finds more, and names it.
    Lost(&'l EntryId, Span),
    /// The first is fine, for the second is an exception of the rule.
    Excepted(Span, Span),
    /// The first is fine, for the second is a name.
    Named(Span, Span),
    /// The first is fine, for the second stands near it.
    Saved(Span, Span),
    /// This stands elsewhere than the rule wants it.
    Misplaced(Span),
    /// A comment lets it stand.
    Allowed(Span),
    /// Nothing of it stands in the draft.
    Absent,
    /// What is asked for stands here.
    Met(Vec<Span>),
    /// Nothing of what is asked for stands where it should, or not all of it; the place is where it belongs.
    Missing(usize),
    /// What is asked for stands here, which is not where it should.
    Elsewhere(Span),
    /// The reply has only so many words.
    Short(usize),
    /// It becomes too long here.
    Long(usize),
    /// Nobody can tell the language, and several lexicons look.
    Unsure,
    /// A way of speaking that is used less often in the reply than another.
    Mixed(Span),
    /// A placeholder that is not filled in.
    Unfilled(Span),
    /// Nobody said a word of which something could be asked.
    Empty,
    /// The reply is as the rule asks.
    Kept,
    /// The situation is stated.
    Stated,
    /// The customer's words tell the situation.
    Told(Span),
    /// This stands there, and the rule sleeps.
    Dormant(Span, Asleep),
    /// The first is only a part of the second, which is a word.
    Within(Span, Span),
    /// This stands in a stretch that is not read.
    Unread(Span, Skip),
    /// This stands there, and does not begin a sentence as the rule wants it.
    BeginsNothing(Span),
    /// The same for the end of a sentence.
    EndsNothing(Span),
    /// This stands there with other capitals or accents than the rule wants.
    Spelled(Span),
}

/// What a reason is to whoever reads a list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The rule speaks.
    Found,
    /// Something of the rule stands there, and it says nothing.
    Near,
    /// What is asked of the whole reply is there, or what is known of the talk.
    Whole,
    /// There is nothing to tell.
    Nothing,
}

impl Account<'_> {
    /// Each reason as a sentence, without a full stop.
    pub fn lines(&self, draft: &Draft<'_>) -> Vec<String> {
        let situation = self.entry.kind == Kind::Situation;
        let text = if situation { draft.talk.customer.unwrap_or_default() } else { draft.text };
        let index = LineIndex::new(text);
        let place = |at: usize| {
            let position = index.position(at);
            format!("{}:{}", position.line, position.column)
        };
        let words = |span: &Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let quoted = |span: &Span| format!("\"{}\" at {}", words(span), place(span.start));
        self.reasons.iter().map(|reason| reason.say(self, draft, &quoted, &place)).collect()
    }
}

impl Reason<'_> {
    fn of(Dropped { span, why, .. }: Dropped) -> Self {
        match why {
            Why::Excepted(by) => Self::Excepted(span, by),
            Why::Named(by) => Self::Named(span, by),
            Why::Saved(by) => Self::Saved(span, by),
            Why::Misplaced => Self::Misplaced(span),
            Why::Waits => Self::Dormant(span, Asleep::Reply),
        }
    }

    /// What it is in a list of all that can be told of a draft.
    pub const fn standing(&self) -> Standing {
        match self {
            Self::Found(_) | Self::Missing(_) | Self::Short(_) | Self::Long(_) | Self::Mixed(_) | Self::Unfilled(_) => {
                Standing::Found
            }
            Self::Lost(..)
            | Self::Excepted(..)
            | Self::Named(..)
            | Self::Saved(..)
            | Self::Misplaced(_)
            | Self::Allowed(_)
            | Self::Elsewhere(_)
            | Self::Dormant(..)
            | Self::Within(..)
            | Self::Unread(..)
            | Self::BeginsNothing(_)
            | Self::EndsNothing(_)
            | Self::Spelled(_) => Standing::Near,
            Self::Met(_) | Self::Stated | Self::Told(_) => Standing::Whole,
            Self::Foreign(_)
            | Self::Unsure
            | Self::Silenced
            | Self::Asleep(_)
            | Self::Absent
            | Self::Empty
            | Self::Kept => Standing::Nothing,
        }
    }

    /// The byte of the draft that it is about, if it is about any; of [`Reason::Told`], that of the customer's words.
    pub fn place(&self) -> Option<usize> {
        if let Self::Missing(at) | Self::Long(at) = self { Some(*at) } else { self.span().map(|span| span.start) }
    }

    /// The bytes that it is about, if it is about any that stand there.
    fn span(&self) -> Option<Span> {
        match self {
            Self::Found(span)
            | Self::Lost(_, span)
            | Self::Excepted(span, _)
            | Self::Named(span, _)
            | Self::Saved(span, _)
            | Self::Misplaced(span)
            | Self::Allowed(span)
            | Self::Elsewhere(span)
            | Self::Mixed(span)
            | Self::Unfilled(span)
            | Self::Told(span)
            | Self::Dormant(span, _)
            | Self::Within(span, _)
            | Self::Unread(span, _)
            | Self::BeginsNothing(span)
            | Self::EndsNothing(span)
            | Self::Spelled(span) => Some(*span),
            Self::Met(spans) => spans.first().copied(),
            Self::Missing(_)
            | Self::Long(_)
            | Self::Foreign(_)
            | Self::Unsure
            | Self::Silenced
            | Self::Asleep(_)
            | Self::Absent
            | Self::Short(_)
            | Self::Empty
            | Self::Kept
            | Self::Stated => None,
        }
    }

    fn say(
        &self,
        Account { entry, language, .. }: &Account<'_>,
        draft: &Draft<'_>,
        quoted: &dyn Fn(&Span) -> String,
        place: &dyn Fn(usize) -> String,
    ) -> String {
        let requirement = entry.requirement.as_deref();
        let within = requirement.map_or(Within::Whole, |requirement| requirement.within);
        match self {
            Self::Foreign(spoken) => format!("it is for {language}, and this reply is in {spoken}"),
            Self::Unsure => {
                "nobody can tell the language of this reply, and so not what it should say; state the language"
                    .to_owned()
            }
            Self::Silenced => "it is among the rules that are not to speak".to_owned(),
            Self::Asleep(asleep) => format!("it sleeps: {}", asleep.say(entry, draft)),
            Self::Found(span) => match entry.kind {
                Kind::Recommend => format!("{} is a win", quoted(span)),
                Kind::Step => format!("the step can be seen: {}", quoted(span)),
                Kind::Avoid | Kind::Require | Kind::Style | Kind::Situation => format!("it finds {}", quoted(span)),
            },
            Self::Lost(rule, by) => format!("it stands in {}, where {rule} finds more and names it", quoted(by)),
            Self::Excepted(span, by) => {
                format!("{} is fine: {} is an exception of the rule", quoted(span), quoted(by))
            }
            Self::Named(span, by) => format!("{} is fine: {} is a name", quoted(span), quoted(by)),
            Self::Saved(span, by) => format!("{} is fine: {} stands near it", quoted(span), quoted(by)),
            Self::Misplaced(span) => {
                let wanted = entry.at.map_or_else(String::new, |at| at.to_string());
                format!("{} does not count: it does not stand in {wanted}", quoted(span))
            }
            Self::Allowed(span) if span.start == span.end => {
                format!("a comment allows what it misses at {}", place(span.start))
            }
            Self::Allowed(span) => format!("a comment allows {}", quoted(span)),
            Self::Absent if entry.at == Some(At::Sentence) => {
                "nothing of it is a sentence of its own in the agent's words".to_owned()
            }
            Self::Absent => "nothing of it stands in the agent's own words".to_owned(),
            Self::Met(spans) => {
                format!("it is met by {}", spans.iter().map(quoted).collect::<Vec<_>>().join(" and "))
            }
            Self::Missing(at) if requirement.is_some_and(|requirement| !requirement.all.is_empty()) => {
                format!("not all that it asks for stands in {within}; the rest belongs at {}", place(*at))
            }
            Self::Missing(at) => format!("nothing of it stands in {within}; its place is {}", place(*at)),
            Self::Elsewhere(span) => format!("{} stands elsewhere than in {within}", quoted(span)),
            Self::Short(words) => {
                let least = requirement.and_then(|requirement| requirement.least_words).unwrap_or_default();
                format!("the reply is too short: {words} of {least} words")
            }
            Self::Long(at) => {
                let words = requirement.and_then(|it| it.most_words).map(|most| format!("{most} words"));
                let sentences = requirement.and_then(|it| it.most_sentences).map(|most| format!("{most} sentences"));
                let most: Vec<String> = words.into_iter().chain(sentences).collect();
                format!("the reply becomes longer than {} at {}", most.join(" and "), place(*at))
            }
            Self::Mixed(span) => {
                format!("it finds {}, where the reply mostly speaks in another manner", quoted(span))
            }
            Self::Unfilled(span) => format!("it finds {}, which is not filled in", quoted(span)),
            Self::Empty => "nothing is asked of a reply without a word".to_owned(),
            Self::Kept => "the reply is as it asks".to_owned(),
            Self::Stated => "the situation is stated".to_owned(),
            Self::Told(span) => format!("the customer tells it: {}", quoted(span)),
            Self::Dormant(span, Asleep::Off) => format!("{} does not count: the rule is switched off", quoted(span)),
            Self::Dormant(span, asleep) => {
                format!("{} does not count, for the rule sleeps: {}", quoted(span), asleep.say(entry, draft))
            }
            Self::Within(span, word) => format!("{} is only a part of {}", quoted(span), quoted(word)),
            Self::Unread(span, skip) => format!("{} is not read: it stands in {}", quoted(span), stretch(*skip)),
            Self::BeginsNothing(span) if entry.at == Some(At::Sentence) => {
                format!("{} does not count: it is not a sentence of its own", quoted(span))
            }
            Self::BeginsNothing(span) => format!("{} does not count: no sentence begins with it", quoted(span)),
            Self::EndsNothing(span) if entry.at == Some(At::Sentence) => {
                format!("{} does not count: it is not a sentence of its own", quoted(span))
            }
            Self::EndsNothing(span) => format!("{} does not count: no sentence ends with it", quoted(span)),
            Self::Spelled(span) => {
                format!("{} does not count: the rule wants other capitals or accents", quoted(span))
            }
        }
    }
}

/// What a stretch is that is not read.
const fn stretch(skip: Skip) -> &'static str {
    match skip {
        Skip::Quote => "a quotation",
        Skip::Signature => "the signature",
        Skip::Code => "code",
        Skip::Markup => "what nobody is shown",
        Skip::Url => "a web address",
        Skip::Email => "an e-mail address",
        Skip::Placeholder => "a placeholder",
    }
}
