//! Where something is defined. What is built in has no file, so that a copy of one is made in the user's cache
//! directory, which nobody may write to.

use std::path::{Path, PathBuf};

use gen_lsp_types::{Location, Position};

use super::Lexicons;
use super::hover::{Named, named_at};
use crate::host::{builtin_copy, canonical};
use crate::lexicon::{BUILTIN, Entry, Origin, Source};
use crate::lsp::documents::{Document, Documents};
use crate::lsp::position::{Encoding, Places};
use crate::lsp::uri;
use crate::text::Span;

/// A place in a file.
#[derive(Debug)]
pub(in crate::lsp) struct Target {
    path: PathBuf,
    text: String,
    span: Span,
}

impl Target {
    fn new(origin: &Origin) -> Option<Self> {
        let name = &origin.file.name;
        let path = if name.starts_with(BUILTIN) { builtin_copy(name)? } else { canonical(Path::new(name)) };
        Some(Self { path, text: origin.file.text.clone(), span: origin.span })
    }

    pub(in crate::lsp) fn location(&self, documents: &Documents, encoding: Encoding) -> Location {
        let open = documents.at(&self.path);
        let uri = open.map_or_else(|| uri::of_path(&self.path), |document| document.uri.clone());
        // A compiled lexicon knows its files, and not what they hold.
        let range = Places::new(&self.text, encoding).range(self.span);
        Location { uri, range }
    }
}

/// Where an entry is defined.
pub(in crate::lsp) fn of_entry(entry: &Entry) -> Option<Target> {
    Target::new(&entry.origin)
}

impl Lexicons {
    /// Where what stands at a place is defined.
    pub(in crate::lsp) fn definition(
        &self,
        document: &Document,
        place: Position,
        encoding: Encoding,
    ) -> Option<Target> {
        let path = document.path.as_deref()?;
        let at = Places::new(&document.text, encoding).offset(place);
        let named = named_at(&document.text, at)?.named;
        let outline = self.outline(path);
        let origin = match named {
            Named::Rule(id) => &outline.entry(&id)?.origin,
            Named::Category(name) => &outline.entries.iter().find(|entry| entry.id.category() == name)?.origin,
            Named::Group(name) => &outline.group(&name)?.origin,
            Named::Reference(reference) => {
                let from = self.unsaved.open(&path.to_string_lossy(), None).ok()?;
                let file = self.unsaved.open(&reference, Some(&from.id)).ok()?.files.into_iter().next()?;
                return Target::new(&Origin { file: file.into(), span: Span::new(0, 0) });
            }
            Named::Form => return None,
        };
        Target::new(origin)
    }
}
