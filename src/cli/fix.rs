//! `replylint fix`: drafts in, drafts with their safe fixes out. Standard input goes to standard
//! output, files are changed in place; what is left to change is said on standard error.

use std::io::{self, IsTerminal};
use std::path::Path;

use similar::TextDiff;

use super::args::FixArgs;
use super::check::{draft_of, linter, outcome, read, unlintable};
use super::{Outcome, terminal};
use crate::host::{Text, replace};
use crate::lint::{Fixed, Linter};
use crate::report::{self, InputError, Reply, Report};

pub(super) fn run(args: &FixArgs) -> io::Result<Outcome> {
    let Ok(linter) = linter(&args.lint, args.lint.language.as_ref()) else { return Ok(Outcome::Failed) };
    let (texts, errors) = read(&args.lint);
    let mut fixed = Vec::new();
    let mut report = Report { lexicons: linter.lexicons().collect(), errors, ..Report::default() };
    for text in &texts {
        match fix(&linter, args, text) {
            Ok(done) => fixed.push((text, done)),
            Err(error) => {
                // Whoever redirects the output must not lose the draft.
                if text.source == "stdin" && !args.diff {
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
        let draft = draft_of(&args.lint, &text.source, &done.text);
        report.replies.push(Reply { source: text.source.clone(), id: None, draft, review: done.review.clone() });
    }
    if !args.lint.quiet {
        let mut left = Vec::new();
        report::short(&report, &mut left)?;
        String::from_utf8_lossy(&left).lines().for_each(terminal::say);
    }
    Ok(outcome(&args.lint, &report))
}

fn fix(linter: &Linter, args: &FixArgs, text: &Text) -> Result<Fixed, InputError> {
    linter.fix(&draft_of(&args.lint, &text.source, &text.text)).map_err(|error| unlintable(&text.source, &error))
}

/// Shows the difference, writes to standard output or into the file. The inner error is one
/// file's; the outer one is of standard output.
fn hand_on(args: &FixArgs, text: &Text, done: &Fixed) -> io::Result<Result<(), InputError>> {
    let from_stdin = text.source == "stdin";
    if args.diff {
        if done.count > 0 {
            let diff = TextDiff::from_lines(&text.text, &done.text);
            let shown = diff.unified_diff().header(&text.source, &format!("{} (fixed)", text.source)).to_string();
            terminal::print(|out| write!(out, "{shown}"))?;
        }
        return Ok(Ok(()));
    }
    if from_stdin {
        terminal::print(|out| write!(out, "{}", done.text))?;
    } else if done.count > 0
        && let Err(error) = replace(Path::new(&text.source), &done.text)
    {
        let message = format!("cannot write {}: {error}", text.source);
        terminal::say(&format!("error: {message}\n  help: the file is as it was; check who may write it"));
        return Ok(Err(InputError { source: text.source.clone(), id: None, line: None, code: "unwritable", message }));
    }
    if done.count > 0 && !args.lint.quiet && (!from_stdin || io::stderr().is_terminal()) {
        let plural = if done.count == 1 { "fix" } else { "fixes" };
        terminal::say(&format!("{}: {} {plural}", text.source, done.count));
    }
    Ok(Ok(()))
}
