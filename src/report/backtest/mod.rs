//! What lexicons say of past replies: as tables for people, as one JSON document, and as a page to hand round.
//! All lead with what was said well, and none names an agent.

mod html;
mod json;
mod table;

use super::InputError;
use crate::lexicon::{Level, Lexicon};
use crate::lint::{Backtest, Change};

pub use html::backtest_html;
pub use json::backtest_json;
pub use table::backtest;

/// What was asked, and what came out.
#[derive(Debug)]
pub struct Backtested<'r> {
    /// The lexicons in force.
    pub lexicons: Vec<&'r Lexicon>,
    /// Those before the edit, when that was asked.
    pub against: Option<Vec<&'r Lexicon>>,
    /// What they say.
    pub result: Backtest<'r>,
    /// How many records could not be read.
    pub bad: usize,
    /// The first of them.
    pub errors: Vec<InputError>,
}

impl Backtested<'_> {
    /// How many replies there were and how they are, in a sentence or two.
    fn summary(&self) -> String {
        let Backtest { replies, clean, praised, .. } = &self.result;
        let bad = match self.bad {
            0 => String::new(),
            1 => " 1 record could not be read.".to_owned(),
            bad => format!(" {bad} records could not be read."),
        };
        match replies {
            0 => format!("No replies were read.{bad}"),
            _ => format!(
                "{} read: in {praised} something is said well, in {clean} there is nothing to change.{bad}",
                many(*replies, "reply", "replies")
            ),
        }
    }
}

/// What the rules that speak often are introduced with.
fn often_means(often: u8) -> String {
    format!(
        "In more than {often} % of the replies. What is flagged so often gets overlooked: is the phrase as bad as \
         that, does it need an `unless`, or a level of advice?"
    )
}

const SILENT: &str = "Never. Nobody writes so here, or the phrase misses how it is written:";

const ASLEEP: &str = "Never, and only in some channels or talks, of which the records may not tell:";

/// The mark where something is missing.
const HERE: &str = "(here)";

/// Rules and levels before an edit and now, in words.
fn change(change: &Change<'_>) -> String {
    let told = |(rule, level): (&str, Level)| format!("{rule} ({})", level.as_str());
    match (change.from, change.to) {
        (Some(from), Some(to)) if from == to => format!("{}, other words", told(to)),
        (Some((rule, from)), Some((now, to))) if rule == now => {
            format!("{rule} ({} → {})", from.as_str(), to.as_str())
        }
        (Some(from), Some(to)) => format!("{} → {}", told(from), told(to)),
        (from, to) => from.or(to).map(told).unwrap_or_default(),
    }
}

/// Tenths of a per cent for people: "12 %", "0.4 %", "< 0.1 %".
fn percent(share: u64, replies: u64) -> String {
    match (share, replies) {
        (0, 1..) => "< 0.1 %".to_owned(),
        (1..10, _) => format!("0.{share} %"),
        _ => format!("{} %", share / 10),
    }
}

fn many(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
