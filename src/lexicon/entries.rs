//! The entries of a lexicon by their numbers, and how they are packed. An entry's examples are left out,
//! and so is what it says of its upkeep: they are for those who look after a lexicon, and those read its files.

use std::ops::Index;
use std::sync::Arc;

use super::entry::{Boundary, Case, Entry, EntryId, Kind, Level, Requirement, Within};
use super::expression::Expression;
use super::kept::{Keep, Kept};
use super::pack::{Packer, Unpacker};
use super::parts::Parts;
use super::pattern::Pattern;
use super::problem::{Origin, SourceFile};
use super::when::{At, Near, When};
use super::wording::Wording;

/// The entries of a lexicon, in its order.
#[derive(Debug, Clone)]
pub struct Entries(Kept<Entry>);

impl Default for Entries {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Entries {
    pub(super) const fn new(entries: Vec<Entry>) -> Self {
        Self(Kept::Here(entries))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry of this number, from 0.
    pub fn get(&self, number: usize) -> Option<&Entry> {
        self.0.get(number)
    }

    /// All of them, in the lexicon's order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Entry> + Clone {
        self.0.iter()
    }

    /// Packs them and the names of their lexicon.
    pub(super) fn pack(&self, names: &[Pattern], packer: &mut Packer) {
        let files = Files::of(self, names);
        packer.list(&files.0, |packer, file| packer.text(&file.name));
        packer.list(names, |packer, name| name.pack(&files, packer));
        self.0.pack(&files, packer);
    }

    pub(super) fn unpack(parts: &mut Parts<'_>) -> Option<(Self, Vec<Pattern>)> {
        let file = |unpacker: &mut Unpacker<'_>| {
            let file = SourceFile { name: unpacker.string()?, text: String::new() };
            Some(Arc::new(file))
        };
        let files = Files(parts.values.list(file)?);
        let names = parts.values.list(|unpacker| Pattern::unpack(&files, unpacker))?;
        Some((Self(Kept::unpack(files, parts)?), names))
    }
}

impl Index<usize> for Entries {
    type Output = Entry;

    /// # Panics
    ///
    /// When there is no entry of this number.
    fn index(&self, number: usize) -> &Entry {
        &self.0[number]
    }
}

impl<'l> IntoIterator for &'l Entries {
    type Item = &'l Entry;
    type IntoIter = Box<dyn ExactSizeIterator<Item = &'l Entry> + 'l>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

/// The files that entries come from. Packed ones keep their names and not their texts.
#[derive(Debug, Clone)]
pub(crate) struct Files(Vec<Arc<SourceFile>>);

impl Files {
    fn of(entries: &Entries, names: &[Pattern]) -> Self {
        let mut files: Vec<Arc<SourceFile>> = Vec::new();
        let mut note = |origin: &Origin| {
            // Mostly it is the file of the entry before.
            if !files.iter().rev().any(|file| Arc::ptr_eq(file, &origin.file)) {
                files.push(Arc::clone(&origin.file));
            }
        };
        names.iter().filter_map(Pattern::origin).for_each(&mut note);
        for entry in entries {
            let origins = [&entry.origin].into_iter().chain(&entry.replaced).chain(&entry.adjusted);
            origins.chain(entry.all_patterns().filter_map(Pattern::origin)).for_each(&mut note);
        }
        Self(files)
    }

    pub(super) fn pack(&self, origin: &Origin, packer: &mut Packer) {
        packer.number(self.0.iter().position(|file| Arc::ptr_eq(file, &origin.file)).unwrap_or(usize::MAX));
        packer.span(origin.span);
    }

    pub(super) fn unpack(&self, unpacker: &mut Unpacker<'_>) -> Option<Origin> {
        let file = self.0.get(unpacker.number()?)?;
        Some(Origin { file: Arc::clone(file), span: unpacker.span()? })
    }
}

impl Keep for Entry {
    type Common = Files;

    fn pack(&self, files: &Files, packer: &mut Packer) {
        packer.text(self.id.category());
        packer.text(self.id.name());
        packer.byte(self.kind as u8);
        packer.list(&self.patterns, |packer, pattern| pattern.pack(files, packer));
        packer.list(&self.regexes, |packer, regex| packer.text(regex.as_str()));
        packer.list(&self.unless, |packer, pattern| pattern.pack(files, packer));
        packer.option(self.unless_near.as_deref(), |packer, near| near.pack(files, packer));
        packer.list(&self.prefer, |packer, wording| packer.text(wording.as_str()));
        packer.option(self.why.as_deref(), Packer::text);
        packer.option(self.level, |packer, level| packer.byte(level as u8));
        packer.flag(self.safe_fix);
        packer.flag(self.case == Case::Exact);
        packer.flag(self.ignore_accents);
        packer.flag(self.boundary == Boundary::None);
        packer.list(&self.channels, |packer, channel| packer.text(channel));
        packer.option(self.when.as_deref(), |packer, when| when.pack(files, packer));
        packer.option(self.at, |packer, at| at.pack(packer));
        packer.option(self.says.as_deref(), Packer::text);
        packer.option(self.requirement.as_deref(), |packer, requirement| requirement.pack(files, packer));
        files.pack(&self.origin, packer);
        packer.option(self.replaced.as_ref(), |packer, origin| files.pack(origin, packer));
        packer.list(&self.adjusted, |packer, origin| files.pack(origin, packer));
    }

