//! Phrases that two entries hold. Which of the two would speak is no question that a trainer
//! should have to ask, so that it is answered while the lexicon is loaded.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::entry::{Entry, EntryId, Kind};
use super::merge::Merged;
use super::pattern::Pattern;
use super::problem::{Code, Problem, Problems, SourceFile};
use crate::text::{Folded, Style};

/// A phrase that two entries hold would make the second one a surprise.
pub(super) fn report(merged: &mut Merged, files: &[Arc<SourceFile>], problems: &mut Problems) {
    let own = |entry: &Entry| files.iter().any(|file| Arc::ptr_eq(file, &entry.origin.file));
    let suspects = suspects(merged);
    let mut found: Vec<(EntryId, Problem)> = Vec::new();
    let mut held: HashMap<(Speaks, String), Holder<'_>> = HashMap::new();
    let (inherited, mine): (Vec<&Entry>, Vec<&Entry>) =
        suspects.entries.iter().map(|&index| &merged.entries()[index]).partition(|entry| !own(entry));
    for entry in inherited.into_iter().chain(mine) {
        let speaks = speaks(entry);
        for pattern in &entry.patterns {
            for key in keys(pattern) {
                if !suspects.hashes.contains(&hash_of(&speaks, &key)) {
                    continue;
                }
                let first = *held.entry((speaks.clone(), key.clone())).or_insert((entry, pattern));
                if first.0.id == entry.id || !own(entry) {
                    continue;
                }
                found.push((entry.id.clone(), same_phrase((entry, pattern), first, &key, own(first.0))));
                break;
            }
        }
    }
    for (id, problem) in found {
        let mut entries = merged.entries_mut().iter_mut();
        if !entries.find(|entry| entry.id == id).is_some_and(|entry| entry.lets_stand(problem.code())) {
            problems.push(problem);
        }
    }
}

/// Who may hold a phrase that another entry holds too.
#[derive(Default)]
struct Suspects {
    /// In the order of the lexicon.
    entries: Vec<usize>,
    hashes: HashSet<u64>,
}

/// Hashes are compared first: of most lexicons nothing is left then, and no phrase need be kept.
fn suspects(merged: &Merged) -> Suspects {
    let mut hashes: Vec<(u64, usize)> = Vec::new();
    for (index, entry) in merged.entries().iter().enumerate().filter(|(_, entry)| entry.level.is_some()) {
        let speaks = speaks(entry);
        for pattern in &entry.patterns {
            hashes.extend(keys(pattern).iter().map(|key| (hash_of(&speaks, key), index)));
        }
    }
    hashes.sort_unstable();
    let mut suspects = Suspects::default();
    for group in hashes.chunk_by(|a, b| a.0 == b.0) {
        if group.first().map(|(_, entry)| entry) != group.last().map(|(_, entry)| entry) {
            suspects.hashes.insert(group[0].0);
            suspects.entries.extend(group.iter().map(|(_, entry)| *entry));
        }
    }
    suspects.entries.sort_unstable();
    suspects.entries.dedup();
    suspects
}

/// What an entry is for, and when it speaks: two that speak at different times may well hold one phrase.
type Speaks = (Kind, String);

fn speaks(entry: &Entry) -> Speaks {
    (entry.kind, entry.conditions())
}

fn hash_of(speaks: &Speaks, key: &str) -> u64 {
    FixedState::default().hash_one((speaks, key))
}

/// An entry and the phrase of it that is meant.
type Holder<'h> = (&'h Entry, &'h Pattern);

fn same_phrase((entry, pattern): Holder<'_>, (first, theirs): Holder<'_>, form: &str, both_own: bool) -> Problem {
    let (here, there) = (pattern.origin().unwrap_or(&entry.origin), theirs.origin().unwrap_or(&first.origin));
    let message = format!("`{}` holds the phrase `{form}`, which `{}` holds already", entry.id, first.id);
    if !both_own {
        let remedy =
            format!("it is inherited from {there}; take the phrase out here, or write `[adjust.{}]`", first.id);
        return Problem::new(Code::InheritedPhrase, &here.file, here.span, message, "inherited already").help(remedy);
    }
    let problem = Problem::new(Code::DuplicatePhrase, &here.file, here.span, message, "held twice");
    if Arc::ptr_eq(&here.file, &there.file) {
        let label = format!("in `{}` already", first.id);
        problem.and_label(there.span, label).help("take it out of one of the two entries")
    } else {
        problem.help(format!("it stands at {there} too; take it out of one of the two entries"))
    }
}

/// What must not be held twice: every form, or for patterns that are not written out, the
/// pattern itself.
pub(super) fn keys(pattern: &Pattern) -> Vec<String> {
    let (start, end) = (if pattern.starts_sentence { "^" } else { "" }, if pattern.ends_sentence { "$" } else { "" });
    let mut keys = if pattern.is_literal() && pattern.form_count() <= 256 {
        pattern.spellings().folded(Style::ACCENTED).iter().map(str::to_owned).collect()
    } else {
        vec![Folded::phrase(pattern.source(), Style::ACCENTED)]
    };
    if pattern.starts_sentence || pattern.ends_sentence {
        for key in &mut keys {
            *key = [start, key, end].concat();
        }
    }
    keys
}
