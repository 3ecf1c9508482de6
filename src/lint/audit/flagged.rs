//! Wordings that an entry gives for better ones, and that an entry flags: an agent who does as told is told again.

use std::collections::{HashMap, HashSet};

use super::forms::{Fill, shown, some_forms, spelt};
use super::scene::{Place, Scene};
use super::{Audit, problem};
use crate::lexicon::{Code, Entry, Kind, Pattern, Problem, Wording};
use crate::lint::examples::draft;
use crate::lint::{Finding, LintError, Win};
use crate::text::{Folded, Style};

/// Forms of a recommended phrase that are tried.
const TRIED: u64 = 64;

impl Audit<'_> {
    pub(super) fn ask_after_flagged_wordings(&mut self) -> Result<(), LintError> {
        let mut found = Vec::new();
        for (number, entry) in self.all() {
            for (wording, origin) in self.own_wordings(entry) {
                if let Some(flagged) = self.flagged_wording(wording, entry)? {
                    found.push((number, wording, origin, flagged));
                }
            }
        }
        let mut preferring =
            self.preferring(found.iter().map(|(number, _, _, flagged)| (*number, flagged.rule.as_str())));
        for (number, wording, origin, flagged) in found {
            let entry = &self.entries[number];
            let id = &entry.id;
            let (rule, words) = (flagged.rule, flagged.words);
            let flags = if rule == id.as_str() {
                format!("flags \"{words}\" itself")
            } else {
                format!("`{rule}` flags \"{words}\"")
            };
            let mut message = format!("`{id}` prefers \"{wording}\", and {flags}");
            if rule != id.as_str() && self.prefers_flagged(&mut preferring, &rule, id.as_str())? {
                message = format!("{message}; `{rule}` prefers in turn what `{id}` flags");
            }
            let remedy = if rule == id.as_str() {
                "write another wording, or an `unless` that lets this one pass".to_owned()
            } else {
                format!(
                    "write another wording, or an `unless` for `{rule}` that lets this one pass; it stands at {}",
                    flagged.place
                )
            };
            if entry.prefer.first().is_some_and(|first| std::ptr::eq(first, wording))
                && entry.allows(Code::PreferFlagged).is_none()
            {
                self.flagged_first.insert(number);
            }
            self.warn(number, problem(Code::PreferFlagged, origin, message, "flagged", remedy));
        }
        self.ask_after_flagged_recommendations()
    }

    fn ask_after_flagged_recommendations(&mut self) -> Result<(), LintError> {
        let mut found: Vec<(usize, Problem)> = Vec::new();
        for (number, entry) in self.all().filter(|(_, entry)| entry.kind == Kind::Recommend) {
            for pattern in self.own_patterns(entry) {
                let Some((form, flagged)) = self.first_flagged(pattern, entry)? else { continue };
                if self.shows_to_pass(entry, pattern, &flagged.rule)? {
                    continue;
                }
                let (rule, words) = (flagged.rule, flagged.words);
                let message = format!("`{}` recommends \"{}\", and `{rule}` flags \"{words}\"", entry.id, shown(&form));
                let remedy = format!(
                    "decide for one of the two: take the phrase out here, or write an `unless` for `{rule}`, which stands at {}",
                    flagged.place
                );
                let origin = pattern.origin().unwrap_or(&entry.origin);
                found.push((number, problem(Code::RecommendFlagged, origin, message, "flagged", remedy)));
            }
        }
        self.warn_of_all(found);
        Ok(())
    }

    /// The first form of a phrase that is flagged, whatever stands in its gaps, and by whom.
    fn first_flagged(&self, pattern: &Pattern, entry: &Entry) -> Result<Option<(String, Flagged)>, LintError> {
        let place = Place::of_phrase(pattern, entry);
        let forms = some_forms(pattern, TRIED, Fill::Least).zip(some_forms(pattern, TRIED, Fill::Nonsense));
        for (form, filled) in forms {
            let Some(flagged) = self.flagged(&Scene::new(&form, place, entry))? else { continue };
            let again = if filled == form { None } else { self.flagged(&Scene::new(&filled, place, entry))? };
            if filled == form || again.is_some_and(|again| again.rule == flagged.rule) {
                return Ok(Some((form, flagged)));
            }
        }
        Ok(None)
    }

    /// Whether an example of an entry holds a phrase of it that a rule lets pass there: what is fine may depend on
    /// what comes next.
    fn shows_to_pass(&self, entry: &Entry, pattern: &Pattern, rule: &str) -> Result<bool, LintError> {
        let spellings = pattern.spellings();
        let forms = spellings.folded(Style::COARSE);
        for example in &entry.flags {
            let draft = draft(entry, example).with_language(self.lexicon.language().clone());
            let review = self.review(&draft)?;
            let own = |win: &&Win<'_>| {
                let words = Folded::phrase(win.span.of(draft.text), Style::COARSE);
                *win.rule == entry.id && forms.iter().any(|form| form == words)
            };
            let is_flagged = |win: &Win<'_>| {
                let here = review.findings.iter().filter(|finding| finding.span.overlaps(win.span));
                here.flat_map(|finding| finding.also.iter().chain([&finding.rule])).any(|found| found.as_str() == rule)
            };
            if review.wins.iter().filter(own).any(|win| !is_flagged(win)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn flagged_wording(&self, wording: &Wording, entry: &Entry) -> Result<Option<Flagged>, LintError> {
        if wording.is_deletion() {
            return Ok(None);
        }
        let words = spelt(wording);
        self.flagged(&Scene::new(&words, Place::of_wording(&words), entry))
    }

    /// Who flags some of the words of a scene, in a channel in which somebody does so at all hours: words for some
    /// hours may well stand beside words for others.
    fn flagged(&self, scene: &Scene<'_>) -> Result<Option<Flagged>, LintError> {
        for hours in scene.drafts(self.lexicon.language()) {
            let mut first = None;
            for draft in &hours {
                let review = self.review(draft)?;
                let about_words = review.findings.iter().filter(|finding| scene.is_about_words(finding));
                let Some(gravest) = about_words.max_by_key(|finding| finding.level) else {
                    first = None;
                    break;
                };
                first = first.or_else(|| Some(self.said(gravest, scene)));
            }
            if first.is_some() {
                return Ok(first);
            }
        }
        Ok(None)
    }

    fn said(&self, finding: &Finding<'_>, scene: &Scene<'_>) -> Flagged {
        let rule = finding.rule.to_string();
        let place = self.entries.iter().find(|entry| entry.id == *finding.rule).map(|entry| entry.origin.to_string());
        Flagged { rule, words: shown(finding.span.of(&scene.text)), place: place.unwrap_or_default() }
    }

    /// What is known of who prefers what another flags.
    fn preferring<'r>(&self, found: impl Iterator<Item = (usize, &'r str)>) -> HashMap<String, HashSet<String>> {
        let mut preferring: HashMap<String, HashSet<String>> = HashMap::new();
        for (number, rule) in found {
            preferring.entry(self.entries[number].id.to_string()).or_default().insert(rule.to_owned());
        }
        preferring
    }

    /// Whether a rule prefers what `other` flags, be it an inherited one.
    fn prefers_flagged(
        &self,
        known: &mut HashMap<String, HashSet<String>>,
        rule: &str,
        other: &str,
    ) -> Result<bool, LintError> {
        if let Some(entry) = self.lexicon.entry(rule).filter(|_| !known.contains_key(rule)) {
            let mut flagging = HashSet::new();
            for wording in &entry.prefer {
                flagging.extend(self.flagged_wording(wording, entry)?.map(|flagged| flagged.rule));
            }
            known.insert(rule.to_owned(), flagging);
        }
        Ok(known.get(rule).is_some_and(|flagging| flagging.contains(other)))
    }
}

/// What an entry flags of some words.
struct Flagged {
    rule: String,
    words: String,
    /// Where the entry stands.
    place: String,
}
