//! Layer 1: the company's phrasebook. A lexicon is loaded from files, checked, merged with
//! what it extends, and from then on immutable and valid: nothing that a trainer can mistype
//! reaches the matcher. This layer does not look at drafts.
//!
//! The way of a file: `syntax` reads TOML to the end whatever is wrong with it, `raw` collects
//! its tables, `understand` and `check` turn each into an [`Entry`], `merge` puts the entries of
//! several files together, and [`load()`] leads through all of it.

mod alternatives;
mod captions;
mod care;
mod check;
mod conditions;
mod difference;
mod duplicates;
mod elements;
mod entries;
mod entry;
mod expression;
mod fault;
mod forms;
mod groups;
#[cfg(feature = "cli")]
pub(crate) mod import;
mod kept;
mod keys;
#[cfg(feature = "cli")]
mod layout;
mod load;
mod loose;
mod merge;
#[cfg(feature = "lsp")]
mod outline;
mod pack;
mod parse;
mod parts;
mod pattern;
mod plain;
mod probe;
mod problem;
mod raw;
mod read;
#[cfg(feature = "cli")]
mod schema;
mod source;
mod syntax;
mod tree;
mod understand;
mod useless;
mod values;
mod when;
mod wording;

use std::sync::OnceLock;

pub use alternatives::Alternatives;
pub use care::{Allow, Care, Upkeep};
pub use difference::{Change, Difference, differences, differences_aside};
pub use entries::Entries;
pub use entry::{Boundary, Case, Entry, EntryId, Example, Kind, Level, Requirement, Within};
pub use expression::Expression;
pub(crate) use forms::{Spellings, forms_of};
pub(crate) use kept::{Keep, Kept};
#[cfg(feature = "cli")]
pub use layout::{laid_out, laid_out_keys};
pub use load::{LoadError, Loaded, load};
#[cfg(feature = "lsp")]
pub use outline::{Group, Outline, Outlined};
pub(crate) use pack::{Packer, Unpacker};
pub use parts::Bytes;
pub(crate) use parts::{Items, Parts, Stream};
pub use pattern::{Element, MOST_FORMS, Pattern, Slot};
pub use probe::{Alternative, Part, Probe};
pub use problem::{Code, Origin, Problem, Problems, SourceFile};
pub(crate) use read::nearest;
#[cfg(feature = "cli")]
pub use schema::schema;
pub use source::{BUILTIN, Builtin, Opened, Source, SourceError};
pub use when::{At, Near, Reach, When};
pub use wording::{Wording, WordingPart};

use self::captions::Captions;
use self::source::Embedded;
use crate::text::Language;

/// A valid lexicon of one language, with all that it inherits.
#[derive(Debug, Clone)]
pub struct Lexicon {
    head: Head,
    contents: Contents,
}

/// What is known of a lexicon without its entries.
#[derive(Debug, Clone)]
struct Head {
    name: String,
    language: Language,
    version: Option<String>,
}

/// What a lexicon holds.
#[derive(Debug, Clone, Default)]
struct Content {
    entries: Entries,
    names: Vec<Pattern>,
    approved: Vec<String>,
    captions: Captions,
    upkeep: Upkeep,
}

#[derive(Debug, Clone)]
enum Contents {
    Here(Content),
    /// Of the program itself; read when it is asked for.
    Embedded(&'static Embedded, OnceLock<Content>),
}

impl Lexicon {
    fn new(head: Head, content: Content) -> Self {
        Self { head, contents: Contents::Here(content) }
    }

    /// A lexicon of the program itself, such as `builtin:en`. It is read when its entries are asked for.
    pub fn builtin(reference: &str) -> Option<Self> {
        let embedded = Embedded::of(reference)?;
        let head = Head {
            name: embedded.name.to_owned(),
            language: Language::parse(embedded.language).ok()?,
            version: Some(embedded.version.to_owned()),
        };
        Some(Self { head, contents: Contents::Embedded(embedded, OnceLock::new()) })
    }

    /// How a lexicon of the program itself is named, such as `builtin:en`.
    pub fn reference(&self) -> Option<String> {
        match &self.contents {
            Contents::Here(_) => None,
            Contents::Embedded(embedded, _) => Some(embedded.reference()),
        }
    }

    /// What the company calls it.
    pub fn name(&self) -> &str {
        &self.head.name
    }

