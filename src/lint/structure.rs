//! What a reply as a whole must be like: what must be said and where, in how many words, in one manner of
//! address, with every field filled in. A thing that is missing becomes a finding where it belongs.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::allow::Allowances;
use super::review::{Finding, FindingKind};
use super::wording::{Capitals, Prefer};
use crate::lexicon::{Case, Entry, Level, Lexicon, Requirement, Within};
use crate::matcher::{Hits, Matcher, PartHit};
use crate::text::{BREAK, Draft, Reading, Skip, Span, words};

/// A draft in which requirements are looked for.
pub(super) struct Whole<'a, 'r, 't> {
    draft: &'a Draft<'t>,
    pub(super) reading: &'a Reading<'r>,
    /// No word of the agent is in it.
    is_empty: bool,
    /// It is empty, and some awake entry asks it to say anything at all: there is nothing more to ask then.
    is_asked_for_words: bool,
}

/// Adds what all awake entries of a lexicon find lacking, unless a comment allows it.
pub(super) fn check<'l>(
    whole: &Whole<'_, '_, '_>,
    matcher: &'l Matcher,
    applies: &dyn Fn(usize, &Entry) -> bool,
    hits: &mut Hits,
    allowances: &mut Allowances,
    findings: &mut Vec<Finding<'l>>,
) {
    let lexicon = matcher.lexicon();
    let mut rules = None;
    for number in matcher.structured() {
        let entry = &lexicon.entries()[number];
        let mut called = || {
            entry.waits_for().is_empty() || entry.is_called(rules.get_or_insert_with(|| hits.rules(lexicon.entries())))
        };
        if !applies(number, entry) || !called() {
            continue;
        }
        for lack in whole.lacks(number, entry, hits) {
            let finding = whole.finding(&lack, entry, lexicon);
            let at = whole.reading.folded_at(finding.span.start);
            if !allowances.allow(entry, Span::new(at, at)) {
                findings.push(finding);
            }
        }
    }
}

/// What is wrong with a reply as a whole, by one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lack {
    /// Something is missing that belongs here.
    Missing(usize),
    /// More words are missing here than the number that is there.
    Short(usize, usize),
    /// It is too long from here on.
    Long(usize),
    /// A way of speaking that had better be another: bytes of the draft and of the folded text.
    Form(Span, Span),
    /// A placeholder that is left.
    Field(Span),
}

impl Lack {
    /// The bytes of the draft that it is about; none where something is missing.
    pub(super) fn span(&self) -> Span {
        match *self {
            Self::Missing(at) | Self::Short(at, _) | Self::Long(at) => Span::new(at, at),
            Self::Form(span, _) | Self::Field(span) => span,
        }
    }
}

impl<'a, 'r, 't> Whole<'a, 'r, 't> {
    /// The whole of a draft, about which the entries of a lexicon speak that apply.
    pub(super) fn new(
        draft: &'a Draft<'t>,
        reading: &'a Reading<'r>,
        matcher: &Matcher,
        applies: &dyn Fn(usize, &Entry) -> bool,
    ) -> Self {
        let is_empty = words(reading.folded()).next().is_none();
        let asks = |number| {
            let entry = &matcher.lexicon().entries()[number];
            let words = entry.requirement.as_ref().is_some_and(|requirement| requirement.least_words.is_some());
            words && applies(number, entry)
        };
        let is_asked_for_words = is_empty && matcher.structured().any(asks);
        Self { draft, reading, is_empty, is_asked_for_words }
    }
}

