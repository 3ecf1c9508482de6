//! What may be typed next in a lexicon file. Keys and closed values come from the schema; ids, categories, groups and
//! the like from the lexicon itself and what it extends.

use std::collections::BTreeSet;

use gen_lsp_types::{CompletionItem, CompletionItemKind, Documentation, InsertTextFormat, Position, TextEdit};

use super::Lexicons;
use super::cursor::{Cursor, Place, names};
use super::form::{Form, Key, fits};
use crate::lexicon::{Builtin, Code, Kind, Outline, Outlined, Slot};
use crate::lsp::documents::Document;
use crate::lsp::position::{Encoding, Places};
use crate::text::Span;

/// The characters after which an editor asks by itself.
pub(in crate::lsp) const TRIGGERS: [&str; 5] = ["[", ".", "@", "\"", "{"];

/// What is offered at a place.
pub(in crate::lsp) fn complete(
    lexicons: &Lexicons,
    document: &Document,
    place: Position,
    encoding: Encoding,
    snippets: bool,
) -> Vec<CompletionItem> {
    let Some(path) = &document.path else { return Vec::new() };
    let places = Places::new(&document.text, encoding);
    let at = places.offset(place);
    let asked = Asked {
        text: &document.text,
        cursor: Cursor::at(&document.text, at),
        at,
        outline: lexicons.outline(path),
        places,
        snippets,
    };
    asked.offers()
}

struct Asked<'d> {
    text: &'d str,
    cursor: Cursor,
    at: usize,
    outline: Outline,
    places: Places<'d>,
    snippets: bool,
}

/// Something to offer.
struct Offer<'o> {
    label: &'o str,
    kind: CompletionItemKind,
    about: Option<String>,
    /// What is put in, when it is not the label.
    insert: Option<String>,
}

impl<'o> Offer<'o> {
    fn new(label: &'o str, kind: CompletionItemKind) -> Self {
        Self { label, kind, about: None, insert: None }
    }

    fn about(self, about: impl Into<String>) -> Self {
        Self { about: Some(about.into()), ..self }
    }
}

