//! Regular expressions of entries. One that a trainer wrote is compiled at once, to see whether it can be; those that
//! come with replylint, most of whose drafts ask for none of them, when they are first used.

use std::fmt;
use std::sync::OnceLock;

use regex::{Error, Regex, RegexBuilder};

use crate::text::{Folded, Style};

/// Bytes that one compiled regular expression may take.
const MOST_BYTES: usize = 1 << 20;

/// A regular expression of an entry, for folded text.
#[derive(Clone)]
pub struct Expression {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

/// Why a regular expression is of no use.
#[derive(Debug)]
pub(super) enum Unusable {
    Invalid(Error),
    /// It compiles, and would find nothing, or nothing in particular; and what to do about it.
    Pointless(String, String),
}

impl Expression {
    /// One that is compiled now.
    pub(super) fn new(source: &str) -> Result<Self, Unusable> {
        let regex = compile(source).map_err(Unusable::Invalid)?;
        match unmatchable(source, &regex) {
            Some((message, help)) => Err(Unusable::Pointless(message, help)),
            None => Ok(Self { compiled: OnceLock::from(Some(regex)), ..Self::known(source) }),
        }
    }

    /// One that is known to compile.
    pub(crate) fn known(source: &str) -> Self {
        Self { source: source.to_owned(), compiled: OnceLock::new() }
    }

    /// As the lexicon has it.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Ready to search with; nothing when it does not compile.
    pub(crate) fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.source).ok()).as_ref()
    }
}

/// Whether it is compiled or not.
impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

fn compile(source: &str) -> Result<Regex, Error> {
    RegexBuilder::new(source).case_insensitive(true).size_limit(MOST_BYTES).build()
}

/// What keeps a regular expression that compiles from being of any use.
fn unmatchable(source: &str, regex: &Regex) -> Option<(String, String)> {
    if regex.is_match("") {
        let message = "this regular expression also matches nothing at all".to_owned();
        return Some((message, "make at least one character of it required".to_owned()));
    }
    let mut in_class = false;
    for c in source.chars() {
        match c {
            '[' => in_class = true,
            ']' => in_class = false,
            _ if c.is_ascii() || in_class => {}
            _ => {
                let folded = Folded::phrase(&c.to_string(), Style::COARSE);
                if c.to_lowercase().to_string() != folded {
                    let message = format!(
                        "`{c}` can never match: a regular expression looks at the plainest spelling of a text, which has `{folded}` there"
                    );
                    return Some((message, format!("write `{folded}`")));
                }
            }
        }
    }
    None
}
