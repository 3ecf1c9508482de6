//! `replylint lexicon check`: what is wrong with a lexicon, shown at its place.

use std::fmt::Write as _;
use std::io;

use clap::Args;

use super::args::{TrainerArgs, WatchArgs};
use super::state;
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force};
use crate::lexicon::{Loaded, load};

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub(super) trainer: TrainerArgs,
    #[command(flatten)]
    pub(super) watch: WatchArgs,
}

/// Shows every mistake. That the lexicon has some is a result, not a failure to do the job.
pub(super) fn run(CheckArgs { trainer: args, .. }: &CheckArgs) -> io::Result<Outcome> {
    let look = terminal::look(&args.look);
    let (problems, verdict, outcome) = match load(&in_force(&args.lexicons), &Disk) {
        Err(error) => {
            terminal::say_unread(&error);
            let verdict =
                if error.problems.is_empty() { String::new() } else { capital(&format!("{}.\n", error.problems)) };
            let outcome = if error.unread.is_empty() { Outcome::Found } else { Outcome::Failed };
            (error.problems, verdict, outcome)
        }
        Ok(Loaded { lexicons, warnings }) => {
            let mut verdict: String = lexicons.iter().map(|lexicon| state(lexicon) + "\n").collect();
            let _ = match warnings.len() {
                0 => writeln!(verdict, "No problems."),
                1 => writeln!(verdict, "1 warning."),
                many => writeln!(verdict, "{many} warnings."),
            };
            let outcome = if warnings.is_empty() { Outcome::Clean } else { Outcome::Found };
            (warnings, verdict, outcome)
        }
    };
    terminal::print(|out| {
        terminal::draw(&problems, look, out)?;
        write!(out, "{verdict}")
    })?;
    Ok(outcome)
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
