//! `--watch`: a command that is run again whenever a file of the lexicon is saved.

use std::io::{self, IsTerminal};

use jiff::ZonedDateTime;

use super::{Outcome, terminal};
use crate::host::{Watch, in_force};

/// Runs a command once, or from then on after every save until somebody presses Ctrl-C, whatever comes of a run.
/// `lexicons` are those that the command was given.
pub(super) fn run(
    again: bool,
    lexicons: &[String],
    mut command: impl FnMut() -> io::Result<Outcome>,
) -> io::Result<Outcome> {
    if !again {
        return command();
    }
    let mut runs = 0;
    loop {
        let watch = Watch::new(&in_force(lexicons));
        if watch.is_empty() && runs == 0 {
            terminal::say(
                "error: there is no file to watch, since the built-in lexicons do not change\n  help: name a lexicon of your own, or leave --watch out",
            );
            return Ok(Outcome::Failed);
        }
        command()?;
        if runs == 0 {
            let files = if watch.len() == 1 { "file" } else { "files" };
            terminal::say(&format!("Watching {} {files}; press Ctrl-C to end.", watch.len()));
        }
        runs += 1;
        watch.wait(|| in_force(lexicons));
        if io::stdout().is_terminal() {
            terminal::print(|out| writeln!(out, "\n── {} ──", ZonedDateTime::now().strftime("%H:%M:%S")))?;
        }
    }
}