impl Whole<'_, '_, '_> {
    /// Everything that an entry's requirement finds lacking.
    pub(super) fn lacks(&self, number: usize, entry: &Entry, hits: &mut Hits) -> Vec<Lack> {
        let Some(requirement) = entry.requirement.as_deref() else { return Vec::new() };
        let mut lacks = Vec::new();
        // An empty reply lacks everything; what is asked of it is only what the customer waits for.
        let answers = entry.when.as_ref().is_some_and(|when| !when.customer.is_empty());
        let is_asked = !self.is_empty || answers && !self.is_asked_for_words;
        if is_asked && self.is_missing(number, requirement, hits) {
            lacks.push(Lack::Missing(match requirement.within {
                Within::First(_) => self.beginning(),
                Within::Last(_) | Within::Whole => self.end(),
            }));
        }
        lacks.extend(self.wrong_length(requirement, hits));
        lacks.extend(self.mixed(requirement, entry, hits.parts(number)));
        if requirement.placeholders {
            let left = self.reading.prose().skipped().iter().filter(|skipped| skipped.kind == Skip::Placeholder);
            lacks.extend(left.map(|skipped| Lack::Field(skipped.span)));
        }
        lacks
    }

    /// The finding that a lack is.
    pub(super) fn finding<'l>(&self, lack: &Lack, entry: &'l Entry, lexicon: &'l Lexicon) -> Finding<'l> {
        let span = lack.span();
        let words = match *lack {
            Lack::Missing(_) | Lack::Short(..) | Lack::Long(_) => None,
            Lack::Form(_, folded) => Some(folded.of(self.reading.folded())),
            Lack::Field(span) => Some(span.of(self.reading.text())),
        };
        let kind = if words.is_some() { FindingKind::Phrase } else { FindingKind::Structure };
        let prefer =
            Prefer { wordings: &entry.prefer, names: lexicon.names(), capitals: Capitals::Unknown, slots: Vec::new() };
        Finding {
            rule: &entry.id,
            kind,
            language: lexicon.language(),
            level: entry.level.unwrap_or(Level::Advice),
            span,
            matched: words.map(|words| Cow::Owned(words.to_owned())),
            why: entry.why.as_deref(),
            prefer,
            also: Vec::new(),
            fix: None,
        }
    }

    fn is_missing(&self, number: usize, requirement: &Requirement, hits: &mut Hits) -> bool {
        if requirement.any.is_empty() && requirement.all.is_empty() {
            return false;
        }
        let (here, _) = self.standing(number, requirement, hits);
        let found: HashSet<usize> = here.iter().map(|hit| hit.part).collect();
        let any = requirement.any.is_empty() || found.contains(&0);
        !any || !(1..=requirement.all.len()).all(|part| found.contains(&part))
    }

    /// What stands in the reply of what must be said: what does so where it should, and the rest.
    pub(super) fn standing(
        &self,
        number: usize,
        requirement: &Requirement,
        hits: &mut Hits,
    ) -> (Vec<PartHit>, Vec<PartHit>) {
        let within = requirement.within.of(self.reading, hits.sentences());
        let said = hits.parts(number).iter().filter(|hit| hit.part <= requirement.all.len());
        said.copied().partition(|hit| within.start <= hit.folded.start && hit.folded.start < within.end)
    }

    /// Where it is too long, or its end when it is too short.
    fn wrong_length(&self, requirement: &Requirement, hits: &mut Hits) -> Option<Lack> {
        let folded = self.reading.folded();
        let word = |number: u32| words(folded).nth(number as usize).map(|word| word.start);
        if let Some(least) = requirement.least_words.filter(|least| *least > 0)
            && word(least - 1).is_none()
        {
            return Some(Lack::Short(self.end(), words(folded).count()));
        }
        let sentence = |most: u32| {
            let start = hits.sentences().start(self.reading, most as usize);
            (start < folded.len()).then_some(start)
        };
        let too_long = [requirement.most_words.and_then(word), requirement.most_sentences.and_then(sentence)];
        too_long.into_iter().flatten().min().map(|at| Lack::Long(self.start_of(at)))
    }

    /// Words of the manners of speaking that are not the one most used.
    fn mixed(&self, requirement: &Requirement, entry: &Entry, hits: &[PartHit]) -> Vec<Lack> {
        let first = 1 + requirement.all.len();
        // Every sentence begins with a capital, which then says nothing.
        let tells = |hit: &&PartHit| {
            hit.part >= first && (entry.case == Case::Any || !self.reading.starts_sentence(hit.folded.start))
        };
        let hits: Vec<&PartHit> = hits.iter().filter(tells).collect();
        // The set that is used most is meant; of two that are used as much, the one used first.
        let mut used: HashMap<usize, (usize, Reverse<usize>)> = HashMap::new();
        for hit in &hits {
            used.entry(hit.part).or_insert((0, Reverse(hit.folded.start))).0 += 1;
        }
        let kept = used.into_iter().max_by_key(|(_, used)| *used).map(|(part, _)| part);
        let others = hits.iter().filter(|hit| Some(hit.part) != kept);
        others.map(|hit| Lack::Form(hit.span, hit.folded)).collect()
    }

    /// The first byte of the reply's prose, or where the reply begins that has none.
    fn beginning(&self) -> usize {
        let folded = self.reading.folded();
        let rest = folded.trim_start_matches([' ', BREAK]);
        if rest.is_empty() { self.draft.reply().start } else { self.start_of(folded.len() - rest.len()) }
    }

    /// Just behind the last character of the reply's prose, or where the reply ends that has none.
    fn end(&self) -> usize {
        let rest = self.reading.folded().trim_end_matches([' ', BREAK]);
        // One letter of the draft may have become several.
        let mut lasts = rest.char_indices().rev().map(|(at, _)| Span::new(at, rest.len()));
        let last = lasts.find_map(|last| self.reading.original(last));
        last.map_or(self.draft.reply().end, |last| last.end)
    }

    /// The byte of the draft at which the letter or sign at a folded offset begins.
    fn start_of(&self, folded: usize) -> usize {
        let start = self.reading.original(Span::new(folded, folded));
        start.map_or(self.draft.reply().end, |start| start.start)
    }
}
