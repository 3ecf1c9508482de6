//! `replylint check`: drafts in, findings out.

use std::collections::HashSet;
use std::io::{self, IsTerminal};

use super::args::{CheckArgs, Format as Output, Input, LintArgs};
use super::drafts::{Drafts, Incoming, complaint, read};
use super::{Outcome, baseline, records, talks, terminal};
use crate::host::{Cache, in_force, ready};
use crate::lexicon::BUILTIN;
use crate::lint::{LintError, Linter, nearest_rule};
use crate::report::{self, InputError, Reply, Report};
use crate::text::Language;

pub(super) fn run(args: &CheckArgs) -> io::Result<Outcome> {
    if args.input != Input::Transcript && args.names_speakers() {
        terminal::say("error: names of speakers are for transcripts\n  help: add --input transcript");
        return Ok(Outcome::Failed);
    }
    if matches!(args.input, Input::Ndjson | Input::Csv) {
        return match args.format {
            _ if args.baseline.is_some() => {
                terminal::say(
                    "error: a baseline is for files that stay; records have none\n  help: leave --baseline out",
                );
                Ok(Outcome::Failed)
            }
            None | Some(Output::Ndjson) => records::run(args),
            Some(_) => {
                terminal::say(
                    "error: records are answered with one review a line\n  help: leave --format out, or write --format ndjson",
                );
                Ok(Outcome::Failed)
            }
        };
    }
    let linter = match linter(&args.lint, args.lint.language.as_ref()) {
        Ok(linter) => linter,
        Err(error) => {
            write(args, &Report { errors: vec![error], ..Report::default() })?;
            return Ok(Outcome::Failed);
        }
    };
    let read =
        if args.input == Input::Transcript { talks::read(args, linter) } else { Ok(read(&args.inputs, &args.lint)) };
    let Drafts { texts, errors, .. } = match read {
        Ok(drafts) => drafts,
        Err(refusal) => {
            terminal::say(&format!("error: {refusal}"));
            return Ok(Outcome::Failed);
        }
    };
    let mut report = review(linter, &args.lint, &texts);
    report.errors.splice(0..0, errors);
    if let Some(path) = &args.baseline {
        let accepted = if args.update_baseline {
            baseline::update(path, &args.lint.filter(), &mut report)
        } else {
            baseline::accept(path, &args.lint.filter(), &mut report)
        };
        if let Err(error) = accepted {
            report.errors.push(complaint(error));
        }
    }
    write(args, &report)?;
    Ok(outcome(&args.lint, &report))
}

/// Lints texts, and says what a reader of their reviews ought to know.
pub(super) fn review<'r>(linter: &'r Linter, args: &'r LintArgs, texts: &'r [Incoming]) -> Report<'r> {
    let mut report = Report { lexicons: linter.lexicons().collect(), ..Report::default() };
    for text in texts {
        match reply(linter, args, text) {
            Ok(reply) => report.replies.push(reply),
            // What is wrong with one turn of a talk is wrong with the next.
            Err(error) if report.errors.last().is_some_and(|last| is_same(last, text, &error)) => {}
            Err(error) => report.errors.push(unlintable(&text.source, text.id.as_deref(), &error)),
        }
    }
    if !args.quiet {
        // What is to be known of many turns of a talk is said once.
        let mut said = HashSet::new();
        let notes =
            report.replies.iter().flat_map(|reply| reply.review.notes.iter().map(move |note| (reply.name(), note)));
        notes
            .filter(|note| said.insert(note.clone()))
            .for_each(|(name, note)| terminal::say(&format!("note: {name}: {note}")));
    }
    report
}

/// The lexicons in force; what is wrong with them is said here. `only` is the language that all
/// drafts are in, if they are.
pub(super) fn linter(args: &LintArgs, only: Option<&Language>) -> Result<&'static Linter, InputError> {
    let linter = loaded(args, only)?;
    expect_rules(args, &[linter]).map(|()| linter)
}

