//! From candidates to matches. What an entry's own exceptions cover is dropped; of what
//! overlaps, the leftmost and longest wins and names the others. No rule disappears here: it
//! is a match or stands in some match's `also`.

use super::Match;
use super::candidate::{Candidate, Dropped, How, Role, Why};
use super::compile::NAMES;
use super::hits::Hits;
use super::search::Search;
use crate::lexicon::Kind;
use crate::text::{Reading, Span, is_word};

/// Drops candidates that share a word with a match of their own entry's `unless`, or with a name. What
/// makes others fine needs no excuse, and what a reply must contain may well be a name.
pub(super) fn drop_excepted(candidates: &mut Vec<Candidate>, reading: &Reading<'_>, witness: &mut impl FnMut(Dropped)) {
    let mut exceptions: Vec<Candidate> = candidates.extract_if(.., |candidate| candidate.role.is_exception()).collect();
    exceptions.sort_by_key(|exception| (exception.entry, exception.folded.start));
    // How far any exception of the same entry reaches that begins no later.
    let mut reach: Vec<usize> = Vec::with_capacity(exceptions.len());
    for (index, exception) in exceptions.iter().enumerate() {
        let same = index.checked_sub(1).filter(|before| exceptions[*before].entry == exception.entry);
        reach.push(same.map_or(0, |before| reach[before]).max(exception.folded.end));
    }
    let excepted = |phrase: &Candidate, entry: usize| {
        let behind = exceptions.partition_point(|e| (e.entry, e.folded.start) < (entry, phrase.folded.end));
        let mut near = (0..behind)
            .rev()
            .take_while(|&index| exceptions[index].entry == entry && reach[index] > phrase.folded.start);
        let by = near.find(|&index| shares_word(exceptions[index].folded, phrase.folded, reading.folded()));
        by.map(|index| exceptions[index].span)
    };
    candidates.retain(|phrase| {
        if phrase.role == Role::Near {
            return true;
        }
        let named = || (phrase.kind != Kind::Require).then(|| excepted(phrase, NAMES)).flatten();
        let why = excepted(phrase, phrase.entry).map(Why::Excepted).or_else(|| named().map(Why::Named));
        if let Some(why) = why {
            witness(phrase.dropped(why));
        }
        why.is_none()
    });
}

fn shares_word(a: Span, b: Span, text: &str) -> bool {
    let common = Span::new(a.start.max(b.start), a.end.min(b.end));
    common.start < common.end && common.of(text).chars().any(|c| is_word(c) || !c.is_whitespace() && common == b)
}

/// A gap takes the fewest words: of two finds of the same form, the one around the other goes.
pub(super) fn drop_wider(candidates: &mut Vec<Candidate>) {
    candidates.sort_by_key(|a| a.folded.start);
    let wider: Vec<bool> = (0..candidates.len())
        .map(|index| {
            let wide = &candidates[index];
            let inner = |narrow: &Candidate| {
                let alike = narrow.walked().zip(wide.walked()).is_some_and(|(narrow, wide)| narrow.is_like(wide));
                alike && narrow.gap_words() < wide.gap_words() && wide.folded.covers(narrow.folded)
            };
            let tied = candidates[..index].iter().rev().take_while(|other| other.folded.start == wide.folded.start);
            let later = candidates[index + 1..].iter().take_while(|other| other.folded.start < wide.folded.end);
            wide.gap_words() > 0 && tied.chain(later).any(inner)
        })
        .collect();
    let mut wider = wider.into_iter();
    candidates.retain(|_| wider.next() != Some(true));
}

/// The leftmost-longest of what overlaps, in the order of the text. Things to avoid and things
/// to recommend do not compete.
pub(super) fn leftmost_longest<'m>(
    hits: &mut Hits,
    search: &'m Search,
    stands: &mut dyn FnMut(&Candidate) -> bool,
    found: &mut dyn FnMut(Match<'m>),
) {
    // The search finds nearly all of them in this order.
    if hits.among.disordered {
        hits.candidates.sort_by_key(Candidate::order);
    }
    let among = hits.among;
    let others = [among.recommends.then_some(Kind::Recommend), among.steps.then_some(Kind::Step)];
    let kinds = [Some(Kind::Avoid)].into_iter().chain(others);
    for kind in kinds.into_iter().flatten() {
        let mut winner: Option<Match<'m>> = None;
        for candidate in hits.candidates.iter_mut().filter(|candidate| candidate.kind == kind && stands(candidate)) {
            match &mut winner {
                // One sentence may be two steps at once.
                _ if kind == Kind::Step => found(candidate.win(search)),
                Some(winner) if winner.span.overlaps(candidate.span) => winner.beat(candidate),
                _ => winner.replace(candidate.win(search)).into_iter().for_each(&mut *found),
            }
        }
        winner.into_iter().for_each(&mut *found);
    }
}

impl Candidate {
    /// The match that it is; what it found on its way is taken over.
    fn win<'m>(&mut self, search: &'m Search) -> Match<'m> {
        let (words, slots) = match &mut self.how {
            How::Needle(needle) => (Some(search.words(*needle as usize)), Vec::new()),
            How::Walked(walked) => (None, std::mem::take(&mut walked.found.slots)),
            How::Regex => (None, Vec::new()),
        };
        Match {
            entry: self.entry,
            kind: self.kind,
            span: self.span,
            folded: self.folded,
            words,
            slots,
            level: self.level,
            also: Vec::new(),
        }
    }
}

impl Match<'_> {
    fn beat(&mut self, loser: &Candidate) {
        if loser.entry != self.entry {
            self.level = self.level.max(loser.level);
            if !self.also.contains(&loser.entry) {
                self.also.push(loser.entry);
            }
        }
    }
}
