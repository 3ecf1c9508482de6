//! A session with one editor: messages come in one after the other, and are answered in that order. All that is
//! pending is read before anything is linted, so that nobody waits for what is out of date.

mod answers;
mod begin;
mod outgoing;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use gen_lsp_types::Diagnostic;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Options;
use super::documents::Documents;
use super::lexicon::Lexicons;
use super::position::Encoding;
use super::settings::Settings;

/// How long nobody types in a lexicon before it is looked at: that takes longer than a draft.
const PAUSE: Duration = Duration::from_millis(100);

/// The longest that somebody who types without a pause waits for that.
const LONGEST: Duration = Duration::from_secs(1);

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The editor took its leave: `shutdown`, then `exit`.
    Asked,
    /// It left without a word.
    Unasked,
}

/// How far the session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The editor has not said what it can.
    Begun,
    Running,
    /// It is about to leave.
    Leaving,
}

/// What the editor can.
#[derive(Debug, Clone, Copy)]
struct Client {
    encoding: Encoding,
    /// Text with stops in it, for completion.
    snippets: bool,
    /// Ask it for settings.
    configuration: bool,
    /// Have it watch files.
    watches: bool,
}

/// A question to the editor that it has not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Settings,
    Watching,
}

pub(super) struct Session<'c> {
    connection: &'c Connection,
    phase: Phase,
    client: Client,
    /// Of the command line, and of the editor when it began.
    base: Settings,
    settings: Settings,
    documents: Documents,
    lexicons: Lexicons,
    /// Drafts of which the editor shows what is out of date.
    stale: BTreeSet<String>,
    /// Lexicons must be looked at: since when, and since when nobody typed.
    typed: Option<(Instant, Instant)>,
    /// Files may have changed on the disk.
    anew: bool,
    /// What is wrong with the lexicon in force is worth an interruption: nobody is typing.
    loud: bool,
    shown: BTreeMap<String, Vec<Diagnostic>>,
    asked: BTreeMap<RequestId, Asked>,
    questions: i32,
}

impl<'c> Session<'c> {
    pub(super) fn new(connection: &'c Connection, options: Options) -> Self {
        let base = Settings::new(options, std::env::current_dir().ok());
        Self {
            connection,
            phase: Phase::Begun,
            client: Client { encoding: Encoding::Utf16, snippets: false, configuration: false, watches: false },
            settings: base.clone(),
            base,
            documents: Documents::default(),
            lexicons: Lexicons::default(),
            stale: BTreeSet::new(),
            typed: None,
            anew: false,
            loud: true,
            shown: BTreeMap::new(),
            asked: BTreeMap::new(),
            questions: 0,
        }
    }

    pub(super) fn run(mut self) -> Ended {
        loop {
            if let Some(ended) = self.take_all() {
                return ended;
            }
            if self.typed.is_some_and(|(first, last)| Instant::now() >= (last + PAUSE).min(first + LONGEST)) {
                self.look_at_lexicons();
            }
            self.lint_what_is_stale();
        }
    }

    /// Waits for a message and takes all that came. Says how it ended, if it did.
    fn take_all(&mut self) -> Option<Ended> {
        let received = &self.connection.receiver;
        let first = match self.typed {
            None => received.recv().ok(),
            Some((first, last)) => {
                let wait = (last + PAUSE).min(first + LONGEST).saturating_duration_since(Instant::now());
                match received.recv_timeout(wait) {
                    Ok(message) => Some(message),
                    Err(error) if error.is_timeout() => return None,
                    Err(_) => None,
                }
            }
        };
        let Some(mut message) = first else { return Some(self.end()) };
        loop {
            match message {
                Message::Request(request) => self.request(request),
                Message::Notification(notification) if notification.method == "exit" => return Some(self.end()),
                Message::Notification(notification) => self.notification(notification),
                Message::Response(response) => self.response(response),
            }
            match received.try_recv() {
                Ok(next) => message = next,
                Err(_) => return None,
            }
        }
    }

