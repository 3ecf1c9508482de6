//! The sheet as Markdown, for a wiki: a table for each category.

use std::io::{self, Write};

use super::{Instead, Sheet};

/// Writes the sheets one below the other.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn markdown(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    for (index, sheet) in sheets.iter().enumerate() {
        let between = if index == 0 { "" } else { "\n" };
        writeln!(out, "{between}# {}", escaped(&sheet.name))?;
        let [avoid, prefer] = sheet.columns.each_ref().map(|column| escaped(column));
        for category in &sheet.categories {
            writeln!(out, "\n## {}\n\n| {avoid} | {prefer} |\n|---|---|", escaped(&category.title))?;
            for row in &category.rows {
                let instead = match &row.instead {
                    Instead::Say(wordings) => joined(wordings),
                    Instead::LeaveOut(text) | Instead::Why(text) if text.is_empty() => String::new(),
                    Instead::LeaveOut(text) | Instead::Why(text) => format!("*{}*", escaped(text)),
                };
                writeln!(out, "| {} | {instead} |", joined(&row.avoid))?;
            }
        }
        let (title, phrases) = &sheet.recommended;
        if !phrases.is_empty() {
            writeln!(out, "\n## {}\n", escaped(title))?;
            phrases.iter().try_for_each(|phrase| writeln!(out, "- {}", escaped(phrase)))?;
        }
    }
    Ok(())
}

fn joined(phrases: &[String]) -> String {
    phrases.iter().map(|phrase| escaped(phrase)).collect::<Vec<_>>().join(" / ")
}

/// Text that is nothing but text in Markdown, in a cell or at the beginning of a line too.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let counts = |c: char| c.is_ascii_digit();
    let numbered = text.trim_start_matches(counts).len();
    for (at, c) in text.char_indices() {
        let begins = at == 0 && matches!(c, '#' | '+' | '-' | '=');
        // "1." would begin a list.
        let begins = begins || (at > 0 && at == text.len() - numbered && matches!(c, '.' | ')'));
        if begins || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_lexicon_is_markup() {
        let rows = [
            (
                "a|b *c* _d_ <e> [f](g) `h` ~i~ \\ &amp;",
                "a\\|b \\*c\\* \\_d\\_ \\<e\\> \\[f\\](g) \\`h\\` \\~i\\~ \\\\ \\&amp;",
            ),
            ("# no title", "\\# no title"),
            ("- no list", "\\- no list"),
            ("12. no list", "12\\. no list"),
            ("1) no list", "1\\) no list"),
            ("follow-up by 12. May", "follow-up by 12. May"),
            ("долж… указать", "долж… указать"),
        ];
        for (text, expected) in rows {
            assert_eq!(escaped(text), expected);
        }
    }
}
