//! A session with one editor: messages come in one after the other, and are answered in that order. All that is
//! pending is read before anything is linted, so that nobody waits for what is out of date.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use gen_lsp_types::{
    CodeActionParams, CompletionList, CompletionParams, DefinitionParams, Diagnostic, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, Hover, HoverParams,
    MarkupContent, MarkupKind, PublishDiagnosticsParams, Uri,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Options;
use super::documents::{Document, Documents};
use super::drafts;
use super::lexicon::{self, Lexicons};
use super::position::Encoding;
use super::settings::{SECTION, Settings};
use super::uri;
use crate::lint::explain;

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

    fn initialize(&mut self, params: &Value) -> Value {
        let can = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let is = |path: &str| can(path).and_then(Value::as_bool).unwrap_or_default();
        let offered = can("general/positionEncodings").and_then(Value::as_array).into_iter().flatten();
        self.client = Client {
            encoding: Encoding::best(offered.filter_map(Value::as_str)),
            snippets: is("textDocument/completion/completionItem/snippetSupport"),
            configuration: is("workspace/configuration"),
            watches: is("workspace/didChangeWatchedFiles/dynamicRegistration"),
        };
        let folders = ["/workspaceFolders/0/uri", "/rootUri"].into_iter().filter_map(|path| params.pointer(path));
        let named = folders.filter_map(Value::as_str).find_map(|folder| uri::path_of(&Uri(folder.to_owned())));
        let path = || params.get("rootPath").and_then(Value::as_str).map(PathBuf::from);
        if let Some(folder) = named.or_else(path) {
            self.base.set_folder(folder);
        }
        let (base, wrong) = self.base.with(params.get("initializationOptions").unwrap_or(&Value::Null));
        self.settings = base.clone();
        self.base = base;
        self.phase = Phase::Running;
        self.look_soon(false);
        for wrong in wrong {
            self.show(MessageType::Warning, &wrong);
        }
        json!({
            "serverInfo": { "name": "replylint", "version": env!("CARGO_PKG_VERSION") },
            "capabilities": {
                "positionEncoding": self.client.encoding.as_str(),
                "textDocumentSync": { "openClose": true, "change": 2, "save": true },
                "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll.replylint"] },
                "completionProvider": { "triggerCharacters": lexicon::TRIGGERS },
                "hoverProvider": true,
                "definitionProvider": true,
            },
        })
    }

    /// The editor is ready: lexicons are read, and it is asked for what it has not said.
    fn begin(&mut self) {
        if self.client.configuration {
            self.ask_for_settings();
        }
        if self.client.watches {
            let watchers = json!([{ "globPattern": "**/*.toml" }]);
            let registration = json!({
                "id": "lexicons",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            });
            self.ask("client/registerCapability", json!({ "registrations": [registration] }), Asked::Watching);
        }
        self.look_at_lexicons();
    }

    fn ask_for_settings(&mut self) {
        self.ask("workspace/configuration", json!({ "items": [{ "section": SECTION }] }), Asked::Settings);
    }

    /// Takes settings that the editor sends; one that sends none wants to be asked.
    fn settings_changed(&mut self, said: &Value) {
        let says_nothing = match said {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        };
        if says_nothing && self.client.configuration {
            self.ask_for_settings();
        } else {
            self.set(said);
        }
    }

    fn set(&mut self, said: &Value) {
        let (settings, wrong) = self.base.with(said);
        for wrong in wrong {
            self.show(MessageType::Warning, &wrong);
        }
        if settings != self.settings {
            self.settings = settings;
            self.loud = true;
            self.look_at_lexicons();
            self.stale_all();
        }
    }

    fn opened(&mut self, DidOpenTextDocumentParams { text_document }: DidOpenTextDocumentParams) {
        let document = Document::new(text_document);
        self.lexicons.typed(&document);
        self.touch(&document);
        self.documents.open(document);
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let id = params.text_document;
        let Some(document) = self.documents.get_mut(&id.text_document_identifier.uri) else {
            return self.log("something changed in a file that was not opened; open it again");
        };
        document.change(id.version, params.content_changes, self.client.encoding);
        self.lexicons.typed(document);
        let uri = document.uri.clone();
        self.touch_at(&uri);
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        let Some(document) = self.documents.close(uri) else { return };
        self.stale.remove(&uri.0);
        let is_lexicon = self.lexicons.has(&document);
        self.lexicons.closed(&document);
        if is_lexicon {
            self.look_soon(false);
        } else {
            self.publish(uri, None, Vec::new());
        }
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        let Some(document) = self.documents.get(&params.text_document.uri) else { return };
        if self.lexicons.has(document) {
            self.loud = true;
            self.look_soon(true);
        }
    }

    fn touch_at(&mut self, uri: &Uri) {
        if self.documents.get(uri).is_some_and(|document| self.lexicons.has(document)) {
            self.look_soon(false);
        } else {
            self.stale.insert(uri.0.clone());
        }
    }

    fn touch(&mut self, document: &Document) {
        if self.lexicons.has(document) {
            self.look_soon(false);
        } else {
            self.stale.insert(document.uri.0.clone());
        }
    }

    fn stale_all(&mut self) {
        self.stale.extend(self.documents.iter().map(|document| document.uri.0.clone()));
    }

    fn look_soon(&mut self, anew: bool) {
        self.anew |= anew;
        let now = Instant::now();
        self.typed = Some((self.typed.map_or(now, |(first, _)| first), now));
    }

    fn look_at_lexicons(&mut self) {
        self.typed = None;
        let (anew, loud) = (std::mem::take(&mut self.anew), std::mem::take(&mut self.loud));
        let looked = self.lexicons.look(self.settings.references(), &self.documents, self.client.encoding, anew);
        match looked.complaint {
            Some(complaint) if loud => self.show(MessageType::Error, &complaint),
            Some(complaint) if looked.is_news => self.log(&complaint),
            Some(_) | None => {}
        }
        if looked.replaced {
            self.stale_all();
        }
        let mut files = looked.diagnosed.into_files();
        // That nothing is wrong is said, too.
        for document in self.documents.iter().filter(|document| self.lexicons.has(document)) {
            files.entry(document.uri.0.clone()).or_default();
        }
        let is_draft =
            |uri: &String| self.documents.get(&Uri(uri.clone())).is_some_and(|document| !self.lexicons.has(document));
        let cleared: Vec<String> =
            self.shown.keys().filter(|uri| !files.contains_key(*uri) && !is_draft(uri)).cloned().collect();
        files.extend(cleared.into_iter().map(|uri| (uri, Vec::new())));
        for (uri, diagnostics) in files {
            let uri = Uri(uri);
            let version = self.documents.get(&uri).map(|document| document.version);
            self.publish(&uri, version, diagnostics);
        }
    }

    fn lint_what_is_stale(&mut self) {
        // The lexicons were not looked at yet.
        if self.lexicons.linter().is_none() && self.typed.is_some() {
            return;
        }
        for uri in std::mem::take(&mut self.stale) {
            let uri = Uri(uri);
            let Some(document) = self.documents.get(&uri).filter(|document| !self.lexicons.has(document)) else {
                continue;
            };
            let diagnostics = match drafts::Open::new(document, &self.settings, self.client.encoding) {
                Some(draft) => draft.diagnostics(self.lexicons.linter()),
                // It was a lexicon until somebody typed.
                None if self.shown.contains_key(&uri.0) => Vec::new(),
                None => continue,
            };
            let version = Some(document.version);
            self.publish(&uri, version, diagnostics);
        }
    }

    /// Shows diagnostics in the place of those that are shown. None in the place of none is nothing new.
    fn publish(&mut self, uri: &Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let is_first = version.is_some() && !self.shown.contains_key(&uri.0);
        let shown = self.shown.remove(&uri.0).unwrap_or_default();
        if version.is_some() || !diagnostics.is_empty() {
            self.shown.insert(uri.0.clone(), diagnostics.clone());
        }
        if is_first || version.is_some() || shown != diagnostics {
            let params = PublishDiagnosticsParams { uri: uri.clone(), version, diagnostics };
            self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params));
        }
    }

    fn draft(&self, uri: &Uri) -> Option<drafts::Open<'_>> {
        let document = self.documents.get(uri).filter(|document| !self.lexicons.has(document))?;
        drafts::Open::new(document, &self.settings, self.client.encoding)
    }

    fn lexicon(&self, uri: &Uri) -> Option<&Document> {
        self.documents.get(uri).filter(|document| self.lexicons.has(document))
    }

    fn code_actions(&self, params: CodeActionParams) -> Value {
        let only = params.context.only;
        let wants = |kind: &str| {
            only.as_ref().is_none_or(|only| {
                only.iter().map(|only| String::from(only.clone())).any(|only| {
                    let behind = kind.strip_prefix(only.as_str());
                    behind.is_some_and(|behind| only.is_empty() || behind.is_empty() || behind.starts_with('.'))
                })
            })
        };
        let draft = self.draft(&params.text_document.uri);
        let actions =
            draft.zip(self.lexicons.linter()).map(|(draft, linter)| draft.actions(linter, params.range, &wants));
        json!(actions.unwrap_or_default())
    }

    fn completion(&self, params: CompletionParams) -> Option<CompletionList> {
        let place = params.text_document_position_params;
        let document = self.lexicon(&place.text_document.uri)?;
        let Client { encoding, snippets, .. } = self.client;
        let items = lexicon::complete(&self.lexicons, document, place.position, encoding, snippets);
        Some(CompletionList { is_incomplete: false, items, ..CompletionList::default() })
    }

    fn hover(&self, params: HoverParams) -> Option<Hover> {
        let place = params.text_document_position_params;
        let uri = &place.text_document.uri;
        let (said, range) = if let Some(document) = self.lexicon(uri) {
            self.lexicons.hover(document, place.position, self.client.encoding)?
        } else {
            let linter = self.lexicons.linter()?;
            let (finding, range) = self.draft(uri)?.finding_at(linter, place.position)?;
            let lexicons = linter.lexicons().filter(|lexicon| lexicon.language() == finding.language);
            let mut pages =
                lexicons.filter_map(|lexicon| Some(explain(lexicon, lexicon.entry(finding.rule.as_str())?)));
            (pages.next()?, range)
        };
        let contents = MarkupContent { kind: MarkupKind::PlainText, value: said };
        Some(Hover { contents: contents.into(), range: Some(range) })
    }

    fn definition(&self, params: DefinitionParams) -> Value {
        let place = params.text_document_position_params;
        let uri = &place.text_document.uri;
        let target = match self.lexicon(uri) {
            Some(document) => self.lexicons.definition(document, place.position, self.client.encoding),
            None => self.draft(uri).zip(self.lexicons.linter()).and_then(|(draft, linter)| {
                let (finding, _) = draft.finding_at(linter, place.position)?;
                let lexicons = linter.lexicons().filter(|lexicon| lexicon.language() == finding.language);
                lexicons.filter_map(|lexicon| lexicon.entry(finding.rule.as_str())).find_map(lexicon::of_entry)
            }),
        };
        json!(target.map(|target| target.location(&self.documents, self.client.encoding)))
    }

    fn ask(&mut self, method: &str, params: Value, asked: Asked) {
        self.questions += 1;
        let id = RequestId::from(self.questions);
        self.asked.insert(id.clone(), asked);
        self.send(Request::new(id, method.to_owned(), params));
    }

    /// Shows a person something that they should know now.
    fn show(&self, kind: MessageType, message: &str) {
        let params = json!({ "type": kind as i32, "message": format!("replylint: {message}") });
        self.send(Notification::new("window/showMessage".to_owned(), params));
    }

    /// Writes something down for whoever looks for it.
    fn log(&self, message: &str) {
        let params = json!({ "type": MessageType::Warning as i32, "message": message });
        self.send(Notification::new("window/logMessage".to_owned(), params));
    }

    fn send(&self, message: impl Into<Message>) {
        // An editor that is gone closes the other direction, too.
        let _ = self.connection.sender.send(message.into());
    }
}

/// As the protocol counts them.
#[derive(Clone, Copy)]
enum MessageType {
    Error = 1,
    Warning = 2,
}

fn read<P: DeserializeOwned>(params: Value) -> Option<P> {
    serde_json::from_value(params).ok()
}
