//! What the server bears: how much a request may hold, how long it may take, and how many there may be at once. Past
//! a bound there is a clear answer, so that a hook can tell it from a reply without findings.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::errors::Refusal;
use super::state::SharedState;
use crate::intake::Asked;

/// The bounds.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest body of a request with one draft, and the longest line of a batch, in bytes.
    pub max_bytes: usize,
    /// The longest time from a request to its answer.
    pub deadline: Duration,
    /// The longest wait for a header, a body, or a client that does not read.
    pub patience: Duration,
    /// How much of the answer to a batch may wait for a client that does not read yet, in bytes; of all of them
    /// together, [`SHARED`](Limits::SHARED) times as much.
    pub max_unread: u32,
    /// How many requests are answered at a time.
    pub requests: usize,
    /// How long requests may go on once the server is told to stop.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 1 << 20,
            deadline: Duration::from_secs(2),
            patience: Duration::from_secs(15),
            max_unread: 64 << 20,
            requests: 256,
            grace: Duration::from_secs(10),
        }
    }
}

/// A place among the requests that are answered at a time, for as long as anybody holds it.
#[derive(Debug, Clone)]
pub(super) struct Place(#[expect(dead_code, reason = "it is there to be held")] Arc<OwnedSemaphorePermit>);

/// Lets so many requests through at a time. One that goes on behind its answer's beginning takes its place along.
pub(super) async fn admit(
    State(state): State<SharedState>,
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let place = state.place().ok_or_else(|| Refusal::busy(state.limits.requests))?;
    let place = Place(Arc::new(place));
    request.extensions_mut().insert(place.clone());
    let response = next.run(request).await;
    drop(place);
    Ok(response)
}

impl Limits {
    /// How many batches may let so much wait at a time as one may.
    pub const SHARED: u32 = 4;

    /// What is wanted of records.
    pub(super) fn asked(self) -> Asked {
        Asked::usual(self.max_bytes as u64)
    }

    /// All of a body.
    pub(super) async fn read(self, body: Body) -> Result<Bytes, Refusal> {
        // What says beforehand that it is too large need not be waited for.
        if body.size_hint().lower() > self.max_bytes as u64 {
            return Err(Refusal::too_large(self.max_bytes));
        }
        let reading = Limited::new(body, self.max_bytes).collect();
        match timeout(self.patience, reading).await {
            Ok(Ok(read)) => Ok(read.to_bytes()),
            Ok(Err(error))
                if error.is::<LengthLimitError>()
                    || error.source().is_some_and(<dyn Error>::is::<LengthLimitError>) =>
            {
                Err(Refusal::too_large(self.max_bytes))
            }
            Ok(Err(_)) => Err(Refusal::broken_off()),
            Err(_) => Err(Refusal::too_slow(self.patience)),
        }
    }
}
