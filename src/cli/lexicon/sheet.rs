//! `replylint lexicon sheet`: the phrasebook on paper.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::args::{Color, LookArgs, parse_number};
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force, plain, replace};
use crate::lexicon::{Lexicon, load, nearest};
use crate::report::sheet::{Selection, Sheet, html, markdown};

#[derive(Debug, Args)]
pub(in crate::cli) struct SheetArgs {
    /// Lexicons: files, folders or builtin:en [default: the lexicon in force here]
    #[arg(value_name = "LEXICON")]
    lexicons: Vec<String>,
    /// The most rows of a sheet
    #[arg(long, value_name = "NUMBER", value_parser = parse_rows, default_value = "30")]
    top: u16,
    /// Only this category (repeatable)
    #[arg(long, value_name = "CATEGORY")]
    category: Vec<String>,
    /// What to write [default: markdown into a file that ends in .md, else html]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page that needs nothing else, to print or to show
    Html,
    /// A table for each category
    #[value(alias = "md")]
    Markdown,
}

/// Writes a sheet for each lexicon that has something to print.
pub(super) fn run(args: &SheetArgs) -> io::Result<Outcome> {
    let lexicons = match load(&in_force(&args.lexicons), &Disk) {
        Ok(loaded) => loaded.lexicons,
        Err(error) => {
            terminal::say_why(&error, &LookArgs { color: Color::Auto, width: None });
            return Ok(Outcome::Failed);
        }
    };
    if let Some(unknown) = unknown_category(&lexicons, &args.category) {
        terminal::say(&unknown);
        return Ok(Outcome::Failed);
    }
    let selection = Selection { top: usize::from(args.top), categories: &args.category };
    let mut sheets: Vec<Sheet> = lexicons.iter().map(|lexicon| Sheet::of(lexicon, selection)).collect();
    sheets.retain(|sheet| !sheet.is_empty());
    if sheets.is_empty() {
        terminal::say(
            "error: there is nothing to print\n  help: name a lexicon with phrases to avoid or to recommend that are not off",
        );
        return Ok(Outcome::Failed);
    }
    let draw = |out: &mut dyn Write| match args.format() {
        Format::Html => html(&sheets, out),
        Format::Markdown => markdown(&sheets, out),
    };
    if let Some(output) = &args.output {
        let mut page = Vec::new();
        draw(&mut page)?;
        if let Err(error) = replace(output, &page) {
            terminal::say(&format!(
                "error: cannot write {}: {}\n  help: check the folder, and who may write there",
                output.display(),
                plain(&error)
            ));
            return Ok(Outcome::Failed);
        }
    } else {
        terminal::print(draw)?;
    }
    for sheet in sheets.iter().filter(|sheet| sheet.left_out > 0) {
        terminal::say(&format!("note: {sheet}; --top and --category choose others"));
    }
    Ok(Outcome::Clean)
}

impl SheetArgs {
    /// What to write.
    fn format(&self) -> Format {
        let extension = self.output.as_ref().and_then(|output| output.extension()).unwrap_or_default();
        let is_markdown = extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown");
        self.format.unwrap_or(if is_markdown { Format::Markdown } else { Format::Html })
    }
}

fn parse_rows(number: &str) -> Result<u16, String> {
    parse_number(number, 1..=u16::MAX)
}

/// The complaint about a category of which nothing could be printed in any lexicon.
fn unknown_category(lexicons: &[Lexicon], asked: &[String]) -> Option<String> {
    let known: BTreeSet<&str> = lexicons
        .iter()
        .flat_map(Lexicon::entries)
        .filter(|entry| Sheet::shows(entry))
        .map(|entry| entry.id.category())
        .collect();
    let unknown = asked.iter().find(|id| !known.contains(id.as_str()))?;
    let help = match nearest(unknown, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("the categories that can be printed are {}", known.into_iter().collect::<Vec<_>>().join(", ")),
    };
    Some(format!("error: no lexicon in force has phrases of a category {unknown}\n  help: {help}"))
}
