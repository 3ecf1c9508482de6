//! Phrases of a lexicon, compiled to be looked for together: one search, and what each of its needles may be
//! the beginning of. It finds every place where a pattern stands, and decides nothing between two of them.

use super::BuildError;
use super::candidate::{Candidate, How, Role, Voice, Walked};
use super::compile::{Asked, Compiled, Form, Use};
use super::head::Head;
use super::hits::Hits;
use super::literal::may_be_accented;
use super::needles::MOST_BYTES;
use super::search::Search;
use crate::lexicon::{At, Boundary, Entries, Entry, Level, Lexicon, Packer, Parts};
use crate::text::{BREAK, Borders, OPAQUE, PLACEHOLDER, Reading, Span, splits_character};

#[derive(Debug)]
pub(super) struct Side {
    pub(super) search: Search,
    pub(super) compiled: Compiled,
}

/// A needle, where it was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needle {
    number: u32,
    /// In offsets of the folded text.
    at: Span,
}

/// What is known about the places in one draft that were asked about so far.
#[derive(Debug, Default)]
pub(super) struct Places {
    cursor: usize,
    borders: Borders,
    /// Whether there may be accents, once somebody asked.
    accents: Option<bool>,
}

impl Places {
    fn may_be_accented(&mut self, reading: &Reading<'_>) -> bool {
        // Of a talk, each turn is a draft in the text of all.
        let own = || {
            let pieces = reading.prose().pieces();
            let ends = pieces.first().zip(pieces.last());
            ends.map(|(first, last)| Span::new(first.span().start, last.span().end)).unwrap_or_default()
        };
        *self.accents.get_or_insert_with(|| may_be_accented(own().of(reading.text())))
    }
}

/// What was looked at in a draft so far.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) places: Places,
    /// Where exceptions may stand.
    pub(super) exceptions: Vec<(Use, Needle)>,
}

