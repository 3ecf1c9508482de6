//! What comes out of linting one draft. Plain data: every output format and every front end
//! reads it, none adds to it. What the lexicon says is not copied: a review borrows it from the linter.

use std::borrow::Cow;
use std::collections::HashSet;

use super::fix::Fix;
use super::wording::Prefer;
use crate::lexicon::{Entry, EntryId, Level};
use crate::matcher::Matcher;
use crate::text::{Language, Skipped, Span};

/// The result for one draft, as long as the linter that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review<'l> {
    /// The language the draft is in, stated or detected; `None` when nobody can tell, or when it
    /// is one that no lexicon in force serves.
    pub language: Option<&'l Language>,
    /// What had better be said otherwise, in the order of the text.
    pub findings: Vec<Finding<'l>>,
    /// What was said well, in the order of the text: of each category of rules the first, for whoever
    /// thanks three times has done one thing well.
    pub wins: Vec<Win<'l>>,
    /// Which steps of making good can be seen, when the customer complained.
    pub recovery: Option<Recovery<'l>>,
    /// How many phrases comments in the draft let stand.
    pub allowed: usize,
    /// How many findings a [`Baseline`](super::Baseline) accepted.
    pub accepted: usize,
    /// What was not read.
    pub skipped: Vec<Skipped>,
    /// What the reader of this review ought to know about it.
    pub notes: Vec<String>,
}

/// A discouraged phrase in a draft, or something that is missing from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<'l> {
    /// The rule that found it.
    pub rule: &'l EntryId,
    /// What kind of rule that is.
    pub kind: FindingKind,
    /// The language of the lexicon that the rule is in.
    pub language: &'l Language,
    /// How grave it is, the rules in `also` included.
    pub level: Level,
    /// Bytes of the draft.
    pub span: Span,
    /// The folded form that was matched, for [`FindingKind::Phrase`].
    pub matched: Option<Cow<'l, str>>,
    /// Why, in a sentence.
    pub why: Option<&'l str>,
    /// What to say instead.
    pub prefer: Prefer<'l>,
    /// Rules that stood here too and lost to this one.
    pub also: Vec<&'l EntryId>,
    /// A replacement that may be applied unasked.
    pub fix: Option<Fix>,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    /// Words that stand in the draft.
    Phrase,
    /// Something that the draft lacks.
    Structure,
}

impl FindingKind {
    /// The name in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phrase => "phrase",
            Self::Structure => "structure",
        }
    }
}

/// A recommended phrase in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Win<'l> {
    /// The rule that recommends it.
    pub rule: &'l EntryId,
    /// Bytes of the draft.
    pub span: Span,
}

/// The steps of making good what went wrong that can be seen in one reply. Steps may stand in other messages,
/// and some are taken without a word; so they are listed and never counted against anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery<'l> {
    /// The name of the framework that the steps are of, such as `aware`.
    pub framework: &'l str,
    /// Those that can be seen, each once, in the order of the text.
    pub steps: Vec<Step<'l>>,
}

/// A step that can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'l> {
    /// The rule that describes it.
    pub rule: &'l EntryId,
    /// What it is called in words.
    pub says: Option<&'l str>,
    /// Bytes of the draft.
    pub span: Span,
}

impl<'l> Recovery<'l> {
    /// The steps of a lexicon that is awake for them; none when it has no framework, or nobody complained.
    pub(super) fn of(
        matcher: &'l Matcher,
        applies: &dyn Fn(usize, &Entry) -> bool,
        mut steps: Vec<Step<'l>>,
    ) -> Option<Self> {
        let entries = matcher.lexicon().entries();
        let framework = matcher.steps().find(|&number| applies(number, &entries[number]))?;
        steps.sort_by_key(|step| step.span);
        let mut seen = HashSet::new();
        steps.retain(|step| seen.insert(step.rule));
        Some(Self { framework: entries[framework].id.category(), steps })
    }
}

impl Review<'_> {
    /// The same, with the first win of each category only.
    pub(super) fn praising_once(mut self) -> Self {
        let mut praised: Vec<&str> = Vec::new();
        self.wins.retain(|win| {
            let category = win.rule.category();
            let is_first = !praised.contains(&category);
            if is_first {
                praised.push(category);
            }
            is_first
        });
        self
    }

    /// The highest level found; `None` is a pass.
    pub fn verdict(&self) -> Option<Level> {
        self.findings.iter().map(|finding| finding.level).max()
    }

    /// How many findings have this level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }
}
