//! What does not fit together within one entry, once each of its keys was understood: wordings
//! with slots that nothing fills, fixes that are not safe, phrases that except themselves.

use std::collections::HashSet;

use super::entry::Entry;
use super::pattern::{Pattern, Slot};
use super::problem::{Code, Problem};
use super::raw::RawAdjust;
use super::read::nearest;
use super::understand::Understanding;
use super::wording::Wording;
use crate::text::{Folded, Span, Style};

impl Understanding<'_, '_> {
    /// A `prefer` is plain text, but for slots that some phrase has; a safe fix may leave nothing
    /// open.
    pub(super) fn check_prefer(&mut self, entry: &Entry, span: Span) {
        let mut report = |code, message: String, label: &str, help: &str| {
            self.problems.push(Problem::new(code, self.file, span, message, label).help(help));
        };
        for name in entry.prefer.iter().flat_map(Wording::unknown_slots) {
            let message = format!("`prefer` of `{}` uses `{{{name}}}`, which is no slot", entry.id);
            let help = match nearest(name, Slot::ALL.map(Slot::as_str).into_iter()) {
                Some(near) => format!("did you mean `{{{near}}}`? For a blank to fill, write `…`"),
                None => "for a blank to fill, write `…`; for a field of your helpdesk, `{{…}}`".to_owned(),
            };
            report(Code::UnknownSlot, message, "stays empty", &help);
        }
        let fills = |slot| entry.patterns.iter().any(|pattern| pattern.has_slot(slot));
        // Without phrases there is something else to mend first.
        let unfilled = |slot: &Slot| !entry.patterns.is_empty() && !fills(*slot);
        for slot in entry.prefer.iter().flat_map(Wording::slots).filter(unfilled) {
            let name = slot.as_str();
            let message =
                format!("`prefer` of `{}` uses the slot `{{{name}}}`, which none of its phrases has", entry.id);
            let help = format!("put `{{{name}}}` into a phrase too, or write `…` for a blank to fill");
            report(Code::UnknownSlot, message, "stays empty", &help);
        }
        if !entry.safe_fix {
            return;
        }
        let Some(first) = entry.prefer.first() else {
            let message = format!("`{}` says `fix = \"safe\"` and has no `prefer` to put in", entry.id);
            return report(
                Code::FixWithBlank,
                message,
                "nothing to put in",
                "add `prefer = [\"…\"]`, or leave `fix` out",
            );
        };
        let lacks = |slot| entry.patterns.iter().find(|pattern| !pattern.has_slot(slot));
        if first.has_blank() {
            let message = format!("the first `prefer` of `{}` leaves a blank, and a fix fills none", entry.id);
            report(
                Code::FixWithBlank,
                message,
                "a blank to fill",
                "put a wording without `…` first, or leave `fix` out",
            );
        } else if let Some((slot, lacking)) = first.slots().find_map(|slot| Some((slot, lacks(slot)?))) {
            let message = format!("the first `prefer` of `{}` needs a slot that `{lacking}` does not have", entry.id);
            let help =
                format!("put `{{{}}}` into every phrase, make two entries of it, or leave `fix` out", slot.as_str());
            report(Code::FixWithBlank, message, "not always filled", &help);
        }
    }

    /// A phrase that is its own exception.
    pub(super) fn never_fires(&mut self, entry: &Entry) {
        if entry.unless.is_empty() {
            return;
        }
        let folded = |pattern: &Pattern| Folded::phrase(pattern.source(), Style::ACCENTED);
        let phrases: HashSet<String> = entry.patterns.iter().map(folded).collect();
        for unless in &entry.unless {
            if phrases.contains(&folded(unless)) {
                let span = unless.origin().map_or(entry.origin.span, |origin| origin.span);
                let message = format!("`{}` can never match: it stands in `phrases` and in `unless`", unless.source());
                let problem =
                    Problem::new(Code::NeverMatches, self.file, span, message, "makes the phrase its own exception");
                self.problems.push(problem.help("write more of what makes it fine, such as the word before or behind"));
            }
        }
    }

    /// Keys that an entry of this kind does not have.
    pub(super) fn misfits(&mut self, entry: &Entry, raw: &RawAdjust<'_>) {
        let known = entry.kind.keys();
        for &key in &raw.given {
            let base = key.trim_start_matches("add-").trim_start_matches("remove-");
            // Any rule can be switched off.
            let fits = base == "level" || known.contains(&base);
            if !fits {
                let message =
                    format!("`{}` belongs to `[{}]`, whose entries have no `{}`", entry.id, entry.kind.as_str(), base);
                self.problems.push(
                    Problem::new(
                        Code::UnknownKey,
                        self.file,
                        raw.span,
                        message,
                        format!("`{key}` does not belong here"),
                    )
                    .help(format!("take `{key}` out")),
                );
            }
        }
    }
}
