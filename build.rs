//! Embeds the built-in lexicons: every folder of `lexicon/` that holds a `lexicon.toml`. A new
//! language or category is a new file there and nothing else.

#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=lexicon");
    println!("cargo::rerun-if-changed=src");
    let home = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let root = home.join("lexicon");
    println!("cargo::rustc-env=REPLYLINT_SOURCE={:016x}", source(&home)?);
    let mut code = String::from("pub(super) static LEXICONS: &[Embedded] = &[\n");
    for folder in sorted(&root)? {
        if !folder.join("lexicon.toml").is_file() {
            continue;
        }
        let folder_name = name(&folder);
        let mut files = sorted(&folder)?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
        // The header comes first, as it does for a folder on disk.
        files.sort_by_key(|file| !file.ends_with("lexicon.toml"));
        let _ = writeln!(code, "Embedded {{ folder: {folder_name:?}, {} files: &[", summary(&files)?);
        for file in files {
            let shown = format!("builtin:{folder_name}/{}", name(&file));
            let _ = writeln!(code, "({shown:?}, include_str!({:?})),", file.to_string_lossy());
        }
        code.push_str("] },\n");
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?).join("builtin.rs"), code)
}

/// A number for all that decides what a compiled lexicon is and does: one that was compiled by other
/// source, be it of the same version, is not to be used.
fn source(home: &Path) -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    let mut open = vec![home.join("src"), home.join("lexicon")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(sorted(&path)?);
        } else {
            // Without carriage returns, so that it is the same wherever it was checked out.
            (name(&path), fs::read_to_string(&path)?.replace('\r', "")).hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

/// How the lines begin with which entries do.
const TABLES: [&str; 6] = ["[avoid.", "[recommend.", "[require.", "[step.", "[style.", "[situation."];

/// What can be said of a lexicon without understanding it; a test of the crate compares it with what its
/// files say.
fn summary(files: &[PathBuf]) -> io::Result<String> {
    let texts = files.iter().map(fs::read_to_string).collect::<io::Result<Vec<_>>>()?;
    let of_header = |key: &str| {
        let value = texts.first().and_then(|header| header.lines().find_map(|line| line.strip_prefix(key)));
        value.and_then(|value| value.strip_prefix(" = ")).unwrap_or("\"\"").to_owned()
    };
    let is_entry = |line: &&str| TABLES.iter().any(|table| line.starts_with(table));
    let entries = texts.iter().flat_map(|text| text.lines()).filter(is_entry).count();
    let [name, language, version] = ["name", "language", "version"].map(of_header);
    Ok(format!("name: {name}, language: {language}, version: {version}, entries: {entries},"))
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