impl Asked<'_> {
    fn offers(&self) -> Vec<CompletionItem> {
        match self.cursor.place {
            Place::Header => self.header(),
            Place::Key => self.keys(),
            Place::Value => self.values(true),
            Place::Text => self.within_text(),
            Place::Nowhere => Vec::new(),
        }
    }

    /// The names of tables, and behind their dots categories and ids.
    fn header(&self) -> Vec<CompletionItem> {
        let before = Span::new(self.cursor.typed.start, self.at).of(self.text);
        let Some((table, typed)) = before.split_once('.') else {
            let tables = Form::at(&[]).map(Form::keys).unwrap_or_default();
            let offers = tables.iter().map(|key| described(key, CompletionItemKind::Class));
            return self.names(self.cursor.typed.start, offers);
        };
        let start = self.at - typed.len();
        let entries = self.outline.entries.iter();
        match table.trim() {
            // All that can be adjusted, and is not.
            "adjust" => {
                let mut done: BTreeSet<&str> = self.adjusted().collect();
                let inherited = entries.filter(|entry| !entry.is_own).filter(|entry| done.insert(entry.id.as_str()));
                let offers = inherited
                    .map(|entry| Offer::new(entry.id.as_str(), CompletionItemKind::Reference).about(about(entry)));
                self.items(start, offers)
            }
            "situation" => {
                let situations = entries.filter(|entry| !entry.is_own && entry.kind == Some(Kind::Situation));
                let offers = situations.map(|entry| Offer::new(entry.id.name(), CompletionItemKind::EnumMember));
                self.items(start, offers)
            }
            _ if typed.contains('.') => Vec::new(),
            table => {
                let of_kind = |entry: &&Outlined| entry.kind.is_some_and(|kind| kind.as_str() == table);
                let mut categories = BTreeSet::new();
                // Those of its own kind are the likelier ones, and the others follow.
                for entry in entries.clone().filter(of_kind).chain(entries.clone()) {
                    if entry.kind != Some(Kind::Situation) {
                        categories.insert(entry.id.category());
                    }
                }
                let offers = categories.into_iter().map(|name| Offer::new(name, CompletionItemKind::Module));
                self.names(start, offers)
            }
        }
    }

    /// The ids that are adjusted already, but for that of the header that the cursor is in.
    fn adjusted(&self) -> impl Iterator<Item = &str> {
        let here = self.cursor.typed.start;
        let others = self.outline.adjusts.iter().filter(move |adjust| {
            adjust.is_own && !(adjust.origin.span.start <= here && here <= adjust.origin.span.end)
        });
        others.map(|adjust| adjust.id.as_str())
    }

    /// Keys that the table may have and does not have yet.
    fn keys(&self) -> Vec<CompletionItem> {
        let Some(form) = Form::at(&self.cursor.path) else { return Vec::new() };
        if self.cursor.path.is_empty() {
            let offers = form.keys();
            let offers = offers.iter().map(|key| Offer {
                insert: Some(format!("[{}", key.name)),
                ..described(key, CompletionItemKind::Class)
            });
            return self.items(self.cursor.typed.start, offers);
        }
        let there = keys_around(self.text, self.cursor.typed);
        let mut keys = form.keys();
        if let [table, category, name] = &self.cursor.path[..]
            && table == "adjust"
            && let Some(kind) = self.outline.entry(&format!("{category}.{name}")).and_then(|entry| entry.kind)
        {
            keys.retain(|key| fits(kind, key.name));
        }
        // Within braces other keys stand on the same lines.
        let is_table = self.cursor.path.len() <= 3 && !self.is_inline();
        keys.retain(|key| !is_table || !there.contains(key.name));
        let has_value = Span::new(self.cursor.typed.end, self.text.len()).of(self.text).trim_start().starts_with('=');
        let offers = keys.iter().map(|key| Offer {
            insert: (!has_value).then(|| self.with_value(key)),
            ..described(key, CompletionItemKind::Property)
        });
        self.items(self.cursor.typed.start, offers)
    }

    /// Whether the keys are those of a table in braces.
    fn is_inline(&self) -> bool {
        let line = Span::new(0, self.cursor.typed.start).of(self.text);
        line.rsplit('\n').next().is_some_and(|line| line.contains(['{', ',']))
    }

    fn with_value(&self, key: &Key) -> String {
        let stop = if self.snippets { "$1" } else { "" };
        let value = match key.form {
            _ if !self.snippets => String::new(),
            form if form.is_list() => format!("[\"{stop}\"]"),
            form if form.is_table() => format!("{{ {stop} }}"),
            form if form.is_text() => format!("\"{stop}\""),
            _ => stop.to_owned(),
        };
        format!("{} = {value}", key.name)
    }

    /// What the key takes; in quotes where there are none yet.
    fn values(&self, quoted: bool) -> Vec<CompletionItem> {
        let path = &self.cursor.path;
        let Some(form) = Form::at(path) else { return Vec::new() };
        let key = path.last().map(String::as_str).unwrap_or_default();
        let within = path.iter().rev().nth(1).map(String::as_str).unwrap_or_default();
        let about = form.description().unwrap_or_default();
        let mut offers: Vec<Offer<'_>> = Vec::new();
        if form.is_boolean() && quoted {
            let words = ["true", "false"].map(|word| Offer::new(word, CompletionItemKind::Value).about(about));
            return self.items(self.cursor.typed.start, words.into_iter());
        }
        let references: Vec<String> = Builtin::references().collect();
        let slots = |word| Offer::new(word, CompletionItemKind::Value);
        match (within, key) {
            ("lexicon", "extends") => offers.extend(references.iter().map(|reference| slots(reference))),
            ("lexicon", "language") => {
                offers.extend(references.iter().filter_map(|reference| Some(slots(reference.split_once(':')?.1))));
            }
            (_, "allow") => {
                let codes = Code::ALL.iter().filter(|code| code.can_be_allowed());
                offers.extend(codes.map(|code| slots(code.as_str()).about(code.description())));
            }
            ("when", "reply") => {
                let speaking = self.outline.entries.iter().filter(|entry| entry.kind != Some(Kind::Situation));
                let ids = speaking.clone().map(|entry| entry.id.as_str()).collect::<BTreeSet<_>>();
                let categories: BTreeSet<&str> = speaking.map(|entry| entry.id.category()).collect();
                offers.extend(categories.into_iter().map(|name| Offer::new(name, CompletionItemKind::Module)));
                offers.extend(ids.into_iter().map(|id| Offer::new(id, CompletionItemKind::Reference)));
            }
            (_, "situation") => {
                let situations = self.outline.entries.iter().filter(|entry| entry.kind == Some(Kind::Situation));
                let names: BTreeSet<&str> = situations.map(|entry| entry.id.name()).collect();
                offers.extend(names.into_iter().map(slots));
            }
            (_, "channels" | "channel") => {
                let known = self.outline.entries.iter().flat_map(|entry| &entry.channels);
                offers.extend(known.map(String::as_str).collect::<BTreeSet<_>>().into_iter().map(slots));
            }
            (_, "remove-phrases" | "remove-unless") => {
                let id = path.get(1..3).map(|id| id.join(".")).unwrap_or_default();
                let entry = self.outline.entry(&id);
                let held = entry
                    .into_iter()
                    .flat_map(|entry| if key == "remove-unless" { &entry.unless } else { &entry.phrases });
                offers.extend(held.map(|phrase| slots(phrase)));
            }
            _ => offers.extend(form.texts().into_iter().map(|word| slots(word).about(about))),
        }
        if quoted {
            for offer in &mut offers {
                offer.insert = Some(format!("\"{}\"", offer.label));
            }
        }
        self.items(self.cursor.typed.start, offers.into_iter())
    }

    /// Within quotes: groups behind `@` and slots behind `{` in a phrase, else what the key takes.
    fn within_text(&self) -> Vec<CompletionItem> {
        let before = Span::new(self.cursor.typed.start, self.at).of(self.text);
        let word = before.trim_end_matches(is_name);
        let start = self.cursor.typed.start + word.len();
        if holds_phrases(&self.cursor.path) && word.ends_with('@') {
            let groups = self.outline.groups.iter();
            let mut seen = BTreeSet::new();
            let groups = groups.filter(|group| seen.insert(group.name.as_str()));
            let offers = groups
                .map(|group| Offer::new(&group.name, CompletionItemKind::Constant).about(group.phrases.join(" | ")));
            return self.names(start, offers);
        }
        let may_hold_slots =
            holds_phrases(&self.cursor.path) || self.cursor.path.last().is_some_and(|key| key == "prefer");
        if may_hold_slots && word.ends_with('{') && !word.ends_with("{{") {
            let offers = Slot::ALL.iter().map(|slot| Offer::new(slot.as_str(), CompletionItemKind::Variable));
            let items = self.names(start, offers);
            let behind = Span::new(self.at, self.text.len()).of(self.text);
            let closed = behind.trim_start_matches(is_name).starts_with('}');
            return if closed { items } else { items.into_iter().map(with_brace).collect() };
        }
        self.values(false)
    }

    /// In the place of all that the cursor stands in, from `start` on.
    fn items<'o>(&self, start: usize, offers: impl Iterator<Item = Offer<'o>>) -> Vec<CompletionItem> {
        self.items_for(Span::new(start, self.cursor.typed.end.max(self.at)), offers)
    }

    /// In the place of the name that the cursor stands in.
    fn names<'o>(&self, start: usize, offers: impl Iterator<Item = Offer<'o>>) -> Vec<CompletionItem> {
        let behind = Span::new(self.at, self.cursor.typed.end.max(self.at)).of(self.text);
        let end = self.at + behind.find(|c: char| !is_name(c)).unwrap_or(behind.len());
        self.items_for(Span::new(start, end), offers)
    }

    fn items_for<'o>(&self, span: Span, offers: impl Iterator<Item = Offer<'o>>) -> Vec<CompletionItem> {
        let range = self.places.range(span);
        let item = |offer: Offer<'_>| {
            let new_text = offer.insert.unwrap_or_else(|| offer.label.to_owned());
            let is_snippet = new_text.contains("$1");
            CompletionItem {
                label: offer.label.to_owned(),
                kind: Some(offer.kind),
                documentation: offer.about.map(Documentation::String),
                filter_text: Some(if new_text.starts_with(['"', '[']) {
                    new_text.clone()
                } else {
                    offer.label.to_owned()
                }),
                insert_text_format: is_snippet.then_some(InsertTextFormat::Snippet),
                text_edit: Some(TextEdit { range, new_text }.into()),
                ..CompletionItem::default()
            }
        };
        offers.map(item).collect()
    }
}

