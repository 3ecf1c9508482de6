//! Lexicons in an editor: the one in force, which drafts are linted with, and those that somebody has open. What is
//! wrong with them is in [`diagnostics`], what is offered to whoever types in [`completion`], [`hover`] and
//! [`definition`].

mod completion;
mod cursor;
mod definition;
mod diagnostics;
mod form;
mod hover;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::documents::{Document, Documents};
use super::position::Encoding;
use crate::host::{Cache, Unsaved, canonical, is_builtin_copy, ready};
use crate::lexicon::{BUILTIN, Lexicon, LoadError, Loaded, Opened, Outline, Source, SourceError, load};
use crate::lint::Linter;

pub(super) use self::completion::{TRIGGERS, complete};
pub(super) use self::definition::of_entry;
pub(super) use self::diagnostics::Diagnosed;

/// The headers of lexicons that are found by their names.
const NAMES: [&str; 2] = ["replylint.toml", "lexicon.toml"];

/// All that is known of lexicons.
#[derive(Debug, Default)]
pub(super) struct Lexicons {
    unsaved: Unsaved,
    in_force: InForce,
    /// Open ones that are valid and not in force, by the file that is open.
    others: BTreeMap<PathBuf, Vec<Lexicon>>,
}

/// What drafts are linted with.
#[derive(Debug, Default)]
struct InForce {
    references: Vec<String>,
    /// The last that worked.
    linter: Option<Linter>,
    /// The files of the lexicons that are named, and of those that they extend.
    files: BTreeSet<PathBuf>,
    /// The files of those that are named.
    named: BTreeSet<PathBuf>,
    /// Why it is not what the files say.
    complaint: Option<String>,
}

/// What came of looking at all lexicons.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// Drafts are linted with something else than before.
    pub(super) replaced: bool,
    /// What is wrong with the lexicon in force.
    pub(super) complaint: Option<String>,
    /// That was not known before.
    pub(super) is_news: bool,
    pub(super) diagnosed: Diagnosed,
}

impl Lexicons {
    /// Takes a text from the editor.
    pub(super) fn typed(&mut self, document: &Document) {
        if let Some(path) = document.path.as_deref().filter(|_| is_toml(document)) {
            self.unsaved.put(path, &document.text);
        }
    }

    /// The disk counts again.
    pub(super) fn closed(&mut self, document: &Document) {
        if let Some(path) = &document.path {
            self.unsaved.forget(path);
            self.others.remove(path);
        }
    }

    /// Whether an open text is a lexicon, or a part of one.
    pub(super) fn has(&self, document: &Document) -> bool {
        let Some(path) = document.path.as_deref().filter(|_| is_toml(document)) else { return false };
        NAMES.iter().any(|name| path.ends_with(name))
            || document.text.lines().any(|line| line.trim_start().starts_with("[lexicon]"))
            || self.in_force.files.contains(path)
            || self.unsaved.is_part(path)
    }

    /// What drafts are linted with, if there is anything.
    pub(super) fn linter(&self) -> Option<&Linter> {
        self.in_force.linter.as_ref()
    }

    /// Looks at the lexicon in force and at all that are open. `anew` says that files may have changed on the disk.
    pub(super) fn look(
        &mut self,
        references: Vec<String>,
        documents: &Documents,
        encoding: Encoding,
        anew: bool,
    ) -> Looked {
        let mut looked = Looked { diagnosed: Diagnosed::new(encoding), ..Looked::default() };
        let open: BTreeSet<PathBuf> = documents
            .iter()
            .filter(|document| self.has(document))
            .filter_map(|document| document.path.clone())
            .filter(|path| !is_builtin_copy(path))
            .collect();
        self.enforce(references, &open, anew, documents, &mut looked);
        self.others.retain(|path, _| open.contains(path));
        for path in open.difference(&self.in_force.named) {
            let reference = path.to_string_lossy().into_owned();
            let loading = Loading::of(&[reference], &self.unsaved);
            if let Some(lexicons) = looked.diagnosed.add(loading, documents, Some(path)) {
                self.others.insert(path.clone(), lexicons);
            }
        }
        looked
    }

