//! `replylint lexicon test`: whether every entry does what its examples say.

use std::fmt::Write as _;
use std::io;

use clap::Args;

use super::args::{TrainerArgs, WatchArgs};
use super::no_such_rule;
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force};
use crate::lexicon::load;
use crate::lint::{self, Expected, Failure, Filter, Linter};

#[derive(Debug, Args)]
pub(in crate::cli) struct TestArgs {
    #[command(flatten)]
    pub(super) trainer: TrainerArgs,
    #[command(flatten)]
    pub(super) watch: WatchArgs,
    /// Only this rule or category (repeatable)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
}

pub(super) fn run(TestArgs { trainer, only, .. }: &TestArgs) -> io::Result<Outcome> {
    let linter = match load(&in_force(&trainer.lexicons), &Disk) {
        Ok(loaded) => Linter::new(loaded.lexicons).with_filter(Filter { only: only.clone(), allow: Vec::new() }),
        Err(error) => {
            terminal::say_why(&error, &trainer.look);
            return Ok(Outcome::Failed);
        }
    };
    if let Some(rule) = linter.unknown_rules().first() {
        return Ok(no_such_rule(rule, linter.lexicons()));
    }
    let (run, failures) = match lint::test(&linter) {
        Ok(result) => result,
        Err(error) => {
            terminal::say(&format!("error: {error}\n  help: {}", error.help()));
            return Ok(Outcome::Failed);
        }
    };
    let plural = if run == 1 { "example" } else { "examples" };
    let verdict = match failures.len() {
        0 if run == 0 => "There are no examples to run: give your entries `flags` and `passes`.".to_owned(),
        0 => format!("{run} {plural}, all as they should be."),
        failed => format!("{run} {plural}, {failed} not as they should be."),
    };
    terminal::print(|out| {
        failures.iter().try_for_each(|failure| writeln!(out, "{}\n", described(failure)))?;
        writeln!(out, "{verdict}")
    })?;
    Ok(if failures.is_empty() { Outcome::Clean } else { Outcome::Found })
}

fn described(failure: &Failure) -> String {
    let Failure { entry, example, expected, flagged_by } = failure;
    let others: Vec<&str> = flagged_by.iter().map(String::as_str).filter(|rule| *rule != entry.id.as_str()).collect();
    let instead = if others.is_empty() { "no rule does".to_owned() } else { format!("{} does", others.join(", ")) };
    let what = match expected {
        Expected::Flagged => format!("should flag this text, and does not; {instead}"),
        Expected::Passed => "should let this text pass, and flags it".to_owned(),
        Expected::Fixed => {
            "flags this text, but its safe fix cannot be put in: the result would be flagged again".to_owned()
        }
    };
    let mut page = format!("{}\n  {}\n  {what}\n  {}", entry.id, example.text.replace('\n', "\n  "), example.origin);
    if let Some(adjusted) = entry.adjusted.last().filter(|adjusted| adjusted.file.name != example.origin.file.name) {
        let key = if *expected == Expected::Passed { "passes" } else { "flags" };
        let _ = write!(page, "\n  adjusted at {adjusted}; if that is as it should be, write its own `{key}` there");
    }
    page
}
