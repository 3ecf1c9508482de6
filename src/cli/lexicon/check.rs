//! `replylint lexicon check`: what is wrong with a lexicon, shown at its place.

use std::io;

use clap::{Args, ValueEnum};

use super::args::{TrainerArgs, WatchArgs};
use super::state;
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force, today};
use crate::lexicon::{LoadError, load};
use crate::lint::audit;
use crate::report::{Checked, problems, problems_github, problems_json, problems_sarif};
use crate::text::Day;

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub(super) trainer: TrainerArgs,
    #[command(flatten)]
    pub(super) watch: WatchArgs,
    /// How to show what is found
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "pretty")]
    format: Format,
    /// The day from which to look at `review-by`, such as 2026-12-01 [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    now: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: every mistake at its place
    Pretty,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Annotations for GitHub Actions
    Github,
}

/// Shows every mistake. That the lexicon has some is a result, not a failure to do the job.
pub(super) fn run(args: &CheckArgs) -> io::Result<Outcome> {
    let (checked, states) = match load(&in_force(&args.trainer.lexicons), &Disk) {
        Err(LoadError { unread, problems }) => (Checked { unread, problems }, Vec::new()),
        Ok(loaded) => match audit(&loaded.lexicons, args.now.or_else(today)) {
            Ok(found) => {
                let checked = Checked { unread: Vec::new(), problems: loaded.warnings.and(found) };
                (checked, loaded.lexicons.iter().map(state).collect())
            }
            Err(error) => {
                terminal::say(&format!("error: {error}\n  help: {}", error.help()));
                return Ok(Outcome::Failed);
            }
        },
    };
    terminal::say_unread(&checked.unread);
    terminal::print(|out| match args.format {
        Format::Pretty => {
            problems(&checked.problems, terminal::look(&args.trainer.look), out)?;
            states.iter().try_for_each(|state| writeln!(out, "{state}"))?;
            write!(out, "{}", verdict(&checked))
        }
        Format::Json => problems_json(&checked, out),
        Format::Sarif => problems_sarif(&checked, out),
        Format::Github => problems_github(&checked, out),
    })?;
    Ok(match (checked.unread.is_empty(), checked.problems.is_empty()) {
        (false, _) => Outcome::Failed,
        (true, false) => Outcome::Found,
        (true, true) => Outcome::Clean,
    })
}

/// How many problems there are, in a sentence; nothing when there is no telling.
fn verdict(Checked { unread, problems }: &Checked) -> String {
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let sentence = match problems.len() {
        0 if !unread.is_empty() => return String::new(),
        0 => "No problems.".to_owned(),
        _ if problems.has_errors() => capital(&format!("{problems}.")),
        warnings => count(warnings, "warning") + ".",
    };
    sentence + "\n"
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day of the calendar such as 2026-12-01".to_owned())
}
