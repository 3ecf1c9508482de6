//! `replylint lexicon sheet`: the phrasebook on paper.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::cli::args::{Color, LookArgs, SheetArgs, SheetFormat};
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force, plain, replace};
use crate::lexicon::{Lexicon, load, nearest};
use crate::report::sheet::{Selection, Sheet, html, markdown};

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
        SheetFormat::Html => html(&sheets, out),
        SheetFormat::Markdown => markdown(&sheets, out),
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
