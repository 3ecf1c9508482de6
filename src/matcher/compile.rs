//! From the entries of a lexicon to what the search needs: folded needles,
//! and for each needle what to do when it is found. An entry's alternatives are written out up
//! to a bound; beyond it, and for gaps, slots and endings, a [`Plan`] is walked at the hit.

use std::collections::HashMap;

use regex::Regex;

use super::candidate::Role;
use super::literal::{Care, Literal};
use super::plan::{Plan, plans};
use super::search::Needle;
use crate::lexicon::{Boundary, Kind, Lexicon, Pattern};

/// Forms of one entry that are written out.
const WRITTEN_OUT: u64 = 256;

#[derive(Debug, Default)]
pub(super) struct Compiled {
    /// Folded words for the search, none twice.
    pub(super) needles: Vec<Needle>,
    /// For each needle, what it may be the beginning of.
    pub(super) uses: Vec<Vec<Use>>,
    pub(super) forms: Vec<Form>,
    /// The entry of each regular expression.
    pub(super) regexes: Vec<(usize, Regex)>,
    by_needle: HashMap<String, usize>,
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
    pub(super) care: Care,
    pub(super) starts_sentence: bool,
    pub(super) ends_sentence: bool,
    pub(super) boundary: Boundary,
    pub(super) spellings: Vec<Literal>,
    pub(super) plans: Vec<Plan>,
}

/// The "entry" of names, behind all real ones.
pub(super) const NAMES: usize = usize::MAX;

/// Whose pattern is compiled, and how many more of its forms may be written out.
struct Owner {
    entry: usize,
    care: Care,
    boundary: Boundary,
    budget: u64,
}

impl Compiled {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut compiled = Self::default();
        let dotless_i = lexicon.language().has_dotless_i();
        for (index, entry) in lexicon.entries().iter().enumerate() {
            if entry.level.is_none() || entry.kind == Kind::Require {
                continue;
            }
            let mut owner =
                Owner { entry: index, care: Care::of(entry, dotless_i), boundary: entry.boundary, budget: WRITTEN_OUT };
            let phrases = entry.patterns.iter().map(|pattern| (pattern, Role::Phrase));
            for (pattern, role) in phrases.chain(entry.unless.iter().map(|pattern| (pattern, Role::Unless))) {
                compiled.pattern(pattern, role, &mut owner);
            }
            compiled.regexes.extend(entry.regexes.iter().map(|regex| (index, regex.clone())));
        }
        for name in lexicon.names() {
            let mut owner = Owner { entry: NAMES, care: Care::loose(), boundary: Boundary::Word, budget: WRITTEN_OUT };
            compiled.pattern(name, Role::Name, &mut owner);
        }
        compiled
    }

    fn pattern(&mut self, pattern: &Pattern, role: Role, owner: &mut Owner) {
        let Owner { entry, care, boundary, ref mut budget } = *owner;
        let form = self.forms.len();
        let mut compiled = Form {
            entry,
            role,
            care,
            starts_sentence: pattern.starts_sentence,
            ends_sentence: pattern.ends_sentence,
            boundary,
            spellings: Vec::new(),
            plans: Vec::new(),
        };
        if pattern.is_literal() && pattern.form_count() <= *budget {
            *budget -= pattern.form_count();
            for (spelling, words) in pattern.forms().iter().enumerate() {
                let literal = Literal::new(words, care);
                let word = boundary == Boundary::Word;
                self.needle(&literal.coarse, (word, word), Use::Whole { form, spelling });
                compiled.spellings.push(literal);
            }
        } else {
            compiled.plans = plans(pattern, care);
            for (index, plan) in compiled.plans.iter().enumerate() {
                let edges = if boundary == Boundary::Word { plan.edges() } else { (false, false) };
                for (anchor, literal) in plan.anchors.iter().enumerate() {
                    self.needle(&literal.coarse, edges, Use::Anchor { form, plan: index, anchor });
                }
            }
        }
        self.forms.push(compiled);
    }

    /// Notes what a needle may be. Of several uses, the one that is less particular about the edges of
    /// words decides where it is looked for.
    fn needle(&mut self, folded: &str, (begins_word, ends_word): (bool, bool), what: Use) {
        let index = *self.by_needle.entry(folded.to_owned()).or_insert_with(|| {
            self.needles.push(Needle { text: folded.to_owned(), begins_word: true, ends_word: true });
            self.uses.push(Vec::new());
            self.needles.len() - 1
        });
        self.needles[index].begins_word &= begins_word;
        self.needles[index].ends_word &= ends_word;
        self.uses[index].push(what);
    }
}
