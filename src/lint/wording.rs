//! How a preferred wording is put in the place of a phrase: its capitals, the words that stood
//! in slots, and what a deletion takes with it. It decides nothing about whether to.

use std::borrow::Cow;

use crate::lexicon::{Pattern, Slot, Wording, WordingPart};
use crate::text::{Span, is_spaceless, is_word};

/// What to say instead of something, in the order of the lexicon. It is spelt when it is asked for: with
/// the capitals of what it replaces and what stood in the slots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prefer<'l> {
    pub(super) wordings: &'l [Wording],
    pub(super) names: &'l [Pattern],
    pub(super) capitals: Capitals,
    pub(super) slots: Vec<(Slot, String)>,
}

impl<'l> Prefer<'l> {
    /// How many wordings there are.
    pub fn len(&self) -> usize {
        self.wordings.len()
    }

    /// Whether the lexicon knows nothing to say instead.
    pub fn is_empty(&self) -> bool {
        self.wordings.is_empty()
    }

    /// One of the wordings; an empty one means "leave it out". `None` from [`Prefer::len`] on.
    pub fn get(&self, index: usize) -> Option<Cow<'l, str>> {
        self.wordings.get(index).map(|wording| spell(wording, self.capitals, self.names, &self.slots))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'l, str>> + Clone {
        self.wordings.iter().map(|wording| spell(wording, self.capitals, self.names, &self.slots))
    }
}

/// How the replaced words were capitalised. Only these two are ever copied: letter by letter
/// would make "`PleAse`" of "You Must".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Capitals {
    /// "YOU MUST"
    All,
    /// "You must"
    First,
    /// "you must"
    None,
    /// Nothing to go by, such as "$5"
    #[default]
    Unknown,
}

/// Looks at the words that are replaced. A one-letter word such as "I" is a capital anyway, and
/// so is an abbreviation that the lexicon itself `writes` in capitals; such words do not decide,
/// and then the place in the sentence does.
pub(super) fn capitals_of(
    replaced: &str,
    starts_sentence: impl Fn() -> bool,
    writes: impl Fn(&str) -> bool,
) -> Capitals {
    // Most words are "you" or "You", which say it at once.
    let mut chars = replaced.chars();
    let small = |c: char| matches!(c, 'a'..='z' | 'а'..='я');
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if small(first) && small(second) => return Capitals::None,
        (Some('A'..='Z' | 'А'..='Я'), Some(second)) if small(second) => return Capitals::First,
        // Scripts without spaces have no capitals either.
        (Some(first), _) if first.is_alphabetic() && replaced.chars().all(is_spaceless) => {
            return if starts_sentence() { Capitals::First } else { Capitals::None };
        }
        _ => {}
    }
    let mut words = replaced.split(|c: char| !is_word(c)).filter(|word| !word.is_empty());
    let shouted = |word: &str| word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
    let decides =
        |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !(shouted(word) && writes(word));
    let mut deciding = words.clone().filter(|word| decides(word)).peekable();
    if deciding.peek().is_some() && deciding.all(shouted) {
        return Capitals::All;
    }
    let Some(first) = words.next() else { return Capitals::Unknown };
    match first.chars().next() {
        Some(c) if decides(first) && c.is_uppercase() => Capitals::First,
        Some(c) if decides(first) && c.is_lowercase() => Capitals::None,
        Some(c) if c.is_alphabetic() && starts_sentence() => Capitals::First,
        Some(c) if c.is_alphabetic() => Capitals::None,
        Some(c) if c.is_numeric() && starts_sentence() => Capitals::First,
        _ => Capitals::Unknown,
    }
}

/// The preferred wording with the capitals of what it replaces, and with what stood in its
/// slots. A slot that this form of the phrase did not have becomes a blank.
fn spell<'l>(wording: &'l Wording, capitals: Capitals, names: &[Pattern], slots: &[(Slot, String)]) -> Cow<'l, str> {
    if let [WordingPart::Words(words)] = wording.parts() {
        return capitalised(words, capitals, true, names);
    }
    let mut spelt = String::new();
    let mut used: Vec<Slot> = Vec::new();
    for (index, part) in wording.parts().iter().enumerate() {
        match part {
            WordingPart::Words(words) => spelt.push_str(&capitalised(words, capitals, index == 0, names)),
            WordingPart::Field(field) => spelt.push_str(field),
            WordingPart::Slot(slot) => {
                let nth = used.iter().filter(|known| *known == slot).count();
                let mut values = slots.iter().filter(|(known, _)| known == slot).map(|(_, value)| value.as_str());
                // One value may be used again; of several, each has its place.
                let alone = values.clone().count() == 1;
                spelt.push_str(values.nth(if alone { 0 } else { nth }).unwrap_or("…"));
                used.push(*slot);
            }
        }
    }
    spelt.into()
}

