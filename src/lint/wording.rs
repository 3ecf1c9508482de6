//! How a preferred wording is put in the place of a phrase: its capitals, the words that stood
//! in slots, and what a deletion takes with it. It decides nothing about whether to.

use crate::lexicon::{Pattern, Slot};
use crate::text::{Span, is_word};

/// How the replaced words were capitalised. Only these two are ever copied: letter by letter
/// would make "`PleAse`" of "You Must".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capitals {
    /// "YOU MUST"
    All,
    /// "You must"
    First,
    /// "you must"
    None,
    /// Nothing to go by, such as "$5"
    Unknown,
}

/// Looks at the words that are replaced. A one-letter word such as "I" is a capital anyway, and
/// so is an abbreviation that the lexicon itself `writes` in capitals; such words do not decide,
/// and then the place in the sentence does.
pub(super) fn capitals_of(replaced: &str, starts_sentence: bool, writes: impl Fn(&str) -> bool) -> Capitals {
    let words: Vec<&str> = replaced.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).collect();
    let shouted = |word: &str| word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
    let decides =
        |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !(shouted(word) && writes(word));
    let mut deciding = words.iter().filter(|word| decides(word)).peekable();
    if deciding.peek().is_some() && deciding.all(|word| shouted(word)) {
        return Capitals::All;
    }
    let Some(first) = words.first() else { return Capitals::Unknown };
    match first.chars().next() {
        Some(c) if decides(first) && c.is_uppercase() => Capitals::First,
        Some(c) if decides(first) && c.is_lowercase() => Capitals::None,
        Some(c) if c.is_alphabetic() && starts_sentence => Capitals::First,
        Some(c) if c.is_alphabetic() => Capitals::None,
        _ => Capitals::Unknown,
    }
}

/// The preferred wording with the capitals of what it replaces. Slots keep their names.
pub(super) fn carry(wording: &str, capitals: Capitals, names: &[Pattern]) -> String {
    match capitals {
        Capitals::All => shout(wording),
        Capitals::First => map_first(wording, |c| c.to_uppercase().collect()),
        Capitals::None if keeps_capital(wording, names) => wording.to_owned(),
        Capitals::None => map_first(wording, |c| c.to_lowercase().collect()),
        Capitals::Unknown => wording.to_owned(),
    }
}

/// "I", a name and all capitals stay as the lexicon has them.
fn keeps_capital(wording: &str, names: &[Pattern]) -> bool {
    let first = wording.split(|c: char| !is_word(c)).find(|word| !word.is_empty()).unwrap_or_default();
    let shouted = first.chars().count() > 1 && first.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let begins = |name: &Pattern| wording.strip_prefix(name.source()).is_some_and(|rest| !rest.starts_with(is_word));
    first == "I" || shouted || names.iter().any(begins)
}

/// Capitals everywhere but in the names of slots.
fn shout(wording: &str) -> String {
    let mut inside = false;
    let mut shouted = String::new();
    for c in wording.chars() {
        inside = c == '{' || (inside && c != '}');
        if inside { shouted.push(c) } else { shouted.extend(c.to_uppercase()) }
    }
    shouted
}

/// Changes the first letter, unless a slot comes first.
fn map_first(wording: &str, map: impl Fn(char) -> String) -> String {
    let first = wording.char_indices().find(|(_, c)| is_word(*c) || *c == '{');
    let Some((at, c)) = first.filter(|(_, c)| *c != '{') else { return wording.to_owned() };
    let end = at + c.len_utf8();
    format!("{}{}{}", Span::new(0, at).of(wording), map(c), Span::new(end, wording.len()).of(wording))
}

/// Puts what stood in the slots into the wording; a slot that this form of the phrase did not
/// have becomes a blank.
pub(super) fn fill(wording: &str, slots: &[(Slot, &str)]) -> String {
    let mut filled = wording.to_owned();
    for slot in Slot::ALL {
        let written = format!("{{{}}}", slot.as_str());
        if !filled.contains(&written) {
            continue;
        }
        let value = slots.iter().find(|(known, _)| *known == slot).map_or("…", |(_, value)| value);
        filled = filled.replace(&written, value);
    }
    filled
}

