//! From the rules of other tools to entries that load: phrases are tried, those that two rules hold are put
//! together, names are made, and examples that are certain. Whatever is lost on the way is noted.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::expressions::{NoGroups, understood};
use super::names::{parted, slug, without_signs};
use super::preferred::{respell, spare_what_is_preferred};
use super::{Rule, Rules};
use crate::lexicon::duplicates::keys;
use crate::lexicon::pattern::{Element, Pattern, Slot};
use crate::lexicon::{EntryId, Level};
use crate::text::{Folded, Language, Style};

/// What the lexicon is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'w> {
    pub(crate) name: &'w str,
    pub(crate) language: &'w Language,
    pub(crate) category: &'w str,
}

/// A lexicon, ready to be written.
#[derive(Debug, Clone)]
pub(crate) struct Assembled {
    pub(super) name: String,
    pub(super) language: String,
    pub(super) category: String,
    pub(super) items: Vec<Item>,
    notes: Vec<Note>,
    /// How many rules were read, and how many of them another one held already.
    pub(crate) read: usize,
    pub(crate) merged: usize,
}

/// What stands in the file, in its order.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// Where the next ones come from, and what is to be said of all of them.
    File {
        name: String,
        remarks: Vec<String>,
    },
    Entry {
        name: String,
        rule: Box<Rule>,
    },
    LeftOut(Note),
}

/// What has no counterpart, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(super) file: String,
    pub(super) line: usize,
    /// The rule, as its source has it.
    pub(super) shown: Option<String>,
    pub(super) text: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(shown) = &self.shown {
            write!(f, "`{}`: ", one_line(shown))?;
        }
        f.write_str(&one_line(&self.text))
    }
}

/// A text that stays on its line.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl Assembled {
    pub(crate) fn new(files: Vec<Rules>, wanted: Wanted<'_>) -> Self {
        let mut assembled = Self {
            name: one_line(wanted.name),
            language: wanted.language.as_str().to_owned(),
            category: wanted.category.to_owned(),
            items: Vec::new(),
            notes: Vec::new(),
            read: 0,
            merged: 0,
        };
        let mut at_work = Assembler { out: &mut assembled, held: HashMap::new(), names: HashSet::new() };
        for file in files {
            at_work.file(file);
        }
        assembled
    }

    /// What is to be said to whoever asked for it, in the order of the files.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// How many entries it has.
    pub(crate) fn entries(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, Item::Entry { .. })).count()
    }

    /// How many rules have no entry.
    pub(crate) fn left_out(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, Item::LeftOut(_))).count()
    }

    /// Takes an example away that does not do here what it does there.
    pub(crate) fn drop_example(&mut self, id: &str, example: &str) {
        let category = self.category.clone();
        let mut of_source = None;
        for item in &mut self.items {
            let Item::Entry { name, rule } = item else { continue };
            if EntryId::new(&category, name).is_some_and(|own| own.as_str() == id) {
                let own = plain_sample(rule, example);
                rule.flags.retain(|text| text != example);
                rule.passes.retain(|text| text != example);
                if !own {
                    let text = format!("the example `{example}` does not do here what it does there, and is left out");
                    rule.note(text.clone());
                    of_source = Some((rule.line, rule.shown.clone(), text));
                }
            }
        }
        if let Some((line, shown, text)) = of_source {
            let file = self.file_of(id);
            self.notes.push(Note { file, line, shown: Some(shown), text });
        }
    }

    /// Whether most of what it looks for is in other letters than Latin ones.
    pub(crate) fn is_mostly_foreign(&self) -> bool {
        let foreign = |text: &String| text.chars().any(|c| c.is_alphabetic() && c > '\u{24f}');
        let (mut all, mut strange) = (0, 0);
        for item in &self.items {
            let Item::Entry { rule, .. } = item else { continue };
            all += 1;
            strange += usize::from(rule.phrases.iter().chain(&rule.regexes).any(foreign));
        }
        strange * 2 > all
    }

    fn file_of(&self, id: &str) -> String {
        let mut file = String::new();
        for item in &self.items {
            match item {
                Item::File { name, .. } => file.clone_from(name),
                Item::Entry { name, .. }
                    if EntryId::new(&self.category, name).is_some_and(|own| own.as_str() == id) =>
                {
                    break;
                }
                Item::Entry { .. } | Item::LeftOut(_) => {}
            }
        }
        file
    }
}

