//! The rules of lexicons, one after the other: as a table for people, as JSON with all of each, and as CSV for
//! spreadsheets. Which rules are listed is decided elsewhere.

mod csv;
mod json;
mod table;

pub use csv::rules_csv;
pub use json::rules_json;
pub use table::rules;

use crate::lexicon::{Entry, Expression, Lexicon, Pattern};

/// A rule, and the lexicon that it is part of.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'l> {
    /// The lexicon in force.
    pub lexicon: &'l Lexicon,
    /// The rule.
    pub entry: &'l Entry,
}

/// What the rule looks for, as it is written.
fn looks_for(entry: &Entry) -> Vec<&str> {
    let required = entry.requirement.iter().flat_map(|requirement| requirement.parts().map(|(_, pattern)| pattern));
    let patterns = entry.patterns.iter().chain(required).map(Pattern::source);
    patterns.chain(entry.regexes.iter().map(Expression::as_str)).collect()
}
