//! Where lexicons come from. Loading one asks a [`Source`], so that it works the same from a
//! disk, from the program itself and from a test, and so that this layer opens no file.

use std::fmt;

use super::problem::SourceFile;

mod embedded {
    use super::Embedded;

    include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
}

/// A lexicon that is part of the program: what is known of it without a look into its files, and those.
#[derive(Debug)]
pub(super) struct Embedded {
    /// What its reference ends with.
    folder: &'static str,
    pub(super) language: &'static str,
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    pub(super) entries: usize,
    /// Each with its text, the header first.
    files: &'static [(&'static str, &'static str)],
}

impl Embedded {
    pub(super) fn of(reference: &str) -> Option<&'static Self> {
        let folder = reference.strip_prefix(BUILTIN)?;
        embedded::LEXICONS.iter().find(|known| known.folder == folder)
    }

    pub(super) fn reference(&self) -> String {
        format!("{BUILTIN}{}", self.folder)
    }
}

/// Finds the files of a lexicon.
pub trait Source {
    /// Reads the lexicon that `reference` names: `builtin:en`, or whatever else the source
    /// understands. `from` is the id of the lexicon that extends it, if one does, so that
    /// relative names can be resolved.
    ///
    /// # Errors
    ///
    /// When there is no such lexicon, or it cannot be read.
    fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError>;
}

/// A lexicon that was found, not yet understood.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What tells it from all others; the same file has the same id however it is named.
    pub id: String,
    /// Its files. The first holds the header; the others may hold only entries.
    pub files: Vec<SourceFile>,
}

/// Why a lexicon could not be read, with a remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// What happened.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SourceError {}

/// The lexicons that come with the program.
#[derive(Debug, Clone, Copy, Default)]
pub struct Builtin;

/// What a reference to a built-in lexicon begins with.
pub const BUILTIN: &str = "builtin:";

impl Builtin {
    /// The references of all built-in lexicons that hold anything, such as `builtin:en`. There is one besides that
    /// holds nothing, `builtin:none`, and may be extended by lexicons of any language.
    pub fn references() -> impl Iterator<Item = String> {
        embedded::LEXICONS.iter().filter(|known| known.entries > 0).map(Embedded::reference)
    }
}

impl Source for Builtin {
    fn open(&self, reference: &str, _from: Option<&str>) -> Result<Opened, SourceError> {
        let Some(Embedded { files, .. }) = Embedded::of(reference) else {
            return Err(SourceError {
                message: format!("there is no lexicon `{reference}`"),
                help: format!(
                    "the built-in ones are {}, and {BUILTIN}none",
                    Self::references().collect::<Vec<_>>().join(", ")
                ),
            });
        };
        let file = |&(name, text): &(&str, &str)| SourceFile { name: name.to_owned(), text: text.to_owned() };
        Ok(Opened { id: reference.to_owned(), files: files.iter().map(file).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, load};

    #[test]
    fn what_is_known_beforehand_is_what_the_files_say() {
        for reference in Builtin::references() {
            let loaded = load(&[&reference], &Builtin).expect("it is valid").lexicons.remove(0);
            let known = Lexicon::builtin(&reference).expect("it is there");
            assert_eq!(known.name(), loaded.name());
            assert_eq!(known.language(), loaded.language());
            assert_eq!(known.version(), loaded.version());
            assert_eq!(known.entry_count(), loaded.entry_count());
            assert_eq!(known.entries().len(), loaded.entries().len());
            assert_eq!(known.names(), loaded.names());
        }
        assert!(Lexicon::builtin("builtin:xx").is_none() && Lexicon::builtin("en").is_none());
    }
}
