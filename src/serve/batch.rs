//! `POST /v1/check:batch`: a record a line in, a review a line out, in the same order and while records still come. A
//! bad line becomes an error record, and the run goes on. Many clients send all before they read: so much of the answer
//! waits for them as is said in the [`Limits`](super::Limits), and beyond that no more is read until they do. All lines
//! are judged by the lexicons that were in force when the first came.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State as Shared;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use http_body_util::channel::{Channel, Sender};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};
use tracing::info;

use super::check::{SOURCE, review};
use super::errors::{Refusal, Severed};
use super::limits::Place;
use super::log::RequestId;
use super::state::{SharedState, State};
use crate::host::{Batch, Fault, Lines, Piece, Pushed};
use crate::intake::{Record, Unreadable};
use crate::lint::{Desk, Linter};
use crate::report::{InputError, error_line};

/// What is judged at a time, in bytes: little enough that whoever asks about one draft is not kept waiting.
const AT_ONCE: usize = 64 << 10;

/// Chunks of an answer that may wait; it is their bytes that are bounded.
const CHUNKS: usize = 1 << 20;

pub(super) async fn batch(
    Shared(state): Shared<SharedState>,
    Extension(id): Extension<RequestId>,
    Extension(place): Extension<Place>,
    body: Body,
) -> Result<Response, Refusal> {
    let mut records = Records::new(body, &state);
    // Until there is a record the status can still say that there is none.
    let first = records.next().await?.ok_or_else(Refusal::no_records)?;
    let (sender, answer) = Channel::new(CHUNKS);
    let room = Arc::new(Semaphore::new(state.limits.max_unread as usize));
    let run = Run { linter: state.linter(), state, id, sender, room, done: Done::default() };
    tokio::spawn(async move {
        run.all(first, records).await;
        drop(place);
    });
    Ok(([(CONTENT_TYPE, "application/x-ndjson")], Body::new(answer)).into_response())
}

/// The records of a body, as they come.
struct Records {
    body: Body,
    /// What came and was not looked at.
    rest: Bytes,
    pushed: Option<Pushed<Lines>>,
    line: usize,
    patience: Duration,
}

impl Records {
    fn new(body: Body, state: &State) -> Self {
        let pushed = Some(Pushed::new(Lines::up_to(state.limits.max_bytes)));
        Self { body, rest: Bytes::new(), pushed, line: 1, patience: state.limits.patience }
    }

    /// Those that came next, of which at least one holds something; none at the end.
    async fn next(&mut self) -> Result<Option<Batch>, Refusal> {
        loop {
            let Some(pushed) = &mut self.pushed else { return Ok(None) };
            let batch = if self.rest.is_empty() {
                let frame = timeout(self.patience, self.body.frame()).await;
                match frame.map_err(|_| Refusal::too_slow(self.patience))? {
                    // What began is not whole, and a half of a draft is not judged.
                    Some(Err(_)) => return Err(Refusal::broken_off()),
                    Some(Ok(frame)) => {
                        self.rest = frame.into_data().unwrap_or_default();
                        continue;
                    }
                    None => self.pushed.take().and_then(Pushed::end),
                }
            } else {
                pushed.push(&self.rest.split_to(self.rest.len().min(AT_ONCE)))
            };
            if let Some(batch) = batch {
                self.line = batch.pieces.last().map_or(self.line, |piece| piece.line + 1);
                if batch.pieces.iter().any(|piece| holds_something(&batch, piece)) {
                    return Ok(Some(batch));
                }
            }
        }
    }
}

fn holds_something(batch: &Batch, piece: &Piece) -> bool {
    match &piece.content {
        Ok(range) => !batch.content(range.clone()).trim_ascii().is_empty(),
        Err(_) => true,
    }
}

/// One request.
struct Run {
    state: SharedState,
    linter: Arc<Linter>,
    id: RequestId,
    sender: Sender<Bytes, Severed>,
    room: Arc<Semaphore>,
    done: Done,
}

