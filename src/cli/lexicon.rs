//! `replylint lexicon`: for the trainer who keeps the phrases.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use super::args::{LexiconArgs, LexiconCommand, TrainerArgs};
use super::{Outcome, terminal};
use crate::host::{Disk, in_force};
use crate::lexicon::{Kind, Lexicon, Loaded, load};
use crate::lint::{self, Expected, Failure, Filter, Linter, explain, nearest_rule};
use crate::text::Language;

pub(super) fn run(command: LexiconCommand) -> io::Result<Outcome> {
    match command {
        LexiconCommand::Check(args) => check(&args),
        LexiconCommand::Test { trainer, only } => test(&trainer, only),
        LexiconCommand::Explain { rule, lexicon, language } => page(&rule, &lexicon, language.as_ref()),
    }
}

/// Shows every mistake. That the lexicon has some is a result, not a failure to do the job.
fn check(args: &TrainerArgs) -> io::Result<Outcome> {
    let look = terminal::look(&args.look);
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = match load(&in_force(&args.lexicons), &Disk) {
        Err(error) => {
            for unread in &error.unread {
                terminal::say(&format!("error: {}\n  help: {}", unread.message, unread.help));
            }
            if !error.problems.is_empty() {
                terminal::draw(&error.problems, look, &mut out)?;
                writeln!(out, "{}.", capital(&error.problems.to_string()))?;
            }
            if error.unread.is_empty() { Outcome::Found } else { Outcome::Failed }
        }
        Ok(Loaded { lexicons, warnings }) => {
            terminal::draw(&warnings, look, &mut out)?;
            for lexicon in &lexicons {
                writeln!(out, "{}", state(lexicon))?;
            }
            match warnings.len() {
                0 => writeln!(out, "No problems.")?,
                1 => writeln!(out, "1 warning.")?,
                many => writeln!(out, "{many} warnings.")?,
            }
            if warnings.is_empty() { Outcome::Clean } else { Outcome::Found }
        }
    };
    out.flush()?;
    Ok(outcome)
}

fn state(lexicon: &Lexicon) -> String {
    let count = |kind| lexicon.entries().iter().filter(|entry| entry.kind == kind).count();
    let mut state = format!(
        "{} ({}): {} to avoid, {} to recommend",
        lexicon.name(),
        lexicon.language(),
        count(Kind::Avoid),
        count(Kind::Recommend)
    );
    match count(Kind::Require) {
        0 => {}
        required => {
            let _ = write!(
                state,
                ", {required} to require (checked for form; this version does not look for them in replies)"
            );
        }
    }
    state
}

fn test(args: &TrainerArgs, only: Vec<String>) -> io::Result<Outcome> {
    let Some(linter) = linter(&args.lexicons, args) else { return Ok(Outcome::Failed) };
    let filter = Filter { only, allow: Vec::new() };
    let unknown: Vec<&String> = filter
        .only
        .iter()
        .filter(|rule| !linter.lexicons().flat_map(Lexicon::entries).any(|entry| entry.id.is(rule)))
        .collect();
    if let Some(rule) = unknown.first() {
        return Ok(no_such_rule(rule, &linter.lexicons().collect::<Vec<_>>()));
    }
    let (run, failures) = match lint::test(&linter, &filter) {
        Ok(result) => result,
        Err(error) => {
            terminal::say(&format!("error: {error}"));
            return Ok(Outcome::Failed);
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for failure in &failures {
        writeln!(out, "{}\n", described(failure))?;
    }
    let plural = if run == 1 { "example" } else { "examples" };
    match failures.len() {
        0 if run == 0 => writeln!(out, "There are no examples to run: give your entries `flags` and `passes`.")?,
        0 => writeln!(out, "{run} {plural}, all as they should be.")?,
        failed => writeln!(out, "{run} {plural}, {failed} not as they should be.")?,
    }
    out.flush()?;
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
    format!("{}\n  {}\n  {what}\n  {}", entry.id, example.text.replace('\n', "\n  "), example.origin)
}

/// The page of a rule, once for each language that has it.
fn page(rule: &str, args: &LexiconArgs, language: Option<&Language>) -> io::Result<Outcome> {
    let lexicons = match load(&in_force(&args.lexicon), &Disk) {
        Ok(loaded) => loaded.lexicons,
        Err(error) => {
            terminal::say(&format!("error: {error}"));
            return Ok(Outcome::Failed);
        }
    };
    let wanted: Vec<&Lexicon> =
        lexicons.iter().filter(|lexicon| language.is_none_or(|language| lexicon.language() == language)).collect();
    let pages: Vec<String> = wanted.iter().filter_map(|lexicon| Some(explain(lexicon, lexicon.entry(rule)?))).collect();
    if pages.is_empty() {
        return Ok(no_such_rule(rule, &wanted));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    write!(out, "{}", pages.join("\n\n"))?;
    out.flush()?;
    Ok(Outcome::Clean)
}

fn no_such_rule(rule: &str, lexicons: &[&Lexicon]) -> Outcome {
    let help = match nearest_rule(rule, lexicons) {
        Some(near) => format!("did you mean {near}?"),
        None => "name a rule as findings show it in [brackets], such as command.you-must".to_owned(),
    };
    terminal::say(&format!("error: no lexicon in force has a rule {rule}\n  help: {help}"));
    Outcome::Failed
}

fn linter(named: &[String], args: &TrainerArgs) -> Option<Linter> {
    match load(&in_force(named), &Disk) {
        Ok(loaded) => Some(Linter::new(loaded.lexicons)),
        Err(error) => {
            terminal::say_why(&error, &args.look);
            None
        }
    }
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