/// Whether an example was made here, of a phrase.
fn plain_sample(rule: &Rule, example: &str) -> bool {
    rule.phrases.iter().filter_map(|phrase| sample(&pattern_of(phrase)?)).any(|sample| sample == example)
}

struct Assembler<'a> {
    out: &'a mut Assembled,
    /// Which item holds a phrase.
    held: HashMap<String, usize>,
    names: HashSet<String>,
}

impl Assembler<'_> {
    fn file(&mut self, rules: Rules) {
        let Rules { file, list, notes, mut remarks } = rules;
        remarks.extend(notes.iter().map(|(line, text)| format!("Line {line}: {text}.")));
        self.out.items.push(Item::File { name: file.clone(), remarks });
        self.out.notes.extend(notes.into_iter().map(|(line, text)| Note {
            file: file.clone(),
            line,
            shown: None,
            text,
        }));
        for rule in list {
            self.out.read += 1;
            self.rule(&file, rule);
        }
    }

    fn rule(&mut self, file: &str, mut rule: Rule) {
        if !rule.is_empty() {
            respell(&mut rule);
            spare_what_is_preferred(&mut rule);
        }
        let samples: Vec<String> = std::mem::take(&mut rule.flags);
        let looked_for = rule.phrases.len();
        let merged = self.put_together(&mut rule);
        let note = |text: &String| Note {
            file: file.to_owned(),
            line: rule.line,
            shown: Some(rule.shown.clone()),
            text: text.clone(),
        };
        let mut notes: Vec<Note> = rule.notes.iter().map(note).collect();
        if rule.is_empty() {
            if merged && looked_for > 0 {
                self.out.merged += 1;
            } else {
                let text =
                    if rule.notes.is_empty() { "it looks for nothing".to_owned() } else { rule.notes.join("; ") };
                let note = Note { text, ..note(&String::new()) };
                notes = vec![note.clone()];
                self.out.items.push(Item::LeftOut(note));
            }
            self.out.notes.extend(notes);
            return;
        }
        self.out.notes.extend(notes);
        let patterns: Vec<Pattern> = rule.phrases.iter().filter_map(|phrase| pattern_of(phrase)).collect();
        rule.flags = patterns.iter().filter_map(sample).collect();
        if rule.phrases.is_empty() && rule.regexes.len() == 1 && regex_syntax::escape(&rule.shown) != rule.shown {
            // Words that only an expression can hold are an example of themselves.
            rule.flags.extend(Some(rule.shown.clone()).filter(|shown| is_literal(shown, &rule.regexes[0])));
        }
        rule.flags.extend(samples);
        let mut seen = HashSet::new();
        rule.flags.retain(|text| !text.trim().is_empty() && seen.insert(text.clone()));
        let name = self.name(&rule, patterns.first());
        let at = self.out.items.len();
        for key in patterns.iter().flat_map(keys) {
            self.held.entry(key).or_insert(at);
        }
        self.out.items.push(Item::Entry { name, rule: Box::new(rule) });
    }

    /// Decides about phrases that an earlier entry holds; whether there were any. Mostly that entry keeps them, and
    /// is given the wordings. But of a list without wordings, a phrase for which there are some is taken out.
    fn put_together(&mut self, rule: &mut Rule) -> bool {
        let mut left: Vec<String> = Vec::new();
        let mut gone = false;
        for phrase in std::mem::take(&mut rule.phrases) {
            let Some(pattern) = pattern_of(&phrase) else {
                rule.note(understood(&phrase).err().unwrap_or_default());
                continue;
            };
            let keys = keys(&pattern);
            let Some(holder) = keys.iter().find_map(|key| self.held.get(key).copied()) else {
                if !left.contains(&phrase) {
                    left.push(phrase);
                }
                continue;
            };
            if self.give_up(holder, &keys, rule) {
                rule.note(format!("`{phrase}` was taken out of a list for it, which has no wording for it"));
                left.push(phrase);
                continue;
            }
            gone = true;
            // Of a phrase with alternatives, those stay that nobody holds.
            let forms = if pattern.form_count() > 1 { pattern.forms() } else { Vec::new() };
            for form in forms {
                let is_free = |pattern: Pattern| self::keys(&pattern).iter().all(|key| !self.held.contains_key(key));
                if pattern_of(&form).is_some_and(is_free) && !left.contains(&form) {
                    left.push(form);
                }
            }
            self.join(holder, &phrase, rule);
        }
        rule.phrases = left;
        gone
    }

    /// Takes a phrase out of a list that has no wordings, for a rule that has some; whether it could be.
    fn give_up(&mut self, holder: usize, wanted: &[String], rule: &Rule) -> bool {
        let Some(Item::Entry { rule: earlier, .. }) = self.out.items.get_mut(holder) else { return false };
        if rule.prefer.is_empty() || !earlier.prefer.is_empty() || earlier.phrases.len() < 2 {
            return false;
        }
        let is_wanted = |phrase: &String| pattern_of(phrase).is_some_and(|pattern| keys(&pattern) == wanted);
        let Some(at) = earlier.phrases.iter().position(is_wanted) else { return false };
        let phrase = earlier.phrases.remove(at);
        let sample = pattern_of(&phrase).as_ref().and_then(sample);
        earlier.flags.retain(|text| Some(text) != sample.as_ref());
        for key in wanted {
            self.held.remove(key);
        }
        true
    }

    /// Gives an entry what a later rule says of its phrase.
    fn join(&mut self, holder: usize, phrase: &str, rule: &mut Rule) {
        let Assembled { category, items, .. } = &mut *self.out;
        let Some(Item::Entry { name, rule: earlier }) = items.get_mut(holder) else { return };
        let is_one = pattern_of(phrase).is_some_and(|pattern| pattern.form_count() == 1);
        if earlier.exact && rule.exact && is_one && !earlier.phrases.iter().any(|known| known == phrase) {
            earlier.flags.extend(pattern_of(phrase).as_ref().and_then(sample));
            earlier.phrases.push(phrase.to_owned());
        }
        let mut note =
            format!("`{phrase}` is looked for by `{category}.{name}`, made of line {}, already", earlier.line);
        // What is said for one phrase of a list need not suit the others.
        let of_one_mind = earlier.phrases.len() == 1 || !earlier.prefer.is_empty();
        let fresh: Vec<&String> = rule.prefer.iter().filter(|wording| !earlier.prefer.contains(wording)).collect();
        if of_one_mind && !fresh.is_empty() {
            note += "; its wordings were added there";
            earlier.prefer.extend(fresh.into_iter().cloned());
        } else if !fresh.is_empty() {
            note += "; its wordings are left out";
        }
        if earlier.level.unwrap_or(Level::Warning) != rule.level.unwrap_or(Level::Warning) {
            note += ", and so is its level";
        }
        rule.note(note);
    }

    /// A name that no other entry has.
    fn name(&mut self, rule: &Rule, first: Option<&Pattern>) -> String {
        let words = rule.name.clone().map(|name| parted(&name)).or_else(|| first.and_then(sample));
        let shown = without_signs(&rule.shown);
        let slug = [words.as_deref(), Some(shown.as_str()), rule.prefer.first().map(String::as_str)]
            .into_iter()
            .flatten()
            .map(slug)
            .find(|slug| slug.contains(|c: char| c.is_ascii_alphabetic()))
            .unwrap_or_else(|| "entry".to_owned());
        let mut name = slug.clone();
        let mut number = 1;
        while !self.names.insert(name.clone()) {
            number += 1;
            name = format!("{slug}-{number}");
        }
        name
    }
}

pub(super) fn pattern_of(phrase: &str) -> Option<Pattern> {
    Pattern::parse(phrase, &mut NoGroups).ok()
}

/// Whether an expression is no more than these words.
fn is_literal(words: &str, regex: &str) -> bool {
    let folded = Folded::phrase(words, Style::COARSE);
    let bare = regex.trim_start_matches("\\b").trim_end_matches("\\b").replace('\\', "");
    bare == folded
}

/// A text in which a phrase stands, and as little else as can be.
fn sample(pattern: &Pattern) -> Option<String> {
    fn write(elements: &[Element], text: &mut String) -> Option<()> {
        for element in elements {
            match element {
                Element::Text(part) => text.push_str(part),
                Element::Space if text.is_empty() || text.ends_with(' ') => {}
                Element::Space => text.push(' '),
                Element::Ending | Element::Gap => {}
                Element::Slot(Slot::Number) => text.push('5'),
                Element::Slot(_) => return None,
                Element::Choice(each) => write(each.iter().find(|parts| !parts.is_empty())?, text)?,
            }
        }
        Some(())
    }
    let mut text = String::new();
    write(&pattern.elements(), &mut text)?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
