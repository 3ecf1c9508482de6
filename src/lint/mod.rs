//! Layer 3: the facade. A [`Linter`] holds the lexicons in force and turns a draft into a
//! [`Review`]: which lexicons look at it, what they found, what to say instead. It prints
//! nothing and opens no file.

mod allow;
mod apply;
mod audit;
mod backtest;
mod baseline;
mod compiled;
mod context;
mod coverage;
mod desk;
mod detect;
mod examples;
mod explain;
mod fix;
mod reasons;
mod repeats;
mod review;
mod rewrite;
mod store;
mod structure;
mod wording;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use self::allow::Allowances;
use self::context::Context;
use self::detect::{detect, glance};
use self::structure::Whole;
use crate::lexicon::{Builtin, Entry, Kind, Lexicon, nearest};
use crate::matcher::{BuildError, Match, Matcher};
use crate::text::{Draft, Language, Prose, Reading};

pub use apply::{Fixed, rewritten};
pub use audit::audit;
pub use backtest::{
    Backtest, Change, Difference, Example, InLanguage, Name, Past, Rule, Seen, Tally as Backtested, Won,
};
pub use baseline::Baseline;
pub use compiled::{NotCompiled, is_compiled};
pub use context::Asleep;
pub use coverage::{Coverage, Gap, Gaps, Share, coverage};
pub use desk::Desk;
pub use detect::Detected;
pub use examples::{Against, Expected, Failure, Surprise, Tested, test};
pub use explain::explain;
pub use fix::{Applicability, Edit, Fix};
pub use reasons::{Account, Overview, Reason, Standing};
pub use repeats::{AgentLines, Approved, Line, LineKind, Lines, Overused, Tally, Threshold};
pub use review::{Finding, FindingKind, Recovery, Review, Step, Win};
pub use rewrite::Rewriter;
pub use store::Store;
pub use wording::Prefer;

/// The lexicons in force, compiled. Make one and lint many drafts with it, from any number of
/// threads.
#[derive(Debug)]
pub struct Linter {
    lexicons: Vec<InForce>,
    filter: Filter,
}

/// How often a draft is fixed at the most.
const ROUNDS: usize = 16;

/// A lexicon, compiled when the first draft in its language comes.
#[derive(Debug)]
struct InForce {
    lexicon: Arc<Lexicon>,
    matcher: OnceLock<Result<Matcher, BuildError>>,
    /// Where its matcher may wait already.
    store: Option<Arc<dyn Store>>,
}

/// Which rules speak. Both lists hold rule ids (`command.you-must`) or categories (`command`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// When not empty, only these.
    pub only: Vec<String>,
    /// Never these.
    pub allow: Vec<String>,
}

/// Why a draft could not be linted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LintError {
    /// It is said to be in a language that no lexicon in force serves.
    UnservedLanguage {
        /// The language of the draft.
        language: Language,
        /// The languages that are served.
        served: Vec<Language>,
    },
    /// A lexicon for it is larger than can be compiled.
    TooLarge(BuildError),
}

impl LintError {
    /// The stable name of the error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnservedLanguage { .. } => "unserved-language",
            Self::TooLarge(_) => "lexicon-too-large",
        }
    }

    /// What to do about it.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::UnservedLanguage { .. } => "name a lexicon for it with --lexicon, or leave the language out",
            Self::TooLarge(_) => "split the lexicon in two, and lint with one after the other",
        }
    }
}

