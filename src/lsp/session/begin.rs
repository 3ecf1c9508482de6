//! What the editor and the server tell one another before anything is linted: what each can, and what is set.

use std::path::PathBuf;

use gen_lsp_types::Uri;
use serde_json::{Value, json};

use super::outgoing::MessageType;
use super::{Asked, Client, Phase, Session};
use crate::lsp::position::Encoding;
use crate::lsp::settings::SECTION;
use crate::lsp::{lexicon, uri};

impl Session<'_> {
    pub(super) fn initialize(&mut self, params: &Value) -> Value {
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
    pub(super) fn begin(&mut self) {
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

    pub(super) fn ask_for_settings(&mut self) {
        self.ask("workspace/configuration", json!({ "items": [{ "section": SECTION }] }), Asked::Settings);
    }

    /// Takes settings that the editor sends; one that sends none wants to be asked.
    pub(super) fn settings_changed(&mut self, said: &Value) {
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

    pub(super) fn set(&mut self, said: &Value) {
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
}
