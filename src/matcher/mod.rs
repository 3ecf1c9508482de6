//! Layer 2: a compiled lexicon, and what of it stands in a draft.
//!
//! One search over the folded text finds every candidate; borders, sentences, accents and
//! exceptions are decided at the hits alone, and only then is the leftmost-longest kept. A search
//! that kept the leftmost-longest itself would lose phrases: "refund pol" would swallow "refund" in
//! "refund policy" and then fall to the border rule. This layer does not know what
//! is suggested instead, nor who reads it.

mod candidate;
mod compile;
mod first_bytes;
mod gap;
mod head;
mod hits;
mod key;
mod lead;
mod literal;
mod mask;
mod near;
mod needles;
mod part;
mod plan;
mod resolve;
mod rows;
mod search;
mod side;
mod slot;
mod table;
mod walk;

use std::fmt;
use std::sync::{Arc, OnceLock};

use memchr::memmem;

use self::candidate::{Candidate, Role};
use self::compile::{Asked, Compiled, Fixed, looked_for};
use self::needles::MOST_BYTES;
use self::side::{Looked, Places, Side, entries_of};
use crate::lexicon::{Entry, Kind, Level, Lexicon, Packer, Parts, Pattern, Slot};
use crate::text::{Reading, Span};

pub use self::candidate::{Dropped, Voice, Why};
pub use self::hits::{Hits, PartHit};
pub(crate) use self::slot::value_end;

/// A lexicon, compiled for searching.
#[derive(Debug)]
pub struct Matcher {
    lexicon: Arc<Lexicon>,
    /// What every draft is searched for.
    own: Side,
    /// What is looked for when something asks for it: what stands near, what a reply must have, what others
    /// said. Compiled by then.
    aside: OnceLock<Side>,
}

/// An entry that stands in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'m> {
    /// Index of the entry in its lexicon.
    pub entry: usize,
    /// To avoid or to recommend.
    pub kind: Kind,
    /// Bytes of the draft.
    pub span: Span,
    /// The same in offsets of the folded text.
    pub folded: Span,
    /// The words of a pattern that is written out, which are those of the folded text.
    pub words: Option<&'m str>,
    /// What stands in the slots of the phrase, in offsets of the folded text.
    pub slots: Vec<(Slot, Span)>,
    /// The highest level among the entry and those in `also`.
    pub level: Level,
    /// Entries that stood here too and lost to this one.
    pub also: Vec<usize>,
}

/// The automaton could not be built: more phrases than it can number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError(String);

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the lexicon is too large to compile: {}", self.0)
    }
}

impl std::error::Error for BuildError {}

/// How many bytes one may become when it is folded.
const MOST_FOLDED: usize = 4;

impl Matcher {
    /// Compiles a lexicon.
    ///
    /// # Errors
    ///
    /// When its phrases, written out, have more than a thousand million bytes.
    pub fn new(lexicon: Arc<Lexicon>) -> Result<Self, BuildError> {
        let own = Side::new(&lexicon, Asked::Always)?;
        let matcher = Self { lexicon, own, aside: OnceLock::new() };
        // What is compiled later must not fail then.
        if written_out(&matcher.lexicon) > MOST_BYTES {
            let aside = Side::new(&matcher.lexicon, Asked::Later)?;
            let _ = matcher.aside.set(aside);
        }
        Ok(matcher)
    }

    /// Packs it with its lexicon.
    pub(crate) fn pack(&self, packer: &mut Packer) -> Result<(), BuildError> {
        self.lexicon.pack(packer);
        self.own.pack(packer);
        self.aside().pack(packer);
        packer
            .fits()
            .then_some(())
            .ok_or_else(|| BuildError("it has too many entries, or phrases nested too deeply".to_owned()))
    }

    /// Reads what [`Matcher::pack`] wrote.
    pub(crate) fn unpack(parts: &mut Parts<'_>) -> Option<Self> {
        let lexicon = Arc::new(Lexicon::unpack(parts)?);
        let own = Side::unpack(parts, lexicon.entry_count())?;
        let aside = Side::unpack(parts, lexicon.entry_count())?;
        Some(Self { lexicon, own, aside: OnceLock::from(aside) })
    }

