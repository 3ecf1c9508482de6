//! From references to lexicons in force: files are read, `extends` is followed, entries are
//! merged and adjusted, and every mistake of every file is collected on the way. A lexicon
//! that comes out of here is valid.

use std::sync::Arc;

use super::Lexicon;
use super::duplicates;
use super::entry::Entry;
use super::groups::{Resolved, Resolver};
use super::pattern::Pattern;
use super::problem::{Code, Problem, Problems, SourceFile};
use super::raw::{RawAdjust, RawEntry, RawFile, RawHeader};
use super::read::{Text, nearest};
use super::source::{Opened, Source, SourceError};
use super::understand::Understanding;
use crate::text::{Language, Span};

/// What loading gives: lexicons to use, and what is worth mending in them all the same.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// One for each language.
    pub lexicons: Vec<Lexicon>,
    /// Problems that do not keep the lexicons from being used.
    pub warnings: Problems,
}

/// Why nothing could be loaded.
#[derive(Debug, Clone)]
pub enum LoadError {
    /// A lexicon that was asked for could not be read at all.
    Source(SourceError),
    /// The files have mistakes in them; warnings are among them.
    Problems(Problems),
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Problems(problems) => problems.fmt(f),
        }
    }
}

impl std::error::Error for LoadError {}

/// Loads the lexicons that `references` name. Several of one language are merged, a later one
/// extending the earlier ones.
///
/// # Errors
///
/// When a lexicon cannot be read, or has mistakes; then all mistakes of all files are given.
pub fn load<R: AsRef<str>>(references: &[R], source: &dyn Source) -> Result<Loaded, LoadError> {
    let mut loader = Loader { source, problems: Problems::default(), open: Vec::new() };
    let mut units = Vec::new();
    for reference in references {
        let opened = source.open(reference.as_ref(), None).map_err(LoadError::Source)?;
        if let Some(unit) = loader.unit(opened, &mut units) {
            units.push(unit);
        }
    }
    let mut problems = loader.problems;
    problems.sort();
    if problems.has_errors() {
        return Err(LoadError::Problems(problems));
    }
    Ok(Loaded { lexicons: units.into_iter().map(Unit::finish).collect(), warnings: problems })
}

struct Loader<'l> {
    source: &'l dyn Source,
    problems: Problems,
    /// The ids of the lexicons that are being loaded right now, outermost first.
    open: Vec<String>,
}

/// A lexicon with all that it inherits.
#[derive(Debug)]
struct Unit {
    name: String,
    language: Language,
    version: Option<String>,
    entries: Vec<Entry>,
    groups: Resolved,
    names: Vec<Pattern>,
}

