//! The whole run as one JSON document; see [`super::v1`] for what is in it.

use std::io::{self, Write};

use super::Report;
use super::v1::Document;

/// Writes one line of JSON.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn json(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Document::new(report))?;
    writeln!(out)
}
