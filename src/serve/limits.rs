//! What the server bears: how much a request may hold, how long it may take, and how many there may be at once. Past
//! a bound there is a clear answer, so that a hook can tell it from a reply without findings.

use std::error::Error;
use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use super::errors::Refusal;

/// The bounds.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest body of a request with one draft, and the longest line of a batch, in bytes.
    pub max_bytes: usize,
    /// The longest time from a request to its answer.
    pub deadline: Duration,
    /// The longest wait for a header, a body, or a client that does not read.
    pub patience: Duration,
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
            requests: 256,
            grace: Duration::from_secs(10),
        }
    }
}

impl Limits {
    /// All of a body.
    pub(super) async fn read(self, body: Body) -> Result<Bytes, Refusal> {
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
