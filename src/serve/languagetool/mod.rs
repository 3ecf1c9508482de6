//! What clients of LanguageTool ask, under `/v2`: LibreOffice, add-ons of browsers and editors, and programs that
//! check texts. Whoever can be pointed at a LanguageTool server of their own can be pointed here. It finds what the
//! lexicons in force avoid, and knows nothing of spelling or grammar.
//!
//! What is asked and answered is in pure functions, from [`form`] to [`answer`]; this page has the routes only.

mod annotated;
mod answer;
mod check;
mod form;
mod language;
mod manners;
mod refusal;
mod request;
mod utf16;

use axum::Router;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;
use serde_json::json;

use self::answer::Software;
use super::errors::Refusal;
use super::state::SharedState;

pub(super) use self::manners::mind;

/// Everything under `/v2`.
pub(super) fn routes() -> Router<SharedState> {
    Router::new()
        .route("/", get(info))
        .route("/check", get(check).post(check))
        .route("/languages", get(languages))
        .route("/healthcheck", get(|| async { "OK" }))
        .route("/info", get(info))
        .route("/maxtextlength", get(most))
        // Nobody keeps a dictionary here; names are in the lexicon.
        .route("/words", get(|| async { as_json(&json!({"words": []})) }))
        .route("/words/add", post(|| async { as_json(&json!({"added": false})) }))
        .route("/words/delete", post(|| async { as_json(&json!({"deleted": false})) }))
}

async fn check(State(state): State<SharedState>, RawQuery(query): RawQuery, body: Body) -> Result<Response, Refusal> {
    let form = state.limits.read(body).await?;
    let (there, query) = (SharedState::clone(&state), query.unwrap_or_default());
    let checked = state.work(move |linter, desk| {
        check::check(linter, desk, &query, &form, |review| there.metrics.review(review)).map(|answer| as_json(&answer))
    });
    checked.await?
}

async fn languages(State(state): State<SharedState>) -> Response {
    as_json(&language::listed(&state.linter()))
}

async fn info() -> Response {
    as_json(&json!({"software": Software::here()}))
}

/// How many UTF-16 units a text may have at least: each of them is at most three bytes, and each of those at most three
/// of the form.
async fn most(State(state): State<SharedState>) -> String {
    (state.limits.max_bytes / 9).to_string()
}

fn as_json(answer: &impl Serialize) -> Response {
    // There is nothing in it that could not be written.
    let body = serde_json::to_vec(answer).unwrap_or_default();
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}
