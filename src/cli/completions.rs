//! `replylint completions`: what shells need to complete arguments.

use std::io;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::args::Cli;
use super::{Outcome, terminal};

pub(super) const EXAMPLES: &str = "\
Examples:
  replylint completions bash > ~/.local/share/bash-completion/completions/replylint
  replylint completions zsh > ~/.zfunc/_replylint          with `fpath+=~/.zfunc` before `compinit` in ~/.zshrc
  replylint completions fish > ~/.config/fish/completions/replylint.fish";

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(CompletionsArgs { shell }: &CompletionsArgs) -> io::Result<Outcome> {
    let mut script = Vec::new();
    generate(*shell, &mut Cli::command(), "replylint", &mut script);
    terminal::print(|out| out.write_all(&script))?;
    Ok(Outcome::Clean)
}
