//! From references to lexicons in force: files are read, `extends` is followed, and every
//! mistake of every file is collected on the way. How entries of several files become one
//! lexicon is in [`super::merge`]. A lexicon that comes out of here is valid.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use super::Lexicon;
use super::conditions::look_up;
use super::duplicates;
use super::groups::Resolver;
use super::merge::Merged;
use super::problem::{Code, Problem, Problems, SourceFile};
use super::raw::{RawFile, RawHeader};
use super::read::Text;
use super::source::{BUILTIN, Builtin, Opened, Source, SourceError};
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

/// Why nothing could be loaded: at least one of the two lists is not empty.
#[derive(Debug, Clone, Default)]
pub struct LoadError {
    /// Lexicons that were asked for and could not be read at all.
    pub unread: Vec<SourceError>,
    /// Mistakes in those that could, warnings included.
    pub problems: Problems,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut unread = self.unread.iter().map(ToString::to_string).collect::<Vec<_>>();
        if self.problems.has_errors() {
            unread.push(self.problems.to_string());
        }
        f.write_str(&unread.join("; "))
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
    let mut loader = Loader::new(source);
    let mut unread = Vec::new();
    let mut lexicons = Vec::new();
    let mut ids = HashSet::new();
    for reference in references {
        match source.open(reference.as_ref(), None) {
            // Named twice, or by two of its files.
            Ok(opened) if !ids.insert(opened.id.clone()) => {}
            Ok(opened) => {
                let lexicon = loader.lexicon(opened, &mut lexicons, Duplicates::Sought);
                lexicons.push(lexicon);
            }
            Err(error) => unread.push(error),
        }
    }
    let problems = loader.problems.in_order();
    if problems.has_errors() || !unread.is_empty() {
        return Err(LoadError { unread, problems });
    }
    Ok(Loaded { lexicons: lexicons.into_iter().map(Merged::finish).collect(), warnings: problems })
}

/// Loads a built-in lexicon, which the tests of this crate have loaded before.
pub(super) fn load_builtin(reference: &str) -> Option<Lexicon> {
    let opened = Builtin.open(reference, None).ok()?;
    Some(Loader::new(&Builtin).lexicon(opened, &mut Vec::new(), Duplicates::Known).finish())
}

/// How deeply lexicons may extend one another.
const DEEPEST: usize = 32;

struct Loader<'l> {
    source: &'l dyn Source,
    problems: Problems,
    /// The ids of the lexicons that are being loaded right now, outermost first.
    open: Vec<String>,
    /// What was extended already, so that it is read once.
    done: HashMap<String, Merged>,
}

/// Whether phrases that two entries hold must be looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Duplicates {
    Sought,
    /// It is known that there are none.
    Known,
}

impl<'l> Loader<'l> {
    fn new(source: &'l dyn Source) -> Self {
        Self { source, problems: Problems::default(), open: Vec::new(), done: HashMap::new() }
    }

    /// Loads one lexicon. Of the `earlier` ones it takes the one of its language as its base.
    fn lexicon(&mut self, opened: Opened, earlier: &mut Vec<Merged>, duplicates: Duplicates) -> Merged {
        let files: Vec<Arc<SourceFile>> = opened.files.into_iter().map(Arc::new).collect();
        let mut raws: Vec<RawFile<'_>> = files.iter().map(|file| RawFile::read(file, &mut self.problems)).collect();
        let (Some(main), Some(first)) = (files.first(), raws.first_mut()) else { return Merged::new(unknown()) };
        let (header, groups, names) = (first.header.take(), first.groups.take(), std::mem::take(&mut first.names));
        let approved = std::mem::take(&mut first.approved);
        let captions = std::mem::take(&mut first.captions);
        self.misplaced(&files, &raws);
        let language = self.language(main, header.as_ref());
        let header = header.unwrap_or_default();

        self.open.push(opened.id.clone());
        let mut merged = self.base(&opened.id, main, &header, language, earlier);
        let groups = groups.unwrap_or_default();
        let mut resolver = Resolver::new(main, &groups, merged.groups.take());
        let problems = &mut self.problems;
        let ignore_accents = header.ignore_accents;
        let mut references = Vec::new();
        let references = &mut references;
        let mut understanding =
            Understanding { file: main, resolver: &mut resolver, problems, references, ignore_accents };
        for (file, raw) in files.iter().zip(&mut raws) {
            understanding.file = file;
            merged.define(std::mem::take(&mut raw.entries), &mut understanding);
        }
        for (file, raw) in files.iter().zip(raws) {
            understanding.file = file;
            merged.adjust(raw.adjusts, &mut understanding);
        }
        understanding.file = main;
        merged.name(main, header, &names, &mut understanding);
        merged.approve(approved, &mut understanding);
        merged.caption(captions, &mut understanding);
        merged.upkeep.unused_groups.retain(|(group, _)| !resolver.borrowed.contains(group));
        merged.upkeep.unused_groups.extend(resolver.unused());
        merged.groups = resolver.finish(&mut self.problems);
        look_up(references, &merged, &mut self.problems);
        merged.keep_one_framework();
        if duplicates == Duplicates::Sought {
            duplicates::report(&mut merged, &files, &mut self.problems);
        }
        merged.upkeep.files.extend(files);
        self.open.pop();
        merged
    }

