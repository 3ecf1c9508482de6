//! Lexicons for those who lint, by the shortest way: built-in ones when a draft needs them, compiled ones as
//! they are, what is costly from the user's cache, all others from their files. Those who look
//! after a lexicon read its files with [`load()`](crate::lexicon::load()).

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;

use super::cache::{Cached, Recorder, kept_each};
use super::disk::plain;
use super::stored::Stored;
use crate::lexicon::{BUILTIN, Lexicon, LoadError, SourceError, load};
use crate::lint::{Linter, NotCompiled, is_compiled};

/// Entries from which on a compiled form is worth keeping. What comes with the program has fewer, and more forms of each.
const LARGE: usize = 2_000;

/// Whether compiled forms of costly lexicons are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cache {
    /// In the user's cache directory.
    Kept,
    /// Not at all.
    Off,
}

/// What is needed to lint.
#[derive(Debug)]
pub struct Ready {
    /// The lexicons in force.
    pub linter: Linter,
    /// Something in them is worth mending.
    pub has_warnings: bool,
}

/// Puts the lexicons in force that these references name.
///
/// # Errors
///
/// As for [`load()`](crate::lexicon::load()), and when a compiled lexicon cannot be used.
pub fn ready(references: &[String], cache: Cache) -> Result<Ready, LoadError> {
    if let Some(lexicons) = builtin(references) {
        let linter = Linter::new(lexicons);
        let linter = if cache == Cache::Kept { linter.with_store(&kept_each()) } else { linter };
        return Ok(Ready { linter, has_warnings: false });
    }
    if let [reference] = references
        && names_compiled(reference)
    {
        let unread = |error| LoadError { unread: vec![error], ..LoadError::default() };
        return compiled(reference).map(|linter| Ready { linter, has_warnings: false }).map_err(unread);
    }
    let cached = Some(cache).filter(|cache| *cache == Cache::Kept).and_then(|_| Cached::of(references));
    if let Some(ready) = cached.as_ref().and_then(Cached::read) {
        return Ok(ready);
    }
    let recorder = Recorder::default();
    let loaded = load(references, &recorder)?;
    let has_warnings = !loaded.warnings.is_empty();
    let entries = loaded.lexicons.iter().map(Lexicon::entry_count).sum::<usize>();
    let ready = Ready { linter: Linter::new(loaded.lexicons), has_warnings };
    if let Some(cached) = cached.filter(|_| entries > LARGE || recorder.saw_builtin()) {
        cached.write(recorder, &ready);
    }
    Ok(ready)
}

/// The lexicons, when all of them are built in, so that no two need be merged.
fn builtin(references: &[String]) -> Option<Vec<Lexicon>> {
    let distinct: HashSet<&String> = references.iter().collect();
    let lexicons: Option<Vec<Lexicon>> = references.iter().map(|reference| Lexicon::builtin(reference)).collect();
    lexicons.filter(|_| distinct.len() == references.len())
}

fn names_compiled(reference: &str) -> bool {
    let mut first = Vec::new();
    let read = !reference.starts_with(BUILTIN)
        && File::open(reference).is_ok_and(|file| file.take(64).read_to_end(&mut first).is_ok());
    read && is_compiled(&first)
}

fn compiled(reference: &str) -> Result<Linter, SourceError> {
    let opened = File::open(reference).and_then(|file| Ok((file.metadata()?.len(), file)));
    let (len, file) = opened.map_err(|error| SourceError {
        message: format!("cannot read {reference}: {}", plain(&error)),
        help: "check who may read it".to_owned(),
    })?;
    Linter::from_compiled(Stored::new(file), 0, len).map_err(|error| SourceError {
        message: format!("cannot use {reference}: {error}"),
        help: match error {
            NotCompiled::Damaged => "copy it anew, or make it anew with `replylint lexicon compile`".to_owned(),
            NotCompiled::Foreign | NotCompiled::MadeBy { .. } => {
                "make it anew with `replylint lexicon compile`, and with this replylint".to_owned()
            }
        },
    })
}