impl fmt::Display for LintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnservedLanguage { language, served } => {
                let served: Vec<&str> = served.iter().map(Language::as_str).collect();
                write!(
                    f,
                    "the draft is said to be in `{language}`, and the lexicons in force are for {}",
                    served.join(", ")
                )
            }
            Self::TooLarge(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LintError {}

impl Linter {
    /// Puts lexicons in force, one for each language as [`load()`](crate::lexicon::load()) gives them. Each is compiled when
    /// the first draft comes that it is for. Of two for one language both look at a draft.
    pub fn new(mut lexicons: Vec<Lexicon>) -> Self {
        // One that holds nothing would only stand in the way of knowing the language.
        let is_nothing = |lexicon: &Lexicon| lexicon.language().is_undetermined() && lexicon.entry_count() == 0;
        if !lexicons.iter().all(is_nothing) {
            lexicons.retain(|lexicon| !is_nothing(lexicon));
        }
        let in_force = |lexicon| InForce { lexicon: Arc::new(lexicon), matcher: OnceLock::new(), store: None };
        Self { lexicons: lexicons.into_iter().map(in_force).collect(), filter: Filter::default() }
    }

    /// The built-in lexicons, all languages. Each is read when the first draft comes that it is for.
    pub fn builtin() -> Self {
        Self::new(Builtin::references().filter_map(|reference| Lexicon::builtin(&reference)).collect())
    }

    /// The same linter, which looks in a store for the lexicons that come with the program before it compiles them.
    #[must_use]
    pub fn with_store(mut self, store: &Arc<dyn Store>) -> Self {
        for in_force in &mut self.lexicons {
            in_force.store = Some(Arc::clone(store));
        }
        self
    }

    /// The same linter with some rules silenced.
    #[must_use]
    pub fn with_filter(self, filter: Filter) -> Self {
        Self { filter, ..self }
    }

    /// The lexicons in force.
    pub fn lexicons(&self) -> impl Iterator<Item = &Lexicon> {
        self.lexicons.iter().map(|in_force| &*in_force.lexicon)
    }

    /// The rules of the filter that no lexicon in force has: somebody mistyped them.
    pub fn unknown_rules(&self) -> Vec<&str> {
        self.unknown_rules_of(&self.filter)
    }

    /// The rules of some filter that no lexicon in force has.
    pub fn unknown_rules_of<'f>(&self, filter: &'f Filter) -> Vec<&'f str> {
        let known = |rule: &str| self.lexicons().flat_map(Lexicon::entries).any(|entry| entry.id.is(rule));
        let named = filter.only.iter().chain(&filter.allow);
        named.map(String::as_str).filter(|rule| !known(rule)).collect()
    }

    /// Lints one draft.
    ///
    /// # Errors
    ///
    /// When the draft is said to be in a language that no lexicon in force serves, or a lexicon
    /// is too large to be compiled.
    pub fn lint(&self, draft: &Draft<'_>) -> Result<Review<'_>, LintError> {
        self.lint_at(&mut Desk::default(), draft)
    }

    /// The same at a desk where drafts were linted before, so that no memory is asked for but that of
    /// the review.
    ///
    /// # Errors
    ///
    /// As for [`Linter::lint`].
    pub fn lint_at<'l>(&'l self, desk: &mut Desk, draft: &Draft<'_>) -> Result<Review<'l>, LintError> {
        self.look(desk, draft).map(Review::praising_once)
    }

    /// The same, with only those rules heard that another filter lets speak as well: for one who asks for other
    /// rules with each draft.
    ///
    /// # Errors
    ///
    /// As for [`Linter::lint`].
    pub fn lint_hearing<'l>(
        &'l self,
        desk: &mut Desk,
        draft: &Draft<'_>,
        filter: &Filter,
    ) -> Result<Review<'l>, LintError> {
        self.look_hearing(desk, draft, filter).map(Review::praising_once)
    }

    /// A review with every win, however often the draft says the like.
    fn look<'l>(&'l self, desk: &mut Desk, draft: &Draft<'_>) -> Result<Review<'l>, LintError> {
        self.look_hearing(desk, draft, &Filter::default())
    }

    fn look_hearing<'l>(
        &'l self,
        desk: &mut Desk,
        draft: &Draft<'_>,
        filter: &Filter,
    ) -> Result<Review<'l>, LintError> {
        let reading = Reading::within(std::mem::take(&mut desk.room), draft);
        let Choice { language, mut notes } = self.choose(draft, &reading)?;
        let (mut findings, mut wins, mut recovery) = (desk.findings(), Vec::new(), None);
        let mut allowances = Allowances::of(&reading);
        // Entries are many and lie far from one another: none is looked at without need.
        let all = self.filter.is_empty() && filter.is_empty();
        for in_force in self.looking_at(language) {
            let matcher = in_force.matcher()?;
            let context = Context::of(matcher, draft);
            notes.extend(context.odd_situation(matcher));
            let always = !matcher.is_conditional();
            let heard = |entry: &Entry| all || (self.hears(entry) && filter.hears(entry.id.as_str()));
            let applies = |number, entry: &Entry| heard(entry) && (always || context.wakes(number, entry).is_ok());
            matcher.find(&reading, &applies, &mut desk.hits);
            findings.reserve(desk.hits.len());
            let mut allowed = |entry: &Entry, at| allowances.allow(entry, at);
            let mut steps = Vec::new();
            matcher.resolve(&mut desk.hits, &mut allowed, &mut |found| match found.kind {
                Kind::Avoid => findings.push(finding(matcher, &reading, &found)),
                Kind::Recommend => {
                    wins.push(Win { rule: &matcher.lexicon().entries()[found.entry].id, span: found.span });
                }
                Kind::Step => {
                    let entry = &matcher.lexicon().entries()[found.entry];
                    steps.push(Step { rule: &entry.id, says: entry.says.as_deref(), span: found.span });
                }
                Kind::Require | Kind::Style | Kind::Situation => {}
            });
            if !self.sees_whole(language) {
                continue;
            }
            let here = Whole::new(draft, &reading, matcher, &applies);
            structure::check(&here, matcher, &applies, &mut desk.hits, &mut allowances, &mut findings);
            recovery = recovery.or_else(|| Recovery::of(matcher, &applies, steps));
        }
        if !findings.is_sorted_by_key(|finding| finding.span) {
            findings.sort_by_key(|finding| finding.span);
        }
        // When nobody can tell the language, two lexicons may say the same of the same words.
        findings.dedup_by(|later, first| later.span == first.span && later.rule == first.rule);
        wins.sort_by_key(|win| win.span);
        let allowed = allowances.count;
        let notes = notes.into_iter().chain(allowances.into_notes(self)).collect();
        let (skipped, room) = reading.end();
        desk.room = room;
        Ok(Review { language, findings, wins, recovery, allowed, accepted: 0, skipped, notes })
    }

    /// Lints one draft and applies its safe fixes, until none is left. Fixing what comes out
    /// changes nothing.
    ///
    /// # Errors
    ///
    /// As for [`Linter::lint`].
    pub fn fix(&self, draft: &Draft<'_>) -> Result<Fixed<'_>, LintError> {
        let mut fixed = Fixed { text: draft.text.to_owned(), count: 0, review: self.lint(draft)? };
        // Every round but the last applies a fix; a lexicon whose fixes call for one another must end too.
        for _ in 0..ROUNDS {
            let (text, count) = apply::apply(&fixed.text, &fixed.review.findings);
            if count == 0 {
                break;
            }
            let review = self.lint(&draft.changed(&text))?;
            fixed = Fixed { text, count: fixed.count + count, review };
        }
        Ok(fixed)
    }

    /// The language that a draft seems to be in, whatever it is said to be in: for drafts that are too short to
    /// tell each by itself, and may be asked about together.
    pub fn language_of(&self, draft: &Draft<'_>) -> Detected<'_> {
        let words = draft.reply().of(draft.text);
        detect(words, &Prose::of(words, draft.format, draft.scope), &self.served())
    }

    /// The language that a draft is in, if its words leave no doubt.
    pub fn plain_language_of(&self, draft: &Draft<'_>) -> Option<&Language> {
        let words = draft.reply().of(draft.text);
        glance(words, &Prose::of(words, draft.format, draft.scope), &self.served())
    }

    /// The languages of the lexicons in force.
    fn served(&self) -> Vec<&Language> {
        self.lexicons().map(Lexicon::language).collect()
    }

    /// The language of a draft and the lexicons that look at it: those of its language, or
    /// all when nobody can tell.
    fn choose(&self, draft: &Draft<'_>, reading: &Reading<'_>) -> Result<Choice<'_>, LintError> {
        let all = |notes| Choice { language: None, notes };
        let is_for_all =
            !self.lexicons.is_empty() && self.lexicons().all(|lexicon| lexicon.language().is_undetermined());
        if is_for_all || draft.language.as_ref().is_some_and(Language::is_undetermined) {
            return Ok(all(Vec::new()));
        }
        if let Some(language) = &draft.language {
            return self.chosen(language).ok_or_else(|| {
                let served = self.lexicons().map(Lexicon::language).cloned().collect();
                LintError::UnservedLanguage { language: language.clone(), served }
            });
        }
        Ok(match detect(draft.text, reading.prose(), &self.served()) {
            Detected::Served(language) => self.chosen(language).unwrap_or_else(|| all(Vec::new())),
            Detected::Foreign(name) => {
                all(vec![format!("this draft looks like {name}, and no lexicon in force is for it")])
            }
            Detected::Unsure => all(Vec::new()),
        })
    }

    /// Whether a draft in this language is looked at as a whole: nobody can say in which of several it should greet.
    fn sees_whole(&self, language: Option<&Language>) -> bool {
        language.is_some() || self.lexicons.len() < 2
    }

    /// The lexicons that look at a draft in a language, all when nobody can tell it.
    fn looking_at(&self, language: Option<&Language>) -> impl Iterator<Item = &InForce> {
        self.lexicons.iter().filter(move |known| language.is_none_or(|it| known.lexicon.language() == it))
    }

    /// The lexicons for a language, if there are any.
    fn chosen(&self, language: &Language) -> Option<Choice<'_>> {
        let language = self.lexicons().map(Lexicon::language).find(|known| *known == language)?;
        Some(Choice { language: Some(language), notes: Vec::new() })
    }

    /// Whether the filter lets an entry speak.
    fn hears(&self, entry: &Entry) -> bool {
        self.filter.is_empty() || self.filter.hears(entry.id.as_str())
    }
}

