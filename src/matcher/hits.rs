//! The candidates of one draft, in memory that is used for the next one too. What has to be decided about
//! them depends on what is among them, which is noted as they come, so that nobody goes through all of
//! them to find that there is nothing to decide.

use std::collections::HashSet;

use super::candidate::{Candidate, Dropped, How, Role};
use super::compile::Use;
use super::side::Needle;
use super::{near, resolve};
use crate::lexicon::{At, Entries, Entry, Kind};
use crate::text::{Reading, Sentences, Span};

/// Memory for what is found in one draft, to be used again for the next.
#[derive(Debug, Default)]
pub struct Hits {
    pub(super) candidates: Vec<Candidate>,
    pub(super) among: Among,
    pub(super) parts: Vec<PartHit>,
    pub(super) sentences: Sentences,
    /// Where exceptions may stand.
    pub(super) exceptions: Vec<(Use, Needle)>,
}

/// A part of what an entry asks of the whole reply, found in the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartHit {
    /// Index of the entry in its lexicon.
    pub entry: usize,
    /// Which part, as [`Requirement::parts`](crate::lexicon::Requirement::parts) numbers them.
    pub part: usize,
    /// Bytes of the draft.
    pub span: Span,
    /// The same in offsets of the folded text.
    pub folded: Span,
}

/// What is among the candidates.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is noted, and asked, by itself")]
pub(super) struct Among {
    /// One with a gap that took a word.
    pub(super) gaps: bool,
    /// An exception, or a name.
    pub(super) exceptions: bool,
    pub(super) recommends: bool,
    pub(super) steps: bool,
    /// One that something may make fine that stands near it.
    pub(super) near: bool,
    /// One that counts only in its place.
    pub(super) placed: bool,
    /// One that counts only beside another.
    pub(super) waits: bool,
    pub(super) parts: bool,
    /// One that comes behind those it precedes in their order.
    pub(super) disordered: bool,
}

impl Hits {
    /// How many there are at the most.
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.candidates.clear();
        self.parts.clear();
        self.sentences.clear();
        self.exceptions.clear();
        self.among = Among::default();
    }

    /// What stands in the draft, before it is decided which of what overlaps speaks: the number of the entry, the
    /// bytes of the draft and those of the folded text.
    pub fn standing(&self) -> impl Iterator<Item = (usize, Span, Span)> {
        let phrases = self.candidates.iter().filter(|candidate| candidate.role == Role::Phrase);
        phrases.map(|candidate| (candidate.entry, candidate.span, candidate.folded))
    }

    /// Notes a candidate and what its entry makes of it.
    pub(super) fn push(&mut self, candidate: Candidate, entry: Option<&Entry>) {
        self.among.gaps |= candidate.gap_words() > 0;
        match candidate.role {
            Role::Phrase | Role::Said | Role::Near => {}
            Role::Unless | Role::Name => self.among.exceptions = true,
            Role::Part(_) => self.among.parts = true,
        }
        self.among.recommends |= candidate.kind == Kind::Recommend;
        self.among.steps |= candidate.kind == Kind::Step;
        if let Some(entry) = entry {
            self.among.near |= entry.unless_near.is_some() && candidate.role == Role::Phrase;
            self.among.placed |= matches!(entry.at, Some(At::Part(_)));
            self.among.waits |= !entry.waits_for().is_empty();
        }
        self.among.disordered |= self.candidates.last().is_some_and(|last| last.order() > candidate.order());
        self.candidates.push(candidate);
    }

    /// Decides what gaps and exceptions leave.
    pub(super) fn settle(&mut self, reading: &Reading<'_>, witness: &mut impl FnMut(Dropped)) {
        if self.among.gaps {
            resolve::drop_wider(&mut self.candidates);
        }
        if self.among.exceptions {
            resolve::drop_excepted(&mut self.candidates, reading, witness);
        }
        (self.among.gaps, self.among.exceptions) = (false, false);
    }

    /// Takes in what was looked for aside, of which nobody asks how it was found.
    pub(super) fn take_in(&mut self, aside: Self) {
        for candidate in aside.candidates {
            self.among.parts |= matches!(candidate.role, Role::Part(_));
            self.among.steps |= candidate.kind == Kind::Step;
            self.candidates.push(Candidate { how: How::Regex, ..candidate });
        }
        self.among.placed |= aside.among.placed;
        self.among.waits |= aside.among.waits;
        self.among.disordered = true;
    }

    /// Takes out what is only a part of something.
    pub(super) fn part_off(&mut self) {
        let part = |candidate: &Candidate| if let Role::Part(part) = candidate.role { Some(part.into()) } else { None };
        for candidate in self.candidates.extract_if(.., |candidate| part(candidate).is_some()) {
            let (part, Candidate { entry, span, folded, .. }) = (part(&candidate).unwrap_or_default(), candidate);
            self.parts.push(PartHit { entry, part, span, folded });
        }
        self.parts.sort_by_key(|hit| (hit.entry, hit.folded.start));
    }

    /// What stands in the draft of what an entry asks of a reply, in the order of the text.
    pub fn parts(&self, entry: usize) -> &[PartHit] {
        let first = self.parts.partition_point(|hit| hit.entry < entry);
        let len = self.parts[first..].partition_point(|hit| hit.entry == entry);
        &self.parts[first..first + len]
    }

    /// The rules that have a hit, and their categories.
    pub fn rules<'e>(&self, entries: &'e Entries) -> HashSet<&'e str> {
        near::rules(self.candidates.iter(), entries)
    }

    /// The sentences of the draft, as far as they were asked for.
    pub fn sentences(&mut self) -> &mut Sentences {
        &mut self.sentences
    }
}
