//! One JSON object a line: for each reply what version 1 has under `replies`, for each input that
//! could not be linted an object with an `error`. See [`super::v1`].

use std::io::{self, Write};

use super::lines::Lines;
use super::v1::{ErrorLine, ReplyV1};
use super::{InputError, Reply, Report};

/// Writes all replies, then all errors.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn ndjson(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Lines::default();
    report.replies.iter().try_for_each(|reply| line(reply, &mut lines, out))?;
    report.errors.iter().try_for_each(|error| error_line(error, out))
}

/// Writes one reply.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn reply_line(reply: &Reply<'_>, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    line(reply, &mut Lines::default(), out)
}

fn line<'r>(reply: &'r Reply<'_>, lines: &mut Lines<'r>, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &ReplyV1::among(reply, lines))?;
    writeln!(out)
}

/// Writes one error.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn error_line(error: &InputError, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &ErrorLine::new(error))?;
    writeln!(out)
}
