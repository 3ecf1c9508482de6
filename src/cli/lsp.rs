//! `replylint lsp`: hands editors over to the language server.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::Args;

use super::args::{LexiconArgs, parse_language};
use super::terminal;
use crate::host::plain;
use crate::lsp::{Ended, Options, run as serve};
use crate::text::Language;

/// What the help ends with.
pub(super) const EXAMPLES: &str = "\
An editor starts it, and hands it what somebody types: plain text, Markdown and HTML are linted, and
lexicons in TOML are checked. The README shows how to set it up in some editors. An editor may set
`lexicon`, `language` and `channel` by itself; they count before the options here.

Examples:
  replylint lsp                           with the lexicon of the folder that is open
  replylint lsp --lexicon our.toml        with your company's lexicon
  replylint lsp --channel email           for replies that are sent as mails

Exit status: 0 when the editor took its leave, 1 when it left without a word, 2 when what came in is
not the Language Server Protocol.";

#[derive(Debug, Args)]
pub(super) struct LspArgs {
    #[command(flatten)]
    lexicon: LexiconArgs,
    /// The language of the drafts, such as en or ru [default: detected]
    #[arg(long, value_name = "TAG", value_parser = parse_language)]
    language: Option<Language>,
    /// Where the replies go, such as email or chat
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// Speak on standard input and output, which is what happens anyway
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(args: LspArgs) -> ExitCode {
    if io::stdin().is_terminal() {
        terminal::say("Waiting for an editor to speak on standard input; Ctrl+C ends it.");
    }
    let LspArgs { lexicon, language, channel, stdio: _ } = args;
    match serve(Options { lexicon: lexicon.lexicon, language, channel }) {
        Ok(Ended::Asked) => ExitCode::SUCCESS,
        Ok(Ended::Unasked) => ExitCode::from(1),
        Err(error) => {
            terminal::say(&format!(
                "error: cannot talk to the editor: {}\n  help: an editor starts this command by itself; the README shows how to set it up",
                plain(&error)
            ));
            ExitCode::from(2)
        }
    }
}
