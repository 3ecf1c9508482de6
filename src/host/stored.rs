//! A file as bytes that are read where they are asked for, by any thread.

use std::fs::File;
use std::io;

use crate::lexicon::Bytes;

/// An open file, which stays what it is when another is given its name.
#[derive(Debug)]
pub(super) struct Stored(#[cfg(unix)] File, #[cfg(not(unix))] std::sync::Mutex<File>);

impl Stored {
    #[cfg(unix)]
    pub(super) const fn new(file: File) -> Self {
        Self(file)
    }

    #[cfg(not(unix))]
    pub(super) const fn new(file: File) -> Self {
        Self(std::sync::Mutex::new(file))
    }
}

impl Bytes for Stored {
    #[cfg(unix)]
    fn read(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        use std::os::unix::fs::FileExt;
        self.0.read_exact_at(buffer, at)
    }

    #[cfg(not(unix))]
    fn read(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        use std::io::{Read, Seek, SeekFrom};
        let mut file = self.0.lock().map_err(|_| io::ErrorKind::Other)?;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(buffer)
    }
}
