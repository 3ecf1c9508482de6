//! What is wrong with lexicons, for those who look after them and for their programs: one file for each format.
//! None of them decides what is wrong.

mod github;
mod json;
#[cfg(feature = "cli")]
mod pretty;
mod sarif;

pub use github::github as problems_github;
pub use json::json as problems_json;
#[cfg(feature = "cli")]
pub use pretty::problems;
pub use sarif::sarif as problems_sarif;

use super::printable::one_line;
use crate::lexicon::{Problem, Problems, SourceError};
use crate::text::LineIndex;

/// All that came out of checking lexicons.
#[derive(Debug, Default)]
pub struct Checked {
    /// Lexicons that could not be read at all.
    pub unread: Vec<SourceError>,
    /// What is wrong with those that could.
    pub problems: Problems,
}

/// The problems with the lines of their files, each of which is counted once, for problems of one file stand
/// together.
fn with_lines<'p>(problems: &'p Problems, mut each: impl FnMut(&'p Problem, &LineIndex<'p>)) {
    let mut last: Option<LineIndex<'p>> = None;
    for problem in problems {
        let text = problem.file().text.as_str();
        let known = last.take().filter(|last| std::ptr::eq(last.text(), text));
        each(problem, last.insert(known.unwrap_or_else(|| LineIndex::new(text))));
    }
}

/// What is wrong and what to do about it, for a format with one place for both.
fn message(what: &str, remedy: Option<&str>) -> String {
    let sentence = |text: &str| if text.ends_with(['.', '?']) { text.to_owned() } else { format!("{text}.") };
    let remedy = remedy.map(|remedy| format!(" Help: {}", sentence(remedy)));
    one_line(&(sentence(what) + &remedy.unwrap_or_default()))
}