/// How many lines were judged, and how many could not be.
#[derive(Debug, Default, Clone, Copy)]
struct Done {
    records: u64,
    errors: u64,
}

impl Run {
    /// Answers until the last record, or until the client is gone.
    async fn all(mut self, first: Batch, mut records: Records) {
        let start = Instant::now();
        let mut next = Ok(Some(first));
        let ended = loop {
            let judged = match next {
                Ok(Some(batch)) => self.judged(batch).await,
                Ok(None) => break "whole",
                Err(refusal) => Err(refusal),
            };
            let (chunk, ended) = match judged {
                Ok(chunk) => (chunk, None),
                Err(refusal) => (self.refused(records.line, refusal), Some("broken off")),
            };
            match (self.send(chunk).await, ended) {
                (true, None) => next = records.next().await,
                (true, Some(ended)) => break ended,
                (false, _) => break "client gone",
            }
        };
        let Self { id, sender, done: Done { records, errors }, .. } = self;
        // A clean end says that there was nothing more to say.
        if ended != "whole" {
            sender.abort(Severed);
        }
        let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        info!(id = id.as_str(), records, errors, ms, ended, "batch");
    }

    /// Whether anybody is there to whom it can be sent. When the connection is given up, all that waits is dropped,
    /// and so there is room again.
    async fn send(&mut self, chunk: Vec<u8>) -> bool {
        let Ok(room) = self.state.room(&self.room, chunk.len()).await else { return false };
        self.sender.send_data(Bytes::from_owner(Waiting { chunk, room })).await.is_ok()
    }

    async fn judged(&mut self, batch: Batch) -> Result<Vec<u8>, Refusal> {
        let state = Arc::clone(&self.state);
        let work = move |linter: &Linter, desk: &mut Desk| judge(&state, linter, desk, batch);
        let (chunk, Done { records, errors }) = self.state.work_on(Arc::clone(&self.linter), work).await?;
        self.done.records += records;
        self.done.errors += errors;
        Ok(chunk)
    }

    /// The last line of an answer that is not whole.
    fn refused(&mut self, line: usize, Refusal { code, message, .. }: Refusal) -> Vec<u8> {
        self.state.metrics.error(code);
        self.done.errors += 1;
        let mut chunk = Vec::new();
        write_error(line, Unreadable { id: None, code, message: message.into_owned() }, &mut chunk);
        chunk
    }
}

/// A part of an answer, with the room that it takes until the client has it.
struct Waiting {
    chunk: Vec<u8>,
    #[expect(dead_code, reason = "it is there to be held")]
    room: [OwnedSemaphorePermit; 2],
}

impl AsRef<[u8]> for Waiting {
    fn as_ref(&self) -> &[u8] {
        &self.chunk
    }
}

/// The reviews of what came at once.
fn judge(state: &State, linter: &Linter, desk: &mut Desk, mut batch: Batch) -> (Vec<u8>, Done) {
    let asked = state.limits.asked();
    let (mut out, mut done) = (Vec::new(), Done::default());
    for Piece { line, content } in std::mem::take(&mut batch.pieces) {
        let judged = match content {
            Ok(range) => match Record::from_json(batch.content(range), &asked) {
                Ok(None) => continue,
                Ok(Some(record)) => review(state, linter, desk, &record, &mut out),
                Err(unreadable) => Err(unreadable),
            },
            Err(Fault { code, message, .. }) => Err(Unreadable { id: None, code, message }),
        };
        match judged {
            Ok(()) => done.records += 1,
            Err(unreadable) => {
                state.metrics.error(unreadable.code);
                done.errors += 1;
                write_error(line, unreadable, &mut out);
            }
        }
    }
    (out, done)
}

fn write_error(line: usize, Unreadable { id, code, message }: Unreadable, out: &mut Vec<u8>) {
    let error = InputError { source: SOURCE.to_owned(), id, line: Some(line), code, message };
    // Memory takes all that is written to it.
    let _ = error_line(&error, out);
}
