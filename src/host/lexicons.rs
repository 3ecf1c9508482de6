//! Lexicons for those who lint, by the shortest way: built-in ones are read when a draft needs them, all
//! others from the disk. Those who look after a lexicon read it with [`load()`](crate::lexicon::load()).

use std::collections::HashSet;

use super::disk::Disk;
use crate::lexicon::{Lexicon, LoadError, Loaded, Problems, load};

/// The lexicons that these references name, ready to lint with.
///
/// # Errors
///
/// As for [`load()`](crate::lexicon::load()).
pub fn lexicons(references: &[String]) -> Result<Loaded, LoadError> {
    builtin(references).map_or_else(|| load(references, &Disk), Ok)
}

/// The lexicons, when all of them are built in, so that no two need be merged.
fn builtin(references: &[String]) -> Option<Loaded> {
    let distinct: HashSet<&String> = references.iter().collect();
    let lexicons: Option<Vec<Lexicon>> = references.iter().map(|reference| Lexicon::builtin(reference)).collect();
    let lexicons = lexicons.filter(|_| distinct.len() == references.len())?;
    Some(Loaded { lexicons, warnings: Problems::default() })
}
