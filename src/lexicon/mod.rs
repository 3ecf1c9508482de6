//! Layer 1: the company's phrasebook. A lexicon is loaded from files, checked, merged with
//! what it extends, and from then on immutable and valid: nothing that a trainer can mistype
//! reaches the matcher. This layer does not look at drafts.
//!
//! The way of a file: `syntax` reads TOML to the end whatever is wrong with it, `raw` collects
//! its tables, `understand` and `check` turn each into an [`Entry`], `merge` puts the entries of
//! several files together, and [`load()`] leads through all of it.

mod check;
mod duplicates;
mod entry;
mod fault;
mod groups;
mod load;
mod merge;
mod parse;
mod pattern;
mod plain;
mod problem;
mod raw;
mod read;
mod source;
mod syntax;
mod tree;
mod understand;
mod wording;

pub use entry::{Boundary, Case, Entry, EntryId, Example, Kind, Level, Requirement, Within};
pub use load::{LoadError, Loaded, load};
pub use pattern::{Element, MOST_FORMS, Pattern, Slot};
pub(crate) use pattern::{forms_of, is_literal, write_out};
pub use problem::{Code, Origin, Problem, Problems, SourceFile};
pub(crate) use read::nearest;
pub use source::{BUILTIN, Builtin, Opened, Source, SourceError};
pub use wording::{Wording, WordingPart};

use crate::text::Language;

/// A valid lexicon of one language, with all that it inherits.
#[derive(Debug, Clone)]
pub struct Lexicon {
    name: String,
    language: Language,
    version: Option<String>,
    entries: Vec<Entry>,
    names: Vec<Pattern>,
}

impl Lexicon {
    /// What the company calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The language of its phrases.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// Its version, as written.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Its entries: its own in the order of its files, then inherited ones. Of two that stand in
    /// the same place of a draft, the earlier one speaks.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Names of products, companies and people, in which nothing is flagged.
    pub fn names(&self) -> &[Pattern] {
        &self.names
    }

    /// The entry of this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id)
    }
}
