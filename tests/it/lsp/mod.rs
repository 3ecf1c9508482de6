//! The language server, by way of the messages that an editor sends and gets.

mod drafts;
mod lexicons;
mod protocol;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use lsp_server::{Connection, Message, Notification, Request, Response, ResponseError};
use replylint::lsp::{Ended, Options, serve};
use serde_json::{Value, json};

/// Longer than anything takes, so that a test that waits in vain ends.
const LONG: Duration = Duration::from_mins(1);

/// An editor of which a test types.
pub(crate) struct Editor {
    connection: Connection,
    server: JoinHandle<Ended>,
    questions: i32,
    /// What is shown, by URI: the version and the diagnostics.
    shown: BTreeMap<String, (Option<i64>, Vec<Value>)>,
    /// Messages and questions of the server.
    heard: Vec<(String, Value)>,
    versions: BTreeMap<String, i64>,
}

impl Editor {
    /// An editor that has begun, with these abilities, in a folder.
    pub(crate) fn with(capabilities: Value, folder: &Path, options: Value) -> Self {
        let mut editor = Self::new(Options::default());
        let folder = uri(folder);
        let mut params = json!({ "rootUri": folder });
        params["capabilities"] = capabilities;
        params["initializationOptions"] = options;
        editor.ask("initialize", params).unwrap();
        editor.tell("initialized", json!({}));
        editor
    }

    /// One that counts in UTF-8, where there is no lexicon but the built-in ones.
    pub(crate) fn plain() -> Self {
        let capabilities = json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } });
        Self::with(capabilities, &std::env::temp_dir(), json!({ "lexicon": "builtin:en" }))
    }

    /// One that has not begun.
    pub(crate) fn new(options: Options) -> Self {
        let (connection, theirs) = Connection::memory();
        let server = thread::spawn(move || serve(&theirs, options));
        let (shown, versions) = (BTreeMap::new(), BTreeMap::new());
        Self { connection, server, questions: 0, shown, heard: Vec::new(), versions }
    }

    pub(crate) fn tell(&self, method: &str, params: Value) {
        let _ = self.connection.sender.send(Notification { method: method.to_owned(), params }.into());
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Result<Value, ResponseError> {
        self.questions += 1;
        let id = lsp_server::RequestId::from(self.questions);
        let request = Request { id: id.clone(), method: method.to_owned(), params };
        self.connection.sender.send(request.into()).unwrap();
        loop {
            match self.connection.receiver.recv_timeout(LONG).expect("an answer") {
                Message::Response(response) if response.id == id => return response.response_result,
                other @ (Message::Response(_) | Message::Request(_) | Message::Notification(_)) => self.take(other),
            }
        }
    }

    pub(crate) fn answer(&self, id: i32, result: Value) {
        self.connection.sender.send(Response::new_ok(id.into(), result).into()).unwrap();
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Notification(told) if told.method == "textDocument/publishDiagnostics" => {
                let uri = told.params["uri"].as_str().unwrap().to_owned();
                let version = told.params.get("version").and_then(Value::as_i64);
                self.shown.insert(uri, (version, told.params["diagnostics"].as_array().unwrap().clone()));
            }
            Message::Notification(told) => self.heard.push((told.method, told.params)),
            Message::Request(asked) => self.heard.push((asked.method, asked.params)),
            Message::Response(response) => panic!("nobody asked: {response:?}"),
        }
    }

    /// Takes messages until something holds.
    pub(crate) fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + LONG;
        while !holds(self) {
            let left = end.saturating_duration_since(Instant::now());
            let message = self.connection.receiver.recv_timeout(left);
            self.take(message.unwrap_or_else(|_| panic!("waited for {what}; shown: {:#?}", self.shown)));
        }
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
        self.versions.insert(uri.to_owned(), 1);
    }

    /// Puts another text in the place of an open one.
    pub(crate) fn write(&mut self, uri: &str, text: &str) {
        self.change(uri, json!([{ "text": text }]));
    }

    pub(crate) fn change(&mut self, uri: &str, changes: Value) {
        let version = self.versions.get_mut(uri).unwrap();
        *version += 1;
        let mut params = json!({ "textDocument": { "uri": uri, "version": *version } });
        params["contentChanges"] = changes;
        self.tell("textDocument/didChange", params);
    }

    /// What is shown of the newest version of an open text.
    pub(crate) fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let version = Some(self.versions[uri]);
        self.until(uri, |editor| editor.shown.get(uri).is_some_and(|shown| shown.0 == version));
        self.shown[uri].1.clone()
    }

    /// The codes of what is shown.
    pub(crate) fn codes(&mut self, uri: &str) -> Vec<String> {
        codes(&self.diagnostics(uri))
    }

    /// What can be done at a place: titles and edits.
    pub(crate) fn actions(&mut self, uri: &str, line: u32, character: u32) -> Vec<Value> {
        let place = json!({ "line": line, "character": character });
        let params = json!({ "textDocument": { "uri": uri }, "range": { "start": place, "end": place }, "context": { "diagnostics": [] } });
        self.ask("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
    }

    /// Asks something about a place.
    pub(crate) fn about(&mut self, method: &str, uri: &str, (line, character): (usize, usize)) -> Value {
        let position = json!({ "line": line, "character": character });
        self.ask(method, json!({ "textDocument": { "uri": uri }, "position": position })).unwrap()
    }

    /// Whether something that was said holds some words.
    pub(crate) fn heard(&self, method: &str, words: &str) -> bool {
        self.heard.iter().any(|(known, params)| known == method && params.to_string().contains(words))
    }

    /// Takes its leave, and says how the session ended.
    pub(crate) fn end(mut self) -> Ended {
        let _ = self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.server.join().unwrap()
    }

    /// Is gone.
    pub(crate) fn vanish(self) -> Ended {
        drop(self.connection);
        self.server.join().unwrap()
    }
}

pub(crate) fn codes(diagnostics: &[Value]) -> Vec<String> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap().to_owned()).collect()
}

pub(crate) fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

/// The text that a range of a text is, when columns count bytes.
pub(crate) fn words<'t>(text: &'t str, range: &Value) -> &'t str {
    &text[offset(text, &range["start"])..offset(text, &range["end"])]
}

pub(crate) fn offset(text: &str, place: &Value) -> usize {
    let number = |name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
    let starts: Vec<usize> = [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    starts[number("line")] + number("character")
}

/// A text after the edits of an action, when columns count bytes.
pub(crate) fn edited(text: &str, uri: &str, action: &Value) -> String {
    let mut text = text.to_owned();
    for edit in action["edit"]["changes"][uri].as_array().unwrap().iter().rev() {
        let (start, end) = (offset(&text, &edit["range"]["start"]), offset(&text, &edit["range"]["end"]));
        text.replace_range(start..end, edit["newText"].as_str().unwrap());
    }
    text
}

pub(crate) fn uri(path: &Path) -> String {
    replylint::report::uri(&path.to_string_lossy())
}

/// A folder of a test, empty.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lsp").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder.canonicalize().unwrap()
}
