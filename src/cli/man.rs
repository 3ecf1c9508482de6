//! `replylint man`: the help texts as manual pages, one for each command.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::args::Cli;
use super::{Outcome, terminal};
use crate::host::{plain, replace};

pub(super) const EXAMPLES: &str = "\
Examples:
  replylint man | man -l -                                 read the first page
  replylint man --output ~/.local/share/man/man1           write a page for each command";

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Write all pages into this folder, and say which [default: the first page, to standard output]
    #[arg(long, short, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

pub(super) fn run(ManArgs { output }: &ManArgs) -> io::Result<Outcome> {
    let mut all = Cli::command();
    all.build();
    let Some(folder) = output else {
        let page = rendered(all)?;
        terminal::print(|out| out.write_all(&page))?;
        return Ok(Outcome::Clean);
    };
    match written(all, folder) {
        Ok(names) => {
            terminal::print(|out| names.iter().try_for_each(|name| writeln!(out, "{}", folder.join(name).display())))?;
            Ok(Outcome::Clean)
        }
        Err(error) => {
            terminal::say(&format!(
                "error: cannot write into {}: {}\n  help: name a folder that is there, and that you may write to",
                folder.display(),
                plain(&error)
            ));
            Ok(Outcome::Failed)
        }
    }
}

/// Writes the page of a command and those of all below it; their names.
fn written(command: Command, folder: &Path) -> io::Result<Vec<String>> {
    let name = format!("{}.1", command.get_display_name().unwrap_or_else(|| command.get_name()));
    let below: Vec<Command> = command.get_subcommands().filter(|it| it.get_name() != "help").cloned().collect();
    replace(&folder.join(&name), &rendered(command)?)?;
    let mut names = vec![name];
    for command in below {
        names.extend(written(command, folder)?);
    }
    Ok(names)
}

/// The page of one command. What stands below its help is kept as it is laid out there, which a page of clap's own
/// would run together.
fn rendered(mut command: Command) -> io::Result<Vec<u8>> {
    let below = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    command = command.after_help(None::<&str>);
    let mut page = Vec::new();
    Man::new(command).source(concat!("replylint ", env!("CARGO_PKG_VERSION"))).manual("replylint").render(&mut page)?;
    notes(&below).to_writer(&mut page)?;
    Ok(page)
}

/// Paragraphs of running text, and lines that are set in, which stay lines.
fn notes(below: &str) -> Roff {
    let mut page = Roff::new();
    if !below.is_empty() {
        page.control("SH", ["NOTES"]);
    }
    for paragraph in below.split("\n\n") {
        page.control("PP", []);
        for lines in paragraph.lines().collect::<Vec<_>>().chunk_by(|one, other| is_set_in(one) == is_set_in(other)) {
            let laid_out = lines.first().is_some_and(|line| is_set_in(line));
            if laid_out {
                page.control("nf", []);
            }
            for line in lines {
                page.text([roman(*line)]);
            }
            if laid_out {
                page.control("fi", []);
            }
        }
    }
    page
}

fn is_set_in(line: &str) -> bool {
    line.starts_with(' ')
}