impl Filter {
    /// Whether every rule may speak.
    fn is_empty(&self) -> bool {
        self.only.is_empty() && self.allow.is_empty()
    }

    /// Whether a rule may speak.
    pub fn hears(&self, rule: &str) -> bool {
        if self.is_empty() {
            return true;
        }
        let category = rule.split('.').next().unwrap_or_default();
        let named = |rules: &[String]| rules.iter().any(|named| named == rule || named == category);
        (self.only.is_empty() || named(&self.only)) && !named(&self.allow)
    }
}

/// Which lexicons look at a draft, those of a language or all, and why.
struct Choice<'l> {
    language: Option<&'l Language>,
    notes: Vec<String>,
}

impl InForce {
    fn matcher(&self) -> Result<&Matcher, LintError> {
        let compile = || Matcher::new(Arc::clone(&self.lexicon));
        let compiled = self.matcher.get_or_init(|| match (&self.store, self.lexicon.reference()) {
            (Some(store), Some(reference)) => store::taken_or_put(&**store, &reference, compile),
            _ => compile(),
        });
        compiled.as_ref().map_err(|error| LintError::TooLarge(error.clone()))
    }
}

/// The rule that a mistyped one most resembles, if any does.
pub fn nearest_rule<'l>(typed: &str, lexicons: impl Iterator<Item = &'l Lexicon>) -> Option<&'l str> {
    nearest(typed, lexicons.flat_map(Lexicon::entries).map(|entry| entry.id.as_str()))
}

