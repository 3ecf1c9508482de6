//! A file or standard input, cut into the pieces that hold a record each. Where a piece ends is for a
//! [`Cut`] to say; here is what all have in common: opening, byte order marks, and giving pieces on as
//! soon as there is nothing to read without waiting, so that whoever sent a record and waits for an
//! answer gets it. The records of a batch lie in one buffer, so that none costs an allocation.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::path::Path;

use super::disk::plain;
use super::input::{ReadError, unreadable};

/// What is read at a time, and so what a batch holds unless one piece is larger: some milliseconds of
/// work, so that threads have little to say to each other and the first result comes soon.
const AT_ONCE: usize = 64 << 10;

pub(super) const UTF_8: [u8; 3] = [0xef, 0xbb, 0xbf];
const UTF_16: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

/// Where the pieces of an input end.
pub trait Cut {
    /// Takes bytes from the front of `input`: how many, and the piece that ends with them, if any. All
    /// are taken unless a piece ends. Those that belong to a piece are put into `held`.
    fn cut(&mut self, input: &[u8], held: &mut Held) -> (usize, Option<Piece>);

    /// What is left when the input has ended.
    fn end(&mut self, held: &mut Held) -> Option<Piece>;

    /// The line that the next byte is in, from 1.
    fn line(&self) -> usize;
}

/// The bytes of pieces, one behind the other, and of the one that has begun.
#[derive(Debug, Default)]
pub struct Held {
    bytes: Vec<u8>,
    begun: usize,
}

impl Held {
    /// How many bytes the piece has that has begun.
    pub fn len(&self) -> usize {
        self.bytes.len() - self.begun
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds to it.
    pub fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Forgets it.
    pub fn forget(&mut self) {
        self.bytes.truncate(self.begun);
    }

    /// Ends it, and the next begins: where it is.
    pub fn finish(&mut self) -> Range<usize> {
        let begun = std::mem::replace(&mut self.begun, self.bytes.len());
        begun..self.begun
    }

    /// The bytes of one that has ended.
    pub(super) fn content(&self, range: Range<usize>) -> &[u8] {
        &self.bytes[range]
    }

    /// Gives away the pieces that have ended, and keeps the one that has begun.
    pub(super) fn hand_over(&mut self) -> Vec<u8> {
        let begun = self.bytes.get(self.begun..).unwrap_or_default();
        let mut next = Vec::with_capacity(begun.len() + AT_ONCE);
        next.extend_from_slice(begun);
        self.bytes.truncate(std::mem::take(&mut self.begun));
        std::mem::replace(&mut self.bytes, next)
    }
}

/// One record as it was written down, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The line it begins in, from 1.
    pub line: usize,
    /// Where its bytes are among those of its batch, without the end of its line.
    pub content: Result<Range<usize>, Fault>,
}

/// Why a piece could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The stable name of the error.
    pub code: &'static str,
    /// What happened, in a sentence.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
    /// Nothing behind it can be trusted.
    pub last: bool,
}

/// Pieces that were there without waiting.
#[derive(Debug)]
pub struct Batch {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// The bytes of all of them.
    pub(super) held: Vec<u8>,
    /// The bytes of the input that were read for them.
    pub bytes: u64,
}

impl Batch {
    /// Whether so much came at once that more is likely to follow.
    pub fn is_full(&self) -> bool {
        self.bytes >= (AT_ONCE / 2) as u64
    }

    /// The bytes of one of its pieces.
    pub fn content(&self, range: Range<usize>) -> &[u8] {
        self.held.get(range).unwrap_or_default()
    }
}

/// An iterator over the batches of an input.
pub struct Pieces<C> {
    reader: BufReader<Box<dyn Read + Send>>,
    cut: C,
    held: Held,
    size: Option<u64>,
    read: u64,
    ended: bool,
}

impl<C: Cut> Pieces<C> {
    /// Opens a file, or standard input for `-`.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, its beginning cannot be read, or it begins with the mark of UTF-16.
    pub fn open(path: &Path, cut: C) -> Result<Self, ReadError> {
        let from_stdin = path.as_os_str() == "-";
        let source = if from_stdin { "stdin".to_owned() } else { path.display().to_string() };
        let file = || -> io::Result<(Box<dyn Read + Send>, Option<u64>)> {
            if from_stdin {
                return Ok((Box::new(io::stdin()), None));
            }
            let about = fs::metadata(path)?;
            Ok((Box::new(File::open(path)?), about.is_file().then_some(about.len())))
        };
        let (input, size) = file().map_err(|error| unreadable(&source, &error))?;
        let mut pieces = Self::new(input, cut);
        pieces.size = size;
        match pieces.begin() {
            Ok(true) => Ok(pieces),
            Ok(false) => Err(ReadError {
                code: "not-utf8",
                message: format!("{source} is UTF-16"),
                help: "save it with the encoding UTF-8",
                source,
            }),
            Err(error) => Err(unreadable(&source, &error)),
        }
    }

