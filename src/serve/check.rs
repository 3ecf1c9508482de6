//! `POST /v1/check`: one record in, its review out.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::errors::{OWN_FAULT, Refusal};
use super::state::{SharedState, State};
use crate::intake::{ReadAs, Record, Reviewer, Unreadable};
use crate::lint::{Desk, Linter};
use crate::report;
use crate::text::Scope;

/// How reviews name what they are of.
pub(super) const SOURCE: &str = "request";

pub(super) async fn check(Shared(state): Shared<SharedState>, body: Body) -> Result<Response, Refusal> {
    let body = state.limits.read(body).await?;
    let state_there = SharedState::clone(&state);
    let done = state.work(move |linter, desk| one(&state_there, linter, desk, &body)).await?;
    Ok(([(CONTENT_TYPE, "application/json")], done?).into_response())
}

/// The review of the one record that a body is. Two would be the answer to a mail, and a hook that reads the first
/// would take it for the whole.
fn one(state: &State, linter: &Linter, desk: &mut Desk, body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let asked = state.limits.asked();
    let record = Record::from_json(body, &asked).map_err(Refusal::unreadable)?.ok_or_else(Refusal::no_body)?;
    if record.read_as == ReadAs::Mime {
        return Err(Refusal::many_parts());
    }
    let mut out = Vec::new();
    review(state, linter, desk, &record, &mut out).map_err(Refusal::unreadable)?;
    Ok(out)
}

/// Writes the review of a record, or those of the parts of a mail, a line each, and counts them.
pub(super) fn review(
    state: &State,
    linter: &Linter,
    desk: &mut Desk,
    record: &Record<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Unreadable> {
    let max_bytes = state.limits.max_bytes as u64;
    let reviewer = Reviewer { linter, scope: Scope::Own, source: SOURCE, max_bytes };
    let begun = out.len();
    let done = catch_unwind(AssertUnwindSafe(|| {
        reviewer.review(record, desk, |reply| {
            state.metrics.review(&reply.review);
            // Memory takes all that is written to it.
            let _ = report::reply_line(reply, out);
            Ok::<_, Infallible>(())
        })
    }));
    match done {
        Ok(Ok(Ok(()))) => Ok(()),
        Ok(Err(unreadable)) => Err(unreadable),
        Err(_) => {
            *desk = Desk::default();
            out.truncate(begun);
            let message = "the linter failed, which is a fault of its own".to_owned();
            Err(Unreadable { id: record.owned_id(), code: OWN_FAULT, message })
        }
    }
}
