//! What became of rules in one draft, as the matcher and the checks of the whole reply decide it: one look at the
//! draft, whether one rule is asked about or all.

use std::collections::BTreeMap;

use super::{Account, Reason};
use crate::lexicon::{Entry, Kind, Lexicon};
use crate::lint::allow::Allowances;
use crate::lint::context::{Asleep, Context};
use crate::lint::structure::{Lack, Whole};
use crate::lint::{LintError, Linter};
use crate::matcher::{Dropped, Hits, Matcher, PartHit, Voice};
use crate::text::{Draft, Reading, Span};

/// What is to be told of each entry, by its number.
pub(super) type Told<'l> = BTreeMap<usize, Vec<Reason<'l>>>;

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
        let entry = &matcher.lexicon().entries()[number];
        let asked = |other| other == number;
        if entry.kind == Kind::Situation {
            return told(matcher, draft, &asked).remove(&number).unwrap_or_else(|| {
                let heard = draft.talk.customer.is_some();
                vec![Reason::Asleep(if heard { Asleep::CustomerSilent } else { Asleep::CustomerUnknown })]
            });
        }
        let context = Context::of(matcher, draft);
        if let Err(asleep) = context.wakes(number, entry) {
            return vec![Reason::Asleep(asleep)];
        }
        let mut told = self.stands(matcher, draft, reading, (&context, &asked));
        let Some(mut reasons) = told.remove(&number) else {
            return vec![if entry.has_structure() { Reason::Kept } else { Reason::Absent }];
        };
        // Why one rule sleeps is told once, wherever its phrases stand.
        for reason in &mut reasons {
            if let Reason::Dormant(_, asleep) = reason {
                *reason = Reason::Asleep(asleep.clone());
            }
        }
        reasons.sort_by_key(Reason::place);
        reasons.dedup();
        reasons
    }

    /// What is to be told of the entries that are asked about and awake, except situations.
    pub(super) fn stands<'l>(
        &self,
        matcher: &'l Matcher,
        draft: &Draft<'_>,
        reading: &Reading<'_>,
        (context, asked): (&Context<'_, '_>, &dyn Fn(usize) -> bool),
    ) -> Told<'l> {
        let entries = matcher.lexicon().entries();
        let applies = |number, entry: &Entry| self.hears(entry) && context.wakes(number, entry).is_ok();
        let (mut hits, mut told) = (Hits::default(), Told::new());
        let mut tell = |number: usize, reason| {
            if asked(number) {
                told.entry(number).or_default().push(reason);
            }
        };
        matcher.find_before(reading, &applies, &mut hits, &mut |dropped: Dropped| {
            tell(dropped.entry, Reason::of(dropped));
        });
        let (mut allowances, mut let_stand) = (Allowances::of(reading), Vec::new());
        let mut allowed = |here: &Entry, at: Span| {
            let allowed = allowances.allow(here, at);
            let_stand.extend(allowed.then(|| (here.id.clone(), at)));
            allowed
        };
        matcher.resolve(&mut hits, &mut allowed, &mut |found| {
            tell(found.entry, Reason::Found(found.span));
            for &loser in &found.also {
                tell(loser, Reason::Lost(&entries[found.entry].id, found.span));
            }
        });
        for (id, at) in let_stand {
            let number = entries.iter().position(|entry| entry.id == id);
            if let Some((number, at)) = number.zip(reading.original(at)) {
                tell(number, Reason::Allowed(at));
            }
        }
        let whole = Whole::new(draft, reading, matcher, &applies);
        let hit = hits.rules(entries);
        for number in matcher.structured().filter(|number| asked(*number)) {
            let entry = &entries[number];
            if !applies(number, entry) {
                continue;
            }
            if entry.is_called(&hit) {
                for reason in whole.reasons(number, entry, &mut hits, &mut allowances) {
                    tell(number, reason);
                }
            } else {
                tell(number, Reason::Asleep(Asleep::Reply));
            }
        }
        for reasons in told.values_mut() {
            reasons.sort_by_key(Reason::place);
            reasons.dedup();
        }
        told
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

/// What is to be told of the situations that are asked about and stated, or of which the customer's words have
/// something.
pub(super) fn told<'l>(matcher: &Matcher, draft: &Draft<'_>, asked: &dyn Fn(usize) -> bool) -> Told<'l> {
    let entries = matcher.lexicon().entries();
    let is_asked = |number: usize| asked(number) && entries[number].kind == Kind::Situation;
    let mut told = Told::new();
    if let Some(words) = draft.talk.customer {
        let mut tell = |number: usize, reason| {
            if is_asked(number) {
                told.entry(number).or_default().push(reason);
            }
        };
        let mut witness = |dropped: Dropped| tell(dropped.entry, Reason::of(dropped));
        let heard = matcher.hear_before(&Reading::of(&Draft::new(words)), Voice::Customer, &mut witness);
        for (number, span) in heard {
            tell(number, Reason::Told(span));
        }
    }
    let stated = |number: &usize| draft.talk.situation == Some(entries[*number].id.name());
    for number in matcher.situations().filter(stated).filter(|number| is_asked(*number)) {
        told.insert(number, vec![Reason::Stated]);
    }
    for reasons in told.values_mut() {
        reasons.sort_by_key(Reason::place);
    }
    told
}
