//! What a draft, a lexicon or a file name contains, made safe to print: it might contain commands
//! to the terminal.

/// Control characters as something that can be seen and does nothing.
pub fn printable(text: &str) -> String {
    let safe = |c: char| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c };
    text.replace("\r\n", "\n").chars().map(safe).collect()
}

/// The same on one line.
pub(super) fn one_line(text: &str) -> String {
    printable(text).replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_as_a_command() {
        assert_eq!(printable("a\u{1b}[31mb\u{9b}c\r\nd"), "a\u{fffd}[31mb\u{fffd}c\nd");
    }
}
