//! What all requests share: the lexicons in force, the bounds, and the threads that lint. Linting is work for the
//! processor, which goes on threads of its own, so many at a time as there are cores; so that the server answers
//! whoever asks for its health meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::errors::{Failure, Refusal};
use super::limits::Limits;
use super::metrics::Metrics;
use super::reload::{self, Broken};
use crate::lint::{Desk, Linter};

pub(super) type SharedState = Arc<State>;

#[derive(Debug)]
pub(super) struct State {
    linter: ArcSwap<Linter>,
    /// The lexicons that were named.
    pub(super) lexicons: Vec<String>,
    pub(super) limits: Limits,
    pub(super) metrics: Metrics,
    reloads: Mutex<Reloads>,
    reloading: Mutex<()>,
    places: Arc<Semaphore>,
    cores: Arc<Semaphore>,
    /// Bytes of answers that may wait.
    unread: Arc<Semaphore>,
    desks: Mutex<Vec<Desk>>,
    stopping: AtomicBool,
}

#[derive(Debug)]
struct Reloads {
    loaded_at: Timestamp,
    failed: Option<Broken>,
}

impl State {
    /// Puts the lexicons in force that are named or found.
    pub(super) fn new(lexicons: Vec<String>, limits: Limits) -> Result<Self, Failure> {
        let linter = reload::load(&lexicons).map_err(Failure::Lexicon)?;
        let metrics = Metrics::new();
        metrics.in_force(&linter);
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            linter: ArcSwap::from_pointee(linter),
            lexicons,
            limits,
            metrics,
            reloads: Mutex::new(Reloads { loaded_at: Timestamp::now(), failed: None }),
            reloading: Mutex::default(),
            places: Arc::new(Semaphore::new(limits.requests)),
            cores: Arc::new(Semaphore::new(cores)),
            unread: Arc::new(Semaphore::new(limits.max_unread.saturating_mul(Limits::SHARED) as usize)),
            desks: Mutex::default(),
            stopping: AtomicBool::new(false),
        })
    }

    /// The lexicons in force. Whoever keeps them for a request sees the same from its begin to its end.
    pub(super) fn linter(&self) -> Arc<Linter> {
        self.linter.load_full()
    }

    /// Does some work with the lexicons in force, within the time for a request.
    pub(super) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        job: impl FnOnce(&Linter, &mut Desk) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let deadline = self.limits.deadline;
        let done = timeout(deadline, self.work_on(self.linter(), job)).await;
        done.unwrap_or_else(|_| Err(Refusal::deadline(deadline)))
    }

    /// Does some work with these lexicons, whenever its turn comes.
    pub(super) async fn work_on<T: Send + 'static>(
        self: &Arc<Self>,
        linter: Arc<Linter>,
        job: impl FnOnce(&Linter, &mut Desk) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let state = Arc::clone(self);
        let core = Arc::clone(&self.cores).acquire_owned().await.map_err(|_| Refusal::own_fault())?;
        let working = spawn_blocking(move || {
            // It is given back when the work is over, whether or not anybody waits for it still.
            let _core = core;
            let mut desk = held(&state.desks).pop().unwrap_or_default();
            let done = job(&linter, &mut desk);
            held(&state.desks).push(desk);
            done
        });
        working.await.map_err(|_| Refusal::own_fault())
    }

    /// Room for so many bytes of an answer, when there is some; `own` is the room of the request.
    pub(super) async fn room(&self, own: &Arc<Semaphore>, bytes: usize) -> Result<[OwnedSemaphorePermit; 2], Refusal> {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX).min(self.limits.max_unread);
        let none = |_| Refusal::own_fault();
        let own = Arc::clone(own).acquire_many_owned(bytes).await.map_err(none)?;
        Ok([own, Arc::clone(&self.unread).acquire_many_owned(bytes).await.map_err(none)?])
    }

    /// A place among the requests that are answered at a time, if one is free.
    pub(super) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// How many places are taken.
    pub(super) fn in_flight(&self) -> usize {
        self.limits.requests.saturating_sub(self.places.available_permits())
    }

    /// Keeps two reloads from going on at a time.
    pub(super) fn reloading(&self) -> MutexGuard<'_, ()> {
        held(&self.reloading)
    }

    pub(super) fn put_in_force(&self, linter: Linter) {
        self.metrics.in_force(&linter);
        self.metrics.reload(true);
        self.linter.store(Arc::new(linter));
        *held(&self.reloads) = Reloads { loaded_at: Timestamp::now(), failed: None };
    }

    /// Remembers why the last reload came to nothing.
    pub(super) fn refuse(&self, broken: Broken) {
        self.metrics.reload(false);
        held(&self.reloads).failed = Some(broken);
    }

    /// When the lexicons in force were loaded, and why no later ones are.
    pub(super) fn reloads(&self) -> (Timestamp, Option<Broken>) {
        let reloads = held(&self.reloads);
        (reloads.loaded_at, reloads.failed.clone())
    }

    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// What is behind a lock. A fault of one request leaves nothing half done there.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
