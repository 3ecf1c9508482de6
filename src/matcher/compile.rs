//! From the entries of a lexicon to what the search needs: folded needles,
//! and for each needle what to do when it is found. An entry's alternatives are written out up
//! to a bound; beyond it, and for gaps, slots and endings, a [`Plan`] is walked at the hit.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use regex::Regex;

use super::candidate::{Role, Voice};
use super::head::{Head, Heads};
use super::literal::{Care, Exact, Literal};
use super::needles::{Edges, MOST_BYTES, Needles};
use super::part::Folding;
use super::plan::{Plan, plans};
use crate::lexicon::{
    At, Boundary, Entry, Expression, Keep, Kept, Kind, Level, Lexicon, Packer, Parts, Pattern, Unpacker,
};

/// Forms of one entry that are written out.
const WRITTEN_OUT: u64 = 256;

#[derive(Debug, Default)]
pub(super) struct Compiled {
    /// Folded words for the search, none twice.
    pub(super) needles: Needles,
    pub(super) edges: Vec<Edges>,
    pub(super) uses: Uses,
    /// Of each form, what is asked first.
    pub(super) heads: Heads,
    pub(super) forms: Kept<Form>,
    /// The entry of each regular expression.
    pub(super) regexes: Vec<(usize, Regex)>,
    /// The phrases of entries that have a safe fix, by entry.
    pub(super) fixed: Vec<Fixed>,
    /// The entries that ask something of a reply as a whole.
    pub(super) structured: Vec<u32>,
    /// The entries that are steps.
    pub(super) steps: Vec<u32>,
    /// The entries that tell a situation.
    pub(super) situations: Vec<u32>,
    /// Some entry speaks only at times, or counts only in places.
    pub(super) conditional: bool,
    /// Some entry waits for what somebody said before.
    pub(super) listens: bool,
}

/// A needle of an entry that has a safe fix.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fixed {
    pub(super) entry: u32,
    pub(super) needle: u32,
    /// The phrase is no longer than the needle.
    pub(super) whole: bool,
}

/// For each needle, what it may be the beginning of.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Where those of a needle begin; they end where those of the next one begin.
    starts: Vec<u32>,
    /// Each as [`Use::to_numbers`] has it, as they are packed, so that what is read is used where it stands.
    uses: Vec<u32>,
}

/// What a found needle may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    /// A whole phrase: the form, and which of its spellings.
    Whole { form: u32, spelling: u32 },
    /// An anchor: the form, its plan, and which anchor of the plan.
    Anchor { form: u32, plan: u32, anchor: u32 },
}

/// A pattern, ready.
#[derive(Debug)]
pub(super) struct Form {
    /// Of the entry, or the one that it competes like.
    pub(super) kind: Kind,
    pub(super) level: Level,
    pub(super) care: Care,
    pub(super) starts_sentence: bool,
    pub(super) ends_sentence: bool,
    pub(super) boundary: Boundary,
    /// Up to the last about which something is exact.
    pub(super) spellings: Vec<Exact>,
    pub(super) plans: Vec<Plan>,
}

/// The "entry" of names, behind all real ones.
pub(super) const NAMES: usize = usize::MAX;

/// Whose pattern is compiled, and how many more of its forms may be written out.
struct Owner {
    kind: Kind,
    level: Level,
    care: Care,
    boundary: Boundary,
    /// Its phrases are whole sentences.
    alone: bool,
    budget: u64,
}

/// The needles so far, and their uses as they came.
#[derive(Default)]
struct Gathered {
    needles: Needles,
    edges: Vec<Edges>,
    numbers: HashTable<usize>,
    uses: Vec<(usize, Use)>,
    /// For each needle, which of the uses is its last one so far.
    last: Vec<usize>,
    folding: Folding,
}