    /// The lexicon it was compiled from, to be shared.
    pub(crate) fn shared_lexicon(&self) -> Arc<Lexicon> {
        Arc::clone(&self.lexicon)
    }

    /// The lexicon it was compiled from.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What stands in a draft, in the order of the text. Entries for which `applies` says no
    /// neither match nor compete; nor do they where `allowed` says that they may stand, which is asked
    /// of what stands there and is no exception, in offsets of the folded text.
    pub fn matches(
        &self,
        reading: &Reading<'_>,
        applies: &dyn Fn(usize, &Entry) -> bool,
        allowed: &mut dyn FnMut(&Entry, Span) -> bool,
    ) -> Vec<Match<'_>> {
        let (mut hits, mut matches) = (Hits::default(), Vec::new());
        self.find(reading, applies, &mut hits);
        self.resolve(&mut hits, allowed, &mut |found| matches.push(found));
        matches.sort_by_key(|found| (found.span.start, found.span.end));
        matches
    }

    /// The first half of [`Matcher::matches`], in memory that may have been used before: all that may
    /// stand, before it is decided who speaks.
    pub fn find(&self, reading: &Reading<'_>, applies: &dyn Fn(usize, &Entry) -> bool, hits: &mut Hits) {
        self.find_before(reading, applies, hits, &mut |_| {});
    }

    /// The same before a witness, who is told of everything that stands in the draft and is dropped.
    pub fn find_before(
        &self,
        reading: &Reading<'_>,
        applies: &dyn Fn(usize, &Entry) -> bool,
        hits: &mut Hits,
        witness: &mut impl FnMut(Dropped),
    ) {
        hits.clear();
        let entries = self.lexicon.entries();
        let mut looked = Looked { places: Places::default(), exceptions: std::mem::take(&mut hits.exceptions) };
        let conditional = self.own.compiled.conditional;
        let wanted = |number: usize, _| applies(number, &entries[number]);
        self.own.candidates(reading, Voice::Agent, &mut looked, entries, &wanted, &mut |candidate| {
            let entry = conditional.then(|| &entries[candidate.entry]);
            hits.push(candidate, entry);
        });
        self.own.add_exceptions(reading, &mut looked, hits);
        hits.settle(reading, witness);
        if hits.among.near || self.asks(applies) {
            self.find_aside(reading, applies, hits, &mut looked, witness);
        }
        hits.exceptions = looked.exceptions;
        if hits.among.near {
            near::drop_saved(&mut hits.candidates, entries, reading, &mut hits.sentences, witness);
        }
        if hits.among.placed {
            near::drop_misplaced(&mut hits.candidates, entries, reading, &mut hits.sentences, witness);
        }
        if hits.among.parts {
            hits.part_off();
        }
        if hits.among.waits {
            near::drop_waiting(&mut hits.candidates, entries, witness);
        }
    }

    /// Whether anything awake asks for more than phrases: for parts of the whole reply, or for steps.
    fn asks(&self, applies: &dyn Fn(usize, &Entry) -> bool) -> bool {
        let entries = self.lexicon.entries();
        self.structured().chain(self.steps()).any(|number| applies(number, &entries[number]))
    }

    /// What is looked for only when somebody asks: for what stands near it a hit, for the rest an entry.
    fn find_aside(
        &self,
        reading: &Reading<'_>,
        applies: &dyn Fn(usize, &Entry) -> bool,
        hits: &mut Hits,
        looked: &mut Looked,
        witness: &mut impl FnMut(Dropped),
    ) {
        let entries = self.lexicon.entries();
        let saved = entries_of(&hits.candidates);
        let mut aside = Hits::default();
        looked.exceptions.clear();
        let side = self.aside();
        let wanted = |number: usize, role| {
            (role != Role::Near || saved.binary_search(&number).is_ok()) && applies(number, &entries[number])
        };
        side.candidates(reading, Voice::Agent, looked, entries, &wanted, &mut |candidate| {
            let entry = &entries[candidate.entry];
            aside.push(candidate, Some(entry));
        });
        side.add_exceptions(reading, looked, &mut aside);
        aside.settle(reading, witness);
        hits.take_in(aside);
    }

    /// Whether any entry speaks only at times, or counts only in places.
    pub fn is_conditional(&self) -> bool {
        self.own.compiled.conditional
    }

    /// Whether any entry waits for what somebody said before the draft.
    pub fn listens(&self) -> bool {
        self.own.compiled.listens
    }

    /// The entries that ask something of a reply as a whole, by their numbers.
    pub fn structured(&self) -> impl Iterator<Item = usize> {
        self.own.compiled.structured.iter().map(|entry| *entry as usize)
    }

    /// The entries that are steps of making good, by their numbers.
    pub fn steps(&self) -> impl Iterator<Item = usize> {
        self.own.compiled.steps.iter().map(|entry| *entry as usize)
    }

    /// The entries that tell a situation, by their numbers.
    pub fn situations(&self) -> impl Iterator<Item = usize> {
        self.own.compiled.situations.iter().map(|entry| *entry as usize)
    }

    /// What entries wait for in the words of somebody else, as far as it stands there: their numbers, each
    /// once, in order.
    pub fn hear(&self, reading: &Reading<'_>, voice: Voice) -> Vec<usize> {
        let heard = self.hear_before(reading, voice, &mut |_| {});
        let mut entries: Vec<usize> = heard.into_iter().map(|(entry, _)| entry).collect();
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// The same before a witness: the number of the entry and the bytes, for each place.
    pub fn hear_before(
        &self,
        reading: &Reading<'_>,
        voice: Voice,
        witness: &mut impl FnMut(Dropped),
    ) -> Vec<(usize, Span)> {
        let (mut said, mut looked) = (Hits::default(), Looked::default());
        let side = self.aside();
        let entries = self.lexicon.entries();
        let all = |_, _| true;
        side.candidates(reading, voice, &mut looked, entries, &all, &mut |candidate| said.push(candidate, None));
        side.add_exceptions(reading, &mut looked, &mut said);
        said.settle(reading, witness);
        said.candidates.into_iter().map(|candidate| (candidate.entry, candidate.span)).collect()
    }

    fn aside(&self) -> &Side {
        self.aside.get_or_init(|| Side::new(&self.lexicon, Asked::Later).expect("its size was looked at"))
    }

    /// Whether an entry that has a safe fix may be found where it touches a range of the folded text: no is
    /// certain, and costs far less than to look for everything.
    pub(crate) fn may_touch(&self, entry: usize, reading: &Reading<'_>, range: Span) -> bool {
        let Compiled { fixed, regexes, .. } = &self.own.compiled;
        let text = reading.folded();
        let stands = |found: &Fixed| {
            let words = self.own.search.words(found.needle as usize).as_bytes();
            let near = if found.whole {
                Span::new(range.start.saturating_sub(words.len()), text.len().min(range.end + words.len()))
            } else {
                Span::new(0, text.len())
            };
            memmem::find(&text.as_bytes()[near.start..near.end], words).is_some()
        };
        let first = fixed.partition_point(|found| (found.entry as usize) < entry);
        fixed[first..].iter().take_while(|found| found.entry as usize == entry).any(stands)
            || regexes.binary_search_by_key(&entry, |(of, _)| *of).is_ok()
    }

    /// The second half: the leftmost and longest of what overlaps. First what is to be avoided, then what
    /// is recommended, each in the order of the text.
    pub fn resolve<'m>(
        &'m self,
        hits: &mut Hits,
        allowed: &mut dyn FnMut(&Entry, Span) -> bool,
        found: &mut dyn FnMut(Match<'m>),
    ) {
        let entries = self.lexicon.entries();
        let mut stands = |candidate: &Candidate| !allowed(&entries[candidate.entry], candidate.folded);
        resolve::leftmost_longest(hits, &self.own.search, &mut stands, found);
    }
}

/// Bytes that all phrases have at the most that are compiled later.
fn written_out(lexicon: &Lexicon) -> usize {
    let bytes = |pattern: &Pattern| pattern.most_bytes().saturating_mul(MOST_FOLDED);
    let patterns = lexicon.entries().iter().flat_map(|entry| looked_for(entry, Asked::Later));
    patterns.fold(0, |sum, (pattern, ..)| sum.saturating_add(bytes(pattern)))
}
