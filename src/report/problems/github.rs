//! Problems as workflow commands of GitHub Actions, shown beside the lines of a lexicon.

use std::io::{self, Write};

use super::{Checked, message, with_lines};
use crate::report::github::{place, written};

/// Writes an `error` for every lexicon that could not be read, and a command for every problem.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn github(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    for unread in &checked.unread {
        writeln!(out, "{}", written("error", &[], "lexicon", &message(&unread.message, Some(&unread.help))))?;
    }
    let mut commands = Vec::with_capacity(checked.problems.len());
    with_lines(&checked.problems, |problem, lines| {
        let place = place(&problem.file().name, Some((problem.span(), lines)));
        let command = if problem.is_warning() { "warning" } else { "error" };
        let said = message(&problem.to_string(), problem.remedy());
        commands.push(written(command, &place, problem.code().as_str(), &said));
    });
    commands.iter().try_for_each(|command| writeln!(out, "{command}"))
}