    fn new(input: Box<dyn Read + Send>, cut: C) -> Self {
        let reader = BufReader::with_capacity(AT_ONCE, input);
        Self { reader, cut, held: Held::default(), size: None, read: 0, ended: false }
    }

    /// Reads over a byte order mark; whether it is one of UTF-8 or none. Bytes of a mark come together
    /// or not at all, short of somebody who types them.
    fn begin(&mut self) -> io::Result<bool> {
        let buffer = fill(&mut self.reader)?;
        let utf_16 = UTF_16.iter().any(|mark| buffer.starts_with(mark));
        let mark = if buffer.starts_with(&UTF_8) { UTF_8.len() } else { 0 };
        self.ended = buffer.is_empty();
        self.reader.consume(mark);
        self.read = mark as u64;
        Ok(!utf_16)
    }

    /// The bytes of the whole input, when that is known.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// What cuts.
    pub fn cut_mut(&mut self) -> &mut C {
        &mut self.cut
    }

    /// The next piece alone, waiting for it, and the batch that has its bytes.
    pub fn first(&mut self) -> Option<(Batch, Piece)> {
        while !self.ended {
            if let Some(piece) = self.step() {
                // What was read for it counts with those that follow.
                return Some((Batch { pieces: Vec::new(), held: self.held.hand_over(), bytes: 0 }, piece));
            }
        }
        None
    }

    /// Reads on to the end of a piece or of what is there.
    fn step(&mut self) -> Option<Piece> {
        let piece = match fill(&mut self.reader) {
            Ok([]) => {
                self.ended = true;
                self.cut.end(&mut self.held)
            }
            Ok(buffer) => {
                let (taken, piece) = self.cut.cut(buffer, &mut self.held);
                self.reader.consume(taken);
                self.read += taken as u64;
                piece
            }
            Err(error) => {
                let message = format!("the rest cannot be read: {}", plain(&error));
                let fault = Fault { code: "unreadable", message, help: "check who may read it", last: true };
                Some(Piece { line: self.cut.line(), content: Err(fault) })
            }
        };
        self.ended |= piece.as_ref().is_some_and(|piece| piece.content.as_ref().is_err_and(|fault| fault.last));
        piece
    }
}

impl<C: Cut> Iterator for Pieces<C> {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let mut pieces = Vec::new();
        while !self.ended && (pieces.is_empty() || !self.reader.buffer().is_empty()) {
            pieces.extend(self.step());
        }
        let bytes = std::mem::take(&mut self.read);
        (!pieces.is_empty()).then(|| Batch { pieces, held: self.held.hand_over(), bytes })
    }
}

/// The bytes at hand, or the next to come.
fn fill(reader: &mut BufReader<Box<dyn Read + Send>>) -> io::Result<&[u8]> {
    while reader.buffer().is_empty() {
        match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
            Ok([]) => return Ok(&[]),
            Ok(_) => {}
        }
    }
    Ok(reader.buffer())
}

impl<C> std::fmt::Debug for Pieces<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pieces").field("size", &self.size).field("ended", &self.ended).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crate::host::{Limits, Lines};

    /// Gives one chunk for each time it is asked, then fails.
    struct Chunks(VecDeque<&'static str>);

    impl Read for Chunks {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.pop_front() {
                Some("interrupted") => Err(io::ErrorKind::Interrupted.into()),
                Some(chunk) => chunk.as_bytes().read(buffer),
                None => Err(io::Error::other("the disk is gone")),
            }
        }
    }

    fn batches(chunks: &[&'static str]) -> Vec<String> {
        let chunks = Chunks(chunks.iter().copied().collect());
        let mut pieces = Pieces::new(Box::new(chunks), Lines::new(Limits { max_bytes: 100 }));
        assert!(pieces.begin().unwrap());
        let shown = |batch: Batch| {
            let shown = batch.pieces.iter().map(|piece| match &piece.content {
                Ok(bytes) => String::from_utf8_lossy(batch.content(bytes.clone())).into_owned(),
                Err(fault) => format!("<{}: {}>", piece.line, fault.message),
            });
            format!("{} {}", batch.bytes, shown.collect::<Vec<_>>().join("|"))
        };
        pieces.map(shown).collect()
    }

    /// A batch is given on before anything is read that might have to be waited for.
    #[test]
    fn a_batch_is_what_came_at_once() {
        assert_eq!(
            batches(&["a\nb\n", "c\n", "interrupted", "d", "\ne", "f\ng", "", "never"]),
            ["4 a|b", "2 c", "3 d", "3 ef", "0 g"]
        );
        assert_eq!(batches(&["\u{feff}a\n", ""]), ["5 a"]);
        assert_eq!(batches(&["", "never"]), Vec::<String>::new());
    }

    #[test]
    fn a_failure_ends_the_reading() {
        assert_eq!(batches(&["a\nb", "b\n"]), ["3 a", "2 bb", "0 <3: the rest cannot be read: the disk is gone>"]);
    }
}
