//! `GET /v1/rules` and `/v1/rules/{id}`: the rules in force, with all that is known of each, as
//! `replylint lexicon list --format json` gives them; and one as a page to read.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::errors::Refusal;
use super::state::SharedState;
use crate::lexicon::Lexicon;
use crate::lint::{Linter, explain, nearest_rule};
use crate::report::{Listed, rules_json};

pub(super) async fn all(State(state): State<SharedState>) -> Result<Response, Refusal> {
    json(&state.linter(), |_| true)
}

/// A rule, once for each language that has it.
pub(super) async fn one(
    State(state): State<SharedState>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let linter = state.linter();
    let rule = path.map_or_else(|_| String::new(), |Path(rule)| rule);
    if linter.lexicons().all(|lexicon| lexicon.entry(&rule).is_none()) {
        return Err(Refusal::no_such_rule(&rule, nearest_rule(&rule, linter.lexicons())));
    }
    if headers.get(ACCEPT).is_some_and(|accepted| accepted.as_bytes().starts_with(b"text/plain")) {
        let page = |lexicon: &Lexicon| lexicon.entry(&rule).map(|entry| explain(lexicon, entry));
        let pages: Vec<String> = linter.lexicons().filter_map(page).collect();
        return Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], pages.join("\n\n")).into_response());
    }
    json(&linter, |id| id == rule)
}

fn json(linter: &Linter, wanted: impl Fn(&str) -> bool) -> Result<Response, Refusal> {
    let all = |lexicon| Lexicon::entries(lexicon).iter().map(move |entry| Listed { lexicon, entry });
    let listed: Vec<Listed<'_>> =
        linter.lexicons().flat_map(all).filter(|listed| wanted(listed.entry.id.as_str())).collect();
    let mut body = Vec::new();
    rules_json(linter.lexicons(), &listed, &mut body).map_err(|_| Refusal::own_fault())?;
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}
