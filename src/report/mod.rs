//! Layer 4: reviews as bytes. One file for each format, all fed by the same [`Report`]; those of
//! our own for programs through the frozen structure of [`v1`], those of others through what their
//! makers define. None of them decides what was found.

mod backtest;
mod changes;
#[cfg(feature = "cli")]
mod excerpt;
mod filled;
mod github;
mod json;
mod lines;
#[cfg(feature = "cli")]
mod listing;
mod message;
mod ndjson;
mod place;
#[cfg(feature = "cli")]
mod praise;
#[cfg(feature = "cli")]
mod pretty;
mod printable;
mod problems;
mod rdjson;
#[cfg(feature = "cli")]
mod recovered;
mod repeats;
mod sarif;
mod sarif_log;
pub mod sheet;
mod short;
pub mod v1;

use std::borrow::Cow;

use crate::lexicon::{Level, Lexicon};
use crate::lint::Review;
use crate::text::Draft;

pub use backtest::{Backtested, backtest, backtest_html, backtest_json};
pub use changes::{Changes, Compared, changes, changes_json};
pub use github::github;
pub use json::json;
#[cfg(feature = "cli")]
pub use listing::{Listed, rules, rules_csv, rules_json};
pub use message::message;
#[cfg(feature = "serve")]
pub(crate) use message::why;
pub use ndjson::{error_line, ndjson, reply_line};
pub use place::uri;
#[cfg(feature = "cli")]
pub use pretty::{Look, pretty};
pub use printable::printable;
#[cfg(feature = "cli")]
pub use problems::problems;
pub use problems::{Checked, problems_github, problems_json, problems_sarif};
pub use rdjson::{rdjson, rdjsonl};
pub use repeats::{Repeats, repeats, repeats_json};
pub use sarif::sarif;
pub use short::short;

/// All that one run has to say.
#[derive(Debug, Default)]
pub struct Report<'r> {
    /// The lexicons in force.
    pub lexicons: Vec<&'r Lexicon>,
    /// The drafts that were linted, in the order they came in.
    pub replies: Vec<Reply<'r>>,
    /// The inputs that could not be.
    pub errors: Vec<InputError>,
}

/// A draft and its review.
#[derive(Debug)]
pub struct Reply<'r> {
    /// Where it came from: a path, or `stdin`.
    pub source: &'r str,
    /// What the caller knows it by.
    pub id: Option<&'r str>,
    /// The draft.
    pub draft: Draft<'r>,
    /// What was found in it.
    pub review: Review<'r>,
}

/// An input that could not be linted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputError {
    /// Where it came from.
    pub source: String,
    /// What the caller knows it by.
    pub id: Option<String>,
    /// The line of a record, from 1.
    pub line: Option<usize>,
    /// The stable name of the error.
    pub code: &'static str,
    /// What happened, in a sentence.
    pub message: String,
}

impl Reply<'_> {
    /// What a person is told it came from: the part too, unless the line says where it is.
    pub fn name(&self) -> Cow<'_, str> {
        let source = match self.id {
            Some(id) if !self.draft.has_places() => Cow::Owned(format!("{}, {id}", self.source)),
            _ => Cow::Borrowed(self.source),
        };
        match self.draft.part_name() {
            Some(part) if !self.draft.has_places() => format!("{source} {part}").into(),
            _ => source,
        }
    }
}

impl Report<'_> {
    /// The highest level found in any reply; `None` is a pass.
    pub fn verdict(&self) -> Option<Level> {
        self.replies.iter().filter_map(|reply| reply.review.verdict()).max()
    }

    /// How many findings of this level there are in all replies.
    pub fn count(&self, level: Level) -> usize {
        self.replies.iter().map(|reply| reply.review.count(level)).sum()
    }

    /// How many wins there are in all replies.
    pub fn wins(&self) -> usize {
        self.replies.iter().map(|reply| reply.review.wins.len()).sum()
    }
}
