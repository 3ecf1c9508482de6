//! `replylint fix`: drafts in, drafts with their safe fixes out. Standard input goes to standard
//! output, files are changed in place; what is left to change is said on standard error.
//! Which fixes a person chooses is asked in [`super::interactive`].

use std::io::{self, IsTerminal};

use similar::TextDiff;

use super::args::FixArgs;
use super::check::{linter, outcome, unlintable};
use super::drafts::{Drafts, Incoming, STDIN, complaint, read};
use super::interactive::Questions;
use super::{Outcome, terminal};
use crate::host::{ReadError, plain, replace};
use crate::intake::ReadAs;
use crate::lint::Fixed;
use crate::report::{self, InputError, Reply, Report};

pub(super) fn run(args: &FixArgs) -> io::Result<Outcome> {
    let from_stdin = args.inputs.paths().contains(&STDIN[0]);
    let Ok(linter) = linter(&args.lint, args.lint.language.as_ref()) else {
        if from_stdin && !args.diff && !args.interactive {
            hand_back(&[])?;
        }
        return Ok(Outcome::Failed);
    };
    if args.interactive && from_stdin {
        terminal::say(
            "error: --interactive reads your answers from standard input, and the draft too\n  help: name a file",
        );
        return Ok(Outcome::Failed);
    }
    if from_stdin && args.inputs.format_of(&STDIN[0]) == ReadAs::Mime {
        complaint(unfixable("stdin"));
        if !args.diff {
            hand_back(&[])?;
        }
        return Ok(Outcome::Failed);
    }
    let Drafts { texts, errors, spoilt } = read(&args.inputs, &args.lint);
    if !spoilt.is_empty() && !args.diff {
        hand_back(&spoilt)?;
    }
    let mut questions = Questions::default();
    let mut fixed = Vec::new();
    let mut report = Report { lexicons: linter.lexicons().collect(), errors, ..Report::default() };
    for text in &texts {
        if text.part.is_some() {
            // A mail of several parts is one file.
            if report.errors.last().is_some_and(|last| last.source == text.source) {
                continue;
            }
            report.errors.push(complaint(unfixable(&text.source)));
            continue;
        }
        let done = if args.interactive {
            questions.ask(linter, &args.lint, text)?
        } else {
            linter.fix(&text.draft(&args.lint))
        };
        match done.map_err(|error| unlintable(&text.source, None, &error)) {
            Ok(done) => fixed.push((text, done)),
            Err(error) => {
                if text.file.is_none() && !args.diff {
                    terminal::print(|out| write!(out, "{}", text.text))?;
                }
                report.errors.push(error);
            }
        }
    }
    for (text, done) in &fixed {
        if let Err(error) = hand_on(args, text, done)? {
            report.errors.push(error);
        }
    }
    for (text, done) in &fixed {
        let draft = text.saying(&done.text, &args.lint);
        report.replies.push(Reply { source: &text.source, id: None, draft, review: done.review.clone() });
    }
    if !args.lint.quiet {
        let mut left = Vec::new();
        report::short(&report, &mut left)?;
        String::from_utf8_lossy(&left).lines().for_each(terminal::say);
    }
    Ok(outcome(&args.lint, &report))
}

/// Writes standard input to standard output as it came, behind what was `read` of it already: whoever
/// redirects the output must not lose the draft.
fn hand_back(read: &[u8]) -> io::Result<()> {
    terminal::print(|out| {
        out.write_all(read)?;
        io::copy(&mut io::stdin().lock(), out).map(drop)
    })
}

/// The words of a mail stand in it encoded, so that a fix would have to write the mail anew.
fn unfixable(source: &str) -> ReadError {
    ReadError {
        source: source.to_owned(),
        code: "unfixable",
        message: format!("{source} is a mail, and was left as it is"),
        help: "fix the reply before it becomes a mail; `replylint` shows what it found in one",
    }
}

/// Shows the difference, writes to standard output or into the file. The inner error is one
/// file's; the outer one is of standard output.
fn hand_on(args: &FixArgs, text: &Incoming, done: &Fixed<'_>) -> io::Result<Result<(), InputError>> {
    if args.diff {
        if done.count > 0 {
            let diff = TextDiff::from_lines(&*text.text, &done.text);
            let shown = diff.unified_diff().header(&text.source, &format!("{} (fixed)", text.source)).to_string();
            terminal::print(|out| write!(out, "{shown}"))?;
        }
        return Ok(Ok(()));
    }
    match &text.file {
        None => terminal::print(|out| write!(out, "{}", done.text))?,
        Some(file) if done.count > 0 => {
            if let Err(error) = replace(file, done.text.as_bytes()) {
                let message = format!("cannot write {}: {}", text.source, plain(&error));
                terminal::say(&format!("error: {message}\n  help: the file is as it was; check who may write it"));
                let source = text.source.clone();
                return Ok(Err(InputError { source, id: None, line: None, code: "unwritable", message }));
            }
        }
        Some(_) => {}
    }
    if done.count > 0 && !args.lint.quiet && (text.file.is_some() || io::stderr().is_terminal()) {
        let plural = if done.count == 1 { "fix" } else { "fixes" };
        terminal::say(&format!("{}: {} {plural}", text.source, done.count));
    }
    Ok(Ok(()))
}
