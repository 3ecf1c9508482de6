//! Running text in lines of some width, for what has no picture.

use std::io::{self, Write};

/// Writes words in lines of `width` columns, as far as they have breaks.
pub(super) fn fill(text: &str, head: &str, indent: &str, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut line = head.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > width {
            writeln!(out, "{line}")?;
            indent.clone_into(&mut line);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    writeln!(out, "{line}")
}

/// "1 reply", "2 replies".
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
