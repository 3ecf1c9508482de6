//! Which lexicon is in force when nobody names one: what the environment says, else what lies
//! in the working directory or above it, else the user's own, else the built-in ones.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::lexicon::{BUILTIN, Builtin};

/// What names a lexicon when no option does.
const VARIABLE: &str = "REPLYLINT_LEXICON";

/// Looked for in every folder from the working directory upwards, in this order.
const NAMES: [&str; 3] = ["replylint.toml", "lexicon.toml", "lexicon/lexicon.toml"];

/// The references of the lexicons in force. `named` are those that options name; they count alone.
pub fn in_force(named: &[String]) -> Vec<String> {
    in_force_at(env::current_dir().ok().as_deref(), named)
}

/// The same for work in some folder, from which lexicons are looked for upwards.
pub fn in_force_at(folder: Option<&Path>, named: &[String]) -> Vec<String> {
    if !named.is_empty() {
        return named.to_vec();
    }
    if let Some(value) = env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        return references(&value);
    }
    let above = folder.and_then(find_upwards);
    let own = || {
        let folder = etcetera::choose_base_strategy().ok()?.config_dir().join("replylint");
        Some(folder.join("lexicon.toml")).filter(|path| path.is_file())
    };
    match above.or_else(own) {
        Some(path) => vec![folder_or_file(path).to_string_lossy().into_owned()],
        None => Builtin::references().collect(),
    }
}

/// The references of a list that is separated as `PATH` is. The `:` of a built-in one is part of it.
fn references(list: &OsStr) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in env::split_paths(list) {
        let part = part.to_string_lossy().into_owned();
        match found.last_mut() {
            Some(word) if *word == BUILTIN.trim_end_matches(':') => *word = format!("{BUILTIN}{part}"),
            _ => found.push(part),
        }
    }
    found
}

fn find_upwards(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().flat_map(|folder| NAMES.map(|name| folder.join(name))).find(|path| path.is_file())
}

/// `lexicon/lexicon.toml` is the header of a folder, and the folder is the lexicon.
fn folder_or_file(path: PathBuf) -> PathBuf {
    let is_header = path.ends_with("lexicon/lexicon.toml");
    path.parent().filter(|_| is_header).map(Path::to_owned).unwrap_or(path)
}
