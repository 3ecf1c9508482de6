//! Layer 7: the HTTP server, for hooks that ask over the network and editors that speak the LanguageTool protocol.
//! What it is to do comes as plain [`Options`]; it prints nothing but its log. No word of a draft, of a customer or of
//! an agent's name is in the log or in the metrics: what a message quotes goes to the client that sent it, and to
//! nobody else.

mod check;
mod errors;
mod languagetool;
mod limits;
mod listen;
mod state;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use tokio::runtime;

pub use self::errors::Failure;
use self::errors::Refusal;
pub use self::limits::Limits;
pub use self::listen::Listen;
use self::listen::Listener;
use self::state::{SharedState, State};

/// What the server is to do.
#[derive(Debug)]
pub struct Options {
    /// Where it listens.
    pub listen: Listen,
    /// The lexicons that were named; else those that are found as everywhere.
    pub lexicons: Vec<String>,
    /// What it bears.
    pub limits: Limits,
}

/// Serves until somebody stops it. `ready` is told the address once clients may come.
///
/// # Errors
///
/// When the lexicons cannot be used, or nothing can be listened to.
pub fn run(options: Options, ready: impl FnOnce(&str)) -> Result<(), Failure> {
    let Options { listen, lexicons, limits } = options;
    let state = Arc::new(State::new(&lexicons, limits)?);
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Runtime)?;
    runtime.block_on(async {
        let listener = Listener::bind(&listen).await?;
        ready(&listener.url());
        listener.serve(routes(Arc::clone(&state)), &state).await;
        Ok(())
    })
}

/// All that can be asked.
fn routes(state: SharedState) -> Router {
    Router::new()
        .route("/v1/check", post(check::check))
        .nest("/v2", languagetool::routes())
        .route("/healthz", get(|| async { "ok\n" }))
        .fallback(|| async { Refusal::no_such_route() })
        .method_not_allowed_fallback(|| async { Refusal::wrong_method() })
        .with_state(state)
}
