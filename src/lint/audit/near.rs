//! Near duplicates: phrases of two entries that are the same once small words are left out. Which words are
//! small is data, a line for each language.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::{Audit, problem};
use crate::lexicon::{Code, Entry, Origin, Pattern, Problem};
use crate::text::{Folded, Language, Style, is_word};

const SMALL_WORDS: &str = include_str!("small-words.txt");

/// Forms of a phrase that are compared; longer lists are as rare as they are slow.
const MOST: u64 = 256;

impl Audit<'_> {
    pub(super) fn ask_after_near_duplicates(&mut self) {
        let small = small_words(self.lexicon.language());
        // The first of each essence; texts are only compared where their hashes are the same.
        let mut first: HashMap<u64, (usize, &Pattern)> = HashMap::new();
        let mut found: Vec<(usize, Problem)> = Vec::new();
        for (number, entry) in self.all().filter(|(_, entry)| entry.level.is_some()) {
            let speaks = (entry.kind, entry.conditions());
            let mut told = HashSet::new();
            for pattern in self.own_patterns(entry).filter(|pattern| pattern.form_count() <= MOST) {
                for form in pattern.spellings().folded(Style::ACCENTED).iter() {
                    let Some(essence) = essence(form, &small) else { continue };
                    let key = FixedState::default().hash_one((
                        &speaks,
                        pattern.starts_sentence,
                        pattern.ends_sentence,
                        &essence,
                    ));
                    let (earlier, other) = *first.entry(key).or_insert((number, pattern));
                    if earlier == number || told.contains(&earlier) {
                        continue;
                    }
                    let Some(twin) = twin(other, &essence, form, &small) else { continue };
                    told.insert(earlier);
                    found
                        .push((number, near_duplicate((entry, pattern, form), (&self.entries[earlier], other, &twin))));
                }
            }
        }
        self.warn_of_all(found);
    }
}

type Holder<'h> = (&'h Entry, &'h Pattern, &'h str);

fn near_duplicate((entry, pattern, form): Holder<'_>, (other, theirs, twin): Holder<'_>) -> Problem {
    let place = |pattern: &Pattern, entry: &Entry| -> Origin { pattern.origin().unwrap_or(&entry.origin).clone() };
    let message = format!("`{form}` of `{}` is nearly `{twin}` of `{}`", entry.id, other.id);
    let remedy = format!(
        "put both into one entry, with what differs in square brackets, such as `[please] …`; the other stands at {}",
        place(theirs, other)
    );
    problem(Code::NearDuplicate, &place(pattern, entry), message, "small words aside the same", remedy)
}

/// The form of a pattern that has this essence and is not this form.
fn twin(pattern: &Pattern, wanted: &str, form: &str, small: &HashSet<String>) -> Option<String> {
    let spellings = pattern.spellings();
    let folded = spellings.folded(Style::ACCENTED);
    // One word says too little by itself, unless it is all that there is: "blind to" is not "the blind".
    let one_word = !wanted.contains(' ');
    let holds = |long: &str, short: &str| format!(" {long} ").contains(&format!(" {short} "));
    let near = |other: &str| !one_word || holds(other, form) || holds(form, other);
    let alike = |other: &&str| *other != form && near(other) && essence(other, small).as_deref() == Some(wanted);
    folded.iter().find(alike).map(str::to_owned)
}

/// A form without its small words, signs left where they are; none when no word is left of it.
fn essence(form: &str, small: &HashSet<String>) -> Option<String> {
    let kept: Vec<&str> = form.split_whitespace().filter(|word| !small.contains(*word)).collect();
    kept.iter().any(|word| word.contains(is_word)).then(|| kept.join(" "))
}

/// The small words of a language, folded; none when nobody has listed them.
fn small_words(language: &Language) -> HashSet<String> {
    let lines = SMALL_WORDS.lines().filter_map(|line| line.split_once(": "));
    let own = lines.filter(|(named, _)| *named == language.as_str());
    own.flat_map(|(_, words)| words.split(' ')).map(|word| Folded::phrase(word, Style::ACCENTED)).collect()
}
