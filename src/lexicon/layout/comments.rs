//! What stands between the values of a file: blanks, line ends and comments, and nothing else.

use toml_edit::RawString;

/// It as text.
pub(super) fn of(raw: Option<&RawString>) -> &str {
    raw.and_then(RawString::as_str).unwrap_or_default()
}

/// Its whole lines without the blanks around them; what is empty is a blank line. Behind the last line end
/// stands what begins the line of a value.
pub(super) fn lines_of(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    lines
}

/// The comments among them, in the groups that blank lines make of them.
pub(super) fn blocks<'c>(lines: &[&'c str]) -> impl Iterator<Item = Vec<&'c str>> {
    lines.split(|line| line.is_empty()).filter(|block| !block.is_empty()).map(<[&str]>::to_vec)
}