/// Words of a wording, its `first` ones or others.
fn capitalised<'l>(words: &'l str, capitals: Capitals, first: bool, names: &[Pattern]) -> Cow<'l, str> {
    match capitals {
        Capitals::All => words.to_uppercase().into(),
        Capitals::First if first && !has_inner_capital(words) => map_first(words, |c| c.to_uppercase().collect()),
        Capitals::None if first && !keeps_capital(words, names) => map_first(words, |c| c.to_lowercase().collect()),
        Capitals::First | Capitals::None | Capitals::Unknown => words.into(),
    }
}

/// "I", a name and all capitals stay as the lexicon has them.
fn keeps_capital(wording: &str, names: &[Pattern]) -> bool {
    let first = wording.split(|c: char| !is_word(c)).find(|word| !word.is_empty()).unwrap_or_default();
    let begins = |name: &Pattern| wording.strip_prefix(name.source()).is_some_and(|rest| !rest.starts_with(is_word));
    first == "I" || has_inner_capital(wording) || names.iter().any(begins)
}

/// "VAT", "T&Cs" and "iPhone" are spelt as they are wherever they stand.
fn has_inner_capital(wording: &str) -> bool {
    let first = wording.split_whitespace().next().unwrap_or_default();
    first.chars().filter(|c| c.is_alphabetic()).skip(1).any(char::is_uppercase)
}

fn map_first(wording: &str, map: impl Fn(char) -> String) -> Cow<'_, str> {
    let Some((at, c)) = wording.char_indices().find(|(_, c)| is_word(*c)) else { return wording.into() };
    let (first, end) = (map(c), at + c.len_utf8());
    if first.chars().eq([c]) {
        return wording.into();
    }
    format!("{}{first}{}", Span::new(0, at).of(wording), Span::new(end, wording.len()).of(wording)).into()
}

/// What a deletion of `span` takes with it, and what it leaves in its place: the comma or the
/// space that would be left over goes too, and a sentence begins with a capital again. Only
/// bytes of `prose` are touched; `goes_on` says that something that is skipped follows it in the
/// same sentence. `None` when a sign stands there that only a person can put right, such as a quotation
/// mark or a dash, or when no sentence would be left.
pub(super) fn deletion(
    text: &str,
    prose: Span,
    span: Span,
    starts_sentence: bool,
    goes_on: bool,
) -> Option<(Span, String)> {
    let before = Span::new(prose.start, span.start).of(text);
    let after = Span::new(span.end, prose.end).of(text);
    if !can_go(before, after, starts_sentence, goes_on) {
        return None;
    }
    let comma = usize::from(after.starts_with(','));
    let behind = comma + blank(Span::new(comma, after.len()).of(after), goes_on);
    let rest = Span::new(behind, after.len()).of(after);
    if starts_sentence {
        let (marks, letter) = opening(rest);
        let end = span.end + behind + marks.len();
        return Some(match letter.filter(|c| c.is_lowercase()) {
            Some(letter) => {
                (Span::new(span.start, end + letter.len_utf8()), format!("{marks}{}", letter.to_uppercase()))
            }
            None => (Span::new(span.start, span.end + behind), String::new()),
        });
    }
    let trimmed = before.trim_end_matches(char::is_whitespace);
    let start = span.start - (before.len() - trimmed.len());
    let clause_ends = comma == 0 && rest.chars().next().map_or(!goes_on, |c| c.is_whitespace() || ends_clause(c));
    // A line break stays where it is; the space before the words goes instead.
    let breaks = Span::new(comma, behind).of(after).contains('\n');
    Some(match (trimmed.ends_with(','), clause_ends) {
        (true, true) => (Span::new(start - 1, span.end), String::new()),
        (true, false) if comma == 1 && breaks => (Span::new(start - 1, span.end + comma), String::new()),
        (true, false) if comma == 1 => (Span::new(start - 1, span.end + behind), " ".to_owned()),
        (false, true) => (Span::new(start, span.end), String::new()),
        (false, false) if breaks => (Span::new(start, span.end + comma), String::new()),
        (_, false) => (Span::new(span.start, span.end + behind), String::new()),
    })
}