    fn end(&self) -> Ended {
        if self.phase == Phase::Leaving { Ended::Asked } else { Ended::Unasked }
    }

    fn request(&mut self, Request { id, method, params }: Request) {
        let refusal = match (self.phase, method.as_str()) {
            (Phase::Begun, "initialize") => {
                let answer = self.initialize(&params);
                return self.send(Response::new_ok(id, answer));
            }
            (Phase::Begun, _) => (ErrorCode::ServerNotInitialized, "send `initialize` first".to_owned()),
            (Phase::Leaving, _) => (ErrorCode::InvalidRequest, "nothing is answered after `shutdown`".to_owned()),
            (Phase::Running, "initialize") => {
                (ErrorCode::InvalidRequest, "this session was initialized already".to_owned())
            }
            (Phase::Running, "shutdown") => {
                self.phase = Phase::Leaving;
                return self.send(Response::new_ok(id, Value::Null));
            }
            (Phase::Running, "textDocument/codeAction") => return self.answer(id, &method, params, Self::code_actions),
            (Phase::Running, "textDocument/completion") => return self.answer(id, &method, params, Self::completion),
            (Phase::Running, "textDocument/hover") => {
                // A page is that of the lexicon as it is now.
                if self.typed.is_some() {
                    self.look_at_lexicons();
                }
                return self.answer(id, &method, params, Self::hover);
            }
            (Phase::Running, "textDocument/definition") => return self.answer(id, &method, params, Self::definition),
            (Phase::Running, _) => (ErrorCode::MethodNotFound, format!("replylint does not know `{method}`")),
        };
        let (code, message) = refusal;
        self.send(Response::new_err(id, code as i32, message));
    }

    /// Answers what can be read. What cannot is not quoted: it may hold a draft.
    fn answer<P: DeserializeOwned, A: Serialize>(
        &mut self,
        id: RequestId,
        method: &str,
        params: Value,
        answer: impl Fn(&Self, P) -> A,
    ) {
        let response = match serde_json::from_value(params) {
            Ok(params) => Response::new_ok(id, answer(self, params)),
            Err(_) => Response::new_err(
                id,
                ErrorCode::InvalidParams as i32,
                format!("the parameters are not those that the protocol gives `{method}`"),
            ),
        };
        self.send(response);
    }

    fn notification(&mut self, Notification { method, params }: Notification) {
        // Before `initialize` and after `shutdown` they mean nothing.
        if self.phase != Phase::Running {
            return;
        }
        let done = match method.as_str() {
            "initialized" => {
                self.begin();
                Some(())
            }
            "textDocument/didOpen" => read(params).map(|params| self.opened(params)),
            "textDocument/didChange" => read(params).map(|params| self.changed(params)),
            "textDocument/didClose" => read(params).map(|params| self.closed(&params)),
            "textDocument/didSave" => read(params).map(|params| self.saved(&params)),
            "workspace/didChangeConfiguration" => {
                self.settings_changed(params.get("settings").unwrap_or(&Value::Null));
                Some(())
            }
            "workspace/didChangeWatchedFiles" => {
                self.look_soon(true);
                Some(())
            }
            _ => Some(()),
        };
        if done.is_none() {
            self.log(&format!("the parameters are not those that the protocol gives `{method}`; open the file again"));
        }
    }

    fn response(&mut self, Response { id, response_result }: Response) {
        match (self.asked.remove(&id), response_result) {
            (Some(Asked::Settings), Ok(Value::Array(sections))) => {
                let section = sections.into_iter().next().unwrap_or_default();
                self.set(&section);
            }
            (Some(Asked::Settings), _) => self.log("the editor did not say what is set, so that nothing is"),
            // An editor that does not watch files tells when it saves one.
            (Some(Asked::Watching) | None, _) => {}
        }
    }
}

fn read<P: DeserializeOwned>(params: Value) -> Option<P> {
    serde_json::from_value(params).ok()
}
