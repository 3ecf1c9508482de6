//! The topmost layer: the command line. Arguments in, an exit status out; findings go to standard output
//! and everything else to standard error.

mod args;
mod backtest;
mod baseline;
mod check;
mod completions;
mod conversation;
mod customer;
mod drafts;
mod fix;
mod interactive;
mod lexicon;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod progress;
mod records;
mod remedy;
mod repeats;
mod sendmail;
#[cfg(feature = "serve")]
mod serve;
mod table;
mod talks;
mod terminal;
mod watch;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use self::args::{Cli, Command};
use crate::host::plain;

/// How a run ended. The order is that of precedence: what could not be done beats what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// 0: nothing at or above the threshold.
    Clean,
    /// 1: something to change.
    Found,
    /// 2: the job could not be done.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help that was asked for is no failure.
            let _ = error.print();
            let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            return if asked { Outcome::Clean } else { Outcome::Failed }.into();
        }
    };
    let status = match cli.command {
        None => check::run(&cli.check).map(Into::into),
        Some(Command::Check(args)) => check::run(&args).map(Into::into),
        Some(Command::Fix(args)) => fix::run(&args).map(Into::into),
        Some(Command::Backtest(args)) => backtest::run(&args).map(Into::into),
        Some(Command::Repeats(args)) => repeats::run(&args).map(Into::into),
        Some(Command::Sendmail(args)) => sendmail::run(&args),
        #[cfg(feature = "lsp")]
        Some(Command::Lsp(args)) => Ok(lsp::run(args)),
        Some(Command::Completions(args)) => completions::run(&args).map(Into::into),
        Some(Command::Man(args)) => man::run(&args).map(Into::into),
        #[cfg(feature = "serve")]
        Some(Command::Serve(args)) => Ok(serve::run(args).into()),
        Some(Command::Lexicon(command)) => lexicon::run(command).map(Into::into),
    };
    match status {
        Ok(status) => status,
        Err(error) => {
            let error = plain(&error);
            terminal::say(&format!(
                "error: cannot write the output: {error}\n  help: check where it goes, and that there is room"
            ));
            Outcome::Failed.into()
        }
    }
}
