//! The three parts of a compiled form, read from wherever they are kept, and looked at all along whether they
//! are what was written. What stands in them is for [`super::pack`].

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;
use std::{fmt, io};

use xxhash_rust::xxh3::Xxh3;

use super::pack::Unpacker;

/// Where the bytes of a compiled form are kept: in memory, in a file.
pub trait Bytes: fmt::Debug + Send + Sync + UnwindSafe + RefUnwindSafe {
    /// Fills `buffer` with the bytes from `at` on.
    ///
    /// # Errors
    ///
    /// When they cannot be read, or there are fewer.
    fn read(&self, at: u64, buffer: &mut [u8]) -> io::Result<()>;
}

impl Bytes for Vec<u8> {
    fn read(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        let here = usize::try_from(at).ok().and_then(|at| self.get(at..)?.get(..buffer.len()));
        buffer.copy_from_slice(here.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// The items of a compiled form, which begin somewhere among its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Items {
    pub(crate) bytes: Arc<dyn Bytes>,
    pub(crate) start: u64,
}

impl Items {
    /// The bytes of one item.
    pub(crate) fn get(&self, start: u32, end: u32) -> Option<Vec<u8>> {
        let mut item = vec![0; end.checked_sub(start)? as usize];
        self.bytes.read(self.start.checked_add(u64::from(start))?, &mut item).ok()?;
        Some(item)
    }
}

/// Reads all three parts of what a [`Packer`](super::pack::Packer) wrote: arrays in small steps, so that no memory is touched but
/// that in which they stay, and everything with a look at whether it is what was written.
pub(crate) struct Parts<'b> {
    pub(crate) values: Unpacker<'b>,
    stream: Stream<'b>,
    items: Items,
}

/// Bytes that are read one behind another.
pub(crate) struct Stream<'b> {
    bytes: &'b dyn Bytes,
    at: u64,
    left: u64,
    hasher: Xxh3,
    buffer: Vec<u8>,
}

/// Bytes that are read at a time.
const STEP: usize = 1 << 16;

impl<'b> Stream<'b> {
    /// So many bytes from `at` on.
    pub(crate) fn new(bytes: &'b dyn Bytes, at: u64, len: u64) -> Self {
        Self { bytes, at, left: len, hasher: Xxh3::new(), buffer: vec![0; STEP] }
    }

    /// Hands so many bytes to `each`, in steps that end at a multiple of eight.
    pub(crate) fn steps(&mut self, len: u64, mut each: impl FnMut(&[u8])) -> Option<()> {
        let mut left = Some(len).filter(|len| *len <= self.left)?;
        while left > 0 {
            let step = usize::try_from(left).map_or(STEP, |left| left.min(STEP));
            let buffer = &mut self.buffer[..step];
            self.bytes.read(self.at, buffer).ok()?;
            self.hasher.update(buffer);
            each(buffer);
            self.at += step as u64;
            self.left -= step as u64;
            left -= step as u64;
        }
        Some(())
    }

    pub(crate) fn take(&mut self, len: u64) -> Option<Vec<u8>> {
        let mut taken = Vec::with_capacity(usize::try_from(len.min(self.left)).ok()?);
        self.steps(len, |step| taken.extend_from_slice(step))?;
        Some(taken)
    }

    /// Reads what is left, and gives the checksum of all.
    fn finish(mut self) -> Option<u64> {
        self.steps(self.left, |_| ())?;
        Some(self.hasher.digest())
    }
}

impl<'b> Parts<'b> {
    pub(crate) fn new(values: &'b [u8], stream: Stream<'b>, items: Items) -> Self {
        Self { values: Unpacker::new(values), stream, items }
    }

    pub(crate) fn items(&self) -> Items {
        self.items.clone()
    }

    pub(crate) fn words(&mut self) -> Option<Vec<u64>> {
        let len = self.values.number()?;
        self.array(len, 8, |step, words| {
            words.extend(step.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word)));
        })
    }

    pub(crate) fn halves(&mut self) -> Option<Vec<u32>> {
        let len = self.values.number()?;
        self.array(len, 4, |step, halves| {
            halves.extend(step.as_chunks::<4>().0.iter().map(|half| u32::from_le_bytes(*half)));
        })
    }

    pub(crate) fn long_text(&mut self) -> Option<String> {
        let len = self.values.number()?;
        String::from_utf8(self.array(len, 1, |step, bytes| bytes.extend_from_slice(step))?).ok()
    }

    fn array<T>(&mut self, len: usize, size: u64, mut add: impl FnMut(&[u8], &mut Vec<T>)) -> Option<Vec<T>> {
        let bytes = (len as u64).checked_mul(size).filter(|bytes| *bytes <= self.stream.left)?;
        let mut array = Vec::with_capacity(len);
        self.stream.steps(bytes, |step| add(step, &mut array))?;
        Some(array)
    }

    /// The checksum of everything, if all small values were read.
    pub(crate) fn finish(self) -> Option<u64> {
        self.values.is_done().then_some(())?;
        self.stream.finish()
    }
}
