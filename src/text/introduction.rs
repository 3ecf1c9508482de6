//! How mail programs and helpdesks introduce what they quote: an attribution, a divider, a block
//! of headers, a request to write above a line. Whether a line is one, not what follows from it.

use super::attribution::attribution;
use super::headers::{header_block, subject_block};
use super::line::Ahead;
use super::mail_words::{ABOVE, DIVIDERS, FORWARDS};

/// What introduces a quotation.
pub(super) struct Introduction {
    /// How many lines it takes.
    pub(super) len: usize,
    /// Whether the quotation behind it has marks of its own.
    pub(super) marked: bool,
    /// Whether it also stands at the top of what an agent writes: a helpdesk's line in a template,
    /// or the headers of the mail that is being written.
    pub(super) tops: bool,
}

/// Bytes of a line that may divide.
const LONGEST: usize = 400;

/// Lines between a rule and the headers below it.
const BLANKS: usize = 4;

/// What introduces a quotation in the first of the lines, if something does.
pub(super) fn introduction(lines: Ahead<'_>) -> Option<Introduction> {
    let line = lines.first().inner;
    let marked = |len: usize| lines.lines().skip(len).find(|line| !line.is_blank()).is_some_and(|line| line.depth > 0);
    let found = |len| Introduction { len, marked: marked(len), tops: false };
    if let Some(len) = header_block(lines) {
        return Some(Introduction { tops: true, ..found(len) });
    }
    if line.len() < 4 || line.len() > LONGEST {
        return None;
    }
    if asks_for_reply(line) {
        return Some(Introduction { tops: true, ..found(1) });
    }
    if is_divider(line) {
        return Some(found(1));
    }
    if is_rule(line) {
        let next = lines.lines().skip(1).take(BLANKS).position(|line| !line.is_blank())? + 1;
        let below = lines.behind(next)?;
        let len = header_block(below).or_else(|| subject_block(below))?;
        return Some(found(next + len));
    }
    attribution(lines, &marked).map(found)
}

/// A line of nothing but hyphens, underscores or the like.
fn is_rule(line: &str) -> bool {
    line.len() >= 4 && line.bytes().all(|byte| matches!(byte, b'_' | b'-' | b'='))
}

/// What stands between two runs of signs that nobody puts around a sentence.
fn decorated(line: &str) -> Option<&str> {
    const SIGNS: [char; 7] = ['-', '_', '=', '#', '*', '~', '—'];
    let inner = line.trim_start_matches(SIGNS);
    // Nearly all lines begin with a word.
    if inner.len() == line.len() {
        return None;
    }
    let ahead = line.chars().count() - inner.chars().count();
    let shorter = inner.trim_end_matches(SIGNS);
    let behind = inner.chars().count() - shorter.chars().count();
    (ahead >= 2 && behind >= 2).then(|| shorter.trim_matches([' ', ':', '\u{a0}']))
}

/// "-----Original Message-----", "Begin forwarded message:"
fn is_divider(line: &str) -> bool {
    let known = |text: &str, table: &[&str]| {
        let text = text.to_lowercase().replace('’', "'");
        table
            .iter()
            .any(|row| text.strip_prefix(row).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':'])))
    };
    match decorated(line) {
        Some(inner) => known(inner, &DIVIDERS),
        None => line.strip_suffix([':', '：']).is_some_and(|line| known(line.trim_end(), &FORWARDS) && line.len() < 80),
    }
}

/// "##- Please type your reply above this line -##"
fn asks_for_reply(line: &str) -> bool {
    decorated(line).is_some_and(|inner| {
        let inner = inner.to_lowercase();
        ABOVE.iter().any(|above| inner.contains(above))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn introduces(text: &str) -> bool {
        Ahead::new(text).and_then(introduction).is_some()
    }

    #[test]
    fn dividers_and_delimiters() {
        let rows = [
            "-----Original Message-----",
            "---------- Forwarded message ---------",
            "-------- Исходное сообщение --------",
            "-----Message d’origine-----",
            "________ Ursprüngliche Nachricht ________",
            "Begin forwarded message:",
            "---Begin forwarded message:---",
            "Début du message réexpédié :",
            "##- Please type your reply above this line -##",
            "-- Please reply above this line --",
            "##- Bitte geben Sie Ihre Antwort über dieser Zeile ein -##",
            "##- Пожалуйста, введите ответ выше этой строки -##",
        ];
        for row in rows {
            assert!(introduces(row), "{row}");
        }
        for row in [
            "-- original message --ish",
            "The original message is here:",
            "-- first --",
            "Sign above this line",
            "----",
        ] {
            assert!(!introduces(row), "{row}");
        }
    }
}
