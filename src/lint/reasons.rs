//! Why a rule speaks about a draft, or does not: what stands there of it and what became of that, in plain
//! words. It decides nothing: the matcher and the checks of the whole reply decide before it, as they do for a
//! review, and tell it what they do.

use super::allow::Allowances;
use super::context::{Asleep, Context};
use super::structure::{Lack, Whole};
use super::{LintError, Linter};
use crate::lexicon::{At, Entry, EntryId, Kind, Lexicon, Within};
use crate::matcher::{Dropped, Hits, Matcher, PartHit, Voice, Why};
use crate::text::{Draft, Language, LineIndex, Reading, Span};

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
}

impl Linter {
    /// Why a rule speaks about a draft or does not, for each lexicon in force that has the rule and looks at the
    /// draft, or for all that have it when none of them does.
    ///
    /// # Errors
    ///
    /// As for [`Linter::lint`].
    pub fn account(&self, draft: &Draft<'_>, rule: &str) -> Result<Vec<Account<'_>>, LintError> {
        let reading = Reading::of(draft);
        let spoken = self.choose(draft, &reading)?.language;
        let mut accounts = Vec::new();
        for in_force in &self.lexicons {
            let lexicon: &Lexicon = &in_force.lexicon;
            let Some(number) = lexicon.entries().iter().position(|entry| entry.id.as_str() == rule) else { continue };
            let entry = &lexicon.entries()[number];
            let language = lexicon.language();
            let reasons = match spoken {
                Some(spoken) if spoken != language => vec![Reason::Foreign(spoken)],
                _ if entry.level.is_none() => vec![Reason::Asleep(Asleep::Off)],
                _ if !self.hears(entry) => vec![Reason::Silenced],
                _ if !self.sees_whole(spoken) && matches!(entry.kind, Kind::Require | Kind::Step) => {
                    vec![Reason::Unsure]
                }
                _ => self.reasons(in_force.matcher()?, draft, &reading, number),
            };
            accounts.push(Account { entry, language, reasons });
        }
        // That a rule has sisters in other languages is worth a word only where it has none in this one.
        let foreign = |account: &Account<'_>| matches!(account.reasons[..], [Reason::Foreign(_)]);
        if !accounts.iter().all(foreign) {
            accounts.retain(|account| !foreign(account));
        }
        // What nobody can tell is the same for all of them.
        accounts.dedup_by(|later, first| later.reasons == [Reason::Unsure] && later.reasons == first.reasons);
        Ok(accounts)
    }

    fn reasons<'l>(
        &self,
        matcher: &'l Matcher,
        draft: &Draft<'_>,
        reading: &Reading<'_>,
        number: usize,
    ) -> Vec<Reason<'l>> {
        let entries = matcher.lexicon().entries();
        let entry = &entries[number];
        if entry.kind == Kind::Situation {
            return told(matcher, draft, number);
        }
        let context = Context::of(matcher, draft);
        if let Err(asleep) = context.wakes(number, entry) {
            return vec![Reason::Asleep(asleep)];
        }
        let applies = |number, entry: &Entry| self.hears(entry) && context.wakes(number, entry).is_ok();
        let (mut hits, mut reasons) = (Hits::default(), Vec::new());
        let mut witness = |dropped: Dropped| reasons.extend((dropped.entry == number).then(|| Reason::of(dropped)));
        matcher.find_before(reading, &applies, &mut hits, &mut witness);
        let (mut allowances, mut let_stand) = (Allowances::of(reading), Vec::new());
        let mut allowed = |here: &Entry, at: Span| {
            let allowed = allowances.allow(here, at);
            let_stand.extend((allowed && here.id == entry.id).then_some(at));
            allowed
        };
        matcher.resolve(&mut hits, &mut allowed, &mut |found| {
            if found.entry == number {
                reasons.push(Reason::Found(found.span));
            } else if found.also.contains(&number) {
                reasons.push(Reason::Lost(&entries[found.entry].id, found.span));
            }
        });
        reasons.extend(let_stand.into_iter().filter_map(|at| reading.original(at)).map(Reason::Allowed));
        if entry.has_structure() {
            let whole = Whole::new(draft, reading, matcher, &applies);
            if entry.is_called(&hits.rules(entries)) {
                reasons.extend(whole.reasons(number, entry, &mut hits, &mut allowances));
            } else {
                reasons.push(Reason::Asleep(Asleep::Reply));
            }
        }
        if reasons.is_empty() {
            reasons.push(if entry.has_structure() { Reason::Kept } else { Reason::Absent });
        }
        reasons.sort_by_key(Reason::place);
        reasons.dedup();
        reasons
    }
}

