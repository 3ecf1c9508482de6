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
mod hits;
mod key;
mod literal;
mod mask;
mod near;
mod needles;
mod part;
mod plan;
mod resolve;
mod rows;
mod search;
mod slot;
mod table;
mod walk;

use std::fmt;
use std::sync::Arc;

use memchr::memmem;

use self::candidate::{Candidate, How, Role, Walked};
use self::compile::{Compiled, Fixed, Form, Use};
use self::needles::MOST_BYTES;
use self::search::Search;
use crate::lexicon::{Boundary, Entry, Kind, Level, Lexicon, Packer, Parts, Slot};
use crate::text::{BREAK, Borders, OPAQUE, PLACEHOLDER, Reading, Span, splits_character};

pub use self::candidate::Voice;
pub use self::hits::{Hits, PartHit};

/// A lexicon, compiled for searching.
#[derive(Debug)]
pub struct Matcher {
    lexicon: Arc<Lexicon>,
    search: Search,
    compiled: Compiled,
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

impl Matcher {
    /// Compiles a lexicon.
    ///
    /// # Errors
    ///
    /// When its phrases, written out, have more than a thousand million bytes.
    pub fn new(lexicon: Arc<Lexicon>) -> Result<Self, BuildError> {
        let mut compiled = Compiled::new(&lexicon);
        let (needles, edges) = (std::mem::take(&mut compiled.needles), std::mem::take(&mut compiled.edges));
        let bytes = needles.bytes();
        if bytes > MOST_BYTES {
            return Err(BuildError(format!("its phrases have {bytes} bytes, and {MOST_BYTES} is the bound")));
        }
        Ok(Self { lexicon, search: Search::new(needles, &edges), compiled })
    }

    /// Packs it with its lexicon.
    pub(crate) fn pack(&self, packer: &mut Packer) -> Result<(), BuildError> {
        self.lexicon.pack(packer);
        self.search.pack(packer);
        self.compiled.pack(packer);
        packer
            .fits()
            .then_some(())
            .ok_or_else(|| BuildError("it has too many entries, or phrases nested too deeply".to_owned()))
    }

    /// Reads what [`Matcher::pack`] wrote.
    pub(crate) fn unpack(parts: &mut Parts<'_>) -> Option<Self> {
        let lexicon = Arc::new(Lexicon::unpack(parts)?);
        let search = Search::unpack(parts)?;
        let compiled = Compiled::unpack(parts, search.len(), lexicon.entry_count())?;
        Some(Self { lexicon, search, compiled })
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
        hits.clear();
        let entries = self.lexicon.entries();
        let (mut places, mut exceptions) = (Places::default(), std::mem::take(&mut hits.exceptions));
        self.candidates(reading, Voice::Agent, (&mut places, &mut exceptions), &mut |candidate| {
            let entry = &entries[candidate.entry];
            if applies(candidate.entry, entry) {
                hits.push(candidate, Some(entry));
            }
        });
        if !exceptions.is_empty() {
            let excepted = entries_of(&hits.candidates);
            let mut add = |candidate| hits.push(candidate, None);
            self.exceptions(reading, (&exceptions, &excepted), &mut places, &mut add);
        }
        hits.exceptions = exceptions;
        if hits.among.gaps {
            resolve::drop_wider(&mut hits.candidates);
        }
        if hits.among.exceptions {
            resolve::drop_excepted(&mut hits.candidates, reading);
        }
        if hits.among.near {
            near::drop_saved(&mut hits.candidates, entries, reading, &mut hits.sentences);
        }
        if hits.among.placed {
            near::drop_misplaced(&mut hits.candidates, entries, reading, &mut hits.sentences);
        }
        if hits.among.parts {
            hits.part_off();
        }
        if hits.among.waits {
            near::drop_waiting(&mut hits.candidates, entries);
        }
    }

    /// Whether any entry waits for what somebody said before the draft.
    pub fn listens(&self) -> bool {
        self.compiled.listens
    }

