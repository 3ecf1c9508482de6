//! `replylint sendmail`: stands between a mail program and the program that sends mail. A mail with
//! findings is held back; whatever keeps replylint from judging one, the mail is handed on, and
//! standard error says so, since a linter that is broken must not keep anybody from answering.

use std::env;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, ExitCode, Stdio};

use super::args::{LintArgs, SendmailArgs};
use super::check::{linter, review};
use super::drafts::{self, complaint};
use super::terminal;
use crate::host::{Limits, ReadError, plain};
use crate::report;

/// `EX_DATAERR` of `sysexits.h`: the mail is held back.
const HELD_BACK: u8 = 65;
/// `EX_UNAVAILABLE`: the program that sends mail cannot be run.
const UNAVAILABLE: u8 = 69;

/// `EX_TEMPFAIL`: the program that sends mail did not end by itself.
const TRY_AGAIN: u8 = 75;

/// Sends the mail as it is.
const ANYWAY: &str = "REPLYLINT_SEND_ANYWAY";

pub(super) fn run(args: &SendmailArgs) -> io::Result<ExitCode> {
    let mut mail = Vec::new();
    let limit = Limits { max_bytes: args.lint.max_bytes }.for_mail().max_bytes;
    io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut mail)?;
    let anyway = env::var_os(ANYWAY).is_some_and(|value| !value.is_empty() && value != "0");
    // Even a fault of our own must not keep a mail from being sent.
    let judged = || catch_unwind(AssertUnwindSafe(|| is_held_back(&mail, limit, &args.lint)));
    let held = !anyway
        && judged().unwrap_or_else(|_| {
            terminal::say("error: replylint failed, which is a fault of its own\n  help: please report it");
            unread();
            Ok(false)
        })?;
    if held {
        terminal::say(&format!("The mail was not sent. Change it, or send it as it is with {ANYWAY}=1."));
        return Ok(ExitCode::from(HELD_BACK));
    }
    hand_on(&mail, args)
}

fn unread() {
    terminal::say("The mail was handed on without all of it having been read.");
}

/// Whether the mail has findings that keep it from being sent. They are said.
fn is_held_back(mail: &[u8], limit: u64, args: &LintArgs) -> io::Result<bool> {
    let Ok(linter) = linter(args, args.language.as_ref()) else {
        unread();
        return Ok(false);
    };
    let parts = if mail.len() as u64 > limit {
        let message = format!("the mail is larger than {limit} bytes, the bound for one mail");
        let help = "raise the bound with --max-bytes";
        Err(ReadError { source: "the mail".to_owned(), code: "too-large", message, help })
    } else {
        drafts::mail(mail, "the mail", args.max_bytes)
    };
    let parts = match parts {
        Ok(parts) => parts,
        Err(error) => {
            complaint(error);
            unread();
            return Ok(false);
        }
    };
    let report = review(linter, args, &parts);
    let mut findings = Vec::new();
    report::short(&report, &mut findings)?;
    String::from_utf8_lossy(&findings).lines().for_each(terminal::say);
    let held = args.fail_on.fails(report.verdict());
    if !held && !report.errors.is_empty() {
        unread();
    }
    Ok(held)
}

/// Runs the program that sends the mail, and ends as it does.
fn hand_on(mail: &[u8], args: &SendmailArgs) -> io::Result<ExitCode> {
    let Some((program, arguments)) = args.command.split_first() else { return Ok(ExitCode::from(UNAVAILABLE)) };
    let mut child = match Command::new(program).args(arguments).stdin(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => {
            let message = format!("cannot run {}: {}", program.display(), plain(&error));
            terminal::say(&format!("error: {message}\n  help: the mail was not sent; check what is behind `--`"));
            return Ok(ExitCode::from(UNAVAILABLE));
        }
    };
    if let Some(mut input) = child.stdin.take() {
        // A program that has read enough says by its status whether that was right.
        let written = input.write_all(mail).and_then(|()| io::copy(&mut io::stdin().lock(), &mut input).map(drop));
        if let Err(error) =
            written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
        {
            terminal::say(&format!(
                "error: cannot hand the mail to {}: {}\n  help: it may not have been sent; look among the sent mails",
                program.display(),
                plain(&error)
            ));
        }
    }
    let status = child.wait()?;
    let Some(code) = status.code() else {
        terminal::say(&format!(
            "error: {} was ended by a signal, and nobody knows whether the mail was sent\n  help: look among the sent mails before you send it again",
            program.display()
        ));
        return Ok(ExitCode::from(TRY_AGAIN));
    };
    // A status above 255 has no number that fits.
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}
