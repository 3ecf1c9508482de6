//! `replylint check`: drafts in, findings out.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use indicatif::ProgressBar;

use super::args::{CheckArgs, Format as Output, Input, LintArgs};
use super::{Outcome, records, terminal};
use crate::host::{Disk, Inputs, Limits, ReadError, Text, in_force, stdin};
use crate::lexicon::{BUILTIN, load};
use crate::lint::{Filter, LintError, Linter, nearest_rule};
use crate::report::{self, InputError, Reply, Report};
use crate::text::{Draft, Format, Language};

/// Files from which on progress is shown.
const MANY: usize = 200;

/// How standard input is named.
pub(super) static STDIN: LazyLock<[PathBuf; 1]> = LazyLock::new(|| [PathBuf::from("-")]);

pub(super) fn run(args: &CheckArgs) -> io::Result<Outcome> {
    if args.input == Input::Ndjson {
        return match args.format {
            None | Some(Output::Ndjson) => records::run(args),
            Some(_) => {
                terminal::say(
                    "error: --input ndjson writes one review a line\n  help: leave --format out, or write --format ndjson",
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
    let (texts, mut errors) = read(&args.lint);
    let mut report = Report { lexicons: linter.lexicons().collect(), ..Report::default() };
    for text in &texts {
        match reply(&linter, &args.lint, text) {
            Ok(reply) => report.replies.push(reply),
            Err(error) => errors.push(error),
        }
    }
    report.errors = errors;
    if !args.lint.quiet {
        for reply in &report.replies {
            reply.review.notes.iter().for_each(|note| terminal::say(&format!("note: {}: {note}", reply.source)));
        }
    }
    write(args, &report)?;
    Ok(outcome(&args.lint, &report))
}

/// The lexicons in force; what is wrong with them is said here. `only` is the language that all
/// drafts are in, if they are.
pub(super) fn linter(args: &LintArgs, only: Option<&Language>) -> Result<Linter, InputError> {
    let mut references = in_force(&args.lexicon.lexicon);
    if let Some(language) = only {
        // Of the built-in lexicons, only the one that is needed.
        let wanted = format!("{BUILTIN}{language}");
        if references.contains(&wanted) && references.iter().all(|reference| reference.starts_with(BUILTIN)) {
            references = vec![wanted];
        }
    }
    let failed = |message: String| InputError {
        source: references.join(", "),
        id: None,
        line: None,
        code: "bad-lexicon",
        message,
    };
    let loaded = load(&references, &Disk).map_err(|error| {
        terminal::say_why(&error, &args.look);
        failed(error.to_string())
    })?;
    if !loaded.warnings.is_empty() && !args.quiet {
        terminal::say("note: the lexicon has warnings; `replylint lexicon check` shows them");
    }
    let linter =
        Linter::new(loaded.lexicons).with_filter(Filter { only: args.only.clone(), allow: args.allow.clone() });
    let Some(unknown) = linter.unknown_rules().first().map(|rule| (*rule).to_owned()) else { return Ok(linter) };
    let message = format!("no lexicon in force has the rule or category {unknown}");
    let help = match nearest_rule(&unknown, linter.lexicons()) {
        Some(near) => format!("did you mean {near}?"),
        None => {
            "--only and --allow take what stands in [brackets] behind a finding, or the part before its dot".to_owned()
        }
    };
    terminal::say(&format!("error: {message}\n  help: {help}"));
    Err(InputError { code: "unknown-rule", ..failed(message) })
}

/// Reads all inputs in the order they were named. What cannot be read is said at once and kept
/// for the report.
pub(super) fn read(args: &LintArgs) -> (Vec<Text>, Vec<InputError>) {
    let limits = Limits { max_bytes: args.max_bytes };
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    let inputs = Inputs::find(if args.paths.is_empty() { &*STDIN } else { &args.paths });
    let shown = inputs.files.len() >= MANY && io::stderr().is_terminal() && !args.quiet;
    let progress = if shown { ProgressBar::new(inputs.files.len() as u64) } else { ProgressBar::hidden() };
    for error in inputs.errors {
        keep(Err(error), &mut texts, &mut errors);
    }
    for file in progress.wrap_iter(inputs.files.iter()) {
        let from_stdin = *file == STDIN[0];
        if from_stdin && io::stdin().is_terminal() && !args.quiet {
            terminal::say("Type or paste a reply, then press Ctrl-D (Ctrl-Z and Enter on Windows).");
        }
        keep(if from_stdin { stdin(limits) } else { Text::read(file, limits) }, &mut texts, &mut errors);
    }
    progress.finish_and_clear();
    (texts, errors)
}

fn keep(read: Result<Text, ReadError>, texts: &mut Vec<Text>, errors: &mut Vec<InputError>) {
    match read {
        Ok(text) => texts.push(text),
        Err(error) => {
            terminal::say(&format!("error: {}\n  help: {}", error.message, error.help));
            errors.push(InputError {
                source: error.source,
                id: None,
                line: None,
                code: error.code,
                message: error.message,
            });
        }
    }
}

fn reply<'t>(linter: &Linter, args: &'t LintArgs, text: &'t Text) -> Result<Reply<'t>, InputError> {
    let draft = draft_of(args, &text.source, &text.text);
    let review = linter.lint(&draft).map_err(|error| unlintable(&text.source, &error))?;
    Ok(Reply { source: text.source.clone(), id: None, draft, review })
}

/// A text with all that the arguments say about it.
pub(super) fn draft_of<'t>(args: &'t LintArgs, source: &str, text: &'t str) -> Draft<'t> {
    let by_name = || Path::new(source).extension().map(|it| Format::of_extension(&it.to_string_lossy()));
    let format = args.read_as.map_or_else(|| by_name().unwrap_or_default(), Format::from);
    let mut draft = Draft::new(text).with_format(format).with_scope(args.scope());
    draft.language.clone_from(&args.language);
    draft.channel = args.channel.as_deref();
    draft
}

/// Says why a draft could not be linted, and keeps it for the report.
pub(super) fn unlintable(source: &str, error: &LintError) -> InputError {
    terminal::say(&format!(
        "error: {source}: {error}\n  help: name a lexicon for it with --lexicon, or leave --language out"
    ));
    InputError { source: source.to_owned(), id: None, line: None, code: error.code(), message: error.to_string() }
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
    })
}

pub(super) fn outcome(args: &LintArgs, report: &Report<'_>) -> Outcome {
    let worst = report.replies.iter().filter_map(|reply| reply.review.verdict()).max();
    let found = if args.fail_on.fails(worst) { Outcome::Found } else { Outcome::Clean };
    if report.errors.is_empty() { found } else { Outcome::Failed }
}
