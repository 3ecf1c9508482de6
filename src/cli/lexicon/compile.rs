//! `replylint lexicon compile`: a lexicon in the form that is ready to lint with.

use std::io;
use std::path::PathBuf;

use clap::Args;

use super::state;
use crate::cli::args::LookArgs;
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force, plain, replace};
use crate::lexicon::{Loaded, load};
use crate::lint::Linter;

#[derive(Debug, Args)]
pub(in crate::cli) struct CompileArgs {
    /// Lexicons: files, folders or builtin:en [default: the lexicon in force here]
    #[arg(value_name = "LEXICON")]
    lexicons: Vec<String>,
    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    look: LookArgs,
}

pub(super) fn run(CompileArgs { lexicons, output, look }: &CompileArgs) -> io::Result<Outcome> {
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
