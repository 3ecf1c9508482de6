//! Lexicons on a disk: one file, or a folder with a `lexicon.toml` in it. What an editor has open and did not
//! save yet may stand for what is on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::lexicon::{BUILTIN, Builtin, Kind, Opened, Source, SourceError, SourceFile};
use crate::lint::is_compiled;

/// The header of a lexicon that is a folder.
const HEADER: &str = "lexicon.toml";

/// A lexicon larger than this is a mistake: ten thousand entries take some 3 MiB.
const LARGEST: u64 = 64 << 20;

/// Reads built-in lexicons and those on disk. Relative references are taken from the folder of
/// the lexicon that makes them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

/// Texts of files that are not, or not yet, what the disk holds.
#[derive(Debug, Clone, Default)]
pub struct Unsaved(BTreeMap<PathBuf, String>);

/// The disk as it is.
const SAVED: Unsaved = Unsaved(BTreeMap::new());

impl Source for Disk {
    fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError> {
        SAVED.open(reference, from)
    }
}

impl Source for Unsaved {
    fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError> {
        if reference.starts_with(BUILTIN) {
            return Builtin.open(reference, from);
        }
        let path = path_of(reference, from);
        let files = match self.folder_of(&path) {
            Some(folder) => self.files_of(&folder)?,
            None => self.files_of(&path)?,
        };
        let Some(first) = files.first() else {
            return Err(no_header(&path));
        };
        let id = canonical(first).to_string_lossy().into_owned();
        let mut files = files.iter().map(|file| self.read(file)).collect::<Result<Vec<_>, _>>()?;
        if path.ends_with(HEADER) && files.iter().all(is_bare) {
            files = self.files_of(parent_of(&path))?.iter().map(|file| self.read(file)).collect::<Result<_, _>>()?;
        }
        Ok(Opened { id, files })
    }
}

impl Unsaved {
    /// Lets a text stand for a file, until [`Unsaved::forget`] or another text.
    pub fn put(&mut self, path: &Path, text: &str) {
        self.0.insert(canonical(path), without_mark(text.to_owned()));
    }

    /// Lets the file be what the disk holds.
    pub fn forget(&mut self, path: &Path) {
        self.0.remove(&canonical(path));
    }

    /// Whether a file is one of a lexicon that is a folder: it lies beside the header, and holds entries, or nothing
    /// yet. A file of another program may lie there, too.
    pub fn is_part(&self, path: &Path) -> bool {
        let is_entry = |line: &str| {
            let name = line.trim_start_matches(['[', ' ']).split(['.', ']']).next().unwrap_or_default().trim_end();
            Kind::ALL.iter().any(|kind| kind.as_str() == name)
        };
        self.folder_of(path).is_some()
            && self.read(path).is_ok_and(|file| {
                let mut tables = file.text.lines().map(str::trim_start).filter(|line| line.starts_with('[')).peekable();
                tables.peek().is_none() || tables.any(is_entry)
            })
    }

    fn text(&self, path: &Path) -> Option<&String> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(path).or_else(|| self.0.get(&canonical(path)))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.text(path).is_some() || path.is_file()
    }

    fn read(&self, path: &Path) -> Result<SourceFile, SourceError> {
        match self.text(path) {
            Some(text) => Ok(SourceFile { name: path.display().to_string(), text: text.clone() }),
            None => read(path),
        }
    }

    /// The folder that a file belongs to, when it is one of those beside a header.
    fn folder_of(&self, path: &Path) -> Option<PathBuf> {
        let belongs = path.extension().is_some_and(|extension| extension == "toml")
            && !path.ends_with(HEADER)
            && self.is_file(path)
            && self.is_file(&path.with_file_name(HEADER))
            && self
                .read(path)
                .is_ok_and(|file| !file.text.lines().any(|line| line.trim_start().starts_with("[lexicon]")));
        belongs.then(|| parent_of(path).to_owned())
    }

    /// The files of a lexicon, its header first.
    fn files_of(&self, path: &Path) -> Result<Vec<PathBuf>, SourceError> {
        if !path.is_dir() {
            return Ok(vec![path.to_owned()]);
        }
        let header = path.join(HEADER);
        if !self.is_file(&header) {
            return Err(no_header(path));
        }
        let entries = fs::read_dir(path).map_err(|error| cannot_read(path, &error))?;
        let mut others = Vec::new();
        for entry in entries {
            let file = entry.map_err(|error| cannot_read(path, &error))?.path();
            if file.is_file() {
                others.push(file);
            }
        }
        if !self.0.is_empty() {
            let folder = canonical(path);
            let new = self.0.keys().filter(|file| file.parent() == Some(&folder) && !file.is_file());
            others.extend(new.filter_map(|file| Some(path.join(file.file_name()?))));
        }
        others.retain(|file| file.extension().is_some_and(|extension| extension == "toml") && *file != header);
        others.sort();
        others.insert(0, header);
        Ok(others)
    }
}

