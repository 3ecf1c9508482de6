//! Compiled lexicons from one run to the next, in the user's cache directory. What is there is used only
//! when it is what was written, and when every file that went in is as it was; anything else, and any failure
//! to read or write, means that the lexicon is read from its files. Nobody is told: a cache that does not
//! work costs time and nothing else.

use std::cell::{Cell, RefCell};
use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etcetera::BaseStrategy;
use xxhash_rust::xxh3::xxh3_64;

use super::disk::{Disk, is_read_from, path_of, read};
use super::lexicons::Ready;
use super::output::replace;
use super::stored::Stored;
use crate::lexicon::{BUILTIN, Bytes as _, Opened, Packer, Source, SourceError, Unpacker};
use crate::lint::{Linter, Store};

/// What a file of the cache begins with.
const MAGIC: &[u8; 8] = b"replyca\0";

/// Bytes before the inputs: what it is, a checksum of the inputs, and how many bytes they have.
const FIXED: usize = MAGIC.len() + 8 + 4;

/// A file that was changed so shortly before it was read may be changed again without a trace, for the
/// clocks of file systems are coarse.
const DOUBTFUL: Duration = Duration::from_secs(2);

/// Files of the cache that nobody wrote for so long are taken away when another is written.
const OLD: Duration = Duration::from_hours(90 * 24);

/// The place in the cache for some references.
#[derive(Debug)]
pub(super) struct Cached {
    references: Vec<String>,
    path: PathBuf,
}

/// Reads lexicons from the disk, and notes from what.
#[derive(Debug)]
pub(super) struct Recorder {
    since: SystemTime,
    seen: RefCell<Vec<Seen>>,
    saw_builtin: Cell<bool>,
}

/// A lexicon that was read.
#[derive(Debug)]
struct Seen {
    /// Where its reference led.
    path: PathBuf,
    files: Vec<Stamp>,
}

/// What a file was like.
#[derive(Debug)]
struct Stamp {
    path: PathBuf,
    /// When it was changed last, and its length; nothing when that could not be told.
    state: Option<State>,
    hash: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    len: u64,
    /// Since 1970.
    modified: Duration,
    /// The change of anything about the file, where the system tells; no program can set it.
    changed: Duration,
}

/// Everything that went into what is kept.
struct Inputs {
    references: Vec<String>,
    has_warnings: bool,
    /// When the files were read, since 1970.
    since: Duration,
    seen: Vec<Seen>,
}

impl Default for Recorder {
    fn default() -> Self {
        Self { since: SystemTime::now(), seen: RefCell::default(), saw_builtin: Cell::new(false) }
    }
}

impl Source for Recorder {
    fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError> {
        let opened = Disk.open(reference, from)?;
        if reference.starts_with(BUILTIN) {
            self.saw_builtin.set(true);
        } else {
            let files = opened.files.iter().map(|file| Stamp::of(Path::new(&file.name), &file.text)).collect();
            self.seen.borrow_mut().push(Seen { path: path_of(reference, from), files });
        }
        Ok(opened)
    }
}

impl Recorder {
    /// Whether anything came with the program.
    pub(super) fn saw_builtin(&self) -> bool {
        self.saw_builtin.get()
    }
}

impl Cached {
    /// The place for these references; none when the user has no cache directory.
    pub(super) fn of(references: &[String]) -> Option<Self> {
        let canonical = |reference: &String| {
            let path = fs::canonicalize(reference).ok().filter(|_| !reference.starts_with(BUILTIN));
            path.map_or_else(|| reference.clone(), |path| path.to_string_lossy().into_owned())
        };
        let references: Vec<String> = references.iter().map(canonical).collect();
        let mut key = Packer::default();
        // Several versions that are in use side by side do not take turns.
        key.text(env!("CARGO_PKG_VERSION"));
        key.text(env!("REPLYLINT_SOURCE"));
        key.list(&references, |key, reference| key.text(reference));
        let folder = etcetera::choose_base_strategy().ok()?.cache_dir().join("replylint");
        let path = folder.join(format!("{:016x}.lexicon", xxh3_64(&key.into_bytes())));
        Some(Self { references, path })
    }

