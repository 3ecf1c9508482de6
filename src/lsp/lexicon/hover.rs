//! What something in a lexicon file means: the page of a rule, the phrases of a group, the sense of a key.

use std::path::Path;

use gen_lsp_types::{Position, Range};

use super::Lexicons;
use super::completion::holds_phrases;
use super::cursor::{self, Cursor, names};
use super::form::Form;
use crate::lexicon::{Builtin, Entry, Kind, Lexicon, Outline};
use crate::lint::explain;
use crate::lsp::documents::Document;
use crate::lsp::position::{Encoding, Places};
use crate::text::Span;

/// What a place of a lexicon file names.
pub(super) enum Named {
    /// The id of an entry.
    Rule(String),
    Category(String),
    Group(String),
    /// A lexicon that is extended.
    Reference(String),
    /// A table, a key or a value.
    Form,
}

/// What stands at a place, its bytes, and what may stand there.
pub(super) struct Place {
    pub(super) named: Named,
    span: Span,
    form: Option<Form>,
}

impl Lexicons {
    /// What is to be said of a place, and of which range.
    pub(in crate::lsp) fn hover(
        &self,
        document: &Document,
        place: Position,
        encoding: Encoding,
    ) -> Option<(String, Range)> {
        let path = document.path.as_deref()?;
        let places = Places::new(&document.text, encoding);
        let at = named_at(&document.text, places.offset(place))?;
        let said = match &at.named {
            Named::Rule(id) => self.page(path, id),
            Named::Category(name) => {
                let outline = self.outline(path);
                let entries = outline.entries.iter().filter(|entry| entry.id.category() == name);
                let ids: Vec<&str> = entries.map(|entry| entry.id.as_str()).collect();
                (!ids.is_empty()).then(|| ids.join("\n"))
            }
            Named::Group(name) => self
                .outline(path)
                .group(name)
                .map(|group| format!("@{name}\n  {}\n\nDefined\n  in {}", group.phrases.join("\n  "), group.origin)),
            Named::Form | Named::Reference(_) => None,
        };
        let said = said.or_else(|| at.form?.description().map(str::to_owned))?;
        Some((said, places.range(at.span)))
    }

    /// The page of a rule, as it was when its lexicon was last valid.
    fn page(&self, path: &Path, id: &str) -> Option<String> {
        let valid = self.valid(path).find_map(|lexicon| Some((lexicon, lexicon.entry(id)?)));
        match valid {
            Some((lexicon, entry)) => Some(explain(lexicon, entry)),
            None => of_builtin(&self.outline(path), id, explain),
        }
    }
}

/// What is said of an entry that is built in, when nothing that is open is valid.
fn of_builtin(outline: &Outline, id: &str, say: impl Fn(&Lexicon, &Entry) -> String) -> Option<String> {
    let origin = &outline.entry(id)?.origin;
    let reference = Builtin::references().find(|reference| origin.file.name.starts_with(&format!("{reference}/")))?;
    let lexicon = Lexicon::builtin(&reference)?;
    Some(say(&lexicon, lexicon.entry(id)?))
}

/// What stands at a byte of a lexicon file.
pub(super) fn named_at(text: &str, at: usize) -> Option<Place> {
    let Cursor { place, path, typed } = Cursor::at(text, at);
    let words = typed.of(text);
    let (named, span, form) = match place {
        cursor::Place::Header => {
            let parts = names(words);
            let words: Vec<&str> = parts.iter().map(String::as_str).collect();
            let named = match words[..] {
                ["situation", name] => Named::Rule(format!("situation.{name}")),
                [table, category, name] if is_entry(table) => Named::Rule(format!("{category}.{name}")),
                [table, category] if is_entry(table) => Named::Category(category.to_owned()),
                _ => Named::Form,
            };
            (named, typed, Form::at(&parts))
        }
        cursor::Place::Key if words.is_empty() => return None,
        cursor::Place::Key => {
            let path: Vec<String> = path.into_iter().chain(names(words)).collect();
            (Named::Form, typed, Form::at(&path))
        }
        cursor::Place::Text => {
            let (within, key) = (path.iter().rev().nth(1)?.as_str(), path.last()?.as_str());
            let group = || group_at(text, typed, at).filter(|_| holds_phrases(&path));
            let (named, span) = match (within, key) {
                ("when", "reply") if words.contains('.') => (Named::Rule(words.to_owned()), typed),
                ("when", "reply") => (Named::Category(words.to_owned()), typed),
                (_, "situation") => (Named::Rule(format!("situation.{words}")), typed),
                ("lexicon", "extends") => (Named::Reference(words.to_owned()), typed),
                _ => group().unwrap_or((Named::Form, typed)),
            };
            (named, span, Form::at(&path))
        }
        cursor::Place::Value => (Named::Form, typed, Form::at(&path)),
        cursor::Place::Nowhere => return None,
    };
    Some(Place { named, span, form })
}

fn is_entry(table: &str) -> bool {
    table == "adjust" || Kind::ALL.iter().any(|kind| kind.as_str() == table)
}

/// The group whose name stands at a byte of a phrase.
fn group_at(text: &str, phrase: Span, at: usize) -> Option<(Named, Span)> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let before = Span::new(phrase.start, at).of(text);
    let behind = Span::new(at, phrase.end).of(text);
    // On the sign itself the name is all behind it.
    let (lead, rest) = match behind.strip_prefix('@') {
        Some(rest) => (before.len() + 1, rest),
        None => (before.trim_end_matches(is_name).len(), behind),
    };
    let start = phrase.start + lead;
    let end = phrase.end - rest.trim_start_matches(is_name).len();
    let named = Span::new(start, end);
    let is_group = Span::new(phrase.start, start).of(text).ends_with('@') && !named.is_empty();
    is_group.then(|| (Named::Group(named.of(text).to_owned()), Span::new(start - 1, end)))
}
