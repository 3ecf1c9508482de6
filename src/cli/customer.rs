//! `--customer`: what the customer wrote, typed or in a file.

use std::path::Path;

use crate::host::{Limits, Raw, Unread};

/// More than anybody writes before an answer.
const LARGEST: u64 = 8 << 20;

/// The words that an argument stands for: those of a file behind an `@`, else itself. A text that begins
/// with an `@` is written with two.
pub(super) fn words(typed: &str) -> Result<String, String> {
    let Some(path) = typed.strip_prefix('@') else { return Ok(typed.to_owned()) };
    match path {
        _ if path.starts_with('@') => Ok(path.to_owned()),
        "" => Err("write the path of a file behind the @, or @@ for a text that begins with one".to_owned()),
        "-" => Err("standard input is for the reply; name a file behind the @".to_owned()),
        _ => {
            let read = Raw::read(Path::new(path), Limits { max_bytes: LARGEST }).and_then(Raw::text);
            let text = read.map_err(|Unread { error, .. }| format!("{}; {}", error.message, error.help))?;
            Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
        }
    }
}
