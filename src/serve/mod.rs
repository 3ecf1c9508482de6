//! Layer 7: the HTTP server, for hooks that ask over the network and editors that speak the LanguageTool protocol.
//! What it is to do comes as plain [`Options`]; it prints nothing but its log. No word of a draft, of a customer or of
//! an agent's name is in the log or in the metrics: what a message quotes goes to the client that sent it, and to
//! nobody else.

mod batch;
mod check;
mod errors;
mod health;
mod languagetool;
mod limits;
mod linger;
mod listen;
mod log;
mod metrics;
mod openapi;
mod patient;
mod reload;
mod rules;
mod state;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state, map_request_with_state};
use axum::routing::{get, post};
use tokio::runtime;
use tracing::info;

pub use self::errors::Failure;
use self::errors::Refusal;
pub use self::limits::Limits;
pub use self::listen::Listen;
use self::listen::Listener;
pub use self::log::Log;
use self::state::{SharedState, State};
pub use self::token::{NoToken, Token};
use crate::host::{Watch, in_force};

/// What the server is to do.
#[derive(Debug)]
pub struct Options {
    /// Where it listens.
    pub listen: Listen,
    /// The lexicons that were named; else those that are found as everywhere.
    pub lexicons: Vec<String>,
    /// What it bears.
    pub limits: Limits,
    /// What clients have to show.
    pub token: Option<Token>,
    /// Whether other machines may ask without one.
    pub without_token: bool,
    /// How it tells what it did.
    pub log: Log,
}

/// Serves until somebody stops it. `ready` is told the address once clients may come, unless the log
/// tells it in words of its own.
///
/// # Errors
///
/// When the lexicons cannot be used, nothing can be listened to, or anybody could ask from anywhere and nobody said
/// that they may.
pub fn run(options: Options, ready: impl FnOnce(&str)) -> Result<(), Failure> {
    let Options { listen, lexicons, limits, token, without_token, log } = options;
    if listen.is_open() && token.is_none() && !without_token {
        return Err(Failure::open_to_all());
    }
    log::start(log);
    let watch = Watch::new(&in_force(&lexicons));
    let state = Arc::new(State::new(lexicons, limits)?);
    let runtime =
        runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| Failure::threads(&error))?;
    let served = runtime.block_on(async {
        let listener = Listener::bind(&listen).await?;
        reload::on_change(watch, &state)?;
        reload::on_signal(&state);
        match log {
            Log::Json => info!("listening on {}", listener.name()),
            Log::Text | Log::Off => ready(&listener.name()),
        }
        listener.serve(routes(&state, token), &state).await;
        Ok(())
    });
    // What is still linted then is for nobody.
    runtime.shutdown_background();
    served
}

/// All that can be asked. A request goes through the layers from the last to the first.
fn routes(state: &SharedState, token: Option<Token>) -> Router {
    let judging = Router::new()
        .route("/v1/check", post(check::check))
        .route("/v1/check:batch", post(batch::batch))
        .nest("/v2", languagetool::routes())
        .route_layer(from_fn_with_state(Arc::clone(state), limits::admit));
    Router::new()
        .merge(judging)
        .route("/v1/rules", get(rules::all))
        .route("/v1/rules/{id}", get(rules::one))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::show))
        .route("/openapi.json", get(openapi::show))
        .route("/healthz", get(health::alive))
        .fallback(|| async { Refusal::no_such_route() })
        .method_not_allowed_fallback(|| async { Refusal::wrong_method() })
        .layer(from_fn(move |request, next| token::ask(token.clone(), request, next)))
        .layer(map_request_with_state(Arc::clone(state), linger::keep))
        .layer(from_fn(languagetool::mind))
        .layer(from_fn_with_state(Arc::clone(state), log::observe))
        .with_state(Arc::clone(state))
}
