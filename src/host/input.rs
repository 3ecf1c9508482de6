//! Drafts from files, folders and standard input. Whatever is wrong with one input, the others
//! are still read.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::disk::plain;

/// What a walk through a folder is for. A file that is named is always read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// Replies and mails.
    Drafts,
    /// Transcripts.
    Talks,
    /// Rules of other tools.
    Rules,
}

impl Sought {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Drafts => &["txt", "text", "md", "markdown", "mkd", "html", "htm", "eml"],
            Self::Talks => &["txt", "text", "json", "jsonl", "ndjson"],
            Self::Rules => &["yml", "yaml", "csv", "tsv"],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Talks => "talks",
            Self::Rules => "rules",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Drafts => {
                "drafts end in .txt, .md, .html or .eml; a file of another kind is read when it is named itself"
            }
            Self::Talks => {
                "talks end in .txt, .json, .jsonl or .ndjson; a file of another kind is read when it is named itself"
            }
            Self::Rules => {
                "rules end in .yml, .yaml, .csv or .tsv; a file of another kind is read when it is named itself"
            }
        }
    }
}

/// How much is read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest draft, in bytes.
    pub max_bytes: u64,
}

impl Limits {
    /// The bound for a whole mail, whose attachments are no draft.
    #[must_use]
    pub fn for_mail(self) -> Self {
        Self { max_bytes: self.max_bytes.max(LARGEST_MAIL) }
    }

    /// The longest record that may hold such a draft, in bytes.
    pub fn record(self) -> usize {
        let bytes = self.max_bytes.saturating_mul(ESCAPED).saturating_add(BESIDES);
        usize::try_from(bytes).unwrap_or(usize::MAX)
    }
}

/// JSON may write a character in six bytes, and a record holds more than its text.
const ESCAPED: u64 = 6;
const BESIDES: u64 = 1 << 20;

/// No mail server takes a larger one.
const LARGEST_MAIL: u64 = 256 << 20;

/// An input as it is on the disk.
#[derive(Debug, Clone)]
pub struct Raw {
    /// Its path, or `stdin`.
    pub source: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Why an input could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// Its path, or `stdin`.
    pub source: String,
    /// The stable name of the error.
    pub code: &'static str,
    /// What happened, in a sentence.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

/// The files that some paths stand for.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Files to read, and `-` for standard input, in the order of the paths; those of a folder
    /// are sorted.
    pub files: Vec<PathBuf>,
    /// Paths that lead nowhere.
    pub errors: Vec<ReadError>,
}

impl Inputs {
    /// Walks folders, leaving out hidden files and what `.gitignore` and `.ignore` name, and keeps
    /// files and `-` as they are.
    pub fn find(paths: &[PathBuf], sought: Sought) -> Self {
        let mut inputs = Self::default();
        for path in paths {
            if path.as_os_str() != "-" && path.is_dir() {
                inputs.walk(path, sought);
            } else {
                inputs.files.push(path.clone());
            }
        }
        inputs
    }

    fn walk(&mut self, folder: &Path, sought: Sought) {
        let before = self.files.len();
        let walk = WalkBuilder::new(folder).require_git(false).sort_by_file_path(Ord::cmp).build();
        for entry in walk {
            match entry {
                Ok(entry) if is_sought(entry.path(), sought) && entry.path().is_file() => {
                    self.files.push(entry.into_path());
                }
                Ok(_) => {}
                Err(error) => self.errors.push(ReadError {
                    source: folder.display().to_string(),
                    code: "unreadable",
                    message: format!("cannot read all of {}: {error}", folder.display()),
                    help: "check who may read it",
                }),
            }
        }
        if self.files.len() == before {
            self.errors.push(ReadError {
                source: folder.display().to_string(),
                code: "no-drafts",
                message: format!("the folder {} holds no {}", folder.display(), sought.name()),
                help: sought.help(),
            });
        }
    }
}

fn is_sought(path: &Path, sought: Sought) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| sought.extensions().contains(&extension.as_str()))
}

/// An input that is no draft, and what was read of it, which of standard input nobody else has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What is wrong with it.
    pub error: ReadError,
    /// Its first bytes; of a text that is not too large, all.
    pub bytes: Vec<u8>,
}

impl Raw {
    /// Reads a file, or standard input for `-`, to its end.
    ///
    /// # Errors
    ///
    /// When it cannot be read or is too large.
    pub fn read(path: &Path, limits: Limits) -> Result<Self, Unread> {
        if path.as_os_str() == "-" {
            let read = bounded(io::stdin().lock(), limits, "stdin");
            return read.unwrap_or_else(|error| Err(Unread { error: unreadable("stdin", &error), bytes: Vec::new() }));
        }
        let source = path.display().to_string();
        let read = File::open(path).and_then(|file| bounded(file, limits, &source));
        read.unwrap_or_else(|error| Err(Unread { error: unreadable(&source, &error), bytes: Vec::new() }))
    }

    /// The text that it is.
    ///
    /// # Errors
    ///
    /// When it is not UTF-8 or holds a NUL byte.
    pub fn text(self) -> Result<String, Unread> {
        let Self { source, bytes } = self;
        if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
            let message = format!("{source} is not text: byte {at} is NUL");
            let help = "save it as plain text with the encoding UTF-8";
            return Err(Unread { error: ReadError { code: "binary", message, help, source }, bytes });
        }
        String::from_utf8(bytes).map_err(|error| {
            let message = format!("{source} is not UTF-8: byte {} does not fit", error.utf8_error().valid_up_to());
            let help = "save it with the encoding UTF-8";
            Unread { error: ReadError { code: "not-utf8", message, help, source }, bytes: error.into_bytes() }
        })
    }
}

/// Why a file, or standard input under the name of `stdin`, cannot be read.
pub(super) fn unreadable(source: &str, error: &io::Error) -> ReadError {
    let called = if source == "stdin" { "standard input" } else { source };
    let (code, help) = match (error.kind(), source) {
        (io::ErrorKind::NotFound, _) => ("not-found", "check the path"),
        (_, "stdin") => ("unreadable", "name a file instead"),
        _ => ("unreadable", "check who may read it"),
    };
    ReadError { source: source.to_owned(), code, message: format!("cannot read {called}: {}", plain(error)), help }
}

/// Reads no more than the limit and one byte.
fn bounded(input: impl Read, limits: Limits, source: &str) -> io::Result<Result<Raw, Unread>> {
    let mut bytes = Vec::new();
    input.take(limits.max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    let source = source.to_owned();
    if bytes.len() as u64 > limits.max_bytes {
        let message = format!("{source} is larger than {} bytes, the bound for one draft", limits.max_bytes);
        let help = "is it a draft? If so, raise the bound with --max-bytes";
        return Ok(Err(Unread { error: ReadError { code: "too-large", message, help, source }, bytes }));
    }
    Ok(Ok(Raw { source, bytes }))
}
