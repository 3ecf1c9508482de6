//! The texts that are open in the editor, and what becomes of them when somebody types. What they mean is for
//! others.

use std::collections::BTreeMap;
use std::path::PathBuf;

use gen_lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::position::{Encoding, Places};
use super::uri;

/// One open text.
#[derive(Debug)]
pub(super) struct Document {
    /// As the editor writes it.
    pub(super) uri: Uri,
    /// Where it lies, or will lie; none for one that has no file.
    pub(super) path: Option<PathBuf>,
    /// What the editor calls its kind.
    pub(super) language_id: String,
    pub(super) version: i32,
    pub(super) text: String,
}

/// All open texts, by their URIs.
#[derive(Debug, Default)]
pub(super) struct Documents(BTreeMap<String, Document>);

impl Document {
    pub(super) fn new(item: TextDocumentItem) -> Self {
        Self {
            path: uri::path_of(&item.uri),
            language_id: item.language_id.into(),
            version: item.version,
            text: item.text,
            uri: item.uri,
        }
    }

    /// Makes the changes, each in what the one before it left.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
                    let span = Places::new(&self.text, encoding).span(change.range);
                    self.text.replace_range(span.start..span.end, &change.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => {
                    self.text = change.text;
                }
            }
        }
        self.version = version;
    }

    /// The ending of its file, in small letters.
    pub(super) fn extension(&self) -> Option<String> {
        let extension = self.path.as_deref()?.extension()?;
        Some(extension.to_string_lossy().to_lowercase())
    }
}

impl Documents {
    pub(super) fn open(&mut self, document: Document) {
        self.0.insert(document.uri.0.clone(), document);
    }

    pub(super) fn close(&mut self, uri: &Uri) -> Option<Document> {
        self.0.remove(&uri.0)
    }

    pub(super) fn get(&self, uri: &Uri) -> Option<&Document> {
        self.0.get(&uri.0)
    }

    pub(super) fn get_mut(&mut self, uri: &Uri) -> Option<&mut Document> {
        self.0.get_mut(&uri.0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Document> {
        self.0.values()
    }

    /// The one that lies there.
    pub(super) fn at(&self, path: &std::path::Path) -> Option<&Document> {
        self.iter().find(|document| document.path.as_deref() == Some(path))
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::{Position, Range, TextDocumentContentChangePartial, TextDocumentContentChangeWholeDocument};
    use proptest::prelude::*;

    use super::*;

    fn document(text: &str) -> Document {
        Document {
            uri: Uri("file:///a.txt".to_owned()),
            path: None,
            language_id: "plaintext".to_owned(),
            version: 0,
            text: text.to_owned(),
        }
    }

    fn partial(start: (u32, u32), end: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let place = |(line, character)| Position { line, character };
        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(TextDocumentContentChangePartial {
            range: Range { start: place(start), end: place(end) },
            text: text.to_owned(),
            ..Default::default()
        })
    }

    #[test]
    fn changes_are_made_one_in_what_the_other_left() {
        let rows = [
            ("a😀b", vec![partial((0, 3), (0, 4), "c")], "a😀c"),
            ("a\r\nb", vec![partial((0, 1), (1, 0), " ")], "a b"),
            ("a\r\nb", vec![partial((0, 9), (0, 9), "c")], "ac\r\nb"),
            ("", vec![partial((0, 0), (0, 0), "you"), partial((0, 3), (0, 3), " must")], "you must"),
            ("one\ntwo\n", vec![partial((2, 0), (2, 0), "three")], "one\ntwo\nthree"),
            ("one", vec![partial((0, 3), (0, 0), "two")], "two"),
        ];
        for (text, changes, expected) in rows {
            let mut document = document(text);
            document.change(2, changes, Encoding::Utf16);
            assert_eq!((document.text.as_str(), document.version), (expected, 2), "{text:?}");
        }
    }

    proptest! {
        /// Whatever is replaced, counted in whichever way: the text is the one that an editor has that does the same.
        #[test]
        fn edits_give_the_text_that_the_editor_has(
            text in "[a😀ц\r\n é]{0,40}",
            edits in prop::collection::vec((0_usize..50, 0_usize..50, "[b😀\r\nя]{0,4}"), 0..6),
            utf8 in any::<bool>(),
        ) {
            let encoding = if utf8 { Encoding::Utf8 } else { Encoding::Utf16 };
            let mut document = document(&text);
            let mut chars: Vec<char> = text.chars().collect();
            for (version, (from, to, with)) in (1_i32..).zip(&edits) {
                // What an editor has: characters, of which CR LF is never halved.
                let halves = |at: usize| at > 0 && at < chars.len() && chars[at - 1] == '\r' && chars[at] == '\n';
                let whole = |at: usize| { let at = at.min(chars.len()); if halves(at) { at - 1 } else { at } };
                let (from, to) = (whole(*from).min(whole(*to)), whole(*from).max(whole(*to)));
                let place = |at: usize| {
                    let before: String = chars[..at].iter().collect();
                    let broken = before.replace("\r\n", "\n").replace('\r', "\n");
                    let line = broken.matches('\n').count();
                    let last = broken.rsplit('\n').next().unwrap_or_default();
                    let units = if utf8 { last.len() } else { last.encode_utf16().count() };
                    (u32::try_from(line).unwrap(), u32::try_from(units).unwrap())
                };
                let change = partial(place(from), place(to), with);
                chars.splice(from..to, with.chars());
                document.change(version, vec![change], encoding);
                let full: String = chars.iter().collect();
                prop_assert_eq!(&document.text, &full);
                // The whole text, sent anew, is the same.
                let whole = TextDocumentContentChangeWholeDocument { text: full.clone() };
                let mut anew = self::document("other");
                anew.change(version, vec![whole.into()], encoding);
                prop_assert_eq!(&anew.text, &full);
            }
        }
    }
}
