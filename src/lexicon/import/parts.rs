//! The parts of a phrase that is being written, and how they are written: which brackets stand for what is
//! optional, and which characters no phrase can hold.

/// A part of a phrase, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A character that is meant as it is.
    Char(char),
    /// White space between words.
    Space,
    /// Any ending of the word.
    Ending,
    /// A border of a word, where nothing shows it already.
    Border,
    /// The start of a sentence, or its end.
    Start,
    End,
    /// One of these; an empty one makes it optional.
    Choice(Vec<Vec<Part>>),
}

impl Part {
    /// The part that a character is.
    pub(super) fn of(c: char) -> Self {
        if c.is_whitespace() { Self::Space } else { Self::Char(c) }
    }

    /// The same in small letters, where that is one.
    pub(super) fn lower(self) -> Self {
        let Self::Char(c) = self else { return self };
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(lower), None) => Self::Char(lower),
            _ => self,
        }
    }

    /// These parts, or none.
    pub(super) fn optional(parts: Vec<Self>) -> Self {
        let mut each = match <[Self; 1]>::try_from(parts) {
            Ok([Self::Choice(each)]) => each,
            Ok([part]) => vec![vec![part]],
            Err(parts) => vec![parts],
        };
        if each.iter().all(|parts| !parts.is_empty()) {
            each.push(Vec::new());
        }
        Self::Choice(each)
    }
}

/// The phrase that the parts make; none when a phrase cannot say it.
pub(super) fn render(parts: &[Part]) -> Option<String> {
    let (starts, parts) = match parts {
        [Part::Start, rest @ ..] => ("^", rest),
        parts => ("", parts),
    };
    let (ends, parts) = match parts {
        [rest @ .., Part::End] => ("$", rest),
        parts => ("", parts),
    };
    let mut text = String::new();
    write(parts, Place::Whole, &mut text)?;
    let body = text.trim();
    let dots = body.starts_with("...") || body.ends_with("...");
    let signs = body.starts_with('^') || body.ends_with('$');
    (!body.is_empty() && !dots && !signs).then(|| [starts, body, ends].concat())
}

/// Where parts stand: an alternative may begin and end with a space, a whole phrase need not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Whole,
    Alternative,
}

fn write(parts: &[Part], place: Place, text: &mut String) -> Option<()> {
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Char(c) => character(*c, text)?,
            Part::Space if text.ends_with(' ') => {}
            Part::Space => text.push(' '),
            Part::Ending => {
                if !text.ends_with(|c: char| c.is_alphanumeric() || c == ')') {
                    return None;
                }
                text.push('*');
            }
            Part::Choice(each) => {
                let stands_alone = |beside: Option<&Part>| match beside {
                    Some(beside) => *beside == Part::Space,
                    None => place == Place::Whole,
                };
                let before = stands_alone(index.checked_sub(1).and_then(|index| parts.get(index)));
                let behind = stands_alone(parts.get(index + 1));
                choice(each, before, behind, text)?;
            }
            Part::Border | Part::Start | Part::End => return None,
        }
    }
    Some(())
}

fn character(c: char, text: &mut String) -> Option<()> {
    let special = "()[]{}|*…".contains(c) || c.is_control();
    let behind_word = text.chars().next_back().is_some_and(char::is_alphanumeric);
    // A third dot would make a gap of them; an `@` in front of a word would name a group.
    if special || (c == '^') || (c == '@' && !behind_word) || (c == '.' && text.ends_with("..")) {
        return None;
    }
    if c.is_alphanumeric() && text.ends_with('*') {
        return None;
    }
    text.push(c);
    Some(())
}

/// Words that may be there or not stand in square brackets, all other choices in round ones.
fn choice(each: &[Vec<Part>], before: bool, behind: bool, text: &mut String) -> Option<()> {
    let filled: Vec<&[Part]> = each.iter().map(Vec::as_slice).filter(|parts| !parts.is_empty()).collect();
    let optional = filled.len() < each.len();
    if filled.is_empty() {
        return Some(());
    }
    let words = |parts: &[Part]| parts.iter().any(|part| *part != Part::Space);
    let all = |fits: &dyn Fn(&[Part]) -> bool| filled.iter().all(|parts| words(parts) && fits(parts));
    let leads = before && all(&|parts| parts.last() == Some(&Part::Space));
    let trails = behind && all(&|parts| parts.first() == Some(&Part::Space));
    let loose = optional && all(&|_| true) && (leads || trails || (before && behind));
    if loose && trails && !leads && !text.ends_with(' ') {
        text.push(' ');
    }
    text.push(if loose { '[' } else { '(' });
    for (index, parts) in filled.iter().enumerate() {
        let mut inner = String::new();
        write(parts, Place::Alternative, &mut inner)?;
        if index > 0 {
            text.push('|');
        }
        text.push_str(if loose { inner.trim() } else { &inner });
    }
    match (optional, loose) {
        (true, true) => text.push(']'),
        (true, false) => text.push_str("|)"),
        (false, _) => text.push(')'),
    }
    if loose && leads && !trails {
        text.push(' ');
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Part> {
        text.chars().map(Part::of).collect()
    }

    #[test]
    fn what_is_optional_is_written_as_a_trainer_would() {
        let the = || vec![Part::optional(of("the "))];
        let rows: [(Vec<Part>, Option<&str>); 9] = [
            ([the(), of("bill")].concat(), Some("[the] bill")),
            ([of("pay "), the(), of("bill")].concat(), Some("pay [the] bill")),
            ([of("pay"), vec![Part::optional(of(" now"))]].concat(), Some("pay [now]")),
            ([of("colo"), vec![Part::optional(of("u"))], of("r")].concat(), Some("colo(u|)r")),
            ([of("e"), vec![Part::Choice(vec![of("-"), of(" ")])], of("mail")].concat(), Some("e(-| )mail")),
            ([of("log"), vec![Part::optional(of(" "))], of("in")].concat(), Some("log( |)in")),
            ([vec![Part::Start], of("so")].concat(), Some("^so")),
            (of("name @team"), None),
            (of("wait... now"), None),
        ];
        for (parts, phrase) in rows {
            assert_eq!(render(&parts).as_deref(), phrase, "{parts:?}");
        }
    }
}
