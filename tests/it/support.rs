//! Lexicons in memory.

use replylint::lexicon::{Builtin, LoadError, Loaded, Opened, Source, SourceError, SourceFile, load};
use replylint::{Lexicon, Linter};

/// Files by name; `builtin:` leads to the built-in lexicons.
#[derive(Default)]
pub(crate) struct Memory(Vec<(String, String)>);

impl Memory {
    pub(crate) fn with(mut self, name: &str, text: &str) -> Self {
        self.0.push((name.to_owned(), text.to_owned()));
        self
    }

    pub(crate) fn load(&self, name: &str) -> Result<Loaded, LoadError> {
        load(&[name], self)
    }
}

impl Source for Memory {
    fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError> {
        if reference.starts_with("builtin:") {
            return Builtin.open(reference, from);
        }
        let files: Vec<SourceFile> = self
            .0
            .iter()
            .filter(|(name, _)| {
                name == reference || name.strip_prefix(reference).is_some_and(|rest| rest.starts_with('/'))
            })
            .map(|(name, text)| SourceFile { name: name.clone(), text: text.clone() })
            .collect();
        if files.is_empty() {
            return Err(SourceError { message: format!("there is no {reference}"), help: "check the path".to_owned() });
        }
        Ok(Opened { id: reference.to_owned(), files })
    }
}

/// Loads a lexicon that is meant to be valid.
pub(crate) fn lexicon(text: &str) -> Lexicon {
    match Memory::default().with("test.toml", text).load("test.toml") {
        Ok(mut loaded) => loaded.lexicons.remove(0),
        Err(error) => {
            let all: Vec<String> =
                error.problems.iter().map(|problem| format!("{}: {problem}", problem.code().as_str())).collect();
            panic!("{}\n{text}", all.join("\n"))
        }
    }
}

pub(crate) fn linter(text: &str) -> Linter {
    Linter::new(vec![lexicon(text)])
}

/// The same linter by way of its compiled form.
pub(crate) fn recompiled(linter: &Linter) -> Linter {
    let bytes = linter.to_compiled().unwrap();
    let len = bytes.len() as u64;
    Linter::from_compiled(bytes, 0, len).unwrap()
}
