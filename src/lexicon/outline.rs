//! What stands where in a lexicon file, mistakes or not: for editors, which want to know it of a file that
//! somebody is typing. What it all means, and whether it is right, is for [`load()`](super::load()).

use std::collections::HashSet;
use std::sync::Arc;

use super::entry::{EntryId, Kind};
use super::problem::{Origin, Problems};
use super::raw::RawFile;
use super::read::Text;
use super::source::{Opened, Source};
use crate::text::Span;

/// A lexicon and all that it extends, without an understanding of what they hold.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Entries, those of the lexicon itself first.
    pub entries: Vec<Outlined>,
    /// Adjustments, likewise.
    pub adjusts: Vec<Outlined>,
    /// Groups, likewise.
    pub groups: Vec<Group>,
    /// Where the lexicon itself says what it extends.
    pub extends: Vec<(String, Origin)>,
}

/// An entry or an adjustment.
#[derive(Debug, Clone)]
pub struct Outlined {
    /// Its id.
    pub id: EntryId,
    /// What it is for; none for an adjustment.
    pub kind: Option<Kind>,
    /// Where its table begins.
    pub origin: Origin,
    /// Whether it is of the lexicon itself, and not of what that extends.
    pub is_own: bool,
    /// What it looks for, as it is written.
    pub phrases: Vec<String>,
    /// What makes it fine, as it is written.
    pub unless: Vec<String>,
    /// The channels that it is for.
    pub channels: Vec<String>,
}

/// A list of phrases with a name.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name, without `@`.
    pub name: String,
    /// What it holds, as it is written.
    pub phrases: Vec<String>,
    /// Where it is named.
    pub origin: Origin,
}

impl Outline {
    /// What stands in the lexicons that `references` name and in those that they extend. What cannot be read is left
    /// out.
    pub fn of(references: &[String], source: &dyn Source) -> Self {
        let (mut outline, mut seen) = (Self::default(), HashSet::new());
        // A later one extends the earlier ones, and so does what is nearer to it.
        for reference in references.iter().rev() {
            if let Ok(opened) = source.open(reference, None) {
                outline.add(opened, source, true, &mut seen);
            }
        }
        outline
    }

    /// The entry of an id that nothing else replaces.
    pub fn entry(&self, id: &str) -> Option<&Outlined> {
        self.entries.iter().find(|entry| entry.id.as_str() == id)
    }

    /// The group that a name means.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    fn add(&mut self, opened: Opened, source: &dyn Source, is_own: bool, seen: &mut HashSet<String>) {
        if !seen.insert(opened.id.clone()) {
            return;
        }
        let mut extends = Vec::new();
        for (number, file) in opened.files.into_iter().map(Arc::new).enumerate() {
            let raw = RawFile::read(&file, &mut Problems::default());
            let origin = |span: Span| Origin { file: Arc::clone(&file), span };
            let named = |category: &Text<'_>, name: &Text<'_>| EntryId::new(&category.value, &name.value);
            for entry in raw.entries {
                let Some(id) = named(&entry.category, &entry.name) else { continue };
                let (kind, origin) = (Some(entry.kind), origin(entry.span));
                let (phrases, unless) = (words(entry.keys.phrases), words(entry.keys.unless));
                let channels = words(entry.keys.channels);
                self.entries.push(Outlined { id, kind, origin, is_own, phrases, unless, channels });
            }
            for adjust in raw.adjusts {
                let Some(id) = named(&adjust.category, &adjust.name) else { continue };
                let (phrases, unless) = (words(Some(adjust.add_phrases)), words(Some(adjust.add_unless)));
                let channels = words(adjust.keys.channels);
                self.adjusts.push(Outlined {
                    id,
                    kind: None,
                    origin: origin(adjust.span),
                    is_own,
                    phrases,
                    unless,
                    channels,
                });
            }
            for group in raw.groups.into_iter().flatten() {
                let origin = origin(group.name.span);
                self.groups.push(Group { name: group.name.value.into_owned(), phrases: words(group.phrases), origin });
            }
            if number == 0 {
                let named = raw.header.map(|header| header.extends).unwrap_or_default();
                extends = named.iter().map(|text| (text.value.clone().into_owned(), origin(text.span))).collect();
            }
        }
        if is_own {
            self.extends.extend(extends.iter().cloned());
        }
        for (reference, _) in extends.iter().rev() {
            if let Ok(opened_next) = source.open(reference, Some(&opened.id)) {
                self.add(opened_next, source, false, seen);
            }
        }
    }
}

fn words(texts: Option<Vec<Text<'_>>>) -> Vec<String> {
    texts.into_iter().flatten().map(|text| text.value.into_owned()).collect()
}
