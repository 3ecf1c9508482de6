//! What was said well, in one line that fits the terminal, however many replies there are. What counts
//! as said well is the linter's to say.

use std::collections::HashSet;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Report;
use super::pretty::Look;
use super::printable::one_line;

const LEAD: &str = "Said well:";

/// The line; none when there is nothing to praise.
pub(super) fn praise(report: &Report<'_>, look: Look) -> Option<String> {
    let said = said_well(report);
    // The lead, a space before and a full stop behind.
    let list = fitting(&said, look.width.saturating_sub(LEAD.width() + 2))?;
    Some(format!("{} {list}.", look.styles().help.style(LEAD)))
}

/// The recommended phrases that were used, each once.
fn said_well(report: &Report<'_>) -> Vec<String> {
    let mut seen = HashSet::new();
    let texts = report
        .replies
        .iter()
        .flat_map(|reply| reply.review.wins.iter().map(|win| one_line(win.span.of(reply.draft.text))));
    texts.filter(|words| seen.insert(words.to_lowercase())).collect()
}

/// As many of the phrases as have room, the first in any case, and how many more there are.
fn fitting(said: &[String], room: usize) -> Option<String> {
    let more = |shown: usize| match said.len() - shown {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let (first, others) = said.split_first()?;
    let mut list = format!("“{}”", cut(first, room.saturating_sub(more(1).width() + 2)));
    let mut line = format!("{list}{}", more(1));
    for (words, shown) in others.iter().zip(2..) {
        let _ = write!(list, ", “{words}”");
        // Without the last one there is no more to count, so that a list may fit when a shorter one did not.
        if list.width() > room {
            break;
        }
        let longer = format!("{list}{}", more(shown));
        if longer.width() <= room {
            line = longer;
        }
    }
    Some(line)
}

/// The beginning of a text that takes more columns than there are.
pub(super) fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut columns = 1;
    let fits = |c: &char| {
        columns += c.width().unwrap_or(0);
        columns <= room
    };
    let mut head: String = text.chars().take_while(fits).collect();
    head.truncate(head.trim_end().len());
    head + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_one_line() {
        let rows: [(&[&str], usize, &str); 8] = [
            (&["my pleasure"], 40, "“my pleasure”"),
            (&["my pleasure", "certainly"], 40, "“my pleasure”, “certainly”"),
            (&["my pleasure", "certainly"], 26, "“my pleasure”, “certainly”"),
            (&["my pleasure", "certainly"], 25, "“my pleasure” and 1 more"),
            (&["a", "b", "c", "d", "e"], 22, "“a”, “b” and 3 more"),
            (&["a", "b", "c", "d", "e"], 23, "“a”, “b”, “c”, “d”, “e”"),
            (&["we are here for you at any time", "certainly"], 24, "“we are her…” and 1 more"),
            (&["すぐに確認いたします"], 10, "“すぐに…”"),
        ];
        for (said, room, line) in rows {
            let said: Vec<String> = said.iter().map(|words| (*words).to_owned()).collect();
            let list = fitting(&said, room).unwrap();
            assert_eq!(list, line, "{room}");
            assert!(list.width() <= room, "{list}");
        }
        assert_eq!(fitting(&[], 40), None);
    }
}
