//! Lexicons that are put in force while the server runs: when a file of theirs is saved, or on SIGHUP. New ones are
//! compiled before they take the place of the old, and those that are broken never do.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use serde::Serialize;
#[cfg(unix)]
use tokio::{signal, task::spawn_blocking};
use tracing::{error, info};

use super::errors::Failure;
use super::state::{SharedState, State};
use crate::host::{Cache, Watch, in_force, ready};
use crate::lexicon::{LoadError, Problem, SourceError};
use crate::lint::Linter;
use crate::text::{Draft, Language};

/// Why lexicons that were to be put in force are not.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Broken {
    failed_at: String,
    problems: Vec<Fault>,
    help: &'static str,
}

/// Mistakes that are told.
const MOST: usize = 20;

/// One mistake. What it says may quote the lexicon, which quotes what people write, and is not for the log.
#[derive(Debug, Clone, Serialize)]
struct Fault {
    code: &'static str,
    file: Option<String>,
    line: Option<usize>,
    message: String,
}

/// Loads lexicons, and compiles them for drafts of every language.
pub(super) fn load(named: &[String]) -> Result<Linter, LoadError> {
    // A compiled form that is kept would not have the examples that `/v1/rules` shows.
    let linter = ready(&in_force(named), Cache::Off)?.linter;
    let compiled = linter.lint(&Draft::new("").with_language(Language::undetermined())).map(drop);
    match compiled {
        Ok(()) => Ok(linter),
        Err(error) => {
            let unusable = SourceError { message: error.to_string(), help: error.help().to_owned() };
            Err(LoadError { unread: vec![unusable], ..LoadError::default() })
        }
    }
}

fn own_fault() -> LoadError {
    let (message, help) = ("replylint failed, which is a fault of its own".to_owned(), "please report it".to_owned());
    LoadError { unread: vec![SourceError { message, help }], ..LoadError::default() }
}

impl State {
    /// Loads the lexicons anew. They are in force from then on, unless they are broken.
    fn reload(&self) {
        let _one_at_a_time = self.reloading();
        // Even a fault of our own leaves the last good one in force, and somebody who goes on watching.
        let loaded = catch_unwind(AssertUnwindSafe(|| load(&self.lexicons)));
        match loaded.unwrap_or_else(|_| Err(own_fault())) {
            Ok(linter) => {
                let entries: usize = linter.lexicons().map(crate::Lexicon::entry_count).sum();
                self.put_in_force(linter);
                info!(entries, "lexicon reloaded");
            }
            Err(error) => {
                let broken = Broken::new(&error);
                for Fault { code, file, line, .. } in &broken.problems {
                    error!(code, file, line, "lexicon not reloaded, the last good one stays in force");
                }
                self.refuse(broken);
            }
        }
    }
}

impl Broken {
    fn new(error: &LoadError) -> Self {
        let unread = error.unread.iter().map(|unread| Fault {
            code: "unread",
            file: None,
            line: None,
            message: unread.message.clone(),
        });
        let mistakes = error.problems.iter().filter(|problem| !problem.is_warning());
        let problems = unread.chain(mistakes.map(Fault::of)).take(MOST).collect();
        let help = "`replylint lexicon check` says what is wrong; the last good lexicon stays in force";
        Self { failed_at: Timestamp::now().to_string(), problems, help }
    }
}

impl Fault {
    fn of(problem: &Problem) -> Self {
        let (code, file) = (problem.code().as_str(), Some(problem.file().name.clone()));
        Self { code, file, line: Some(problem.line()), message: problem.to_string() }
    }
}

/// Loads them anew whenever their files change.
pub(super) fn on_change(mut watch: Watch, state: &SharedState) -> Result<(), Failure> {
    let state = Arc::clone(state);
    let work = move || {
        loop {
            watch.wait(|| in_force(&state.lexicons));
            // From now on, so that no save between the two is missed.
            watch = Watch::new(&in_force(&state.lexicons));
            state.reload();
        }
    };
    thread::Builder::new().name("watch".to_owned()).spawn(work).map(drop).map_err(|error| Failure::threads(&error))
}

/// Loads them anew whenever somebody says so.
pub(super) fn on_signal(state: &SharedState) {
    #[cfg(unix)]
    if let Ok(mut hangup) = signal::unix::signal(signal::unix::SignalKind::hangup()) {
        let state = Arc::clone(state);
        tokio::spawn(async move {
            while hangup.recv().await.is_some() {
                let state = Arc::clone(&state);
                let _ = spawn_blocking(move || state.reload()).await;
            }
        });
    }
}
