//! What safe fixes leave behind, tried at the beginning of a sentence and within one: whether it is flagged
//! again, and whether its first letter is as it should be there.

use std::collections::HashMap;

use super::forms::{Fill, shown, some_forms, spelt};
use super::scene::{Place, Scene};
use super::{Audit, problem};
use crate::lexicon::{Code, Entry, Origin, Pattern, Problem};
use crate::lint::{Edit, Finding, LintError, Rewriter, rewritten};
use crate::text::{Span, is_word};

/// Forms of a phrase that are tried.
const TRIED: u64 = 16;

impl Audit<'_> {
    pub(super) fn ask_after_fixes(&mut self) -> Result<(), LintError> {
        let mut names = None;
        let mut found: Vec<(usize, Problem)> = Vec::new();
        for (number, entry) in self.all().filter(|(_, entry)| entry.safe_fix && entry.level.is_some()) {
            let Some((wording, origin)) = entry.prefer.first().and_then(|first| Some((first, first.origin()?))) else {
                continue;
            };
            let own_wording = self.is_own(Some(origin));
            let mut told = Told::default();
            for pattern in entry.patterns.iter().filter(|pattern| own_wording || self.is_own(pattern.origin())) {
                let at = if own_wording { origin } else { pattern.origin().unwrap_or(origin) };
                for form in some_forms(pattern, TRIED, Fill::Least) {
                    for begins in [true, false] {
                        let place = Place::of_phrase(pattern, entry);
                        if place.begins && !begins {
                            continue;
                        }
                        let form = if begins { capital(&form) } else { form.clone() };
                        let scene = Scene::new(&form, Place { begins, ..place }, entry);
                        self.try_fix(entry, at, &scene, begins, &mut told)?;
                    }
                }
            }
            // A name keeps its capital only when the lexicon lists it among the names.
            let first = first_word(wording.as_str());
            if told.was_lowered && told.case.is_none() && first.starts_with(char::is_uppercase) {
                let names = names.get_or_insert_with(|| self.always_capital());
                if names.get(first).is_some_and(|always| *always) {
                    let message =
                        format!("within a sentence the fix of `{}` begins with \"{}\"", entry.id, lowered(first));
                    let remedy = format!("add \"{first}\" to `[names]`, so that it keeps its capital");
                    told.case = Some(problem(Code::FixCase, origin, message, "loses its capital", remedy));
                }
            }
            let flagged = told.flagged.filter(|_| !self.flagged_first.contains(&number));
            found.extend(flagged.into_iter().chain(told.case).map(|problem| (number, problem)));
        }
        self.warn_of_all(found);
        Ok(())
    }

    /// Puts the fix in, wherever the entry speaks about the words of a scene, and looks at what comes out.
    fn try_fix(
        &self,
        entry: &Entry,
        origin: &Origin,
        scene: &Scene<'_>,
        begins: bool,
        told: &mut Told,
    ) -> Result<(), LintError> {
        let language = self.lexicon.language();
        for draft in scene.drafts(language).into_iter().flatten() {
            let review = self.review(&draft)?;
            let own = |finding: &&Finding<'_>| *finding.rule == entry.id && scene.words.covers(finding.span);
            let Some(finding) = review.findings.iter().find(own) else { continue };
            let withheld = finding.fix.is_none();
            let edits = match &finding.fix {
                Some(fix) => fix.edits.clone(),
                // It is withheld where its own rule would flag it again, and where it cannot be put in.
                None => {
                    finding.prefer.get(0).map(|first| Rewriter::new(&draft).edits(finding, &first)).unwrap_or_default()
                }
            };
            let [Edit { span, text }] = &edits[..] else { continue };
            let put = Span::new(span.start, span.start + text.len());
            let fixed = scene.changed(rewritten(&scene.text, &edits), put);
            let sentence = fixed.text.split("\n\n").find(|part| part.chars().any(char::is_alphabetic));
            let sentence = shown(sentence.unwrap_or_default());
            if told.flagged.is_none() {
                for draft in fixed.drafts(language).into_iter().flatten() {
                    let review = self.review(&draft)?;
                    let touches =
                        |finding: &&Finding<'_>| touches(finding.span, put) && (!withheld || *finding.rule == entry.id);
                    let Some(again) = review.findings.iter().find(touches) else { continue };
                    let who = if *again.rule == entry.id {
                        "the rule itself".to_owned()
                    } else {
                        format!("`{}`", again.rule)
                    };
                    let message = format!(
                        "the safe fix of `{}` turns \"{}\" into \"{sentence}\", and {who} flags \"{}\" there",
                        entry.id,
                        shown(scene.words.of(&scene.text)),
                        shown(again.span.of(&fixed.text)),
                    );
                    let remedy = "put another wording first, or leave `fix` out, so that a person chooses";
                    told.flagged = Some(problem(Code::FixFlagged, origin, message, "flagged again", remedy.to_owned()));
                    break;
                }
            }
            if withheld || told.case.is_some() {
                continue;
            }
            let first = first_word(text);
            let is_capital = first.starts_with(char::is_uppercase);
            let wrong = if begins {
                first.starts_with(char::is_lowercase) && !has_capital(text)
            } else {
                is_capital && !keeps(first, text, self)
            };
            told.was_lowered |= !begins && !is_capital;
            if wrong {
                let (what, label) = if begins {
                    ("begins a sentence with a small letter", "no capital")
                } else {
                    ("puts a capital into a sentence", "a capital")
                };
                let message = format!("the safe fix of `{}` {what}: \"{sentence}\"", entry.id);
                let remedy = "put a wording first that begins with a word of its own, make two entries of it, or leave `fix` out";
                told.case = Some(problem(Code::FixCase, origin, message, label, remedy.to_owned()));
            }
        }
        Ok(())
    }

    /// The words of the lexicon's own sentences that stand with a capital within a sentence, and whether they always
    /// do.
    fn always_capital(&self) -> HashMap<String, bool> {
        let mut words: HashMap<String, bool> = HashMap::new();
        for (_, entry) in self.all() {
            let examples = entry.flags.iter().chain(&entry.passes).map(|example| example.text.clone());
            for sentence in entry.prefer.iter().map(spelt).chain(examples).chain(entry.why.clone()) {
                let mut begins = true;
                for word in sentence.split_whitespace() {
                    let bare = first_word(word);
                    if bare.starts_with(char::is_lowercase) {
                        words.insert(capital(bare), false);
                    } else if !begins && bare.starts_with(char::is_uppercase) {
                        words.entry(bare.to_owned()).or_insert(true);
                    }
                    begins = word.ends_with(['.', '!', '?', ':', '…', '"', '”', '»']);
                }
            }
        }
        words
    }
}

