//! Questions that only a whole lexicon can answer: whether entries get in one another's way, and what of them can
//! never matter. Each is asked of what the named lexicons say themselves, and not of what they inherit. Every
//! answer is a warning, which an entry may `allow`. What a phrase does is asked of the [`Linter`], by linting it
//! as an agent would send it; nothing of the matching is done here again.

mod fixes;
mod flagged;
mod forms;
mod near;
mod scene;
mod script;
mod shadow;
mod unless;
mod upkeep;

use std::collections::HashSet;

use super::{Desk, LintError, Linter, Review};
use crate::lexicon::{Code, Entries, Entry, Lexicon, Origin, Pattern, Problem, Problems, Wording};
use crate::text::{Day, Draft};

/// Asks all questions of lexicons, in the order of their files. What is to be looked at again by a certain day is
/// only asked for when it is known what day it is today. A lexicon that was read from its compiled form has no
/// places to point at, and nothing is asked of it.
///
/// # Errors
///
/// When a lexicon is too large to be compiled.
pub fn audit(lexicons: &[Lexicon], today: Option<Day>) -> Result<Problems, LintError> {
    lexicons.iter().try_fold(Problems::default(), |all, lexicon| Ok(all.and(Audit::new(lexicon).run(today)?)))
}

/// One lexicon that is asked about.
struct Audit<'a> {
    lexicon: &'a Lexicon,
    entries: &'a Entries,
    linter: Linter,
    problems: Problems,
    /// Warnings that an entry allows and that would have been given, by the number of the entry.
    called_for: HashSet<(usize, Code)>,
    /// Entries whose first wording was said to be flagged, which need not be said of their fix again.
    flagged_first: HashSet<usize>,
}

impl<'a> Audit<'a> {
    fn new(lexicon: &'a Lexicon) -> Self {
        Self {
            lexicon,
            entries: lexicon.entries(),
            linter: Linter::new(vec![lexicon.clone()]),
            problems: Problems::default(),
            called_for: HashSet::new(),
            flagged_first: HashSet::new(),
        }
    }

    fn run(mut self, today: Option<Day>) -> Result<Problems, LintError> {
        self.ask_after_flagged_wordings()?;
        self.ask_after_shadowed_phrases()?;
        self.ask_after_fixes()?;
        self.ask_after_exceptions();
        self.ask_after_near_duplicates();
        self.ask_after_scripts();
        self.ask_after_upkeep(today);
        // It counts what all the others were allowed.
        self.ask_after_allowances(today.is_some());
        Ok(self.problems.in_order())
    }

    /// Whether something stands in a file of the lexicon that was named.
    fn is_own(&self, origin: Option<&Origin>) -> bool {
        origin.is_some_and(|origin| self.lexicon.upkeep().is_own(origin))
    }

    /// The entries with their numbers.
    fn all(&self) -> impl Iterator<Item = (usize, &'a Entry)> + use<'a> {
        self.entries.iter().enumerate()
    }

    /// The phrases of an entry that the lexicon itself gives it.
    fn own_patterns(&self, entry: &'a Entry) -> impl Iterator<Item = &'a Pattern> {
        entry.patterns.iter().filter(|pattern| self.is_own(pattern.origin()))
    }

    /// The wordings of an entry that the lexicon itself gives it.
    fn own_wordings(&self, entry: &'a Entry) -> impl Iterator<Item = (&'a Wording, &'a Origin)> {
        let own = entry.prefer.iter().filter_map(|wording| Some((wording, wording.origin()?)));
        own.filter(|(_, origin)| self.is_own(Some(origin)))
    }

    /// What is found in a draft.
    fn review(&self, draft: &Draft<'_>) -> Result<Review<'_>, LintError> {
        self.linter.look(&mut Desk::default(), draft)
    }

    fn warn_of_all(&mut self, found: Vec<(usize, Problem)>) {
        for (number, problem) in found {
            self.warn(number, problem);
        }
    }

    /// Warns of something about an entry, unless the entry allows it.
    fn warn(&mut self, number: usize, problem: Problem) {
        let code = problem.code();
        if self.entries[number].allows(code).is_some() {
            self.called_for.insert((number, code));
        } else {
            self.problems.push(problem);
        }
    }
}

/// A warning at a place of a lexicon.
fn problem(code: Code, at: &Origin, message: String, label: &str, remedy: String) -> Problem {
    Problem::new(code, &at.file, at.span, message, label).help(remedy)
}
