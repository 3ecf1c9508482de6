//! Problems as a trainer reads them on a terminal: the line, the place underlined, and what to do.

use std::io::{self, Write};

use miette::Diagnostic;

use crate::lexicon::Problems;
use crate::report::Look;

/// Problems that are drawn at once; nobody reads more.
const MOST_DRAWN: usize = 100;

/// Draws the problems of a lexicon.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn problems(problems: &Problems, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let handler = look.handler();
    for problem in problems.iter().take(MOST_DRAWN) {
        let mut page = String::new();
        handler
            .render_report(&mut page, problem as &dyn Diagnostic)
            .map_err(|_| io::Error::other("a problem could not be drawn"))?;
        for line in page.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)?;
    }
    match problems.len().saturating_sub(MOST_DRAWN) {
        0 => Ok(()),
        more => writeln!(out, "… and {more} more, to be shown once these are mended.\n"),
    }
}
