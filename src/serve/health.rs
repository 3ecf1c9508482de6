//! Whether the server lives, and whether it can judge drafts: with which lexicons, and whether the last attempt to
//! load them anew came to nothing.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::errors::Refusal;
use super::reload::Broken;
use super::state::SharedState;
use crate::lexicon::Lexicon;

#[derive(Serialize)]
struct Readiness<'s> {
    status: &'static str,
    lexicons: Vec<InForce<'s>>,
    /// When they were loaded.
    loaded_at: String,
    /// Why what came later is not in force.
    failed_reload: Option<Broken>,
}

#[derive(Serialize)]
struct InForce<'s> {
    name: &'s str,
    version: Option<&'s str>,
    language: &'s str,
    entries: usize,
}

impl<'s> InForce<'s> {
    fn new(lexicon: &'s Lexicon) -> Self {
        Self {
            name: lexicon.name(),
            version: lexicon.version(),
            language: lexicon.language().as_str(),
            entries: lexicon.entry_count(),
        }
    }
}

pub(super) async fn alive() -> &'static str {
    "ok\n"
}

pub(super) async fn ready(State(state): State<SharedState>) -> Result<Response, Refusal> {
    if state.is_stopping() {
        return Err(Refusal::stopping());
    }
    let linter = state.linter();
    let (loaded_at, failed_reload) = state.reloads();
    let lexicons = linter.lexicons().map(InForce::new).collect();
    let readiness = Readiness { status: "ready", lexicons, loaded_at: loaded_at.to_string(), failed_reload };
    let body = serde_json::to_vec(&readiness).map_err(|_| Refusal::own_fault())?;
    Ok((StatusCode::OK, [(CONTENT_TYPE, "application/json")], body).into_response())
}