    /// What is kept, if it is there, whole, and as new as the files it was made from.
    pub(super) fn read(&self) -> Option<Ready> {
        let file = File::open(&self.path).ok()?;
        let len = file.metadata().ok()?.len();
        let bytes = Stored::new(file);
        let mut fixed = [0; FIXED];
        bytes.read(0, &mut fixed).ok()?;
        let (checksum, length) = fixed.strip_prefix(MAGIC)?.split_first_chunk::<8>()?;
        let length = u64::from(u32::from_le_bytes(length.try_into().ok()?));
        let start = Some(FIXED as u64 + length).filter(|start| *start <= len)?;
        let mut inputs = vec![0; usize::try_from(length).ok()?];
        bytes.read(FIXED as u64, &mut inputs).ok()?;
        (xxh3_64(&inputs).to_le_bytes() == *checksum).then_some(())?;
        let inputs =
            Inputs::unpack(&mut Unpacker::new(&inputs)).filter(|inputs| inputs.references == self.references)?;
        let (freshness, inputs) = inputs.compared(since_1970(SystemTime::now()))?;
        let linter = Linter::from_compiled(bytes, start, len - start).ok()?;
        if freshness == Freshness::Compared && inputs.seen.iter().all(Seen::is_settled) {
            // The files were new when they were read, or were touched, and next time a glance will do.
            self.put(&inputs, fs::read(&self.path).ok()?.get(usize::try_from(start).ok()?..)?);
        }
        Some(Ready { linter, has_warnings: inputs.has_warnings })
    }

    /// Keeps what was read, for the next run.
    pub(super) fn write(&self, recorder: Recorder, ready: &Ready) {
        let Ok(compiled) = ready.linter.to_compiled() else { return };
        let inputs = Inputs {
            references: self.references.clone(),
            has_warnings: ready.has_warnings,
            since: since_1970(recorder.since),
            seen: recorder.seen.into_inner(),
        };
        self.put(&inputs, &compiled);
    }

    /// Keeps what comes with the program and has no files.
    fn write_builtin(&self, compiled: &[u8]) {
        let (references, since) = (self.references.clone(), since_1970(SystemTime::now()));
        self.put(&Inputs { references, has_warnings: false, since, seen: Vec::new() }, compiled);
    }

    fn put(&self, inputs: &Inputs, compiled: &[u8]) {
        let mut packed = Packer::default();
        inputs.pack(&mut packed);
        let packed = packed.into_bytes();
        let length = u32::try_from(packed.len()).unwrap_or(u32::MAX).to_le_bytes();
        let bytes = [MAGIC, &xxh3_64(&packed).to_le_bytes()[..], &length, &packed, compiled].concat();
        let Some(folder) = self.path.parent() else { return };
        if fs::create_dir_all(folder).is_ok() && replace(&self.path, &bytes).is_ok() {
            sweep(folder);
        }
    }
}

/// The cache as a store in which each of the program's own lexicons has its place.
#[derive(Debug)]
struct KeptEach;

pub(super) fn kept_each() -> Arc<dyn Store> {
    Arc::new(KeptEach)
}

impl Store for KeptEach {
    fn take(&self, reference: &str) -> Option<Linter> {
        Some(Cached::of(&[reference.to_owned()])?.read()?.linter)
    }

    fn put(&self, reference: &str, compiled: &[u8]) {
        if let Some(cached) = Cached::of(&[reference.to_owned()]) {
            cached.write_builtin(compiled);
        }
    }
}

/// Takes away what nobody wrote for long: of lexicons that were moved, of versions that are gone, of runs that
/// were ended while they wrote.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        if modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age > OLD)) {
            // If it cannot be taken away, it stays.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// How it is known that the files are as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Freshness {
    /// By their lengths and times.
    Told,
    /// By what they hold.
    Compared,
}