    /// The language of its phrases.
    pub fn language(&self) -> &Language {
        &self.head.language
    }

    /// Its version, as written.
    pub fn version(&self) -> Option<&str> {
        self.head.version.as_deref()
    }

    /// How many entries it has.
    pub fn entry_count(&self) -> usize {
        match &self.contents {
            Contents::Here(content) => content.entries.len(),
            Contents::Embedded(embedded, _) => embedded.entries,
        }
    }

    /// Its entries: its own in the order of its files, then inherited ones. Of two that stand in
    /// the same place of a draft, the earlier one speaks.
    pub fn entries(&self) -> &Entries {
        &self.content().entries
    }

    /// Names of products, companies and people, in which nothing is flagged.
    pub fn names(&self) -> &[Pattern] {
        &self.content().names
    }

    /// Sentences that may return in many replies, as they are written.
    pub fn approved(&self) -> &[String] {
        &self.content().approved
    }

    /// What a printed sheet calls a category, or one of the columns `avoid`, `prefer`, `leave-out` and
    /// `recommend`, if the lexicon says. The compiled form of a lexicon does not.
    pub fn caption(&self, name: &str) -> Option<&str> {
        self.content().captions.get(name)
    }

    /// What whoever looks after it wants to know beside its entries. The compiled form of a lexicon does not.
    pub fn upkeep(&self) -> &Upkeep {
        &self.content().upkeep
    }

    /// The entry of this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.id.as_str() == id)
    }

    /// The same lexicon with everything on that was written down switched off; none when nothing was.
    pub(crate) fn awake(&self) -> Option<Self> {
        let sleeps = |entry: &Entry| entry.level.is_none() && entry.adjusted.is_empty();
        if !self.entries().iter().any(sleeps) {
            return None;
        }
        let wake = |entry: &Entry| Entry { level: entry.level.or(Some(Level::Advice)), ..entry.clone() };
        let entries = self.entries().iter().map(|entry| if sleeps(entry) { wake(entry) } else { entry.clone() });
        Some(self.with_entries(entries.collect()))
    }

    /// The same lexicon with the entries that are asked about as they are looked for to see what comes near them,
    /// see [`Entry::loosened`], and the others looking for nothing.
    pub(crate) fn loosened(&self, asked: &dyn Fn(usize) -> bool) -> Self {
        let entries = self.entries().iter().enumerate();
        let loosened = |(number, entry): (usize, &Entry)| if asked(number) { entry.loosened() } else { entry.bare() };
        self.with_entries(entries.map(loosened).collect())
    }

    /// The same lexicon with other entries.
    fn with_entries(&self, entries: Vec<Entry>) -> Self {
        let content = Content {
            entries: Entries::new(entries),
            names: self.names().to_vec(),
            approved: self.approved().to_vec(),
            captions: self.content().captions.clone(),
            upkeep: self.content().upkeep.clone(),
        };
        Self::new(self.head.clone(), content)
    }

    /// Packs it, with all that it inherits, and without what linting does not need: the examples of its
    /// entries and its captions.
    pub(crate) fn pack(&self, packer: &mut Packer) {
        packer.text(&self.head.name);
        packer.text(self.head.language.as_str());
        packer.option(self.version(), Packer::text);
        packer.list(self.approved(), |packer, sentence| packer.text(sentence));
        self.entries().pack(self.names(), packer);
    }

    /// Reads what [`Lexicon::pack`] wrote.
    pub(crate) fn unpack(parts: &mut Parts<'_>) -> Option<Self> {
        let head = Head {
            name: parts.values.string()?,
            language: Language::parse(parts.values.text()?).ok()?,
            version: parts.values.option(Unpacker::string)?,
        };
        let approved = parts.values.list(Unpacker::string)?;
        let (entries, names) = Entries::unpack(parts)?;
        Some(Self::new(head, Content { entries, names, approved, ..Content::default() }))
    }

    fn content(&self) -> &Content {
        match &self.contents {
            Contents::Here(content) => content,
            Contents::Embedded(embedded, content) => content.get_or_init(|| {
                let loaded = load::load_builtin(&embedded.reference()).and_then(Self::into_content);
                loaded.expect("a built-in lexicon")
            }),
        }
    }

    fn into_content(self) -> Option<Content> {
        match self.contents {
            Contents::Here(content) => Some(content),
            Contents::Embedded(_, content) => content.into_inner(),
        }
    }
}
