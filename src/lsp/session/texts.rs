//! Texts as they are opened, changed and closed, and what the editor shows of them: findings of drafts, problems of
//! lexicons. A lexicon is looked at when nobody has typed in it for a moment, and drafts anew when it is another one.

use std::time::Instant;

use gen_lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, PublishDiagnosticsParams, Uri,
};
use lsp_server::Notification;

use super::Session;
use super::outgoing::MessageType;
use crate::lsp::documents::Document;
use crate::lsp::drafts;

impl Session<'_> {
    pub(super) fn opened(&mut self, DidOpenTextDocumentParams { text_document }: DidOpenTextDocumentParams) {
        let document = Document::new(text_document);
        self.lexicons.typed(&document);
        self.touch(&document);
        self.documents.open(document);
    }

    pub(super) fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let id = params.text_document;
        let Some(document) = self.documents.get_mut(&id.text_document_identifier.uri) else {
            return self.log("something changed in a file that was not opened; open it again");
        };
        document.change(id.version, params.content_changes, self.client.encoding);
        self.lexicons.typed(document);
        let uri = document.uri.clone();
        self.touch_at(&uri);
    }

    pub(super) fn closed(&mut self, params: &DidCloseTextDocumentParams) {
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

    pub(super) fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        let Some(document) = self.documents.get(&params.text_document.uri) else { return };
        if self.lexicons.has(document) {
            self.loud = true;
            self.look_soon(true);
        }
    }

    pub(super) fn touch_at(&mut self, uri: &Uri) {
        if self.documents.get(uri).is_some_and(|document| self.lexicons.has(document)) {
            self.look_soon(false);
        } else {
            self.stale.insert(uri.0.clone());
        }
    }

    pub(super) fn touch(&mut self, document: &Document) {
        if self.lexicons.has(document) {
            self.look_soon(false);
        } else {
            self.stale.insert(document.uri.0.clone());
        }
    }

    pub(super) fn stale_all(&mut self) {
        self.stale.extend(self.documents.iter().map(|document| document.uri.0.clone()));
    }

    pub(super) fn look_soon(&mut self, anew: bool) {
        self.anew |= anew;
        let now = Instant::now();
        self.typed = Some((self.typed.map_or(now, |(first, _)| first), now));
    }

    pub(super) fn look_at_lexicons(&mut self) {
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

    pub(super) fn lint_what_is_stale(&mut self) {
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
    pub(super) fn publish(&mut self, uri: &Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
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
}
