//! `POST /v1/check`: one record in, its review out.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::errors::Refusal;
use super::state::SharedState;
use crate::intake::{Asked, Record, Reviewer};
use crate::lint::{Desk, Linter};
use crate::report;
use crate::text::Scope;

/// How reviews name what they are of.
pub(super) const SOURCE: &str = "request";

pub(super) async fn check(State(state): State<SharedState>, body: Body) -> Result<Response, Refusal> {
    let record = state.limits.read(body).await?;
    let bound = state.limits.max_bytes;
    let review = state.work(move |linter, desk| reviewed(&record, linter, desk, bound)).await??;
    Ok(([(CONTENT_TYPE, "application/json")], review).into_response())
}

/// The review of the one record that a body is.
fn reviewed(body: &Bytes, linter: &Linter, desk: &mut Desk, bound: usize) -> Result<Vec<u8>, Refusal> {
    let asked = Asked::usual(bound as u64);
    let record = Record::from_json(body, &asked).map_err(Refusal::unreadable)?;
    let record = record.ok_or_else(Refusal::no_body)?;
    let reviewer = Reviewer { linter, scope: Scope::Own, source: SOURCE, max_bytes: bound as u64 };
    let mut out = Vec::new();
    let Ok(()) = reviewer
        .review(&record, desk, |reply| {
            // Memory takes all that is written to it.
            let _ = report::reply_line(reply, &mut out);
            Ok::<_, Infallible>(())
        })
        .map_err(Refusal::unreadable)?;
    Ok(out)
}