impl Inputs {
    /// How it is known that all files are as they were, and the same inputs as they are `now`; nothing when
    /// they are not.
    fn compared(mut self, now: Duration) -> Option<(Freshness, Self)> {
        let mut freshness = Freshness::Told;
        for seen in &mut self.seen {
            let files: Vec<PathBuf> = seen.files.iter().map(|stamp| stamp.path.clone()).collect();
            is_read_from(&seen.path, &files).then_some(())?;
            for stamp in &mut seen.files {
                freshness = freshness.max(stamp.compare(self.since)?);
            }
        }
        Some((freshness, Self { since: now, ..self }))
    }

    fn pack(&self, packer: &mut Packer) {
        packer.list(&self.references, |packer, reference| packer.text(reference));
        packer.flag(self.has_warnings);
        pack_time(self.since, packer);
        packer.list(&self.seen, |packer, seen| {
            pack_path(&seen.path, packer);
            packer.list(&seen.files, |packer, stamp| stamp.pack(packer));
        });
    }

    fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self {
            references: unpacker.list(Unpacker::string)?,
            has_warnings: unpacker.flag()?,
            since: unpack_time(unpacker)?,
            seen: unpacker.list(|unpacker| {
                let path = PathBuf::from(unpacker.text()?);
                Some(Seen { path, files: unpacker.list(Stamp::unpack)? })
            })?,
        })
    }
}

impl Seen {
    /// Whether nothing about its files was changed just now.
    fn is_settled(&self) -> bool {
        let now = since_1970(SystemTime::now());
        self.files.iter().all(|stamp| stamp.state.is_some_and(|state| state.is_older(now)))
    }
}

impl Stamp {
    fn of(path: &Path, text: &str) -> Self {
        Self { path: path.to_owned(), state: State::of(path), hash: xxh3_64(text.as_bytes()) }
    }

    /// How it is known that the file holds what it held; nothing when it does not. The state becomes what
    /// it is today.
    fn compare(&mut self, since: Duration) -> Option<Freshness> {
        let before = self.state;
        self.state = State::of(&self.path);
        if self.state.is_some_and(|state| before == Some(state) && state.is_older(since)) {
            return Some(Freshness::Told);
        }
        let text = read(&self.path).ok()?.text;
        (xxh3_64(text.as_bytes()) == self.hash).then_some(Freshness::Compared)
    }

    fn pack(&self, packer: &mut Packer) {
        pack_path(&self.path, packer);
        packer.option(self.state, |packer, state| {
            packer.word(state.len);
            pack_time(state.modified, packer);
            pack_time(state.changed, packer);
        });
        packer.word(self.hash);
    }

    fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let path = PathBuf::from(unpacker.text()?);
        let state = unpacker.option(|unpacker| {
            Some(State { len: unpacker.word()?, modified: unpack_time(unpacker)?, changed: unpack_time(unpacker)? })
        })?;
        Some(Self { path, state, hash: unpacker.word()? })
    }
}

impl State {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        let modified = since_1970(metadata.modified().ok()?);
        Some(Self { len: metadata.len(), modified, changed: changed(&metadata).unwrap_or(modified) })
    }

    /// Whether the file was left alone for a while before `time`.
    fn is_older(self, time: Duration) -> bool {
        self.modified.max(self.changed).saturating_add(DOUBTFUL) < time
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> Option<Duration> {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).ok()?;
    Some(Duration::new(seconds, u32::try_from(metadata.ctime_nsec()).ok()?))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<Duration> {
    None
}

fn since_1970(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn pack_time(time: Duration, packer: &mut Packer) {
    packer.word(time.as_secs());
    packer.word(u64::from(time.subsec_nanos()));
}

fn unpack_time(unpacker: &mut Unpacker<'_>) -> Option<Duration> {
    let (seconds, nanos) = (unpacker.word()?, unpacker.word()?);
    Some(Duration::new(seconds, u32::try_from(nanos).ok().filter(|nanos| *nanos < 1_000_000_000)?))
}

/// A path that is no text is written as near to it as can be, and never found again.
fn pack_path(path: &Path, packer: &mut Packer) {
    packer.text(&path.to_string_lossy());
}