    /// Puts what the references name in force, if it can be used.
    fn enforce(
        &mut self,
        references: Vec<String>,
        open: &BTreeSet<PathBuf>,
        anew: bool,
        documents: &Documents,
        looked: &mut Looked,
    ) {
        let is_new = anew || references != self.in_force.references;
        let has_files = references.iter().any(|reference| !reference.starts_with(BUILTIN));
        let loading = (has_files && !open.is_empty()).then(|| Loading::of(&references, &self.unsaved));
        let typed = loading.filter(|loading| !loading.files.is_disjoint(open));
        self.in_force.named = if typed.is_some() { named(&references, &self.unsaved) } else { BTreeSet::new() };
        // Somebody closed what was not saved, or what is wrong must be told again.
        let is_new = is_new || !self.in_force.files.is_empty() || self.in_force.complaint.is_some();
        self.in_force.files.clear();
        let failed = match typed {
            Some(loading) => {
                self.in_force.files.clone_from(&loading.files);
                let complaint = loading.result.as_ref().err().map(complaint);
                if let Some(lexicons) = looked.diagnosed.add(loading, documents, None) {
                    self.in_force.linter = Some(Linter::new(lexicons));
                    looked.replaced = true;
                }
                complaint
            }
            // Compiled forms of other lexicons know neither examples nor places, which a person may ask for.
            None if is_new => match ready(&references, if has_files { Cache::Off } else { Cache::Kept }) {
                Ok(ready) => {
                    self.in_force.linter = Some(ready.linter);
                    looked.replaced = true;
                    None
                }
                Err(error) => {
                    let complaint = complaint(&error);
                    let loading = Loading { result: Err(error), files: BTreeSet::new() };
                    looked.diagnosed.add(loading, documents, None);
                    Some(complaint)
                }
            },
            None => None,
        };
        self.in_force.references = references;
        if let Some(complaint) = &failed {
            let until = match self.in_force.linter {
                Some(_) => "drafts are linted as before until it can be used",
                None => "no draft is linted until it can be used",
            };
            looked.complaint = Some(format!("{complaint}; {until}"));
            looked.is_news = failed != self.in_force.complaint;
        }
        self.in_force.complaint = failed;
    }

    /// What stands in the lexicon that a file is of.
    fn outline(&self, path: &Path) -> Outline {
        if self.in_force.named.contains(path) {
            Outline::of(&self.in_force.references, &self.unsaved)
        } else {
            Outline::of(&[path.to_string_lossy().into_owned()], &self.unsaved)
        }
    }

    /// The lexicons that a file is of, as they were when they were last valid.
    fn valid(&self, path: &Path) -> impl Iterator<Item = &Lexicon> {
        let in_force = self.linter().filter(|_| self.in_force.files.contains(path));
        let others = self.others.get(path).into_iter().flatten();
        others.chain(in_force.into_iter().flat_map(Linter::lexicons))
    }
}

/// Whether a text is written in the language of lexicons.
fn is_toml(document: &Document) -> bool {
    document.language_id == "toml" || document.extension().as_deref() == Some("toml")
}

/// The files of the lexicons that are named, without those of what they extend.
fn named(references: &[String], unsaved: &Unsaved) -> BTreeSet<PathBuf> {
    let opened = references.iter().filter_map(|reference| unsaved.open(reference, None).ok());
    opened.flat_map(|opened| opened.files).map(|file| canonical(Path::new(&file.name))).collect()
}

/// What keeps a lexicon from being used, in a sentence without its end.
fn complaint(error: &LoadError) -> String {
    match error.unread.first() {
        Some(unread) => format!("{} ({})", unread.message, unread.help),
        None => format!("{error} ({})", place(error).unwrap_or_default()),
    }
}

fn place(error: &LoadError) -> Option<String> {
    let first = error.problems.iter().find(|problem| !problem.is_warning())?;
    Some(format!("{}: {first}", first.file().name))
}

/// Lexicons that were loaded, or were not, and from which files.
struct Loading {
    result: Result<Loaded, LoadError>,
    files: BTreeSet<PathBuf>,
}

impl Loading {
    fn of(references: &[String], unsaved: &Unsaved) -> Self {
        let noting = Noting { unsaved, files: RefCell::default() };
        let result = load(references, &noting);
        Self { result, files: noting.files.into_inner() }
    }
}

/// Notes which files are read.
struct Noting<'u> {
    unsaved: &'u Unsaved,
    files: RefCell<BTreeSet<PathBuf>>,
}

impl Source for Noting<'_> {
    fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError> {
        let opened = self.unsaved.open(reference, from)?;
        if !reference.starts_with(BUILTIN) {
            self.files.borrow_mut().extend(opened.files.iter().map(|file| canonical(Path::new(&file.name))));
        }
        Ok(opened)
    }
}