/// The entries of some candidates, each once, in order.
pub(super) fn entries_of(candidates: &[Candidate]) -> Vec<usize> {
    let mut entries: Vec<usize> = candidates.iter().map(|candidate| candidate.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}

impl Side {
    /// Compiles what a lexicon is asked for.
    pub(super) fn new(lexicon: &Lexicon, asked: Asked) -> Result<Self, BuildError> {
        let mut compiled = Compiled::new(lexicon, asked);
        let (needles, edges) = (std::mem::take(&mut compiled.needles), std::mem::take(&mut compiled.edges));
        let bytes = needles.bytes();
        if bytes > MOST_BYTES {
            return Err(BuildError(format!("its phrases have {bytes} bytes, and {MOST_BYTES} is the bound")));
        }
        Ok(Self { search: Search::new(needles, &edges), compiled })
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        self.search.pack(packer);
        self.compiled.pack(packer);
    }

    /// Reads what [`Side::pack`] wrote, for so many entries.
    pub(super) fn unpack(parts: &mut Parts<'_>, entries: usize) -> Option<Self> {
        let search = Search::unpack(parts)?;
        let compiled = Compiled::unpack(parts, search.len(), entries)?;
        Some(Self { search, compiled })
    }

    /// Every place where a pattern stands that is wanted and no exception; where exceptions may stand is noted. What
    /// an entry has in a role is asked about before any pattern is followed, for that takes the longest.
    pub(super) fn candidates(
        &self,
        reading: &Reading<'_>,
        voice: Voice,
        looked: &mut Looked,
        entries: &Entries,
        wanted: &dyn Fn(usize, Role) -> bool,
        add: &mut impl FnMut(Candidate),
    ) {
        let Looked { places, exceptions } = looked;
        self.search.find(reading.folded(), &mut |needle, at| {
            for what in self.compiled.uses.of(needle) {
                let number = what.form() as usize;
                let Some(head) = self.compiled.heads.get(number).filter(|head| head.voice == voice) else { continue };
                let needle = Needle { number: needle_number(needle), at };
                if head.role.is_exception() {
                    exceptions.push((what, needle));
                } else if wanted(head.entry, head.role) {
                    self.compiled.forms[number].at_needle(reading, head, what, needle, places, add);
                }
            }
        });
        for stretch in self.compiled.regexes.iter().take(1).flat_map(|_| stretches(reading.folded())) {
            for (entry, regex) in &self.compiled.regexes {
                let Entry { kind, level, at, .. } = entries[*entry];
                let alone = at == Some(At::Sentence);
                if Voice::of(kind) != voice || !wanted(*entry, Role::Phrase) {
                    continue;
                }
                let (kind, level) = (kind.competes_as(), level.unwrap_or(Level::Advice));
                for hit in regex.find_iter(stretch.of(reading.folded())).filter(|hit| !hit.is_empty()) {
                    let folded = Span::new(stretch.start + hit.start(), stretch.start + hit.end());
                    if alone && !(reading.starts_sentence(folded.start) && reading.ends_sentence(folded.end)) {
                        continue;
                    }
                    let Some(span) = reading.original(folded) else { continue };
                    let (entry, role) = (*entry, Role::Phrase);
                    add(Candidate { entry, kind, role, level, span, folded, how: How::Regex });
                }
            }
        }
    }

    /// Adds the exceptions of the entries that have hits, and the names: of most exceptions that may stand in a
    /// draft, no phrase of their entry does.
    pub(super) fn add_exceptions(&self, reading: &Reading<'_>, looked: &mut Looked, hits: &mut Hits) {
        if looked.exceptions.is_empty() || hits.is_empty() {
            return;
        }
        let entries = entries_of(&hits.candidates);
        for &(what, needle) in &looked.exceptions {
            let number = what.form() as usize;
            let Some(head) = self.compiled.heads.get(number) else { continue };
            if head.role == Role::Name || entries.binary_search(&head.entry).is_ok() {
                let (form, places) = (&self.compiled.forms[number], &mut looked.places);
                form.at_needle(reading, head, what, needle, places, &mut |candidate| hits.push(candidate, None));
            }
        }
    }
}

/// The original bytes of a written-out form, if it stands there.
fn whole(reading: &Reading<'_>, form: &Form, spelling: u32, at: Span, places: &mut Places) -> Option<Span> {
    let stands = stands(reading, form, at, &mut places.borders);
    let span = stands.then(|| reading.original_after(at, &mut places.cursor)).flatten()?;
    let exact = form.exact(spelling);
    let fits = exact.says_nothing(form.care) && !places.may_be_accented(reading);
    (fits || exact.fits_original(reading, (at, span), form.care)).then_some(span)
}

/// Needles are counted in 32 bits wherever they are kept.
fn needle_number(needle: usize) -> u32 {
    u32::try_from(needle).unwrap_or(u32::MAX)
}

impl Form {
    /// Adds what begins with a needle of it that was found, if that stands there.
    #[inline]
    fn at_needle(
        &self,
        reading: &Reading<'_>,
        head: Head,
        what: Use,
        Needle { number, at }: Needle,
        places: &mut Places,
        add: &mut impl FnMut(Candidate),
    ) {
        match what {
            Use::Whole { spelling, .. } => {
                if let Some(span) = whole(reading, self, spelling, at, places) {
                    add(self.candidate(head, (at, span), How::Needle(number)));
                }
            }
            Use::Anchor { form, plan, anchor } => {
                let form = (form as usize, plan as usize);
                self.anchored(reading, head, form, (anchor as usize, at), &mut places.borders, add);
            }
        }
    }

    fn anchored(
        &self,
        reading: &Reading<'_>,
        head: Head,
        form: (usize, usize),
        (anchor, at): (usize, Span),
        borders: &mut Borders,
        add: &mut dyn FnMut(Candidate),
    ) {
        let Some(plan) = self.plans.get(form.1) else { return };
        for found in plan.around(reading, anchor, at, self.care) {
            let folded = found.span;
            if let Some(span) = stands(reading, self, folded, borders).then(|| reading.original(folded)).flatten() {
                add(self.candidate(head, (folded, span), How::Walked(Box::new(Walked { form, found }))));
            }
        }
    }

    fn candidate(&self, Head { entry, role, .. }: Head, (folded, span): (Span, Span), how: How) -> Candidate {
        let Self { kind, level, .. } = *self;
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