    /// The language of the header. When it says none, that is reported and the rest of the
    /// file is looked at all the same.
    fn language(&mut self, file: &Arc<SourceFile>, header: Option<&RawHeader<'_>>) -> Language {
        const HELP: &str = "begin the file with `[lexicon]` and `language = \"en\"`";
        let top = Span::new(0, file.text.find('\n').unwrap_or(file.text.len()));
        let missing = |message, label| Problem::new(Code::MissingKey, file, top, message, label).help(HELP);
        let language = match header {
            None => Err(missing("this file has no `[lexicon]` table", "no header")),
            Some(RawHeader { language: Some(text), .. }) => Language::parse(&text.value).map_err(|tag| {
                let message = format!("`{tag}` is not a language tag");
                Problem::new(Code::UnknownLanguage, file, text.span, message, "not a tag")
                    .help("write a language tag such as \"en\", \"en-GB\" or \"ru\"")
            }),
            Some(header) if header.faulty => return unknown(),
            Some(_) => Err(missing("the header does not say which language the lexicon is for", "no `language`")),
        };
        language.unwrap_or_else(|problem| {
            self.problems.push(problem);
            unknown()
        })
    }

    /// What the lexicon begins with: all that it extends, merged in order.
    fn base(
        &mut self,
        id: &str,
        file: &Arc<SourceFile>,
        header: &RawHeader<'_>,
        language: Language,
        earlier: &mut Vec<Merged>,
    ) -> Merged {
        let same = earlier.iter().position(|known| known.language == language);
        let mut base = same.map_or_else(|| Merged::new(language), |index| earlier.remove(index).into_base());
        base.groups.incomplete |= header.faulty;
        for reference in &header.extends {
            let Some(extended) = self.extended(id, file, reference) else {
                base.groups.incomplete = true;
                continue;
            };
            if extended.language == base.language || [&extended.language, &base.language].contains(&&unknown()) {
                base.inherit(extended, file, reference, &mut self.problems);
                continue;
            }
            base.groups.incomplete = true;
            let message = format!("a lexicon for `{}` cannot extend one for `{}`", base.language, extended.language);
            let problem = Problem::new(Code::ExtendsLanguage, file, reference.span, message, "another language");
            self.problems.push(
                problem.help("several languages can be in force at once: give each its own lexicon with `--lexicon`"),
            );
        }
        base
    }

    fn extended(&mut self, id: &str, file: &Arc<SourceFile>, reference: &Text<'_>) -> Option<Merged> {
        let at = |code, message, label| Problem::new(code, file, reference.span, message, label);
        match self.source.open(&reference.value, Some(id)) {
            Err(error) => {
                let message = format!("cannot extend `{}`: {}", reference.value, error.message);
                self.problems.push(at(Code::ExtendsMissing, message, "cannot be read").help(error.help));
                None
            }
            Ok(opened) if self.open.contains(&opened.id) => {
                let start = self.open.iter().position(|open| *open == opened.id).unwrap_or(0);
                let path: Vec<&str> =
                    self.open.iter().skip(start).map(String::as_str).chain([opened.id.as_str()]).collect();
                let message = format!("this lexicon extends itself: {}", path.join(" → "));
                let problem = at(Code::ExtendsCycle, message, "leads back to itself");
                self.problems.push(problem.help("take this reference out of `extends`"));
                None
            }
            Ok(_) if self.open.len() >= DEEPEST => {
                let message = format!("lexicons extend one another more than {DEEPEST} deep");
                self.problems.push(at(Code::ExtendsCycle, message, "too deep").help("extend the inner ones directly"));
                None
            }
            Ok(opened) => {
                let id = opened.id.clone();
                if let Some(done) = self.done.get(&id) {
                    return Some(done.clone());
                }
                let duplicates = if id.starts_with(BUILTIN) { Duplicates::Known } else { Duplicates::Sought };
                let lexicon = self.lexicon(opened, &mut Vec::new(), duplicates);
                self.done.insert(id, lexicon.clone());
                Some(lexicon)
            }
        }
    }

    /// Only the header file of a folder may hold a header, groups, names, approved sentences, captions and
    /// adjustments.
    fn misplaced(&mut self, files: &[Arc<SourceFile>], raws: &[RawFile<'_>]) {
        for (file, raw) in files.iter().zip(raws).skip(1) {
            for &(table, span) in &raw.header_tables {
                let message =
                    format!("`[{table}]` belongs into `lexicon.toml`; the other files of a folder hold only entries");
                let problem = Problem::new(Code::MisplacedTable, file, span, message, "not here");
                self.problems.push(problem.help(format!("move `[{table}]` into `lexicon.toml`")));
            }
        }
    }
}

/// The language of a lexicon that does not say.
fn unknown() -> Language {
    Language::undetermined()
}