fn finding<'l>(matcher: &'l Matcher, reading: &Reading<'_>, found: &Match<'l>) -> Finding<'l> {
    let lexicon = matcher.lexicon();
    let entry = &lexicon.entries()[found.entry];
    let replaced = found.span.of(reading.text());
    let starts = || reading.starts_sentence(found.folded.start);
    let writes = |word: &str| entry.patterns.iter().any(|pattern| pattern.source().contains(word));
    let slot = |&(slot, folded)| Some((slot, reading.original(folded)?.of(reading.text()).to_owned()));
    let prefer = Prefer {
        wordings: &entry.prefer,
        names: lexicon.names(),
        capitals: wording::capitals_of(replaced, starts, writes),
        slots: found.slots.iter().filter_map(slot).collect(),
    };
    let fix = fix::safe_fix(matcher, reading, found, entry, &prefer);
    Finding {
        rule: &entry.id,
        kind: FindingKind::Phrase,
        language: lexicon.language(),
        level: found.level,
        span: found.span,
        matched: Some(found.words.map_or_else(|| found.folded.of(reading.folded()).to_owned().into(), Cow::Borrowed)),
        why: entry.why.as_deref(),
        prefer,
        also: found.also.iter().map(|&index| &lexicon.entries()[index].id).collect(),
        fix,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linter_can_be_shared_between_threads() {
        fn shared<T: Send + Sync + std::panic::UnwindSafe>() {}
        shared::<Linter>();
        shared::<Lexicon>();
        shared::<Review<'static>>();
    }
}