/// What is told of the fix of one entry.
#[derive(Default)]
struct Told {
    flagged: Option<Problem>,
    case: Option<Problem>,
    /// It was put into a sentence, and began with a small letter there.
    was_lowered: bool,
}

/// Whether a finding has a byte of what was put in, or reaches across the place where something was taken out.
fn touches(finding: Span, put: Span) -> bool {
    if put.is_empty() { finding.start < put.start && put.end < finding.end } else { finding.overlaps(put) }
}

/// Whether a word has its capital wherever it stands.
fn keeps(first: &str, text: &str, audit: &Audit<'_>) -> bool {
    let named = |name: &Pattern| text.starts_with(name.source());
    first == "I" || has_capital(text) || audit.lexicon.names().iter().any(named)
}

/// Whether the first word, such as "VAT" or "T&Cs", has a capital behind its first letter.
fn has_capital(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.chars().filter(|c| c.is_alphabetic()).skip(1).any(char::is_uppercase)
}

fn first_word(text: &str) -> &str {
    text.split(|c| !is_word(c)).find(|word| !word.is_empty()).unwrap_or_default()
}

fn capital(text: &str) -> String {
    changed(text, |c| c.to_uppercase().collect())
}

fn lowered(text: &str) -> String {
    changed(text, |c| c.to_lowercase().collect())
}

fn changed(text: &str, change: impl Fn(char) -> String) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| change(first) + chars.as_str()).unwrap_or_default()
}