impl Compiled {
    pub(super) fn new(lexicon: &Lexicon, asked: Asked) -> Self {
        let mut compiled = Self::default();
        let mut forms = Vec::new();
        let mut needles = Gathered::default();
        let dotless_i = lexicon.language().has_dotless_i();
        for (index, entry) in lexicon.entries().iter().enumerate() {
            let Some(level) = entry.level else { continue };
            let kind = entry.kind.competes_as();
            let (care, boundary) = (Care::of(entry, dotless_i), entry.boundary);
            let alone = entry.at == Some(At::Sentence);
            let mut owner = Owner { kind, level, care, boundary, alone, budget: WRITTEN_OUT };
            for (pattern, role, voice) in looked_for(entry, asked) {
                compiled.heads.push(Head { entry: index, role, voice });
                forms.push(needles.pattern(pattern, role, forms.len(), &mut owner));
            }
            if entry.has_structure() {
                compiled.structured.push(u32_of(index));
            }
            match entry.kind {
                Kind::Step => compiled.steps.push(u32_of(index)),
                Kind::Situation => compiled.situations.push(u32_of(index)),
                Kind::Avoid | Kind::Recommend | Kind::Require | Kind::Style => {}
            }
            compiled.conditional |= entry.unless_near.is_some() || !entry.conditions().is_empty();
            let tells = entry.kind == Kind::Situation;
            compiled.listens |= tells || entry.when.as_ref().is_some_and(|when| when.listens());
            if entry.kind.is_asked() == asked {
                compiled.regexes.extend(entry.regexes.iter().filter_map(|regex| Some((index, regex.regex()?.clone()))));
            }
        }
        for name in lexicon.names() {
            // A name never gets as far as to need a kind or a level.
            let (kind, level) = (Kind::Avoid, Level::Advice);
            let (care, boundary) = (Care::loose(), Boundary::Word);
            let mut owner = Owner { kind, level, care, boundary, alone: false, budget: WRITTEN_OUT };
            compiled.heads.push(Head { entry: NAMES, role: Role::Name, voice: Voice::Agent });
            forms.push(needles.pattern(name, Role::Name, forms.len(), &mut owner));
        }
        compiled.fixed = Fixed::all(&needles.uses, &compiled.heads, lexicon);
        compiled.forms = Kept::Here(forms);
        compiled.uses = Uses::new(needles.needles.len(), &needles.uses);
        (compiled.needles, compiled.edges) = (needles.needles, needles.edges);
        compiled
    }

    /// Packs all but the needles, which the search has.
    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.halves(&self.uses.starts);
        packer.halves(&self.uses.uses);
        packer.halves(&self.fixed.iter().flat_map(|fixed| fixed.to_numbers()).collect::<Vec<_>>());
        packer.halves(&self.structured);
        packer.halves(&self.steps);
        packer.halves(&self.situations);
        packer.flag(self.conditional);
        packer.flag(self.listens);
        self.heads.pack(packer);
        self.forms.pack(&(), packer);
        packer.list(&self.regexes, |packer, (entry, regex)| {
            packer.number(*entry);
            packer.text(regex.as_str());
        });
    }

    /// Reads what [`Compiled::pack`] wrote, for so many needles and entries.
    pub(super) fn unpack(parts: &mut Parts<'_>, needles: usize, entries: usize) -> Option<Self> {
        let (starts, uses, fixed) = (parts.halves()?, parts.halves()?, parts.halves()?);
        let (structured, steps, situations) = (parts.halves()?, parts.halves()?, parts.halves()?);
        let (conditional, listens) = (parts.values.flag()?, parts.values.flag()?);
        let heads = Heads::unpack(parts, entries)?;
        let forms: Kept<Form> = Kept::unpack((), parts)?;
        let regex = |unpacker: &mut Unpacker<'_>| {
            let entry = unpacker.number().filter(|entry| *entry < entries)?;
            Some((entry, Expression::known(unpacker.text()?).regex()?.clone()))
        };
        let regexes = parts.values.list(regex)?;
        let (each, rest) = uses.as_chunks::<3>();
        let fixed: Vec<Fixed> = fixed.as_chunks().0.iter().map(|numbers| Fixed::of_numbers(*numbers)).collect();
        let fits = heads.len() == forms.len()
            && starts.len() == needles + 1
            && starts.is_sorted()
            && starts.last().is_some_and(|end| *end as usize == each.len())
            && rest.is_empty()
            && each.iter().all(|[form, ..]| (*form as usize) < forms.len())
            && fixed.iter().all(|fixed| (fixed.needle as usize) < needles)
            && fixed.is_sorted_by_key(|fixed| fixed.entry)
            && structured.iter().chain(&steps).chain(&situations).all(|entry| (*entry as usize) < entries);
        let uses = Uses { starts, uses };
        fits.then_some(Self {
            uses,
            heads,
            forms,
            regexes,
            fixed,
            structured,
            steps,
            situations,
            conditional,
            listens,
            ..Self::default()
        })
    }
}

/// When a pattern is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// In every draft.
    Always,
    /// When something in the draft or about it asks for it.
    Later,
}

impl Kind {
    /// When the phrases of an entry are looked for.
    const fn is_asked(self) -> Asked {
        match self {
            Self::Avoid | Self::Recommend | Self::Style => Asked::Always,
            Self::Require | Self::Step | Self::Situation => Asked::Later,
        }
    }