impl Loader<'_> {
    /// Loads one lexicon. Of the `earlier` ones it takes the one of its language as its base.
    fn unit(&mut self, opened: Opened, earlier: &mut Vec<Unit>) -> Option<Unit> {
        self.open.push(opened.id.clone());
        let files: Vec<Arc<SourceFile>> = opened.files.into_iter().map(Arc::new).collect();
        let mut raws: Vec<RawFile> = files.iter().map(|file| RawFile::read(file, &mut self.problems)).collect();
        self.misplaced(&files, &raws);
        let unit = match (
            files.first(),
            raws.first_mut()
                .map(|raw| (raw.header.take(), std::mem::take(&mut raw.groups), std::mem::take(&mut raw.names))),
        ) {
            (Some(main), Some((header, groups, names))) => self.header(main, header).map(|(header, language)| {
                let mut base = self.base(&opened.id, main, &header, &language, earlier);
                let mut resolver = Resolver::new(main, &groups, std::mem::take(&mut base.groups));
                for (file, raw) in files.iter().zip(&mut raws) {
                    self.entries(
                        file,
                        std::mem::take(&mut raw.entries),
                        &mut resolver,
                        header.ignore_accents,
                        &mut base,
                    );
                }
                for (file, raw) in files.iter().zip(raws) {
                    self.adjusts(file, raw.adjusts, &mut resolver, header.ignore_accents, &mut base);
                }
                let mut understanding = Understanding {
                    file: main,
                    resolver: &mut resolver,
                    problems: &mut self.problems,
                    ignore_accents: true,
                };
                base.names.extend(understanding.patterns(names));
                base.groups = resolver.finish(&mut self.problems);
                if header.ignore_accents {
                    base.entries.iter_mut().for_each(|entry| entry.ignore_accents = true);
                }
                base.name = header.name.map_or_else(|| main.name.clone(), |name| name.value);
                base.version = header.version.map(|version| version.value).or(base.version);
                duplicates::report(&base.entries, &files, &mut self.problems);
                base
            }),
            _ => None,
        };
        self.open.pop();
        unit
    }

    /// The header, if it says enough to go on.
    fn header(&mut self, file: &Arc<SourceFile>, header: Option<RawHeader>) -> Option<(RawHeader, Language)> {
        const HELP: &str = "begin the file with `[lexicon]` and `language = \"en\"`";
        let top = Span::new(0, file.text.find('\n').unwrap_or(file.text.len()));
        let Some(header) = header else {
            self.problems.push(
                Problem::new(Code::MissingKey, file, top, "this file has no `[lexicon]` table", "no header").help(HELP),
            );
            return None;
        };
        let Some(language) = &header.language else {
            self.problems.push(
                Problem::new(
                    Code::MissingKey,
                    file,
                    top,
                    "the header does not say which language the lexicon is for",
                    "no `language`",
                )
                .help(HELP),
            );
            return None;
        };
        match Language::parse(&language.value) {
            Ok(parsed) => Some((header, parsed)),
            Err(tag) => {
                let problem = Problem::new(
                    Code::UnknownLanguage,
                    file,
                    language.span,
                    format!("`{tag}` is not a language tag"),
                    "not a tag",
                );
                self.problems.push(problem.help("write a BCP 47 tag such as \"en\", \"en-GB\" or \"ru\""));
                None
            }
        }
    }

    /// What the lexicon begins with: all that it extends, merged in order.
    fn base(
        &mut self,
        id: &str,
        file: &Arc<SourceFile>,
        header: &RawHeader,
        language: &Language,
        earlier: &mut Vec<Unit>,
    ) -> Unit {
        let same = earlier.iter().position(|unit| unit.language == *language);
        let mut base = same.map_or_else(
            || Unit {
                name: String::new(),
                language: language.clone(),
                version: None,
                entries: Vec::new(),
                groups: Resolved::new(),
                names: Vec::new(),
            },
            |index| earlier.remove(index),
        );
        for reference in &header.extends {
            let Some(unit) = self.extended(id, file, reference) else { continue };
            if unit.language != *language {
                let message = format!("a lexicon for `{language}` cannot extend one for `{}`", unit.language);
                let problem = Problem::new(Code::ExtendsLanguage, file, reference.span, message, "another language");
                self.problems.push(
                    problem
                        .help("several languages can be in force at once: give each its own lexicon with `--lexicon`"),
                );
                continue;
            }
            base.groups.extend(unit.groups);
            base.names.extend(unit.names);
            for entry in unit.entries {
                self.inherit(&mut base.entries, entry, file, reference);
            }
        }
        base
    }

    fn extended(&mut self, id: &str, file: &Arc<SourceFile>, reference: &Text) -> Option<Unit> {
        match self.source.open(&reference.value, Some(id)) {
            Err(error) => {
                let problem = Problem::new(
                    Code::ExtendsMissing,
                    file,
                    reference.span,
                    format!("cannot extend `{}`: {}", reference.value, error.message),
                    "cannot be read",
                );
                self.problems.push(problem.help(error.help));
                None
            }
            Ok(opened) if self.open.contains(&opened.id) => {
                let start = self.open.iter().position(|open| *open == opened.id).unwrap_or(0);
                let path: Vec<&str> =
                    self.open.iter().skip(start).map(String::as_str).chain([opened.id.as_str()]).collect();
                let problem = Problem::new(
                    Code::ExtendsCycle,
                    file,
                    reference.span,
                    format!("this lexicon extends itself: {}", path.join(" → ")),
                    "leads back to itself",
                );
                self.problems.push(problem.help("take this reference out of `extends`"));
                None
            }
            Ok(opened) => self.unit(opened, &mut Vec::new()),
        }
    }

    /// Adds an inherited entry. The same entry may come by two ways; then the way that adjusted
    /// it counts.
    fn inherit(&mut self, entries: &mut Vec<Entry>, entry: Entry, file: &Arc<SourceFile>, reference: &Text) {
        match entries.iter_mut().find(|known| known.id == entry.id) {
            None => entries.push(entry),
            Some(known) if known.origin == entry.origin => {
                if entry.adjusted.len() > known.adjusted.len() {
                    *known = entry;
                }
            }
            Some(known) => {
                let message = format!(
                    "`{}` is defined twice: at {} and, through `{}`, at {}",
                    entry.id, known.origin, reference.value, entry.origin
                );
                let problem = Problem::new(Code::DuplicateId, file, reference.span, message, "brings it in again");
                self.problems.push(problem.help("rename one of the two, or extend only one of the lexicons"));
            }
        }
    }

    fn entries(
        &mut self,
        file: &Arc<SourceFile>,
        raws: Vec<RawEntry>,
        resolver: &mut Resolver<'_>,
        ignore_accents: bool,
        base: &mut Unit,
    ) {
        for raw in raws {
            let (replace, name_span) = (raw.replace, raw.span);
            let entry = Understanding { file, resolver: &mut *resolver, problems: &mut self.problems, ignore_accents }
                .entry(raw);
            let Some(entry) = entry else { continue };
            match base.entries.iter_mut().find(|known| known.id == entry.id) {
                None => base.entries.push(entry),
                Some(known) if replace => *known = entry,
                Some(known) => {
                    let here = known.origin.file.name == file.name;
                    let mut problem = Problem::new(
                        Code::DuplicateId,
                        file,
                        name_span,
                        format!("the rule `{}` is defined twice", entry.id),
                        "defined again here",
                    );
                    if here {
                        problem = problem
                            .and_label(known.origin.span, "defined here already")
                            .help("put both lists into one entry, or rename one of the two");
                    } else {
                        problem = problem.help(format!(
                            "it is defined at {}; to change it, write `[adjust.{}]`, or add `replace = true` to define it anew",
                            known.origin, entry.id
                        ));
                    }
                    self.problems.push(problem);
                }
            }
        }
    }

    fn adjusts(
        &mut self,
        file: &Arc<SourceFile>,
        raws: Vec<RawAdjust>,
        resolver: &mut Resolver<'_>,
        ignore_accents: bool,
        base: &mut Unit,
    ) {
        for raw in raws {
            let mut understanding =
                Understanding { file, resolver: &mut *resolver, problems: &mut self.problems, ignore_accents };
            let Some(id) = understanding.id(&raw.category, &raw.name) else { continue };
            if let Some(entry) = base.entries.iter_mut().find(|entry| entry.id == id) {
                understanding.adjust(entry, raw);
                continue;
            }
            let problem = Problem::new(
                Code::UnknownRule,
                file,
                raw.name.span,
                format!("there is no rule `{id}` to adjust"),
                "not inherited",
            );
            let help = match nearest(id.as_str(), base.entries.iter().map(|entry| entry.id.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a rule of a lexicon in `extends`; `replylint lexicon explain RULE` shows one".to_owned(),
            };
            self.problems.push(problem.help(help));
        }
    }

    /// Only the header file of a folder may hold a header, groups and adjustments.
    fn misplaced(&mut self, files: &[Arc<SourceFile>], raws: &[RawFile]) {
        for (file, raw) in files.iter().zip(raws).skip(1) {
            let header = raw
                .header
                .as_ref()
                .and_then(|header| header.language.as_ref().or(header.name.as_ref()))
                .map(|text| ("lexicon", text.span));
            let group = raw.groups.first().map(|group| ("group", group.name.span));
            let adjust = raw.adjusts.first().map(|adjust| ("adjust", adjust.span));
            let names = raw.names.first().map(|name| ("names", name.span));
            for (table, span) in [header, group, names, adjust].into_iter().flatten() {
                let message =
                    format!("`[{table}]` belongs into `lexicon.toml`; the other files of a folder hold only entries");
                self.problems.push(
                    Problem::new(Code::MisplacedTable, file, span, message, "not here")
                        .help(format!("move `[{table}]` into `lexicon.toml`")),
                );
            }
        }
    }
}

impl Unit {
    fn finish(self) -> Lexicon {
        Lexicon {
            name: self.name,
            language: self.language,
            version: self.version,
            entries: self.entries,
            names: self.names,
        }
    }
}
