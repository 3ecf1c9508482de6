//! Waiting until somebody saves a file of a lexicon. The system tells when something happens in a folder
//! (notify); whether it matters is decided by what the files hold, so that no way of saving is missed and nothing
//! is taken for a change that is none. Where the system tells nothing, a look each second does.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use xxhash_rust::xxh3::xxh3_64;

use super::disk::{Disk, path_of};
use crate::lexicon::{BUILTIN, Opened, Source, SourceError, load};

/// How long nothing happens before a save is over; an editor may do it in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// The longest wait for that.
const LONGEST: Duration = Duration::from_secs(1);

/// How often there is a look at the files that the system may have said nothing about.
const TICK: Duration = Duration::from_secs(1);

/// The files of some lexicons, watched from the moment it is made.
#[derive(Debug)]
pub struct Watch {
    seen: Seen,
    signals: Receiver<()>,
    // What sends them; without them the other end would be closed.
    _sender: Sender<()>,
    _watcher: Option<RecommendedWatcher>,
}

impl Watch {
    /// Watches the files of the lexicons that `references` name, and those of the lexicons that they extend. What
    /// cannot be read is watched, too: it may be mended.
    pub fn new(references: &[String]) -> Self {
        let seen = Seen::of(references);
        let (sender, signals) = channel();
        let signal = sender.clone();
        let handler = move |event: notify::Result<Event>| {
            // That a file is read is no change, or each run would be the cause of the next.
            if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
                let _ = signal.send(());
            }
        };
        let mut watcher = notify::recommended_watcher(handler).ok();
        if let Some(watcher) = &mut watcher {
            for folder in seen.folders() {
                // A folder that is not there, or one too many: the look each second does.
                let _ = watcher.watch(&folder, RecursiveMode::NonRecursive);
            }
        }
        Self { seen, signals, _sender: sender, _watcher: watcher }
    }

    /// How many files there are to watch; built-in lexicons have none.
    pub fn len(&self) -> usize {
        self.seen.files.len()
    }

    /// Whether there is nothing to watch.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Waits until one of the files is changed, is gone or is there again, a file is added to a folder, or
    /// `references` names other lexicons.
    pub fn wait(mut self, references: impl Fn() -> Vec<String>) {
        loop {
            if self.signals.recv_timeout(TICK).is_ok() {
                let since = Instant::now();
                while since.elapsed() < LONGEST && self.signals.recv_timeout(QUIET).is_ok() {}
            } else if self.seen.states() == self.seen.states {
                continue;
            }
            let now = Seen::of(&references());
            if now.files != self.seen.files {
                return;
            }
            self.seen = now;
        }
    }
}

/// What the files of some lexicons were like.
#[derive(Debug)]
struct Seen {
    /// Each with a number for what it holds, or for why it could not be read.
    files: BTreeMap<PathBuf, u64>,
    states: Vec<State>,
}

/// When a file or a folder was changed last, and its length, if it is there.
type State = Option<(Option<SystemTime>, u64)>;

impl Seen {
    fn of(references: &[String]) -> Self {
        let recorder = Recorder::default();
        // What is wrong with them is told by the run.
        let _ = load(references, &recorder);
        let mut seen = Self { files: recorder.0.into_inner(), states: Vec::new() };
        seen.states = seen.states();
        seen
    }

    fn folders(&self) -> BTreeSet<PathBuf> {
        let parent = |path: &Path| path.parent().filter(|parent| !parent.as_os_str().is_empty()).map(Path::to_owned);
        self.files
            .keys()
            .flat_map(|path| {
                [Some(parent(path).unwrap_or_else(|| ".".into())), Some(path.clone()).filter(|path| path.is_dir())]
            })
            .flatten()
            .collect()
    }

    fn states(&self) -> Vec<State> {
        let state = |path: &Path| fs::metadata(path).ok().map(|found| (found.modified().ok(), found.len()));
        self.files.keys().map(|path| state(path)).chain(self.folders().iter().map(|folder| state(folder))).collect()
    }
}

/// Reads lexicons from the disk, and notes what was there.
#[derive(Debug, Default)]
struct Recorder(RefCell<BTreeMap<PathBuf, u64>>);

impl Source for Recorder {
    fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError> {
        let opened = Disk.open(reference, from);
        if !reference.starts_with(BUILTIN) {
            let mut seen = self.0.borrow_mut();
            match &opened {
                Ok(opened) => {
                    seen.extend(
                        opened.files.iter().map(|file| (file.name.clone().into(), xxh3_64(file.text.as_bytes()))),
                    );
                }
                Err(error) => drop(seen.insert(path_of(reference, from), xxh3_64(error.message.as_bytes()))),
            }
        }
        opened
    }
}