    /// The entries that ask something of a reply as a whole, by their numbers.
    pub fn structured(&self) -> impl Iterator<Item = usize> {
        self.compiled.structured.iter().map(|entry| *entry as usize)
    }

    /// The entries that are steps of making good, by their numbers.
    pub fn steps(&self) -> impl Iterator<Item = usize> {
        self.compiled.steps.iter().map(|entry| *entry as usize)
    }

    /// The entries that tell a situation, by their numbers.
    pub fn situations(&self) -> impl Iterator<Item = usize> {
        self.compiled.situations.iter().map(|entry| *entry as usize)
    }

    /// What entries wait for in the words of somebody else, as far as it stands there: their numbers, each
    /// once, in order.
    pub fn hear(&self, reading: &Reading<'_>, voice: Voice) -> Vec<usize> {
        let (mut said, mut places, mut exceptions) = (Vec::new(), Places::default(), Vec::new());
        self.candidates(reading, voice, (&mut places, &mut exceptions), &mut |candidate| said.push(candidate));
        let excepted = entries_of(&said);
        self.exceptions(reading, (&exceptions, &excepted), &mut places, &mut |candidate| said.push(candidate));
        resolve::drop_wider(&mut said);
        resolve::drop_excepted(&mut said, reading);
        entries_of(&said)
    }