    fn unpack(files: &Files, unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let pattern = |unpacker: &mut Unpacker<'_>| Pattern::unpack(files, unpacker);
        Some(Self {
            id: EntryId::new(unpacker.text()?, unpacker.text()?)?,
            kind: Kind::unpack(unpacker)?,
            patterns: unpacker.list(pattern)?,
            regexes: unpacker.list(|unpacker| Some(Expression::known(unpacker.text()?)))?,
            unless: unpacker.list(pattern)?,
            unless_near: unpacker.option(|unpacker| Near::unpack(files, unpacker).map(Box::new))?,
            prefer: unpacker.list(|unpacker| unpacker.string().map(|source| Wording::new(source, None)))?,
            why: unpacker.option(Unpacker::string)?,
            level: unpacker.option(Level::unpack)?,
            safe_fix: unpacker.flag()?,
            case: if unpacker.flag()? { Case::Exact } else { Case::Any },
            ignore_accents: unpacker.flag()?,
            boundary: if unpacker.flag()? { Boundary::None } else { Boundary::Word },
            channels: unpacker.list(Unpacker::string)?,
            when: unpacker.option(|unpacker| When::unpack(files, unpacker).map(Box::new))?,
            at: unpacker.option(At::unpack)?,
            says: unpacker.option(Unpacker::string)?,
            flags: Vec::new(),
            passes: Vec::new(),
            care: None,
            requirement: unpacker.option(|unpacker| Requirement::unpack(files, unpacker).map(Box::new))?,
            origin: files.unpack(unpacker)?,
            replaced: unpacker.option(|unpacker| files.unpack(unpacker))?,
            adjusted: unpacker.list(|unpacker| files.unpack(unpacker))?,
        })
    }

    fn damaged() -> Self {
        let file = Arc::new(SourceFile { name: "a damaged lexicon".to_owned(), text: String::new() });
        let id = EntryId::new("damaged", "entry").expect("an id");
        let why = Some("This entry cannot be read: make the compiled lexicon anew.".to_owned());
        let origin = Origin { file, span: crate::text::Span::new(0, 0) };
        Self { why, level: Some(Level::Error), ..Self::new(id, Kind::Avoid, origin) }
    }
}

impl Kind {
    pub(crate) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let kind = unpacker.byte()?;
        Self::ALL.into_iter().find(|known| *known as u8 == kind)
    }
}

impl Level {
    pub(crate) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let level = unpacker.byte()?;
        Self::ALL.into_iter().find(|known| *known as u8 == level)
    }
}

impl Requirement {
    fn pack(&self, files: &Files, packer: &mut Packer) {
        packer.list(&self.any, |packer, pattern| pattern.pack(files, packer));
        packer.list(&self.all, |packer, pattern| pattern.pack(files, packer));
        self.within.pack(packer);
        packer.list(&self.forms, |packer, set| packer.list(set, |packer, pattern| pattern.pack(files, packer)));
        packer.flag(self.placeholders);
        for bound in [self.least_words, self.most_words, self.most_sentences] {
            packer.option(bound, |packer, bound| packer.number(bound as usize));
        }
    }

    fn unpack(files: &Files, unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let pattern = |unpacker: &mut Unpacker<'_>| Pattern::unpack(files, unpacker);
        let bound = |unpacker: &mut Unpacker<'_>| u32::try_from(unpacker.number()?).ok();
        Some(Self {
            any: unpacker.list(pattern)?,
            all: unpacker.list(pattern)?,
            within: Within::unpack(unpacker)?,
            forms: unpacker.list(|unpacker| unpacker.list(pattern))?,
            placeholders: unpacker.flag()?,
            least_words: unpacker.option(bound)?,
            most_words: unpacker.option(bound)?,
            most_sentences: unpacker.option(bound)?,
        })
    }
}

impl Within {
    pub(super) fn pack(self, packer: &mut Packer) {
        let (kind, count) = match self {
            Self::Whole => (0, 0),
            Self::First(count) => (1, count),
            Self::Last(count) => (2, count),
        };
        packer.byte(kind);
        packer.number(count as usize);
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let (kind, count) = (unpacker.byte()?, u32::try_from(unpacker.number()?).ok()?);
        match kind {
            0 => Some(Self::Whole),
            1 => Some(Self::First(count)),
            2 => Some(Self::Last(count)),
            _ => None,
        }
    }
}
