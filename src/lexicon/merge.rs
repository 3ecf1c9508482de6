//! Entries of several files become one lexicon: inherited ones first, then what a file defines
//! anew, then what it adjusts.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::captions::Captions;
use super::care::Upkeep;
use super::entries::Entries;
use super::entry::{Entry, EntryId, Kind};
use super::groups::Resolved;
use super::pattern::Pattern;
use super::problem::{Code, Origin, Problem, Problems, SourceFile};
use super::raw::{RawAdjust, RawEntry, RawGroup, RawHeader};
use super::read::{Text, nearest};
use super::understand::Understanding;
use super::{Content, Head, Lexicon};
use crate::text::Language;

/// A lexicon with all that it inherits, in the making.
#[derive(Debug, Clone)]
pub(super) struct Merged {
    pub(super) language: Language,
    pub(super) groups: Resolved,
    name: String,
    version: Option<String>,
    entries: Vec<Entry>,
    /// How many of them are inherited; those come first while merging.
    inherited: usize,
    /// Where in `entries` an id is.
    places: HashMap<EntryId, usize, RandomState>,
    names: Vec<Pattern>,
    approved: Vec<String>,
    captions: Captions,
    pub(super) upkeep: Upkeep,
}

impl Merged {
    pub(super) fn new(language: Language) -> Self {
        Self {
            language,
            groups: Resolved::default(),
            name: String::new(),
            version: None,
            entries: Vec::new(),
            inherited: 0,
            places: HashMap::default(),
            names: Vec::new(),
            approved: Vec::new(),
            captions: Captions::default(),
            upkeep: Upkeep::default(),
        }
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn entries_mut(&mut self) -> &mut [Entry] {
        &mut self.entries
    }

    /// Takes over what a lexicon holds that is extended.
    pub(super) fn inherit(
        &mut self,
        mut extended: Self,
        file: &Arc<SourceFile>,
        by: &Text<'_>,
        problems: &mut Problems,
    ) {
        extended.own_first();
        self.groups.extend(extended.groups);
        self.names.extend(extended.names);
        self.approved.extend(extended.approved);
        self.captions.extend(extended.captions);
        for entry in extended.entries {
            let Some(known) = self.get_mut(&entry.id) else {
                self.add(entry);
                continue;
            };
            // The same entry may come by two ways; then the way that changed it counts.
            let same = known.origin == entry.origin;
            if same && !known.adjusted.is_empty() && !entry.adjusted.is_empty() && known.adjusted != entry.adjusted {
                let message = format!("`{}` is adjusted in two of the lexicons that are extended", entry.id);
                let problem = Problem::new(Code::DuplicateId, file, by.span, message, "adjusts it again");
                problems.push(
                    problem.help(format!("say here what is meant: `[adjust.{}]` in one of the two only", entry.id)),
                );
                continue;
            }
            if same || known.replaced.as_ref() == Some(&entry.origin) {
                if same && known.adjusted.is_empty() {
                    *known = entry;
                }
                continue;
            }
            if entry.replaced.as_ref() == Some(&known.origin) {
                *known = entry;
                continue;
            }
            let message = format!(
                "`{}` is defined twice: at {} and, through `{}`, at {}",
                entry.id, known.origin, by.value, entry.origin
            );
            let problem = Problem::new(Code::DuplicateId, file, by.span, message, "brings it in again");
            problems.push(problem.help("rename one of the two, or extend only one of the lexicons"));
        }
        self.inherited = self.entries.len();
    }

    /// Another lexicon extends this one: what is there so far is from now on inherited.
    pub(super) fn into_base(mut self) -> Self {
        self.own_first();
        self.inherited = self.entries.len();
        self
    }

    /// The company's own entries come before those it builds on, so that they win a tie.
    fn own_first(&mut self) {
        self.entries.rotate_left(self.inherited);
        self.inherited = 0;
        self.places = self.entries.iter().enumerate().map(|(place, entry)| (entry.id.clone(), place)).collect();
    }

    /// Adds the entries that the file at hand defines.
    pub(super) fn define(&mut self, raws: Vec<RawEntry<'_>>, understanding: &mut Understanding<'_, '_>) {
        let file = understanding.file;
        self.entries.reserve(raws.len());
        self.places.reserve(raws.len());
        for raw in raws {
            let (replace, span) = (raw.replace, raw.span);
            let Some(entry) = understanding.entry(raw) else { continue };
            let Some(known) = self.get_mut(&entry.id) else {
                self.add(entry);
                continue;
            };
            let here = Arc::ptr_eq(&known.origin.file, file);
            if replace && !here {
                *known = Entry { replaced: Some(known.origin.clone()), ..entry };
                continue;
            }
            let message = format!("the rule `{}` is defined twice", entry.id);
            let problem = Problem::new(Code::DuplicateId, file, span, message, "defined again here");
            understanding.problems.push(if here {
                problem
                    .and_label(known.origin.span, "defined here already")
                    .help("put both lists into one entry, or rename one of the two")
            } else {
                problem.help(format!(
                    "it is defined at {}; to change it, write `[adjust.{}]`, or add `replace = true` to define it anew",
                    known.origin, entry.id
                ))
            });
        }
    }

    /// Changes inherited entries as the file at hand asks.
    pub(super) fn adjust(&mut self, raws: Vec<RawAdjust<'_>>, understanding: &mut Understanding<'_, '_>) {
        let file = understanding.file;
        for raw in raws {
            let Some(id) = understanding.id(&raw.category, &raw.name) else { continue };
            if let Some(entry) = self.get_mut(&id) {
                let earlier = entry.adjusted.iter().find(|origin| Arc::ptr_eq(&origin.file, file)).cloned();
                if let Some(Origin { span, .. }) = earlier {
                    let message = format!("the rule `{id}` is adjusted twice");
                    let problem = Problem::new(Code::DuplicateId, file, raw.span, message, "adjusted again here");
                    let problem = problem.and_label(span, "adjusted here already");
                    understanding.problems.push(problem.help("put all changes into one table"));
                }
                let origin = understanding.origin(raw.span);
                if !understanding.adjust(entry, raw) {
                    self.upkeep.idle_adjusts.push((id, origin));
                }
            } else if !self.groups.incomplete {
                let problem = format!("there is no rule `{id}` to adjust");
                let problem = Problem::new(Code::UnknownRule, file, raw.name.span, problem, "not inherited");
                let help = match nearest(id.as_str(), self.entries.iter().map(|entry| entry.id.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a rule of a lexicon in `extends`; every finding names its rule".to_owned(),
                };
                understanding.problems.push(problem.help(help));
            }
        }
    }

    /// Takes what the header and the list of names say.
    pub(super) fn name(
        &mut self,
        main: &Arc<SourceFile>,
        header: RawHeader<'_>,
        names: &[Text<'_>],
        understanding: &mut Understanding<'_, '_>,
    ) {
        self.names.extend(names.iter().filter_map(|name| understanding.name(name)));
        if header.ignore_accents {
            self.entries.iter_mut().for_each(|entry| entry.ignore_accents = true);
        }
        self.name = header.name.map_or_else(|| main.name.clone(), |name| name.value.into_owned());
        self.version = header.version.map(|version| version.value.into_owned()).or_else(|| self.version.take());
    }

    /// A company that describes steps of its own does not follow those it inherits.
    pub(super) fn keep_one_framework(&mut self) {
        let (inherited, own) = self.entries.split_at_mut(self.inherited);
        let steps = |entry: &&Entry| entry.kind == Kind::Step;
        let frameworks: Vec<&str> = own.iter().filter(steps).map(|entry| entry.id.category()).collect();
        if !frameworks.is_empty() {
            let others = |entry: &&mut Entry| entry.kind == Kind::Step && !frameworks.contains(&entry.id.category());
            inherited.iter_mut().filter(others).for_each(|entry| entry.level = None);
        }
    }

    /// Takes the sentences that may return often.
    pub(super) fn approve(&mut self, lists: Vec<RawGroup<'_>>, understanding: &mut Understanding<'_, '_>) {
        self.approved.extend(lists.into_iter().flat_map(|list| understanding.approved(list)));
    }

    /// Takes what a sheet is to call things. What does not exist in what could not be read is not known.
    pub(super) fn caption(&mut self, captions: Vec<(Text<'_>, Text<'_>)>, understanding: &mut Understanding<'_, '_>) {
        let categories = || self.entries.iter().map(|entry| entry.id.category()).collect();
        let categories = (!captions.is_empty() && !self.groups.incomplete).then(categories);
        self.captions.add(captions, categories, understanding.file, understanding.problems);
    }

    pub(super) fn finish(mut self) -> Lexicon {
        self.entries.rotate_left(self.inherited);
        let Self { language, name, version, entries, names, approved, captions, upkeep, .. } = self;
        let content = Content { entries: Entries::new(entries), names, approved, captions, upkeep };
        Lexicon::new(Head { name, language, version }, content)
    }

    fn get_mut(&mut self, id: &EntryId) -> Option<&mut Entry> {
        self.places.get(id).map(|&place| &mut self.entries[place])
    }

    fn add(&mut self, entry: Entry) {
        self.places.insert(entry.id.clone(), self.entries.len());
        self.entries.push(entry);
    }
}