    /// Whether an entry that has a safe fix may be found where it touches a range of the folded text: no is
    /// certain, and costs far less than to look for everything.
    pub(crate) fn may_touch(&self, entry: usize, reading: &Reading<'_>, range: Span) -> bool {
        let Compiled { fixed, regexes, .. } = &self.compiled;
        let text = reading.folded();
        let stands = |found: &Fixed| {
            let words = self.search.words(found.needle as usize).as_bytes();
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
        resolve::leftmost_longest(hits, &self.search, &mut stands, found);
    }

    /// Every place where a pattern stands that is no exception; where exceptions may stand is noted.
    fn candidates(
        &self,
        reading: &Reading<'_>,
        voice: Voice,
        (places, exceptions): (&mut Places, &mut Vec<(Use, Needle)>),
        add: &mut impl FnMut(Candidate),
    ) {
        self.search.find(reading.folded(), |needle, at| {
            for what in self.compiled.uses.of(needle) {
                let form = &self.compiled.forms[what.form() as usize];
                let needle = Needle { number: needle_number(needle), at };
                if form.voice != voice {
                    continue;
                }
                if form.role.is_exception() {
                    exceptions.push((what, needle));
                } else {
                    self.at_needle(reading, what, needle, places, add);
                }
            }
        });
        for stretch in self.compiled.regexes.iter().take(1).flat_map(|_| stretches(reading.folded())) {
            for (entry, regex) in &self.compiled.regexes {
                let Entry { kind, level, .. } = self.lexicon.entries()[*entry];
                let (kind, whose) = match kind {
                    Kind::Style => (Kind::Avoid, Voice::Agent),
                    Kind::Situation => (kind, Voice::Customer),
                    Kind::Avoid | Kind::Recommend | Kind::Require | Kind::Step => (kind, Voice::Agent),
                };
                if whose != voice {
                    continue;
                }
                let level = level.unwrap_or(Level::Advice);
                for hit in regex.find_iter(stretch.of(reading.folded())).filter(|hit| !hit.is_empty()) {
                    let folded = Span::new(stretch.start + hit.start(), stretch.start + hit.end());
                    let Some(span) = reading.original(folded) else { continue };
                    let (entry, role) = (*entry, Role::Phrase);
                    add(Candidate { entry, kind, role, level, span, folded, how: How::Regex });
                }
            }
        }
    }

    /// The exceptions of these entries, and the names: of most exceptions that may stand in a draft, no phrase
    /// of their entry does.
    fn exceptions(
        &self,
        reading: &Reading<'_>,
        (exceptions, entries): (&[(Use, Needle)], &[usize]),
        places: &mut Places,
        add: &mut impl FnMut(Candidate),
    ) {
        if entries.is_empty() {
            return;
        }
        for &(what, needle) in exceptions {
            let Form { role, entry, .. } = self.compiled.forms[what.form() as usize];
            if role == Role::Name || entries.binary_search(&entry).is_ok() {
                self.at_needle(reading, what, needle, places, add);
            }
        }
    }

    /// What a needle that was found may be the beginning of, if that stands there.
    #[inline]
    fn at_needle(
        &self,
        reading: &Reading<'_>,
        what: Use,
        Needle { number, at }: Needle,
        places: &mut Places,
        add: &mut impl FnMut(Candidate),
    ) {
        match what {
            Use::Whole { form, spelling } => {
                let form = &self.compiled.forms[form as usize];
                if let Some(span) = whole(reading, form, spelling, at, places) {
                    add(form.candidate(at, span, How::Needle(number)));
                }
            }
            Use::Anchor { form, plan, anchor } => {
                let form = (form as usize, plan as usize);
                self.anchored(reading, form, (anchor as usize, at), &mut places.borders, add);
            }
        }
    }

    fn anchored(
        &self,
        reading: &Reading<'_>,
        form: (usize, usize),
        (anchor, at): (usize, Span),
        borders: &mut Borders,
        add: &mut dyn FnMut(Candidate),
    ) {
        let (index, plan) = form;
        let pattern = &self.compiled.forms[index];
        let Some(plan) = pattern.plans.get(plan) else { return };
        for found in plan.around(reading, anchor, at, pattern.care) {
            let folded = found.span;
            if let Some(span) = stands(reading, pattern, folded, borders).then(|| reading.original(folded)).flatten() {
                add(pattern.candidate(folded, span, How::Walked(Box::new(Walked { form, found }))));
            }
        }
    }
}

/// The original bytes of a written-out form, if it stands there.
fn whole(reading: &Reading<'_>, form: &Form, spelling: u32, at: Span, places: &mut Places) -> Option<Span> {
    let stands = stands(reading, form, at, &mut places.borders);
    let span = stands.then(|| reading.original_after(at, &mut places.cursor)).flatten()?;
    form.exact(spelling).fits_original(reading, (at, span), form.care).then_some(span)
}

/// A needle, where it was found.
#[derive(Debug, Clone, Copy)]
struct Needle {
    number: u32,
    /// In offsets of the folded text.
    at: Span,
}

/// What is known about the places in one draft that were asked about so far.
#[derive(Debug, Default)]
struct Places {
    cursor: usize,
    borders: Borders,
}

/// The entries of some candidates, each once, in order.
fn entries_of(candidates: &[Candidate]) -> Vec<usize> {
    let mut entries: Vec<usize> = candidates.iter().map(|candidate| candidate.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}

/// Needles are counted in 32 bits wherever they are kept.
fn needle_number(needle: usize) -> u32 {
    u32::try_from(needle).unwrap_or(u32::MAX)
}

impl Form {
    fn candidate(&self, folded: Span, span: Span, how: How) -> Candidate {
        let Self { entry, kind, role, level, .. } = *self;
        Candidate { entry, kind, role, level, span, folded, how }
    }
}

/// Whether a form may begin and end where it was found.
fn stands(reading: &Reading<'_>, form: &Form, at: Span, borders: &mut Borders) -> bool {
    let text = reading.folded();
    let fits = match form.boundary {
        Boundary::Word => borders.are_around(text, at),
        Boundary::None => !splits_character(text, at.start) && !splits_character(text, at.end),
    };
    fits && (!form.starts_sentence || reading.starts_sentence(at.start))
        && (!form.ends_sentence || reading.ends_sentence(at.end))
}

/// What stands between the ends of prose and what is skipped.
fn stretches(folded: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    folded.split([BREAK, OPAQUE, PLACEHOLDER]).map(move |stretch| {
        let span = Span::new(start, start + stretch.len());
        start = span.end + 1;
        span
    })
}
