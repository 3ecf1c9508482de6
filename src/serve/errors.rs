//! What goes wrong: a [`Failure`] of the server itself, for whoever starts it, and a [`Refusal`] of a request, for
//! the program that sent it. A refusal is JSON with a stable code, a sentence, and what to do; its status is never
//! one of success. Its words may quote the request, so that it is not for the log, which has its code alone.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::time::Duration;

use axum::http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::host::plain;
use crate::intake::Unreadable;
use crate::lexicon::LoadError;

/// Why there is no server.
#[derive(Debug)]
pub enum Failure {
    /// The lexicons cannot be used.
    Lexicon(LoadError),
    /// Something else, in a sentence, and what to do about it.
    Other {
        /// The sentence.
        message: String,
        /// What to do.
        help: &'static str,
    },
}

impl Failure {
    pub(super) fn open_to_all() -> Self {
        Self::Other {
            message: "other machines could ask here, and no token keeps anybody out".to_owned(),
            help: "name a token with --token-file or REPLYLINT_TOKEN, or say --without-token if something else keeps strangers out",
        }
    }

    pub(super) fn threads(error: &io::Error) -> Self {
        Self::Other {
            message: format!("cannot start threads: {}", plain(error)),
            help: "look how many this user may have",
        }
    }
}

/// Why an answer has no end.
#[derive(Debug)]
pub(super) struct Severed;

impl fmt::Display for Severed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer is not whole")
    }
}

impl std::error::Error for Severed {}

/// Why a request is not done.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) message: Cow<'static, str>,
    pub(super) help: &'static str,
}

/// The code of a refusal, kept beside its answer for the log and the metrics.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code(pub(super) &'static str);

/// What is wrong with us, not with a record.
pub(super) const OWN_FAULT: &str = "own-fault";

#[derive(Serialize)]
struct Answer<'r> {
    error: Said<'r>,
}

#[derive(Serialize)]
struct Said<'r> {
    code: &'static str,
    message: &'r str,
    help: &'static str,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>, help: &'static str) -> Self {
        Self { status, code, message: message.into(), help }
    }

    pub(super) fn no_such_route() -> Self {
        let help = "post a draft to /v1/check; /openapi.json lists all that there is";
        Self::new(StatusCode::NOT_FOUND, "no-such-route", "there is nothing at this path", help)
    }

    pub(super) fn wrong_method() -> Self {
        let help = "the header `Allow` names the methods that are";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "wrong-method", "this method is not for this path", help)
    }

    pub(super) fn too_large(bound: usize) -> Self {
        let message = format!("the body is larger than {bound} bytes, the bound for one request");
        let help = "is it one draft? If so, start the server with a larger --max-bytes; many go to /v1/check:batch";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message, help)
    }

    pub(super) fn broken_off() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "broken-off", "the body ended before it was whole", "send it again")
    }

    pub(super) fn too_slow(patience: Duration) -> Self {
        let message = format!("the body did not come within {} seconds", patience.as_secs());
        Self::new(StatusCode::REQUEST_TIMEOUT, "too-slow", message, "send it again, and all of it at once")
    }

    pub(super) fn no_body() -> Self {
        let help = "post a record such as {\"text\": \"…\"}";
        Self::new(StatusCode::BAD_REQUEST, "no-record", "the body is empty", help)
    }

    pub(super) fn no_records() -> Self {
        let help = "post records, each on a line of its own: {\"text\": \"…\"}";
        Self::new(StatusCode::BAD_REQUEST, "no-record", "the body holds no record", help)
    }

    pub(super) fn many_parts() -> Self {
        let message = "a mail has a review for each of its parts, and here one is given";
        let help = "post it to /v1/check:batch, which answers with a line for each part";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "many-parts", message, help)
    }

    pub(super) fn no_such_rule(rule: &str, near: Option<&str>) -> Self {
        let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        let message = format!("no lexicon in force has the rule {rule}{near}");
        Self::new(StatusCode::NOT_FOUND, "unknown-rule", message, "/v1/rules lists those that there are")
    }

    pub(super) fn no_token() -> Self {
        let help = "send the header `Authorization: Bearer …` with the token that the server was started with";
        Self::new(StatusCode::UNAUTHORIZED, "no-token", "this server wants its token", help)
    }

    pub(super) fn busy(requests: usize) -> Self {
        let message = format!("{requests} requests are being answered already, the bound for this server");
        let help = "ask once more in a moment; if it happens often, raise --requests or give the server more cores";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message, help)
    }

    pub(super) fn stopping() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", "the server stops", "ask another one")
    }

    pub(super) fn deadline(deadline: Duration) -> Self {
        let message = format!("the answer was not ready within {} ms", deadline.as_millis());
        let help = "ask once more in a moment; if it happens often, raise --deadline or give the server more cores";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "deadline", message, help)
    }

    pub(super) fn own_fault() -> Self {
        let help = "send the reply without it, and please report it";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, OWN_FAULT, "the linter failed, which is a fault of its own", help)
    }

    /// A record that cannot be linted.
    pub(super) fn unreadable(Unreadable { code, message, .. }: Unreadable) -> Self {
        let (status, help) = match code {
            "not-json" => (StatusCode::BAD_REQUEST, "post one JSON object: {\"text\": \"…\"}"),
            "not-utf8" => (StatusCode::BAD_REQUEST, "send the body in the encoding UTF-8"),
            "too-large" => {
                (StatusCode::PAYLOAD_TOO_LARGE, "is it a draft? If so, start the server with a larger --max-bytes")
            }
            "unserved-language" => {
                (StatusCode::UNPROCESSABLE_ENTITY, "start the server with a lexicon for it, or leave the language out")
            }
            "lexicon-too-large" => {
                (StatusCode::INTERNAL_SERVER_ERROR, "split the lexicon in two, each for a server of its own")
            }
            "not-mail" | "no-text" => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "give the whole mail, with its header, or another `format` than `mime`",
            ),
            OWN_FAULT => return Self::own_fault(),
            _ => (StatusCode::UNPROCESSABLE_ENTITY, "mend the record; /openapi.json says what one is"),
        };
        Self::new(status, code, message, help)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self { status, code, message, help } = self;
        // There is nothing in it that could not be written.
        let body = serde_json::to_vec(&Answer { error: Said { code, message: &message, help } }).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, "application/json")], body).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // What is left of the body is not waited for.
        if matches!(status, StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT) {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response.extensions_mut().insert(Code(code));
        response
    }
}
