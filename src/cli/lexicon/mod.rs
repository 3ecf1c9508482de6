//! `replylint lexicon`: for the trainer who keeps the phrases.

mod args;
mod diff;
mod list;
mod new;
mod sheet;

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use self::args::{ExplainArgs, TrainerArgs};
use crate::cli::args::{Color, LookArgs, ReadAs};
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force, plain, replace};
use crate::lexicon::{Entry, Kind, Lexicon, Loaded, load};
use crate::lint::{self, Expected, Failure, Filter, Linter, explain, nearest_rule};

pub(super) use self::args::LexiconCommand;

pub(super) fn run(command: LexiconCommand) -> io::Result<Outcome> {
    match command {
        LexiconCommand::New(args) => Ok(new::new(&args)),
        LexiconCommand::List(args) => list::list(&args),
        LexiconCommand::Diff(args) => diff::diff(&args),
        LexiconCommand::Check(args) => check(&args),
        LexiconCommand::Test { trainer, only } => test(&trainer, only),
        LexiconCommand::Compile { lexicons, output, look } => compile(&lexicons, &output, &look),
        LexiconCommand::Explain(args) => page(&args),
        LexiconCommand::Sheet(args) => sheet::run(&args),
    }
}

/// Shows every mistake. That the lexicon has some is a result, not a failure to do the job.
fn check(args: &TrainerArgs) -> io::Result<Outcome> {
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

/// What a lexicon holds, in one line.
fn state(lexicon: &Lexicon) -> String {
    let kinds = Kind::ALL.into_iter().filter_map(|kind| {
        let count = lexicon.entries().iter().filter(|entry| entry.kind == kind).count();
        let what = match kind {
            Kind::Avoid => "to avoid",
            Kind::Recommend => "to recommend",
            Kind::Require => "to require",
            Kind::Step if count == 1 => "step",
            Kind::Step => "steps",
            Kind::Style => "of house style",
            Kind::Situation if count == 1 => "situation",
            Kind::Situation => "situations",
        };
        (count > 0).then(|| format!("{count} {what}"))
    });
    let approved = match lexicon.approved().len() {
        0 => None,
        1 => Some("1 approved sentence".to_owned()),
        count => Some(format!("{count} approved sentences")),
    };
    let kinds: Vec<String> = kinds.chain(approved).collect();
    let held = if kinds.is_empty() { "nothing yet".to_owned() } else { kinds.join(", ") };
    format!("{} ({}): {held}", lexicon.name(), lexicon.language())
}

fn test(args: &TrainerArgs, only: Vec<String>) -> io::Result<Outcome> {
    let linter = match load(&in_force(&args.lexicons), &Disk) {
        Ok(loaded) => Linter::new(loaded.lexicons).with_filter(Filter { only, allow: Vec::new() }),
        Err(error) => {
            terminal::say_why(&error, &args.look);
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

fn compile(lexicons: &[String], output: &Path, look: &LookArgs) -> io::Result<Outcome> {
    let Loaded { lexicons, warnings } = match load(&in_force(lexicons), &Disk) {
        Ok(loaded) => loaded,
        Err(error) => {
            terminal::say_why(&error, look);
            return Ok(Outcome::Failed);
        }
    };
    if !warnings.is_empty() {
        terminal::say("note: the lexicon has warnings; `replylint lexicon check` shows them");
    }
    let linter = Linter::new(lexicons);
    let written = linter
        .to_compiled()
        .map_err(|error| error.to_string())
        .and_then(|bytes| replace(output, &bytes).map_err(|error| plain(&error)));
    if let Err(error) = written {
        terminal::say(&format!(
            "error: cannot write {}: {error}\n  help: check the folder, and who may write there",
            output.display()
        ));
        return Ok(Outcome::Failed);
    }
    terminal::print(|out| {
        linter.lexicons().try_for_each(|lexicon| writeln!(out, "{}", state(lexicon)))?;
        writeln!(out, "Compiled into {}.", output.display())
    })?;
    Ok(Outcome::Clean)
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

/// The page of a rule, once for each language that has it; or what became of the rule in a reply.
fn page(args: &ExplainArgs) -> io::Result<Outcome> {
    let language = args.language.as_ref();
    // As it is copied from a lexicon: [avoid.billing.you-owe]
    let bare = args.rule.trim_matches(['[', ']']);
    let rule = Kind::ALL.iter().find_map(|kind| bare.strip_prefix(kind.as_str())?.strip_prefix('.')).unwrap_or(bare);
    let lexicons = match load(&in_force(&args.lexicon.lexicon), &Disk) {
        Ok(loaded) => loaded.lexicons,
        Err(error) => {
            terminal::say_why(&error, &LookArgs { color: Color::Auto, width: None });
            return Ok(Outcome::Failed);
        }
    };
    let wanted = || lexicons.iter().filter(|lexicon| language.is_none_or(|language| lexicon.language() == language));
    let found: Vec<(&Lexicon, &Entry)> =
        wanted().filter_map(|lexicon| Some((lexicon, lexicon.entry(bare).or_else(|| lexicon.entry(rule))?))).collect();
    let Some((_, entry)) = found.first() else { return Ok(no_such_rule(rule, wanted())) };
    let Some(draft) = args.draft() else {
        let pages: Vec<String> = found.iter().map(|(lexicon, entry)| explain(lexicon, entry)).collect();
        terminal::print(|out| write!(out, "{}", pages.join("\n\n")))?;
        return Ok(Outcome::Clean);
    };
    if args.read_as == Some(ReadAs::Mime) {
        terminal::say(
            "error: --text holds a reply, not a whole mail\n  help: give the text of the mail, and leave --as out or write --as html",
        );
        return Ok(Outcome::Failed);
    }
    let id = entry.id.to_string();
    match Linter::new(lexicons).account(&draft, &id) {
        Ok(accounts) => {
            let lines = accounts.iter().flat_map(|account| account.lines(&draft));
            terminal::print(|out| lines.into_iter().try_for_each(|line| writeln!(out, "{id}: {line}")))?;
            Ok(Outcome::Clean)
        }
        Err(error) => {
            terminal::say(&format!(
                "error: {error}\n  help: name a lexicon for it with --lexicon, or leave --language out"
            ));
            Ok(Outcome::Failed)
        }
    }
}

fn no_such_rule<'l>(rule: &str, lexicons: impl Iterator<Item = &'l Lexicon>) -> Outcome {
    let help = match nearest_rule(rule, lexicons) {
        Some(near) => format!("did you mean {near}?"),
        None => "name a rule as findings show it in [brackets], such as command.you-must".to_owned(),
    };
    terminal::say(&format!("error: no lexicon in force has a rule {rule}\n  help: {help}"));
    Outcome::Failed
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
