//! `replylint lexicon test`: whether every entry does what its examples say.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io;

use clap::Args;

use super::args::{TrainerArgs, WatchArgs};
use super::{covered, no_such_rule};
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force};
use crate::lexicon::{Entry, Origin, Source, load};
use crate::lint::{self, Against, Expected, Failure, Filter, Linter, Surprise, Tested};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  replylint lexicon test our.toml
  replylint lexicon test our.toml --only billing
  replylint lexicon test our.toml --coverage        which phrases no example tries

What each entry's `flags` lists must be found by that entry, and what `passes` lists must not. An example that
fails is shown with what became of the rule in it. Where a safe fix can be put in, it is, and the rule must find
nothing more.

A warning says that another rule flags an example that can be sent, being one that `passes` or one of a
recommended phrase; or that another rule finds more in one that `flags`, and speaks instead. Only examples that
stand in the lexicons named here are warned of. Warnings are counted apart; with --strict they count like failures.

With --coverage a phrase is tried when an example of `flags` has it, an exception when an example has it beside a
phrase that it makes fine. Of a choice such as (a|b) or [a] each alternative is asked about by itself. What is not
tried is listed for the rules that stand in the lexicons named here, and changes nothing about the exit status.

Exit status: 0 all as it should be, 1 some example is not, 2 the job could not be done.")]
pub(in crate::cli) struct TestArgs {
    #[command(flatten)]
    pub(super) trainer: TrainerArgs,
    #[command(flatten)]
    pub(super) watch: WatchArgs,
    /// Only this rule or category (repeatable)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// Say what no example tries: rules without any, phrases, and alternatives in them
    #[arg(long)]
    coverage: bool,
    /// Count warnings like failures
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &TestArgs) -> io::Result<Outcome> {
    let TestArgs { trainer, only, coverage, strict, .. } = args;
    let references = in_force(&trainer.lexicons);
    let linter = match load(&references, &Disk) {
        Ok(loaded) => Linter::new(loaded.lexicons),
        Err(error) => {
            terminal::say_why(&error, &trainer.look);
            return Ok(Outcome::Failed);
        }
    };
    let which = Filter { only: only.clone(), allow: Vec::new() };
    if let Some(rule) = linter.unknown_rules_of(&which).first() {
        return Ok(no_such_rule(rule, linter.lexicons()));
    }
    let Tested { run, failures, mut surprises } = match lint::test(&linter, &which) {
        Ok(tested) => tested,
        Err(error) => {
            terminal::say(&format!("error: {error}\n  help: {}", error.help()));
            return Ok(Outcome::Failed);
        }
    };
    let own = Own::of(&references);
    surprises.retain(|surprise| own.holds(&surprise.example.origin));
    let is_own = |entry: &Entry| own.holds(&entry.origin);
    let covered = match coverage.then(|| lint::coverage(&linter, &which, &is_own)).transpose() {
        Ok(covered) => covered,
        Err(error) => {
            terminal::say(&format!("error: {error}\n  help: {}", error.help()));
            return Ok(Outcome::Failed);
        }
    };
    terminal::print(|out| {
        failures.iter().try_for_each(|failure| writeln!(out, "{}\n", described(failure)))?;
        surprises.iter().try_for_each(|surprise| writeln!(out, "{}\n", warned(surprise)))?;
        if let Some(covered) = &covered {
            covered::write(covered, out)?;
        }
        writeln!(out, "{}", verdict(run, failures.len(), surprises.len()))
    })?;
    let is_clean = failures.is_empty() && (!strict || surprises.is_empty());
    Ok(if is_clean { Outcome::Clean } else { Outcome::Found })
}

/// The files of the lexicons that were named, not of those that these extend.
struct Own(HashSet<String>);

impl Own {
    fn of(references: &[String]) -> Self {
        let opened = references.iter().filter_map(|reference| Disk.open(reference, None).ok());
        Self(opened.flat_map(|opened| opened.files).map(|file| file.name).collect())
    }

    fn holds(&self, origin: &Origin) -> bool {
        self.0.contains(&origin.file.name)
    }
}

fn verdict(run: usize, failed: usize, warnings: usize) -> String {
    let plural = if run == 1 { "example" } else { "examples" };
    let mut verdict = match failed {
        0 if run == 0 => "There are no examples to run: give your entries `flags` and `passes`.".to_owned(),
        0 => format!("{run} {plural}, all as they should be."),
        failed => format!("{run} {plural}, {failed} not as they should be."),
    };
    let _ = match warnings {
        0 => Ok(()),
        1 => write!(verdict, " 1 warning."),
        many => write!(verdict, " {many} warnings."),
    };
    verdict
}

fn described(failure: &Failure) -> String {
    let Failure { entry, example, expected, flagged_by, why } = failure;
    let others: Vec<&str> = flagged_by.iter().map(String::as_str).filter(|rule| *rule != entry.id.as_str()).collect();
    let instead = if others.is_empty() { "no rule does".to_owned() } else { format!("{} does", others.join(", ")) };
    let what = match expected {
        Expected::Flagged => format!("should flag this text, and does not; {instead}"),
        Expected::Passed => "should let this text pass, and flags it".to_owned(),
        Expected::Fixed => {
            "flags this text, but its safe fix is withheld: the result would be flagged again".to_owned()
        }
        Expected::Mended(fixed) => {
            format!("flags this text, and once its safe fix is in, still flags the result:\n  {}", indented(fixed))
        }
    };
    let mut page = format!("{}\n  {}\n  {what}", entry.id, indented(&example.text));
    for line in why {
        let _ = write!(page, "\n  why: {line}");
    }
    let _ = write!(page, "\n  {}", example.origin);
    if let Some(adjusted) = entry.adjusted.last().filter(|adjusted| adjusted.file.name != example.origin.file.name) {
        let key = if *expected == Expected::Passed { "passes" } else { "flags" };
        let _ = write!(page, "\n  adjusted at {adjusted}; if that is as it should be, write its own `{key}` there");
    }
    page
}

fn warned(Surprise { entry, example, rule, words, against }: &Surprise) -> String {
    let what = match against {
        Against::Passing => format!("{entry} lets this text pass, and {rule} flags it"),
        Against::Recommended => format!("{entry} recommends this text, and {rule} flags it"),
        Against::Flagged => format!("{entry} flags this text, and {rule} finds more there and speaks instead"),
    };
    let help = match against {
        Against::Passing | Against::Recommended => {
            format!("take another text, or write under `unless` of {rule} what is fine in this one")
        }
        Against::Flagged => format!("take a text that {rule} does not find, or make one rule of the two"),
    };
    format!(
        "warning: {what}\n  {rule} finds \"{words}\" in \"{}\"\n  {}\n  help: {help}",
        example.text.split_whitespace().collect::<Vec<_>>().join(" "),
        example.origin
    )
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n  ")
}
