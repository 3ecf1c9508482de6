//! `replylint lexicon diff`: what changed between two versions of a lexicon. What counts as a change is for
//! [`crate::lexicon`] to say, how it is told for [`crate::report`].

use std::io;
use std::path::Path;

use clap::{Args, ValueEnum};

use crate::cli::args::LookArgs;
use crate::cli::{Outcome, terminal};
use crate::host::Disk;
use crate::lexicon::{Lexicon, load};
use crate::report::{Changes, changes, changes_json};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  replylint lexicon diff old.toml our.toml
  replylint lexicon diff builtin:en our.toml                   what is ours
  git show HEAD:our.toml > old.toml; replylint lexicon diff old.toml our.toml
  replylint lexicon diff old/en,old/ru new/en,new/ru           several languages, each with its own
  replylint lexicon diff old.toml our.toml --format json       for a program

All that is inherited is compared, too. Where a rule stands, the order of its phrases, comments and
examples make no difference.

Exit status: 0 nothing differs, 1 something does, 2 a lexicon could not be read.")]
pub(in crate::cli) struct DiffArgs {
    /// The earlier one: a file, a folder or builtin:en; several languages with commas between them
    #[arg(value_name = "A")]
    before: String,
    /// The later one
    #[arg(value_name = "B")]
    after: String,
    /// How to say it
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    look: LookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// In words
    Text,
    /// One JSON document
    Json,
}

pub(super) fn diff(args: &DiffArgs) -> io::Result<Outcome> {
    // Both are read, so that the mistakes of both are shown at once.
    let (before, after) = (read(&args.before, &args.look), read(&args.after, &args.look));
    let (Some(before), Some(after)) = (before, after) else { return Ok(Outcome::Failed) };
    let found = Changes::new(&before, &after);
    terminal::print(|out| match args.format {
        Format::Text => changes(&found, out),
        Format::Json => changes_json(&found, out),
    })?;
    Ok(if found.is_empty() { Outcome::Clean } else { Outcome::Found })
}

fn read(references: &str, look: &LookArgs) -> Option<Vec<Lexicon>> {
    // A path may have a comma in it.
    let references: Vec<&str> =
        if Path::new(references).exists() { vec![references] } else { references.split(',').collect() };
    load(&references, &Disk).map_err(|error| terminal::say_why(&error, look)).map(|loaded| loaded.lexicons).ok()
}