/// What a deletion of `span` takes with it, and what it leaves in its place: the comma or the
/// space that would be left over goes too, and a sentence begins with a capital again. Only
/// bytes of `prose` are touched.
pub(super) fn deletion(text: &str, prose: Span, span: Span, starts_sentence: bool) -> (Span, String) {
    let before = Span::new(prose.start, span.start).of(text);
    let after = Span::new(span.end, text.len()).of(text);
    let comma = usize::from(after.starts_with(','));
    let behind = comma + blank(Span::new(comma, after.len()).of(after));
    let rest = Span::new(behind, after.len()).of(after);
    if starts_sentence {
        let (marks, letter) = opening(rest);
        let end = span.end + behind + marks.len() + letter.map_or(0, char::len_utf8);
        return match letter.filter(|c| c.is_lowercase() && end <= prose.end) {
            Some(letter) => (Span::new(span.start, end), format!("{marks}{}", letter.to_uppercase())),
            None => (Span::new(span.start, (span.end + behind).min(prose.end)), String::new()),
        };
    }
    let trimmed = before.trim_end_matches(char::is_whitespace);
    let clause_ends = comma == 0 && rest.chars().next().is_none_or(|c| c.is_whitespace() || ends_clause(c));
    let start = span.start - (before.len() - trimmed.len());
    match (trimmed.ends_with(','), clause_ends) {
        (true, true) => (Span::new(start - 1, span.end), String::new()),
        (true, false) if comma == 1 => (Span::new(start - 1, span.end + behind), " ".to_owned()),
        (false, true) => (Span::new(start, span.end), String::new()),
        // A line break stays where it is; the space before the words goes instead.
        (false, false) if Span::new(0, behind).of(after).contains('\n') => {
            (Span::new(start, span.end + comma), String::new())
        }
        (_, false) => (Span::new(span.start, span.end + behind), String::new()),
    }
}

/// White space before the next thing in the same paragraph.
fn blank(text: &str) -> usize {
    let len = text.len() - text.trim_start().len();
    let lines = Span::new(0, len).of(text).matches('\n').count();
    if lines > 1 || len == text.len() { 0 } else { len }
}

/// Opening quotation marks and brackets, and the letter behind them.
fn opening(text: &str) -> (&str, Option<char>) {
    let rest = text.trim_start_matches(['“', '„', '«', '‘', '"', '\'', '(', '[', '¿', '¡']);
    (Span::new(0, text.len() - rest.len()).of(text), rest.chars().next())
}

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | ':' | '…' | ')' | ']' | '”' | '»' | '"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_copied_whole_or_first() {
        let rows = [
            ("You must", false, "please", "Please"),
            ("YOU MUST", false, "please", "PLEASE"),
            ("you must", false, "Please", "please"),
            ("You Must", false, "please", "Please"),
            ("I need you to", false, "Please", "please"),
            ("I need you to", true, "please", "Please"),
            ("I NEED", false, "please", "PLEASE"),
            ("you must", false, "I can help", "I can help"),
            ("you must", false, "I'd suggest", "I'd suggest"),
            ("you must", false, "VAT is due", "VAT is due"),
            ("вы должны", false, "Пожалуйста", "пожалуйста"),
            ("Вы должны", false, "пожалуйста", "Пожалуйста"),
            ("$5", false, "Five", "Five"),
            ("ASAP", false, "by Friday", "BY FRIDAY"),
            ("KYC", false, "the check", "the check"),
            ("KYC check", true, "the check", "The check"),
            ("YOUR KYC", true, "the check", "THE CHECK"),
            ("you must", false, "«Так", "«так"),
        ];
        for (replaced, starts, wording, expected) in rows {
            assert_eq!(
                carry(wording, capitals_of(replaced, starts, |word| word == "KYC"), &[]),
                expected,
                "{replaced} -> {wording}"
            );
        }
    }

    #[test]
    fn slots_are_filled_or_left_blank() {
        assert_eq!(fill("{number} of {amount}", &[(Slot::Number, "5")]), "5 of …");
    }

    #[test]
    fn a_deletion_leaves_a_whole_sentence() {
        let rows = [
            ("Basically, we can.", "Basically", true, "We can."),
            ("basically we can.", "basically", true, "We can."),
            ("We can basically do it.", "basically", false, "We can do it."),
            ("We can, basically, do it.", "basically", false, "We can do it."),
            ("We can do it, basically.", "basically", false, "We can do it."),
            ("We can do it basically.", "basically", false, "We can do it."),
            ("We can do it basically", "basically", false, "We can do it"),
        ];
        for (text, word, starts, expected) in rows {
            let at = text.find(word).expect("it is there");
            let (span, with) = deletion(text, Span::new(0, text.len()), Span::new(at, at + word.len()), starts);
            let result =
                format!("{}{with}{}", Span::new(0, span.start).of(text), Span::new(span.end, text.len()).of(text));
            assert_eq!(result, expected);
        }
    }
}