/// Whether a name may hold a character.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

fn described<'o>(key: &Key, kind: CompletionItemKind) -> Offer<'o> {
    Offer { about: key.form.description().map(str::to_owned), ..Offer::new(key.name, kind) }
}

/// What an entry looks for, in a line.
fn about(entry: &Outlined) -> String {
    let kind = entry.kind.map_or("adjust", Kind::as_str);
    format!("{kind}: {}", entry.phrases.join(" | "))
}

fn with_brace(item: CompletionItem) -> CompletionItem {
    let text_edit = match item.text_edit {
        Some(gen_lsp_types::CompletionItemTextEdit::TextEdit(edit)) => {
            Some(TextEdit { new_text: format!("{}}}", edit.new_text), ..edit }.into())
        }
        other => other,
    };
    CompletionItem { text_edit, ..item }
}

/// Whether the texts at a path are phrases.
pub(super) fn holds_phrases(path: &[String]) -> bool {
    let key = path.last().map(String::as_str).unwrap_or_default();
    let of_group = matches!(path, [table, _] if table == "group");
    let of_entry =
        matches!(key, "phrases" | "unless" | "unless-near" | "any" | "all" | "forms" | "add-phrases" | "add-unless");
    of_group
        || of_entry
        || matches!(path, [.., when, key] if when == "when" && matches!(key.as_str(), "customer" | "before"))
}

/// The keys of the table around a place, but for the one that stands there.
fn keys_around(text: &str, here: Span) -> BTreeSet<&str> {
    let before = Span::new(0, here.start).of(text);
    let start = before.rfind("\n[").map_or(0, |at| at + 1);
    let behind = Span::new(here.end, text.len()).of(text);
    let end = behind.find("\n[").map_or(text.len(), |at| here.end + at);
    let line_of = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let table = Span::new(start, end).of(text);
    let lines = table.lines().filter(|line| !(line_of(line)..=line_of(line) + line.len()).contains(&here.start));
    let keys = lines.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim());
    keys.filter(|key| names(key).len() == 1).collect()
}