    /// The kind beside which hits of this kind stand when they overlap.
    pub(super) const fn competes_as(self) -> Self {
        match self {
            Self::Style => Self::Avoid,
            Self::Avoid | Self::Recommend | Self::Require | Self::Step | Self::Situation => self,
        }
    }
}

/// All that an entry looks for then, what for, and in whose words.
pub(super) fn looked_for(entry: &Entry, asked: Asked) -> impl Iterator<Item = (&Pattern, Role, Voice)> {
    let own = Voice::of(entry.kind);
    let all = |patterns, role, voice| patterns_of(patterns).map(move |pattern| (pattern, role, voice));
    let near = entry.unless_near.as_ref().map(|near| &near.patterns);
    let when = entry.when.as_ref();
    let parts = entry.requirement.iter().flat_map(|requirement| requirement.parts());
    let parts =
        parts.map(|(part, pattern)| (pattern, Role::Part(u16::try_from(part).unwrap_or(u16::MAX)), Voice::Agent));
    let later = all(near, Role::Near, own)
        .chain(all(when.map(|when| &when.customer), Role::Said, Voice::Customer))
        .chain(all(when.map(|when| &when.before), Role::Said, Voice::Before))
        .chain(parts);
    let now = entry.kind.is_asked() == asked;
    // Manners of speaking that are counted later may have exceptions as well.
    let unless = now || entry.has_structure();
    all(now.then_some(&entry.patterns), Role::Phrase, own)
        .chain(all(unless.then_some(&entry.unless), Role::Unless, own))
        .chain(later.filter(move |_| asked == Asked::Later))
}

fn patterns_of(patterns: Option<&Vec<Pattern>>) -> std::slice::Iter<'_, Pattern> {
    patterns.map_or_else(Default::default, |patterns| patterns.iter())
}

impl Fixed {
    fn all(uses: &[(usize, Use)], heads: &Heads, lexicon: &Lexicon) -> Vec<Self> {
        let mut fixed: Vec<Self> = Vec::new();
        for (needle, what) in uses {
            let Some(Head { entry, role, .. }) = heads.get(what.form() as usize) else { continue };
            if role == Role::Phrase && lexicon.entries()[entry].safe_fix {
                let (entry, needle) = (u32_of(entry), u32_of(*needle));
                fixed.push(Self { entry, needle, whole: matches!(what, Use::Whole { .. }) });
            }
        }
        fixed.sort_by_key(|fixed| fixed.entry);
        fixed
    }

    fn to_numbers(self) -> [u32; 3] {
        [self.entry, self.needle, self.whole.into()]
    }

    const fn of_numbers([entry, needle, whole]: [u32; 3]) -> Self {
        Self { entry, needle, whole: whole != 0 }
    }
}

impl Keep for Form {
    type Common = ();

    fn pack(&self, (): &(), packer: &mut Packer) {
        packer.byte(self.kind as u8);
        packer.byte(self.level as u8);
        self.care.pack(packer);
        packer.flag(self.starts_sentence);
        packer.flag(self.ends_sentence);
        packer.flag(self.boundary == Boundary::None);
        packer.list(&self.spellings, |packer, exact| exact.pack(packer));
        packer.list(&self.plans, |packer, plan| plan.pack(packer));
    }

    fn unpack((): &(), unpacker: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self {
            kind: Kind::unpack(unpacker)?,
            level: Level::unpack(unpacker)?,
            care: Care::unpack(unpacker)?,
            starts_sentence: unpacker.flag()?,
            ends_sentence: unpacker.flag()?,
            boundary: if unpacker.flag()? { Boundary::None } else { Boundary::Word },
            spellings: unpacker.list(Exact::unpack)?,
            plans: unpacker.list(Plan::unpack)?,
        })
    }

    fn damaged() -> Self {
        Self {
            kind: Kind::Avoid,
            level: Level::Advice,
            care: Care::loose(),
            starts_sentence: false,
            ends_sentence: false,
            boundary: Boundary::None,
            spellings: Vec::new(),
            plans: Vec::new(),
        }
    }
}

impl Use {
    pub(super) const fn form(self) -> u32 {
        match self {
            Self::Whole { form, .. } | Self::Anchor { form, .. } => form,
        }
    }

    const fn to_numbers(self) -> [u32; 3] {
        match self {
            Self::Whole { form, spelling } => [form, spelling, u32::MAX],
            Self::Anchor { form, plan, anchor } => [form, plan, anchor],
        }
    }

    const fn of_numbers(numbers: [u32; 3]) -> Self {
        match numbers {
            [form, spelling, u32::MAX] => Self::Whole { form, spelling },
            [form, plan, anchor] => Self::Anchor { form, plan, anchor },
        }
    }
}