/// White space before the next thing in the same paragraph.
fn blank(text: &str, goes_on: bool) -> usize {
    let len = text.len() - text.trim_start().len();
    let lines = Span::new(0, len).of(text).matches('\n').count();
    if lines > 1 || (len == text.len() && !goes_on) { 0 } else { len }
}

/// Whether words between these can go without leaving a sign behind that stood for them.
fn can_go(before: &str, after: &str, starts_sentence: bool, goes_on: bool) -> bool {
    let pause = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '–' | '—' | '/' | ':' | ';' | '…'));
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let rest = after.strip_prefix(',').unwrap_or(after);
    let (blank, opened) = (rest.len() - rest.trim_start().len(), last.is_some_and(is_opening));
    if last.is_some_and(|c| !c.is_whitespace() && !is_opening(c)) || (opened && after.starts_with(ends_clause)) {
        return false;
    }
    // A comma before a quotation mark belongs to more than these words.
    if next == Some(',') && blank == 0 && !rest.is_empty() {
        return false;
    }
    if !starts_sentence {
        let fine = next.is_none_or(|c| c.is_whitespace() || c == ',' || (ends_clause(c) && !pause(Some(c))));
        return fine && !pause(before.trim_end().chars().next_back()) && !pause(rest.trim_start().chars().next());
    }
    let (_, letter) = opening(rest.trim_start());
    let word = rest.split_whitespace().next().unwrap_or_default();
    let keeps_capitals = letter.is_some_and(char::is_lowercase) && word.chars().any(char::is_uppercase);
    let begins = letter.map_or(goes_on, char::is_alphanumeric);
    begins && blank > 0 && !keeps_capitals && (next == Some(',') || !Span::new(0, blank).of(rest).contains('\n'))
}

/// Opening quotation marks and brackets, and the letter behind them.
fn opening(text: &str) -> (&str, Option<char>) {
    let rest = text.trim_start_matches(is_opening);
    (Span::new(0, text.len() - rest.len()).of(text), rest.chars().next())
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '„' | '«' | '‘' | '"' | '\'' | '(' | '[' | '¿' | '¡')
}

fn ends_clause(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | ':' | '…' | ')' | ']' | '”' | '»' | '"')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only a lexicon makes wordings, so that one is loaded.
    fn wording_of(text: &str) -> Wording {
        use crate::lexicon::{Opened, Source, SourceError, SourceFile, load};
        struct One(String);
        impl Source for One {
            fn open(&self, _: &str, _: Option<&str>) -> Result<Opened, SourceError> {
                let file = SourceFile { name: "one".to_owned(), text: self.0.clone() };
                Ok(Opened { id: "one".to_owned(), files: vec![file] })
            }
        }
        let phrase = "a {word} {number} {amount}";
        let lexicon =
            format!("[lexicon]\nlanguage = \"en\"\n[avoid.a.b]\nphrases = ['{phrase}']\nprefer = [{text:?}]\n");
        load(&["one"], &One(lexicon)).expect("a valid lexicon").lexicons[0].entries()[0].prefer[0].clone()
    }

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
            ("you must", false, "T&Cs", "T&Cs"),
            ("You must", false, "iPhones can", "iPhones can"),
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
            let capitals = capitals_of(replaced, || starts, |word| word == "KYC");
            assert_eq!(spell(&wording_of(wording), capitals, &[], &[]), expected, "{replaced} -> {wording}");
        }
    }

    #[test]
    fn slots_are_filled_or_left_blank() {
        let slots = [(Slot::Number, "3"), (Slot::Number, "5"), (Slot::Word, "x")];
        let slots = slots.map(|(slot, value)| (slot, value.to_owned()));
        let rows = [
            ("{number}–{number} of {amount}", "3–5 of …"),
            ("{word} and {word}", "x and x"),
            ("{number} of {{number}} at https://x.example/{number}", "3 of {{number}} at https://x.example/{number}"),
        ];
        for (wording, expected) in rows {
            assert_eq!(spell(&wording_of(wording), Capitals::None, &[], &slots), expected);
        }
        assert_eq!(
            spell(&wording_of("pay {{total}} at www.x.example/a"), Capitals::All, &[], &[]),
            "PAY {{total}} AT www.x.example/a"
        );
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
            let whole = Span::new(0, text.len());
            let (span, with) = deletion(text, whole, Span::new(at, at + word.len()), starts, false).expect("a fix");
            let result =
                format!("{}{with}{}", Span::new(0, span.start).of(text), Span::new(span.end, text.len()).of(text));
            assert_eq!(result, expected);
        }
    }
}
