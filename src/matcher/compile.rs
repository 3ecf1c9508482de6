//! From the entries of a lexicon to what the search needs: folded needles,
//! and for each needle what to do when it is found. An entry's alternatives are written out up
//! to a bound; beyond it, and for gaps, slots and endings, a [`Plan`] is walked at the hit.

use std::hash::BuildHasher;
use std::ops::Index;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use regex::Regex;

use super::candidate::Role;
use super::literal::{Care, Exact, Literal};
use super::plan::{Plan, plans};
use super::search::Needle;
use crate::lexicon::{Boundary, Kind, Level, Lexicon, Pattern};

/// Forms of one entry that are written out.
const WRITTEN_OUT: u64 = 256;

#[derive(Debug, Default)]
pub(super) struct Compiled {
    /// Folded words for the search, none twice.
    pub(super) needles: Vec<Needle>,
    pub(super) uses: Uses,
    pub(super) forms: Vec<Form>,
    /// The entry of each regular expression.
    pub(super) regexes: Vec<(usize, Regex)>,
}

/// For each needle, what it may be the beginning of.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Where those of a needle begin; they end where those of the next one begin.
    starts: Vec<usize>,
    uses: Vec<Use>,
}

/// What a found needle may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    /// A whole phrase: the form, and which of its spellings.
    Whole { form: usize, spelling: usize },
    /// An anchor: the form, its plan, and which anchor of the plan.
    Anchor { form: usize, plan: usize, anchor: usize },
}

/// A pattern, ready.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) entry: usize,
    pub(super) role: Role,
    /// Of the entry.
    pub(super) kind: Kind,
    pub(super) level: Level,
    pub(super) care: Care,
    pub(super) starts_sentence: bool,
    pub(super) ends_sentence: bool,
    pub(super) boundary: Boundary,
    pub(super) spellings: Vec<Exact>,
    pub(super) plans: Vec<Plan>,
}

/// The "entry" of names, behind all real ones.
pub(super) const NAMES: usize = usize::MAX;

/// Whose pattern is compiled, and how many more of its forms may be written out.
struct Owner {
    entry: usize,
    kind: Kind,
    level: Level,
    care: Care,
    boundary: Boundary,
    budget: u64,
}

/// The needles so far, and their uses as they came.
#[derive(Default)]
struct Needles {
    list: Vec<Needle>,
    numbers: HashTable<usize>,
    uses: Vec<(usize, Use)>,
    /// For each needle, which of the uses is its last one so far.
    last: Vec<usize>,
}

impl Compiled {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut compiled = Self::default();
        let mut needles = Needles::default();
        let dotless_i = lexicon.language().has_dotless_i();
        for (index, entry) in lexicon.entries().iter().enumerate() {
            let (Some(level), kind @ (Kind::Avoid | Kind::Recommend)) = (entry.level, entry.kind) else { continue };
            let (care, boundary) = (Care::of(entry, dotless_i), entry.boundary);
            let mut owner = Owner { entry: index, kind, level, care, boundary, budget: WRITTEN_OUT };
            let phrases = entry.patterns.iter().map(|pattern| (pattern, Role::Phrase));
            for (pattern, role) in phrases.chain(entry.unless.iter().map(|pattern| (pattern, Role::Unless))) {
                compiled.pattern(pattern, role, &mut owner, &mut needles);
            }
            compiled.regexes.extend(entry.regexes.iter().map(|regex| (index, regex.clone())));
        }
        for name in lexicon.names() {
            // A name never gets as far as to need a kind or a level.
            let (kind, level) = (Kind::Avoid, Level::Advice);
            let (care, boundary) = (Care::loose(), Boundary::Word);
            let mut owner = Owner { entry: NAMES, kind, level, care, boundary, budget: WRITTEN_OUT };
            compiled.pattern(name, Role::Name, &mut owner, &mut needles);
        }
        compiled.uses = Uses::new(needles.list.len(), &needles.uses);
        compiled.needles = needles.list;
        compiled
    }

    fn pattern(&mut self, pattern: &Pattern, role: Role, owner: &mut Owner, needles: &mut Needles) {
        let Owner { entry, kind, level, care, boundary, ref mut budget } = *owner;
        let form = self.forms.len();
        let mut compiled = Form {
            entry,
            role,
            kind,
            level,
            care,
            starts_sentence: pattern.starts_sentence,
            ends_sentence: pattern.ends_sentence,
            boundary,
            spellings: Vec::new(),
            plans: Vec::new(),
        };
        if pattern.is_literal() && pattern.form_count() <= *budget {
            *budget -= pattern.form_count();
            let word = boundary == Boundary::Word;
            for (coarse, exact) in Literal::all(&pattern.spellings(), care) {
                let spelling = compiled.spellings.len();
                let again = |before: &Use| matches!(*before, Use::Whole { form: same, spelling } if same == form && compiled.spellings[spelling] == exact);
                if needles.add(coarse, (word, word), Use::Whole { form, spelling }, again) {
                    compiled.spellings.push(exact);
                }
            }
        } else {
            compiled.plans = plans(pattern, care);
            for (index, plan) in compiled.plans.iter().enumerate() {
                let edges = if boundary == Boundary::Word { plan.edges() } else { (false, false) };
                for (anchor, literal) in plan.anchors.iter().enumerate() {
                    needles
                        .add(literal.coarse.to_string(), edges, Use::Anchor { form, plan: index, anchor }, |_| false);
                }
            }
        }
        self.forms.push(compiled);
    }
}

impl Needles {
    /// Notes what a needle may be, unless its last use says that it would be the same `again`. Of several
    /// uses, the one that is less particular about the edges of words decides where it is looked for.
    fn add(
        &mut self,
        folded: String,
        (begins_word, ends_word): (bool, bool),
        what: Use,
        again: impl Fn(&Use) -> bool,
    ) -> bool {
        // Characters that take no place in a text can be all there is to one of several spellings.
        if folded.is_empty() {
            return false;
        }
        let hash_of = |text: &str| FixedState::default().hash_one(text);
        let hash = hash_of(&folded);
        let number = match self.numbers.find(hash, |&number| self.list[number].text == folded) {
            Some(&number) if again(&self.uses[self.last[number]].1) => return false,
            Some(&number) => number,
            None => {
                let number = self.list.len();
                self.list.push(Needle { text: folded, begins_word: true, ends_word: true });
                self.last.push(0);
                self.numbers.insert_unique(hash, number, |&number| hash_of(&self.list[number].text));
                number
            }
        };
        self.list[number].begins_word &= begins_word;
        self.list[number].ends_word &= ends_word;
        self.last[number] = self.uses.len();
        self.uses.push((number, what));
        true
    }
}

impl Uses {
    /// Puts the uses of each needle side by side, in the order in which they came.
    fn new(needles: usize, uses: &[(usize, Use)]) -> Self {
        let mut starts = vec![0; needles + 1];
        for (needle, _) in uses {
            starts[needle + 1] += 1;
        }
        for needle in 0..needles {
            starts[needle + 1] += starts[needle];
        }
        let mut next = starts.clone();
        let mut order = vec![0; uses.len()];
        for (index, (needle, _)) in uses.iter().enumerate() {
            order[next[*needle]] = index;
            next[*needle] += 1;
        }
        Self { starts, uses: order.into_iter().map(|index| uses[index].1).collect() }
    }
}

impl Index<usize> for Uses {
    type Output = [Use];

    fn index(&self, needle: usize) -> &[Use] {
        &self.uses[self.starts[needle]..self.starts[needle + 1]]
    }
}
