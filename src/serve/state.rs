//! What all requests share: the lexicons in force, the bounds, and the threads that lint. Linting is work for the
//! processor, which goes on threads of its own, so many at a time as there are cores; so that the server answers
//! whoever asks for its health meanwhile.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arc_swap::ArcSwap;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::errors::{Failure, Refusal};
use super::limits::Limits;
use crate::host::{Cache, in_force, ready};
use crate::lint::{Desk, Linter};

pub(super) type SharedState = Arc<State>;

#[derive(Debug)]
pub(super) struct State {
    linter: ArcSwap<Linter>,
    pub(super) limits: Limits,
    cores: Arc<Semaphore>,
    desks: Mutex<Vec<Desk>>,
}

impl State {
    /// Puts the lexicons in force that are named or found.
    pub(super) fn new(lexicons: &[String], limits: Limits) -> Result<Self, Failure> {
        let linter = ready(&in_force(lexicons), Cache::Kept).map_err(Failure::Lexicon)?.linter;
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            linter: ArcSwap::from_pointee(linter),
            limits,
            cores: Arc::new(Semaphore::new(cores)),
            desks: Mutex::default(),
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
        let (state, linter) = (Arc::clone(self), self.linter());
        let done = async {
            // It is given back when the work is over, whether or not anybody waits for it still.
            let core = Arc::clone(&self.cores).acquire_owned().await.map_err(|_| Refusal::own_fault())?;
            let working = spawn_blocking(move || {
                let _core = core;
                let mut desk = state.desk();
                let done = job(&linter, &mut desk);
                state.put_back(desk);
                done
            });
            working.await.map_err(|_| Refusal::own_fault())
        };
        let deadline = self.limits.deadline;
        timeout(deadline, done).await.unwrap_or_else(|_| Err(Refusal::deadline(deadline)))
    }

    fn desk(&self) -> Desk {
        self.desks.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn put_back(&self, desk: Desk) {
        self.desks.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
    }
}
