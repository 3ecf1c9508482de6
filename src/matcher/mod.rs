//! Layer 2: a compiled lexicon, and what of it stands in a draft.
//!
//! One search over the folded text finds every candidate; borders, sentences, accents and
//! exceptions are decided at the hits alone, and only then is the leftmost-longest kept. A search
//! that kept the leftmost-longest itself would lose phrases: "refund pol" would swallow "refund" in
//! "refund policy" and then fall to the border rule. This layer does not know what
//! is suggested instead, nor who reads it.

mod candidate;
mod compile;
mod literal;
mod mask;
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

use self::candidate::{Candidate, Role, Walked};
use self::compile::{Compiled, Form, Use};
use self::search::{MOST_BYTES, Search};
use crate::lexicon::{Boundary, Entry, Kind, Level, Lexicon, Packer, Parts, Slot};
use crate::text::{BREAK, OPAQUE, PLACEHOLDER, Reading, Span, is_border, splits_character};

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

/// Memory for what is found in one draft, to be used again for the next.
#[derive(Debug, Default)]
pub struct Hits(Vec<Candidate>);

impl Hits {
    /// How many there are at the most.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
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
        let needles = std::mem::take(&mut compiled.needles);
        let bytes: usize = needles.iter().map(|needle| needle.text.len()).sum();
        if bytes > MOST_BYTES {
            return Err(BuildError(format!("its phrases have {bytes} bytes, and {MOST_BYTES} is the bound")));
        }
        Ok(Self { lexicon, search: Search::new(&needles), compiled })
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
        applies: &dyn Fn(&Entry) -> bool,
        allowed: &mut dyn FnMut(&Entry, Span) -> bool,
    ) -> Vec<Match<'_>> {
        let (mut hits, mut matches) = (Hits::default(), Vec::new());
        self.find(reading, applies, allowed, &mut hits);
        self.resolve(&mut hits, &mut |found| matches.push(found));
        matches.sort_by_key(|found| (found.span.start, found.span.end));
        matches
    }

    /// The first half of [`Matcher::matches`], in memory that may have been used before: all that may
    /// stand, before it is decided who speaks.
    pub fn find(
        &self,
        reading: &Reading<'_>,
        applies: &dyn Fn(&Entry) -> bool,
        allowed: &mut dyn FnMut(&Entry, Span) -> bool,
        hits: &mut Hits,
    ) {
        let Hits(candidates) = hits;
        candidates.clear();
        self.candidates(reading, candidates);
        let entries = self.lexicon.entries();
        candidates.retain(|candidate| candidate.role == Role::Name || applies(&entries[candidate.entry]));
        resolve::drop_wider(candidates);
        resolve::drop_excepted(candidates, reading);
        candidates.retain(|candidate| !allowed(&entries[candidate.entry], candidate.folded));
    }

    /// The second half: the leftmost and longest of what overlaps. First what is to be avoided, then what
    /// is recommended, each in the order of the text.
    pub fn resolve<'m>(&'m self, hits: &mut Hits, found: &mut dyn FnMut(Match<'m>)) {
        resolve::leftmost_longest(&mut hits.0, &self.search, found);
    }

    /// Every place where a pattern stands, exceptions included.
    fn candidates(&self, reading: &Reading<'_>, candidates: &mut Vec<Candidate>) {
        let mut cursor = 0;
        self.search.find(reading.folded(), |needle, at| {
            for what in &self.compiled.uses[needle] {
                match *what {
                    Use::Whole { form, spelling } => {
                        let form = &self.compiled.forms[form as usize];
                        let candidate = whole(reading, form, spelling as usize, at, &mut cursor);
                        candidates.extend(candidate.map(|found| Candidate { needle: Some(needle), ..found }));
                    }
                    Use::Anchor { form, plan, anchor } => {
                        let form = (form as usize, plan as usize);
                        self.anchored(reading, form, anchor as usize, at, candidates);
                    }
                }
            }
        });
        for stretch in self.compiled.regexes.iter().take(1).flat_map(|_| stretches(reading.folded())) {
            for (entry, regex) in &self.compiled.regexes {
                let Entry { kind, level, .. } = self.lexicon.entries()[*entry];
                let level = level.unwrap_or(Level::Advice);
                for hit in regex.find_iter(stretch.of(reading.folded())).filter(|hit| !hit.is_empty()) {
                    let folded = Span::new(stretch.start + hit.start(), stretch.start + hit.end());
                    let Some(span) = reading.original(folded) else { continue };
                    let (entry, role) = (*entry, Role::Phrase);
                    candidates.push(Candidate { entry, kind, role, level, span, folded, needle: None, walked: None });
                }
            }
        }
    }

    fn anchored(
        &self,
        reading: &Reading<'_>,
        form: (usize, usize),
        anchor: usize,
        at: Span,
        candidates: &mut Vec<Candidate>,
    ) {
        let (index, plan) = form;
        let pattern = &self.compiled.forms[index];
        let Some(plan) = pattern.plans.get(plan) else { return };
        for found in plan.around(reading, anchor, at, pattern.care) {
            let span = stands(reading, pattern, found.span).then(|| reading.original(found.span)).flatten();
            if let Some(span) = span {
                let candidate = pattern.candidate(found.span, span);
                candidates.push(Candidate { walked: Some(Box::new(Walked { form, found })), ..candidate });
            }
        }
    }
}

fn whole(reading: &Reading<'_>, form: &Form, spelling: usize, at: Span, cursor: &mut usize) -> Option<Candidate> {
    let span = stands(reading, form, at).then(|| reading.original_after(at, cursor)).flatten()?;
    let fits = form.spellings.get(spelling)?.fits_original(reading, (at, span), form.care);
    fits.then(|| form.candidate(at, span))
}

impl Form {
    fn candidate(&self, folded: Span, span: Span) -> Candidate {
        let Self { entry, kind, role, level, .. } = *self;
        Candidate { entry, kind, role, level, span, folded, needle: None, walked: None }
    }
}

/// Whether a form may begin and end where it was found.
fn stands(reading: &Reading<'_>, form: &Form, at: Span) -> bool {
    let text = reading.folded();
    let fits = |edge| match form.boundary {
        Boundary::Word => is_border(text, edge),
        Boundary::None => !splits_character(text, edge),
    };
    fits(at.start)
        && fits(at.end)
        && (!form.starts_sentence || reading.starts_sentence(at.start))
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