impl Gathered {
    fn pattern(&mut self, pattern: &Pattern, role: Role, number: usize, owner: &mut Owner) -> Form {
        let Owner { kind, level, care, boundary, alone, ref mut budget } = *owner;
        let alone = alone && role == Role::Phrase;
        let form = u32_of(number);
        let mut compiled = Form {
            kind,
            level,
            care,
            starts_sentence: pattern.starts_sentence || alone,
            ends_sentence: pattern.ends_sentence || alone,
            boundary,
            spellings: Vec::new(),
            plans: Vec::new(),
        };
        if pattern.is_literal() && pattern.form_count() <= *budget {
            *budget -= pattern.form_count();
            let word = boundary == Boundary::Word;
            let mut count = 0;
            Literal::each(&pattern.spellings(), care, |coarse, exact| {
                let what = Use::Whole { form, spelling: u32_of(count) };
                let again = |before: &Use| matches!(*before, Use::Whole { form: same, spelling } if same == form && *compiled.exact(spelling) == exact);
                let edges = Edges { begins_word: word, ends_word: word };
                if self.add(coarse, edges, what, again) {
                    compiled.note(count, exact);
                    count += 1;
                }
            });
        } else {
            compiled.plans = plans(pattern, care, &mut self.folding);
            for (plan, anchors) in compiled.plans.iter().enumerate() {
                let (begins_word, ends_word) =
                    if boundary == Boundary::Word { anchors.edges() } else { (false, false) };
                for (anchor, literal) in anchors.anchors.iter().enumerate() {
                    let what = Use::Anchor { form, plan: u32_of(plan), anchor: u32_of(anchor) };
                    self.add(&literal.coarse, Edges { begins_word, ends_word }, what, |_| false);
                }
            }
        }
        compiled
    }

    /// Notes what a needle may be, unless its last use says that it would be the same `again`. Of several
    /// uses, the one that is less particular about the edges of words decides where it is looked for.
    fn add(&mut self, folded: &str, edges: Edges, what: Use, again: impl Fn(&Use) -> bool) -> bool {
        // Characters that take no place in a text can be all there is to one of several spellings. And what
        // has too many bytes is refused, however many there are.
        if folded.is_empty() || self.needles.bytes() > MOST_BYTES {
            return false;
        }
        let hash_of = |text: &[u8]| FixedState::default().hash_one(text);
        let (hash, needles) = (hash_of(folded.as_bytes()), &mut self.needles);
        let number = match self.numbers.find(hash, |&number| needles.get(number) == folded.as_bytes()) {
            Some(&number) if again(&self.uses[self.last[number]].1) => return false,
            Some(&number) => number,
            None => {
                let number = needles.len();
                needles.push(folded);
                self.edges.push(Edges { begins_word: true, ends_word: true });
                self.last.push(0);
                self.numbers.insert_unique(hash, number, |&number| hash_of(needles.get(number)));
                number
            }
        };
        self.edges[number].begins_word &= edges.begins_word;
        self.edges[number].ends_word &= edges.ends_word;
        self.last[number] = self.uses.len();
        self.uses.push((number, what));
        true
    }
}

impl Form {
    /// What is exact about a spelling.
    pub(super) fn exact(&self, spelling: u32) -> &Exact {
        self.spellings.get(spelling as usize).unwrap_or(&Exact::NOTHING)
    }

    fn note(&mut self, spelling: usize, exact: Exact) {
        if exact != Exact::NOTHING {
            self.spellings.resize(spelling, Exact::NOTHING);
            self.spellings.push(exact);
        }
    }
}

impl Uses {
    /// Puts the uses of each needle side by side, in the order in which they came.
    fn new(needles: usize, uses: &[(usize, Use)]) -> Self {
        let mut starts = vec![0_u32; needles + 1];
        for (needle, _) in uses {
            starts[needle + 1] += 1;
        }
        for needle in 0..needles {
            starts[needle + 1] += starts[needle];
        }
        let mut next = starts.clone();
        let mut order = vec![0; uses.len()];
        for (index, (needle, _)) in uses.iter().enumerate() {
            order[next[*needle] as usize] = index;
            next[*needle] += 1;
        }
        Self { starts, uses: order.into_iter().flat_map(|index| uses[index].1.to_numbers()).collect() }
    }

    /// What a needle may be the beginning of.
    pub(super) fn of(&self, needle: usize) -> impl Iterator<Item = Use> {
        let these = self.starts[needle] as usize..self.starts[needle + 1] as usize;
        self.uses.as_chunks().0[these].iter().map(|numbers| Use::of_numbers(*numbers))
    }
}

/// A count of what stands in a lexicon. Its texts have fewer bytes than this can say.
fn u32_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
