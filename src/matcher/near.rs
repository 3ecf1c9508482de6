//! What the sentences around a hit, its place in the reply and the other hits decide about it. Asked only when
//! something is among the candidates for which it matters.

use std::collections::HashSet;

use super::candidate::{Candidate, Dropped, Role, Why};
use crate::lexicon::{At, Entries, Entry, Kind, Within};
use crate::text::{Reading, Sentences, Span};

/// Drops candidates of whose entry something stands near them that makes them fine.
pub(super) fn drop_saved(
    candidates: &mut Vec<Candidate>,
    entries: &Entries,
    reading: &Reading<'_>,
    sentences: &mut Sentences,
    witness: &mut impl FnMut(Dropped),
) {
    let mut savers: Vec<Candidate> = candidates.extract_if(.., |candidate| candidate.role == Role::Near).collect();
    let order = |saver: &Candidate| (saver.entry, saver.folded.start);
    savers.sort_by_key(order);
    candidates.retain(|phrase| {
        let Some(near) = &entries[phrase.entry].unless_near else { return true };
        // To count sentences takes longer than to see that nothing could save it.
        let own = savers.partition_point(|saver| saver.entry < phrase.entry);
        if savers.get(own).is_none_or(|saver| saver.entry != phrase.entry) || phrase.role != Role::Phrase {
            return true;
        }
        let first = sentences.number(reading, phrase.folded.start);
        let last = sentences.number(reading, phrase.folded.end.saturating_sub(1).max(phrase.folded.start));
        let start = match first.saturating_sub(near.reach.before as usize) {
            0 => 0,
            number => sentences.start(reading, number),
        };
        let end = sentences.start(reading, last.saturating_add(near.reach.after as usize).saturating_add(1));
        let next = savers.partition_point(|saver| order(saver) < (phrase.entry, start));
        let saver = savers.get(next).filter(|saver| saver.entry == phrase.entry && saver.folded.start < end);
        if let Some(saver) = saver {
            witness(phrase.dropped(Why::Saved(saver.span)));
        }
        saver.is_none()
    });
}

/// Drops candidates that stand elsewhere than their entry says.
pub(super) fn drop_misplaced(
    candidates: &mut Vec<Candidate>,
    entries: &Entries,
    reading: &Reading<'_>,
    sentences: &mut Sentences,
    witness: &mut impl FnMut(Dropped),
) {
    candidates.retain(|candidate| {
        let at = if candidate.role == Role::Phrase { entries[candidate.entry].at } else { None };
        let stands = match at {
            None | Some(At::Sentence) => true,
            Some(At::Part(within)) => within.of(reading, sentences).covers(candidate.folded),
        };
        if !stands {
            witness(candidate.dropped(Why::Misplaced));
        }
        stands
    });
}

/// Drops candidates whose entry waits for another rule that has no hit here. What waits itself is no answer.
pub(super) fn drop_waiting(candidates: &mut Vec<Candidate>, entries: &Entries, witness: &mut impl FnMut(Dropped)) {
    let awake = candidates.iter().filter(|candidate| entries[candidate.entry].waits_for().is_empty());
    let hit = rules(awake, entries);
    candidates.retain(|candidate| {
        let called = entries[candidate.entry].is_called(&hit);
        if !called {
            witness(candidate.dropped(Why::Waits));
        }
        called
    });
}

/// The rules that candidates are of, and their categories. What a comment lets stand stands there.
pub(super) fn rules<'a, 'e>(candidates: impl Iterator<Item = &'a Candidate>, entries: &'e Entries) -> HashSet<&'e str> {
    let speak = candidates.filter(|candidate| matches!(candidate.kind, Kind::Avoid | Kind::Recommend));
    speak
        .map(|candidate| &entries[candidate.entry])
        .flat_map(|entry| [entry.id.as_str(), entry.id.category()])
        .collect()
}

impl Within {
    /// The part of the folded text that it means.
    pub(crate) fn of(self, reading: &Reading<'_>, sentences: &mut Sentences) -> Span {
        match self {
            Self::First(count) => sentences.first(reading, count as usize),
            Self::Last(count) => sentences.last(reading, count as usize),
            Self::Whole => Span::new(0, reading.folded().len()),
        }
    }
}

impl Entry {
    /// The rules of which one must have a hit for this one to speak.
    pub(crate) fn waits_for(&self) -> &[String] {
        self.when.as_ref().map_or(&[], |when| &when.reply)
    }

    /// Whether it may speak where these rules have a hit.
    pub(crate) fn is_called(&self, hit: &HashSet<&str>) -> bool {
        let wanted = self.waits_for();
        wanted.is_empty() || wanted.iter().any(|rule| hit.contains(rule.as_str()))
    }
}
