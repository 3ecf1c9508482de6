//! What is left of a request that is answered before all of it was read. Many clients send all before they read, and a
//! connection that is closed meanwhile looks to them as if the server were gone. So the rest is read and forgotten,
//! within bounds.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::state::SharedState;

/// The most that is read and forgotten, in bytes.
const MOST: usize = 64 << 20;

/// Sees to it that the body of a request is read, whatever becomes of the request.
pub(super) async fn keep(State(state): State<SharedState>, request: Request) -> Request {
    let patience = state.limits.patience;
    request.map(|body| Body::new(Lingering { body, patience, failed: false }))
}

struct Lingering {
    body: Body,
    patience: Duration,
    /// Nothing will come of it any more.
    failed: bool,
}

impl HttpBody for Lingering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        self.failed |= matches!(frame, Poll::Ready(Some(Err(_))));
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if self.failed || self.body.is_end_stream() {
            return;
        }
        let (rest, patience) = (std::mem::take(&mut self.body), self.patience);
        // Once the server has stopped there is nobody to read it.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move { timeout(patience, forget(rest)).await });
        }
    }
}

async fn forget(mut body: Body) {
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read > MOST {
            break;
        }
    }
}
