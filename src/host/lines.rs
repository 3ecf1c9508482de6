//! The lines of a file or of standard input, one at a time, none longer than a bound.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::disk::plain;
use super::input::{Limits, ReadError};

/// JSON may write a character in six bytes, and a record holds more than its text.
const ESCAPED: u64 = 6;
const BESIDES: u64 = 1 << 20;

/// An iterator over lines.
pub struct Lines {
    reader: Box<dyn BufRead>,
    source: String,
    longest: u64,
    /// Reading failed, and would fail again.
    failed: bool,
}

impl Lines {
    /// Opens a file, or standard input for `-`.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub fn open(path: &Path, limits: Limits) -> Result<Self, ReadError> {
        let from_stdin = path.as_os_str() == "-";
        let source = if from_stdin { "stdin".to_owned() } else { path.display().to_string() };
        let reader: Box<dyn BufRead> = if from_stdin {
            Box::new(BufReader::new(io::stdin()))
        } else {
            Box::new(BufReader::new(File::open(path).map_err(|error| unreadable(&source, &error))?))
        };
        Ok(Self {
            reader,
            source,
            longest: limits.max_bytes.saturating_mul(ESCAPED).saturating_add(BESIDES),
            failed: false,
        })
    }

    fn error(&self, code: &'static str, message: String, help: &'static str) -> ReadError {
        ReadError { source: self.source.clone(), code, message, help }
    }

    fn fail(&mut self, error: &io::Error) -> ReadError {
        self.failed = true;
        unreadable(&self.source, error)
    }

    /// Reads on to the end of a line that is too long.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let newline = buffer.iter().position(|&byte| byte == b'\n');
            let len = newline.map_or(buffer.len(), |at| at + 1);
            let done = newline.is_some() || buffer.is_empty();
            self.reader.consume(len);
            if done {
                return Ok(());
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<String, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let mut line = Vec::new();
        let read = self.reader.by_ref().take(self.longest).read_until(b'\n', &mut line);
        Some(match read {
            Ok(0) => return None,
            Ok(_) if line.len() as u64 == self.longest && line.last() != Some(&b'\n') => {
                let message = format!("the line is longer than {} bytes, the bound for one record", self.longest);
                match self.skip_line() {
                    Ok(()) => Err(self.error("too-large", message, "raise the bound with --max-bytes")),
                    Err(error) => Err(self.fail(&error)),
                }
            }
            Ok(_) => String::from_utf8(line).map_err(|error| {
                let message =
                    format!("the line is not UTF-8: its byte {} does not fit", error.utf8_error().valid_up_to());
                self.error("not-utf8", message, "save the file with the encoding UTF-8")
            }),
            Err(error) => Err(self.fail(&error)),
        })
    }
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("source", &self.source).finish_non_exhaustive()
    }
}

fn unreadable(source: &str, error: &io::Error) -> ReadError {
    let (code, help) = if error.kind() == io::ErrorKind::NotFound {
        ("not-found", "check the path")
    } else {
        ("unreadable", "check who may read it")
    };
    ReadError { source: source.to_owned(), code, message: format!("cannot read {source}: {}", plain(error)), help }
}