impl Disk {
    /// Reads what is named and nothing else: a file, even if it is one of a folder, or all files of a folder.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read, or the folder is no lexicon.
    pub fn files(self, path: &Path) -> Result<Vec<SourceFile>, SourceError> {
        SAVED.files_of(path)?.iter().map(|file| read(file)).collect()
    }
}

/// Where a reference leads.
pub(super) fn path_of(reference: &str, from: Option<&str>) -> PathBuf {
    let parent = from.and_then(|from| Path::new(from).parent());
    parent.map_or_else(|| PathBuf::from(reference), |parent| parent.join(reference))
}

/// Whether a lexicon that was read from `files` would be read from the same ones again, as long as what
/// they hold is the same.
pub(super) fn is_read_from(path: &Path, files: &[PathBuf]) -> bool {
    let same = |found: Result<Vec<PathBuf>, SourceError>| found.is_ok_and(|found| found == files);
    match SAVED.folder_of(path) {
        Some(folder) => same(SAVED.files_of(&folder)),
        // A header that was bare stands for its folder.
        None if path.ends_with(HEADER) && files.len() > 1 => same(SAVED.files_of(parent_of(path))),
        None => same(SAVED.files_of(path)),
    }
}

fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What tells a file from all others, whether it is there already or not.
pub fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| match (fs::canonicalize(parent_of(path)), path.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name),
        _ => path.to_owned(),
    })
}

/// A header and nothing else: it was meant for the folder it lies in.
fn is_bare(file: &SourceFile) -> bool {
    let holds = |line: &str| {
        ["avoid", "recommend", "require", "adjust"].iter().any(|table| line.starts_with(&format!("[{table}")))
    };
    !file.text.lines().map(str::trim_start).any(|line| holds(line) || line.starts_with("extends"))
}

pub(super) fn read(path: &Path) -> Result<SourceFile, SourceError> {
    let file = fs::File::open(path).map_err(|error| cannot_read(path, &error))?;
    read_from(file, path)
}

/// Reads a file of a lexicon from wherever its text comes, under this name.
///
/// # Errors
///
/// When it cannot be read, is not UTF-8, or is no text of a lexicon by its size or its first bytes.
pub fn read_from(reader: impl Read, path: &Path) -> Result<SourceFile, SourceError> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| cannot_read(path, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(SourceError {
            message: format!("{} is larger than {LARGEST} bytes, the bound for a lexicon file", path.display()),
            help: "is it a lexicon? If so, split it into a folder of files".to_owned(),
        });
    }
    if is_compiled(&bytes) {
        return Err(SourceError {
            message: format!(
                "{} is a compiled lexicon, which can only be used alone, and only to lint",
                path.display()
            ),
            help: "name the file that it was made from".to_owned(),
        });
    }
    let text = String::from_utf8(bytes).map_err(|error| SourceError {
        message: format!("{} is not UTF-8: byte {} does not fit", path.display(), error.utf8_error().valid_up_to()),
        help: "save the file with the encoding UTF-8".to_owned(),
    })?;
    Ok(SourceFile { name: path.display().to_string(), text: without_mark(text) })
}

/// A byte order mark is no mistake of the trainer's, and TOML does not mind a space.
fn without_mark(text: String) -> String {
    if let Some(rest) = text.strip_prefix('\u{feff}') { format!("   {rest}") } else { text }
}

fn no_header(path: &Path) -> SourceError {
    SourceError {
        message: format!("the folder {} is no lexicon: it holds no `{HEADER}`", path.display()),
        help: format!("name a file, or put a `{HEADER}` with a `[lexicon]` table into the folder"),
    }
}

fn cannot_read(path: &Path, error: &std::io::Error) -> SourceError {
    let builtin = format!("{BUILTIN}{}", path.display());
    if Builtin::references().any(|known| known == builtin) {
        let help = format!("for the built-in lexicon, write `{builtin}`");
        return SourceError { message: format!("there is no file {}", path.display()), help };
    }
    let help = if error.kind() == std::io::ErrorKind::NotFound {
        "check the path, or name a built-in lexicon such as `builtin:en`"
    } else {
        "check that it is a text file and who may read it"
    };
    SourceError { message: format!("cannot read {}: {}", path.display(), plain(error)), help: help.to_owned() }
}

/// The message of an error without its number.
pub fn plain(error: &std::io::Error) -> String {
    let message = error.to_string();
    message.split(" (os error").next().unwrap_or(&message).to_lowercase()
}