/// The same, whatever rules are asked for. The linter lives as long as the process, for to take a large one
/// apart would be a good part of a run's time.
pub(super) fn loaded(args: &LintArgs, only: Option<&Language>) -> Result<&'static Linter, InputError> {
    let mut references = in_force(&args.lexicon.lexicon);
    if let Some(language) = only {
        // Of the built-in lexicons, only the one that is needed.
        let wanted = format!("{BUILTIN}{language}");
        if references.contains(&wanted) && references.iter().all(|reference| reference.starts_with(BUILTIN)) {
            references = vec![wanted];
        }
    }
    let cache = if args.no_cache { Cache::Off } else { Cache::Kept };
    let ready = ready(&references, cache).map_err(|error| {
        terminal::say_why(&error, &args.look);
        unusable(&references, "bad-lexicon", error.to_string())
    })?;
    if ready.has_warnings && !args.quiet {
        terminal::say("note: the lexicon has warnings; `replylint lexicon check` shows them");
    }
    Ok(Box::leak(Box::new(ready.linter.with_filter(args.filter()))))
}

/// Sees to it that one of the linters at least has each rule of the filter. What is wrong is said here.
pub(super) fn expect_rules(args: &LintArgs, linters: &[&Linter]) -> Result<(), InputError> {
    let unknown = linters.iter().map(|linter| linter.unknown_rules());
    let common = unknown.reduce(|mut all, these| {
        all.retain(|rule| these.contains(rule));
        all
    });
    let Some(&unknown) = common.unwrap_or_default().first() else { return Ok(()) };
    let message = format!("no lexicon in force has the rule or category {unknown}");
    let help = match nearest_rule(unknown, linters.iter().flat_map(|linter| linter.lexicons())) {
        Some(near) => format!("did you mean {near}?"),
        None => {
            "--only and --allow take what stands in [brackets] behind a finding, or the part before its dot".to_owned()
        }
    };
    terminal::say(&format!("error: {message}\n  help: {help}"));
    Err(unusable(&in_force(&args.lexicon.lexicon), "unknown-rule", message))
}

fn unusable(references: &[String], code: &'static str, message: String) -> InputError {
    InputError { source: references.join(", "), id: None, line: None, code, message }
}

fn reply<'t>(linter: &'t Linter, args: &'t LintArgs, text: &'t Incoming) -> Result<Reply<'t>, LintError> {
    let draft = text.draft(args);
    let mut review = linter.lint(&draft)?;
    review.notes.extend(text.notes.iter().cloned());
    Ok(Reply { source: &text.source, id: text.id.as_deref(), draft, review })
}

fn is_same(last: &InputError, text: &Incoming, error: &LintError) -> bool {
    last.source == text.source && last.id == text.id && last.code == error.code() && last.message == error.to_string()
}

/// Says why a draft could not be linted, and keeps it for the report.
pub(super) fn unlintable(source: &str, id: Option<&str>, error: &LintError) -> InputError {
    terminal::say(&format!("error: {source}: {error}\n  help: {}", error.help()));
    let (source, id) = (source.to_owned(), id.map(str::to_owned));
    InputError { source, id, line: None, code: error.code(), message: error.to_string() }
}

fn write(args: &CheckArgs, report: &Report<'_>) -> io::Result<()> {
    let terminal = io::stdout().is_terminal();
    terminal::print(|out| match args.format.unwrap_or(if terminal { Output::Pretty } else { Output::Short }) {
        // "No findings" would be a lie when nothing could be looked at.
        Output::Pretty if report.replies.is_empty() => Ok(()),
        Output::Pretty => report::pretty(report, terminal::look(&args.lint.look), !args.lint.quiet, out),
        Output::Short => report::short(report, out),
        Output::Json => report::json(report, out),
        Output::Ndjson => report::ndjson(report, out),
        Output::Sarif => report::sarif(report, out),
        Output::Github => report::github(report, out),
        Output::Rdjson => report::rdjson(report, out),
        Output::Rdjsonl => report::rdjsonl(report, out),
    })
}

pub(super) fn outcome(args: &LintArgs, report: &Report<'_>) -> Outcome {
    let found = if args.fail_on.fails(report.verdict()) { Outcome::Found } else { Outcome::Clean };
    if report.errors.is_empty() { found } else { Outcome::Failed }
}
