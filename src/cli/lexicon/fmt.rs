//! `replylint lexicon fmt`: lexicon files, laid out. How is for [`crate::lexicon`] to know.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use similar::TextDiff;

use crate::cli::args::LookArgs;
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force, plain, read_from, replace};
use crate::lexicon::{BUILTIN, Source, SourceError, SourceFile, laid_out, laid_out_keys};

#[derive(Debug, Args)]
#[command(after_help = after_help())]
pub(in crate::cli) struct FmtArgs {
    /// Lexicon files, or folders that are lexicons; - for standard input [default: the lexicon in force here]
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Write nothing, and name the files that would change
    #[arg(long)]
    check: bool,
    /// Write nothing, and show what would change
    #[arg(long, conflicts_with = "check")]
    diff: bool,
    #[command(flatten)]
    look: LookArgs,
}

fn after_help() -> String {
    let is_common = |key: &&&str| !key.starts_with("add-") && !key.starts_with("remove-");
    let keys: Vec<&str> = laid_out_keys().iter().filter(is_common).copied().collect();
    format!(
        "\
Examples:
  replylint lexicon fmt our.toml              lay it out
  replylint lexicon fmt our.toml --diff       show first what would change
  replylint lexicon fmt our/ --check          in CI: names the files that would change, and writes nothing
  replylint lexicon fmt - < our.toml          for an editor: from standard input to standard output

What the file says stays the same, and so do comments and the order of tables. A list that is wider than 120
columns gets a line for each item. Lines end in \\r\\n only if all of them did. The keys of an entry come in
one order, add- and remove- behind what they change: {}.

Exit status: 0 all is laid out, 1 with --check or --diff something would change, 2 a file could not be read or
written; it stays as it was.",
        keys.join(", ")
    )
}

/// What stands for standard input.
const STDIN: &str = "-";

pub(super) fn run(args: &FmtArgs) -> io::Result<Outcome> {
    let mut outcome = Outcome::Clean;
    let mut count = 0;
    let mut changed = 0;
    let named = if args.files.is_empty() { in_force(&[]) } else { args.files.clone() };
    for reference in &named {
        let files = match files(reference, !args.files.is_empty()) {
            Ok(files) => files,
            Err(error) => {
                terminal::say(&format!("error: {}\n  help: {}", error.message, error.help));
                outcome = Outcome::Failed;
                // Of the built-in ones, one complaint is enough.
                if args.files.is_empty() {
                    break;
                }
                continue;
            }
        };
        for file in files.into_iter().map(Arc::new) {
            count += 1;
            match laid_out(&file) {
                Ok(text) => {
                    changed += usize::from(text != file.text);
                    outcome = outcome.max(hand_on(args, reference, &file, &text)?);
                }
                Err(problems) => {
                    terminal::say_problems(&problems, &args.look);
                    terminal::say(&format!(
                        "error: {} has what no layout fits, so it stays as it is\n  help: mend what is shown above; `replylint lexicon check` shows all that is wrong",
                        file.name
                    ));
                    outcome = Outcome::Failed;
                }
            }
        }
    }
    if count > 0 && changed == 0 && outcome == Outcome::Clean && !named.iter().any(|name| name == STDIN) {
        terminal::say(&match count {
            1 => "It is laid out already.".to_owned(),
            many => format!("All {many} files are laid out already."),
        });
    }
    Ok(outcome)
}

/// The files that a reference names, or those of the lexicon in force.
fn files(reference: &str, is_named: bool) -> Result<Vec<SourceFile>, SourceError> {
    if reference == STDIN {
        if io::stdin().is_terminal() {
            terminal::say("Type or paste a lexicon, then press Ctrl-D (Ctrl-Z and Enter on Windows).");
        }
        return read_from(io::stdin().lock(), Path::new("stdin")).map(|file| vec![file]);
    }
    if reference.starts_with(BUILTIN) {
        let message = if is_named {
            format!("{reference} is part of the program, which writes no part of itself")
        } else {
            "no lexicon of your own is in force here, and the built-in ones stay as they are".to_owned()
        };
        let help = "name a file or a folder; `replylint lexicon new our.toml` writes one to begin with".to_owned();
        return Err(SourceError { message, help });
    }
    if is_named { Disk.files(Path::new(reference)) } else { Disk.open(reference, None).map(|opened| opened.files) }
}

/// Writes the text, or says what would change.
fn hand_on(args: &FmtArgs, reference: &str, file: &SourceFile, text: &str) -> io::Result<Outcome> {
    let is_changed = text != file.text;
    if args.diff && is_changed {
        let diff = TextDiff::from_lines(&*file.text, text);
        let shown = diff.unified_diff().header(&file.name, &format!("{} (laid out)", file.name)).to_string();
        terminal::print(|out| write!(out, "{shown}"))?;
    } else if args.check && is_changed {
        terminal::print(|out| writeln!(out, "{}", file.name))?;
    }
    if args.diff || args.check {
        return Ok(if is_changed { Outcome::Found } else { Outcome::Clean });
    }
    if reference == STDIN {
        terminal::print(|out| write!(out, "{text}"))?;
    } else if is_changed {
        if let Err(error) = replace(Path::new(&file.name), text.as_bytes()) {
            terminal::say(&format!(
                "error: cannot write {}: {}\n  help: it stays as it was; check the folder, and who may write there",
                file.name,
                plain(&error)
            ));
            return Ok(Outcome::Failed);
        }
        terminal::say(&format!("Laid out {}.", file.name));
    }
    Ok(Outcome::Clean)
}
