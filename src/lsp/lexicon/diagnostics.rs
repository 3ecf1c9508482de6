//! What is wrong with lexicons, as diagnostics: all that `replylint lexicon check` tells, each in its file, whether
//! that is open or not.

use std::collections::BTreeMap;
use std::path::Path;

use gen_lsp_types::{Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Uri};

use super::Loading;
use crate::host::{canonical, today};
use crate::lexicon::{Lexicon, LoadError, Problem, SourceError};
use crate::lint::audit;
use crate::lsp::documents::Documents;
use crate::lsp::drafts::SOURCE;
use crate::lsp::position::{Encoding, Places};
use crate::lsp::uri;
use crate::text::Span;

/// Diagnostics by the URI of their file.
#[derive(Debug)]
pub(in crate::lsp) struct Diagnosed {
    encoding: Encoding,
    files: BTreeMap<String, Vec<Diagnostic>>,
}

impl Default for Diagnosed {
    fn default() -> Self {
        Self::new(Encoding::Utf16)
    }
}

impl Diagnosed {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self { encoding, files: BTreeMap::new() }
    }

    /// All of them, of each file with something wrong.
    pub(in crate::lsp) fn into_files(self) -> BTreeMap<String, Vec<Diagnostic>> {
        self.files
    }

    /// Adds what is wrong with lexicons, and gives them if they can be used. What cannot be read at all is said in
    /// the file that is open, if there is one.
    pub(super) fn add(&mut self, loading: Loading, documents: &Documents, open: Option<&Path>) -> Option<Vec<Lexicon>> {
        let (problems, unread, lexicons) = match loading.result {
            Err(LoadError { unread, problems }) => (problems, unread, None),
            Ok(loaded) => match audit(&loaded.lexicons, today()) {
                Ok(found) => (loaded.warnings.and(found), Vec::new(), Some(loaded.lexicons)),
                Err(error) => {
                    let unread = SourceError { message: error.to_string(), help: error.help().to_owned() };
                    (loaded.warnings, vec![unread], Some(loaded.lexicons))
                }
            },
        };
        for problem in &problems {
            self.problem(problem, documents);
        }
        for SourceError { message, help } in unread {
            let Some(document) = open.and_then(|path| documents.at(path)) else { continue };
            let places = Places::new(&document.text, self.encoding);
            self.push(
                &document.uri,
                Diagnostic {
                    range: places.range(places.visible(Span::new(0, 0))),
                    severity: Some(DiagnosticSeverity::Error),
                    code: Some("unreadable".into()),
                    source: Some(SOURCE.to_owned()),
                    message: worded(&message, Some(&help)).into(),
                    ..Diagnostic::default()
                },
            );
        }
        lexicons
    }

    fn problem(&mut self, problem: &Problem, documents: &Documents) {
        let file = problem.file();
        let path = canonical(Path::new(&file.name));
        let document = documents.at(&path);
        let uri = document.map_or_else(|| uri::of_path(&path), |document| document.uri.clone());
        // What is open may have a byte order mark, for which blanks were put into the file.
        let text = document.map_or(&file.text, |document| &document.text);
        let places = Places::new(if text.len() == file.text.len() { text } else { &file.text }, self.encoding);
        let elsewhere = problem.places().skip(1).map(|(span, label)| DiagnosticRelatedInformation {
            location: Location { uri: uri.clone(), range: places.range(span) },
            message: label.to_owned(),
        });
        let elsewhere: Vec<_> = elsewhere.collect();
        let diagnostic = Diagnostic {
            range: places.range(places.visible(problem.span())),
            severity: Some(if problem.is_warning() { DiagnosticSeverity::Warning } else { DiagnosticSeverity::Error }),
            code: Some(problem.code().as_str().into()),
            source: Some(SOURCE.to_owned()),
            message: worded(&problem.to_string(), problem.remedy()).into(),
            related_information: (!elsewhere.is_empty()).then_some(elsewhere),
            ..Diagnostic::default()
        };
        self.push(&uri, diagnostic);
    }

    /// Two lexicons that extend a third one tell the same of it.
    fn push(&mut self, uri: &Uri, diagnostic: Diagnostic) {
        let known = self.files.entry(uri.0.clone()).or_default();
        if !known.contains(&diagnostic) {
            known.push(diagnostic);
        }
    }
}

fn worded(message: &str, help: Option<&str>) -> String {
    match help {
        Some(help) => format!("{message}\nhelp: {help}"),
        None => message.to_owned(),
    }
}
