//! The built-in lexicons as files, for programs that can show nothing else. They are copies: to change them changes
//! nothing, so that nobody may write to them.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::output::replace;
use crate::lexicon::{BUILTIN, Builtin, Source};

/// The copy of a file that is called something like `builtin:en/command.toml`, in the user's cache directory; none when
/// there is no such file, or it cannot be written there.
pub fn builtin_copy(name: &str) -> Option<PathBuf> {
    let (folder, file) = name.strip_prefix(BUILTIN)?.split_once('/')?;
    let files = Builtin.open(&format!("{BUILTIN}{folder}"), None).ok()?.files;
    let home = copies()?.join(folder);
    fs::create_dir_all(&home).ok()?;
    let mut found = None;
    // All of them, so that a copy is a lexicon as the original is.
    for copied in &files {
        let path = home.join(copied.name.rsplit('/').next()?);
        if fs::read(&path).ok().as_deref() != Some(copied.text.as_bytes()) {
            write(&path, &copied.text)?;
        }
        if copied.name.ends_with(&format!("/{file}")) {
            found = Some(path);
        }
    }
    found
}

/// Whether a file is such a copy.
pub fn is_builtin_copy(path: &Path) -> bool {
    copies().is_some_and(|copies| path.starts_with(&copies) || path.starts_with(super::canonical(&copies)))
}

fn copies() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("replylint").join("builtin"))
}

fn write(path: &Path, text: &str) -> Option<()> {
    // One of another version, which nobody may write to either.
    let _ = fs::remove_file(path);
    replace(path, text.as_bytes()).ok()?;
    let mut permissions = fs::metadata(path).ok()?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions).ok()
}
