//! What an editor asks about a place in a text: fixes, completions, a page about a rule, where it is written.

use gen_lsp_types::{
    CodeActionParams, CompletionList, CompletionParams, DefinitionParams, Hover, HoverParams, MarkupContent,
    MarkupKind, Uri,
};
use serde_json::{Value, json};

use super::{Client, Session};
use crate::lint::explain;
use crate::lsp::documents::Document;
use crate::lsp::{drafts, lexicon};

impl Session<'_> {
    pub(super) fn draft(&self, uri: &Uri) -> Option<drafts::Open<'_>> {
        let document = self.documents.get(uri).filter(|document| !self.lexicons.has(document))?;
        drafts::Open::new(document, &self.settings, self.client.encoding)
    }

    pub(super) fn lexicon(&self, uri: &Uri) -> Option<&Document> {
        self.documents.get(uri).filter(|document| self.lexicons.has(document))
    }

    pub(super) fn code_actions(&self, params: CodeActionParams) -> Value {
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

    pub(super) fn completion(&self, params: CompletionParams) -> Option<CompletionList> {
        let place = params.text_document_position_params;
        let document = self.lexicon(&place.text_document.uri)?;
        let Client { encoding, snippets, .. } = self.client;
        let items = lexicon::complete(&self.lexicons, document, place.position, encoding, snippets);
        Some(CompletionList { is_incomplete: false, items, ..CompletionList::default() })
    }

    pub(super) fn hover(&self, params: HoverParams) -> Option<Hover> {
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

    pub(super) fn definition(&self, params: DefinitionParams) -> Value {
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
}
