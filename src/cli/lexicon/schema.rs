//! `replylint lexicon schema`: the form of lexicon files, for editors.

use std::io;

use crate::cli::{Outcome, terminal};
use crate::lexicon::schema;

pub(super) fn run() -> io::Result<Outcome> {
    terminal::print(|out| {
        serde_json::to_writer_pretty(&mut *out, &schema())?;
        writeln!(out)
    })?;
    Ok(Outcome::Clean)
}
