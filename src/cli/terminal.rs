//! What there is to know about the terminal, and the only place that writes to standard error.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};

use super::args::{Color, LookArgs};
use crate::lexicon::{LoadError, Problems, SourceError};
use crate::report::{self, Look, printable};

/// Writes a line to standard error; when nobody can read it, nobody misses it. What a file is
/// called or says never reaches the terminal as a command.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", printable(line));
}

/// Writes to standard output. A reader that has seen enough and closes the pipe is no error,
/// and changes nothing about how the run ended.
pub(super) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// How to draw on standard output.
pub(super) fn look(args: &LookArgs) -> Look {
    look_on(args, io::stdout().is_terminal())
}

fn look_on(args: &LookArgs, terminal: bool) -> Look {
    let color = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            terminal
                && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                && env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    };
    let measured =
        || if terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
    let width = args.width.map(usize::from).or_else(measured).unwrap_or(80).max(40);
    Look { width, color }
}

/// Says which lexicons could not be read at all.
pub(super) fn say_unread(unread: &[SourceError]) {
    for unread in unread {
        say(&format!("error: {}\n  help: {}", unread.message, unread.help));
    }
}

/// Says why no lexicon could be loaded.
pub(super) fn say_why(error: &LoadError, args: &LookArgs) {
    say_unread(&error.unread);
    if error.problems.has_errors() {
        say_problems(&error.problems, args);
        say(&format!(
            "error: {}, so nothing was done\n  help: mend what is shown above; `replylint lexicon check` shows it again",
            error.problems
        ));
    }
}

/// Draws the problems of a lexicon where standard output is for something else.
pub(super) fn say_problems(problems: &Problems, args: &LookArgs) {
    let look = look_on(args, io::stderr().is_terminal());
    let _ = report::problems(problems, look, &mut io::stderr().lock());
}