impl Whole<'_, '_, '_> {
    /// What is to be told of what an entry asks of the whole reply.
    fn reasons<'l>(
        &self,
        number: usize,
        entry: &Entry,
        hits: &mut Hits,
        allowances: &mut Allowances,
    ) -> Vec<Reason<'l>> {
        let Some(requirement) = entry.requirement.as_deref() else { return Vec::new() };
        let mut reasons = Vec::new();
        let lacks = self.lacks(number, entry, hits);
        if !requirement.any.is_empty() || !requirement.all.is_empty() {
            let (here, elsewhere) = self.standing(number, requirement, hits);
            let spans = |hits: Vec<PartHit>| hits.into_iter().map(|hit| hit.span);
            if lacks.iter().any(|lack| matches!(lack, Lack::Missing(_))) {
                reasons.extend(spans(elsewhere).map(Reason::Elsewhere));
            } else if here.is_empty() {
                reasons.push(Reason::Empty);
            } else {
                reasons.push(Reason::Met(spans(here).collect()));
            }
        }
        for lack in lacks {
            let span = lack.span();
            let at = self.reading.folded_at(span.start);
            reasons.push(match lack {
                _ if allowances.allow(entry, Span::new(at, at)) => Reason::Allowed(span),
                Lack::Missing(at) => Reason::Missing(at),
                Lack::Short(_, words) => Reason::Short(words),
                Lack::Long(at) => Reason::Long(at),
                Lack::Form(span, _) => Reason::Mixed(span),
                Lack::Field(span) => Reason::Unfilled(span),
            });
        }
        reasons
    }
}

/// What is to be told of a situation.
fn told<'l>(matcher: &Matcher, draft: &Draft<'_>, number: usize) -> Vec<Reason<'l>> {
    let name = matcher.lexicon().entries()[number].id.name();
    if draft.talk.situation == Some(name) {
        return vec![Reason::Stated];
    }
    let Some(words) = draft.talk.customer else { return vec![Reason::Asleep(Asleep::CustomerUnknown)] };
    let mut reasons = Vec::new();
    let mut witness = |dropped: Dropped| reasons.extend((dropped.entry == number).then(|| Reason::of(dropped)));
    let heard = matcher.hear_before(&Reading::of(&Draft::new(words)), Voice::Customer, &mut witness);
    reasons.extend(heard.into_iter().filter(|(entry, _)| *entry == number).map(|(_, span)| Reason::Told(span)));
    if reasons.is_empty() {
        reasons.push(Reason::Asleep(Asleep::CustomerSilent));
    }
    reasons.sort_by_key(Reason::place);
    reasons
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
        let quoted = |span: &Span| format!("\"{}\" at {}", span.of(text), place(span.start));
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
            Why::Waits => Self::Asleep(Asleep::Reply),
        }
    }

    /// Where it is about, if anywhere.
    fn place(&self) -> Option<usize> {
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
            | Self::Told(span) => Some(span.start),
            Self::Met(spans) => spans.first().map(|span| span.start),
            Self::Missing(at) | Self::Long(at) => Some(*at),
            Self::Foreign(_)
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
            Self::Missing(at) => format!("nothing of it stands in {within}; it belongs at {}", place(*at)),
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
        }
    }
}
