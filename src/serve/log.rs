//! The log: a line a request, with its id, and what becomes of the lexicons. A line has the route that answered, never
//! the path that was asked for, whose words are the client's; of a refusal it has the code, never the message. Even of
//! a fault of our own it has the place alone, since what such a fault says may quote a draft.

use std::io;
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use jiff::Timestamp;
use tracing::{error, info};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::errors::Code;
use super::state::SharedState;

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// Lines for people.
    Text,
    /// A JSON object a line.
    Json,
    /// Not at all.
    Off,
}

/// Begins the log, on standard error.
pub(super) fn start(log: Log) {
    // Where nobody reads standard error, nobody is to be told so there either.
    let lines = || tracing_subscriber::fmt().with_writer(io::stderr).log_internal_errors(false).with_target(false);
    // A process has one log; whoever has begun another keeps it.
    let _ = match log {
        Log::Text => lines().with_ansi(false).try_init(),
        Log::Json => lines().json().flatten_event(true).try_init(),
        Log::Off => Ok(()),
    };
    panic::set_hook(Box::new(fault));
}

fn fault(about: &PanicHookInfo<'_>) {
    let place = about.location().map(|place| format!("{}:{}", place.file(), place.line()));
    error!(place, "a fault of replylint, please report it");
}

/// How a request is known, in the log and to the client.
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub(super) HeaderValue);

static HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from a client.
const LONGEST_ID: usize = 64;

impl RequestId {
    /// That of the client, if it is one, or a new one.
    fn of(request: &Request) -> Self {
        let is_sane = |id: &&HeaderValue| {
            let signs = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
            (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(signs)
        };
        Self(request.headers().get(&HEADER).filter(is_sane).cloned().unwrap_or_else(Self::made))
    }

    fn made() -> HeaderValue {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let now = Timestamp::now().as_nanosecond();
        let id = format!("{:016x}", xxh3_64_with_seed(&now.to_le_bytes(), number));
        HeaderValue::from_str(&id).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

/// Gives a request its id, and tells how it ended.
pub(super) async fn observe(State(state): State<SharedState>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = RequestId::of(&request);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    let time = start.elapsed();
    let status = response.status().as_u16();
    let code = response.extensions().get::<Code>().map(|code| code.0);
    state.metrics.request(route, status, time);
    if let Some(code) = code {
        state.metrics.error(code);
    }
    let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    // A method may be any word.
    let method = if KNOWN.contains(&method.as_str()) { method.as_str() } else { "other" };
    info!(id = id.as_str(), method, route, status, code, ms, "answered");
    response.headers_mut().insert(HEADER.clone(), id.0);
    response
}

const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];
