//! Phrases that two entries hold. Which of the two would speak is no question that a trainer
//! should have to ask, so that it is answered while the lexicon is loaded.

use std::collections::HashMap;
use std::sync::Arc;

use super::entry::{Entry, Kind, Origin};
use super::pattern::Pattern;
use super::problem::{Code, Problem, Problems, SourceFile};
use crate::text::{Folded, Span, Style};

/// A phrase that two entries hold would make the second one a surprise.
pub(super) fn report(entries: &[Entry], files: &[Arc<SourceFile>], problems: &mut Problems) {
    let own = |entry: &Entry| files.iter().any(|file| Arc::ptr_eq(file, &entry.origin.file));
    let mut held: HashMap<(Kind, String), &Entry> = HashMap::new();
    let (inherited, mine): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|entry| !own(entry));
    for entry in inherited.into_iter().chain(mine) {
        for pattern in &entry.patterns {
            for key in keys(pattern) {
                let first = *held.entry((entry.kind, key.clone())).or_insert(entry);
                if first.id == entry.id || !own(entry) {
                    continue;
                }
                problems.push(same_phrase(entry, first, pattern, &key, own(first)));
                break;
            }
        }
    }
}

fn same_phrase(entry: &Entry, first: &Entry, pattern: &Pattern, form: &str, in_this_lexicon: bool) -> Problem {
    let span = place_of(pattern, &entry.origin);
    let message = format!("`{}` holds the phrase `{form}`, which `{}` holds already", entry.id, first.id);
    if !in_this_lexicon {
        let help = format!(
            "it is inherited from {}; take the phrase out here, or write `[adjust.{}]`",
            first.origin, first.id
        );
        return Problem::new(Code::InheritedPhrase, &entry.origin.file, span, message, "inherited already").help(help);
    }
    let problem = Problem::new(Code::DuplicatePhrase, &entry.origin.file, span, message, "held twice")
        .help("take it out of one of the two entries");
    if Arc::ptr_eq(&first.origin.file, &entry.origin.file) {
        problem.and_label(first.origin.span, format!("`{}`", first.id))
    } else {
        problem
    }
}

/// Where a phrase stands in its entry; the entry's header when it came by a group or an adjustment.
fn place_of(pattern: &Pattern, origin: &Origin) -> Span {
    let text = &origin.file.text;
    let behind = Span::new(origin.span.end, text.len()).of(text);
    match behind.find(pattern.source()) {
        Some(at) => Span::new(origin.span.end + at, origin.span.end + at + pattern.source().len()),
        None => origin.span,
    }
}

/// What must not be held twice: every form, or for patterns that are not written out, the
/// pattern itself.
fn keys(pattern: &Pattern) -> Vec<String> {
    let marks = |form: &str| {
        let (start, end) =
            (if pattern.starts_sentence { "^" } else { "" }, if pattern.ends_sentence { "$" } else { "" });
        format!("{start}{}{end}", Folded::phrase(form, Style::ACCENTED))
    };
    if pattern.is_literal() && pattern.form_count() <= 256 {
        pattern.forms().iter().map(|form| marks(form)).collect()
    } else {
        vec![marks(pattern.source())]
    }
}
