//! What may stand in a slot of a phrase. All rules are about digits, signs and capitals; the
//! words of a language belong into its lexicon, as groups.

use std::sync::LazyLock;

use regex::Regex;

use crate::lexicon::Slot;
use crate::text::{BREAK, PLACEHOLDER, Reading, Span, is_border, is_word, words};

/// Bytes that one slot may take.
pub(super) const LONGEST: usize = 96;

/// With which the first digits begin that are no ASCII, those of Arabic.
const OTHER_DIGITS: u8 = 0xd9;

/// Words that one name may have.
const MOST_NAMES: usize = 3;

/// Words that name a currency, or their beginnings, in the languages that ship.
const MONEY: &str = r"(?:[$€£¥₴₽₭₹₸₫₩₪₺]|(?:usd|eur|gbp|chf|rub|uah|lak|thb|mxn|ars|cop|clp|pen|jpy|cny|inr|pln|czk|sek|nok|dkk)\b|(?:dollar|euro|pound|cent|penc|peso|dolar|libra|centimo|bs|kip|baht|руб|коп|доллар|долар|евро|євро|грив|грн|цент|ກີບ|ບາດ|ໂດລາ)\p{L}*)";
const DIGITS: &str = r"\p{Nd}+(?:[  .,']\p{Nd}+)*";

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("^{DIGITS}%?")).ok());
/// "2-3", which is one word.
static RANGE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("^{DIGITS}[-–]{DIGITS}%?")).ok());
static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let scale = r"(?: ?(?:тыс|млн|млрд|k|m|mil|thousand|million)\b\.?)?";
    Regex::new(&format!("^(?:{MONEY} ?-?{DIGITS}{scale}|{DIGITS}{scale} ?{MONEY})")).ok()
});
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let clock = r"[0-2]?\d(?:[:.h][0-5]\d){1,2}(?: ?[ap]\.?m\b\.?)?|[01]?\d ?[ap]\.?m\b\.?|[0-2]?\d o'clock";
    let date = r"\d{4}[-/.]\d\d?[-/.]\d\d?|[0-3]?\d[-/.][0-3]?\d[-/.](?:\d{4}|\d\d)|[0-3]?\d[./][0-3]?\d";
    Regex::new(&format!("^(?:{clock}|{date})")).ok()
});

/// Where a slot that begins at the folded offset `at` may end, longest first.
pub(super) fn ends(slot: Slot, reading: &Reading<'_>, at: usize) -> Vec<usize> {
    let text = reading.folded();
    let rest = Span::new(at, floor(text, at + LONGEST)).of(text);
    if rest.starts_with(PLACEHOLDER) {
        return vec![at + PLACEHOLDER.len_utf8()];
    }
    if !may_begin(slot, rest) {
        return Vec::new();
    }
    let mut ends = match slot {
        Slot::Word => words(rest).take(1).filter(|word| word.start == 0).map(|word| word.end).collect(),
        Slot::Number => numbers(rest),
        Slot::Amount => longest(&AMOUNT, rest),
        Slot::Time => longest(&TIME, rest),
        Slot::Name => names(reading, at, rest),
    };
    ends.retain(|end| is_border(text, at + end));
    ends.into_iter().map(|end| at + end).collect()
}

/// Where a number, an amount of money or a time that begins at the folded offset `at` ends, the longest of them.
pub(crate) fn value_end(reading: &Reading<'_>, at: usize) -> Option<usize> {
    [Slot::Amount, Slot::Time, Slot::Number].into_iter().flat_map(|slot| ends(slot, reading, at)).max()
}

/// Where a slot that ends at the folded offset `at` may begin, leftmost first.
pub(super) fn starts(slot: Slot, reading: &Reading<'_>, at: usize) -> Vec<usize> {
    let text = reading.folded();
    let window = floor(text, at.saturating_sub(LONGEST));
    let before = Span::new(window, at).of(text);
    if !may_end(slot, before) || !may_stand(slot, before.as_bytes()) {
        return Vec::new();
    }
    // Words have no blanks in them.
    let mut words = before.rmatch_indices([' ', BREAK]).map(|(blank, _)| window + blank + 1);
    let first = match slot {
        Slot::Word => words.next(),
        Slot::Name => {
            // Of most words before something the last is none of a name.
            let last = words.next().unwrap_or(window);
            if !before.ends_with(PLACEHOLDER) && !any_capital(reading, Span::new(last, at)) {
                return Vec::new();
            }
            words.nth(MOST_NAMES - 2)
        }
        Slot::Number | Slot::Amount | Slot::Time => None,
    };
    let window = first.unwrap_or(window);
    let starts = Span::new(window, at).of(text).char_indices().map(|(offset, _)| window + offset);
    starts.filter(|&start| is_border(text, start) && ends(slot, reading, start).contains(&at)).collect()
}

/// Whether a name may end in what stands there: false is certain.
fn any_capital(reading: &Reading<'_>, folded: Span) -> bool {
    let original = reading.original(folded).map(|span| span.of(reading.text()));
    original.is_none_or(|text| text.chars().any(begins_name))
}

/// Whether a name may begin with it, the first one if not each; scripts without capitals have no other letters.
fn begins_name(c: char) -> bool {
    c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase())
}

/// Whether a slot can be filled by anything within some folded bytes: false is certain.
pub(super) fn may_stand(slot: Slot, bytes: &[u8]) -> bool {
    match slot {
        Slot::Word | Slot::Name => true,
        Slot::Number | Slot::Amount | Slot::Time => bytes.iter().any(|&byte| may_be_digit(byte)),
    }
}

/// Whether a digit may begin with a byte, or what stands for one. The digits of other scripts come behind all of Latin,
/// Greek and Cyrillic, which begin with lower bytes.
pub(super) const fn may_be_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || byte >= OTHER_DIGITS || byte == PLACEHOLDER as u8
}

/// Whether a slot can be filled by what some text begins with: false is certain.
pub(super) fn may_begin(slot: Slot, text: &str) -> bool {
    let fits = match slot {
        Slot::Word | Slot::Name => text.starts_with(is_word),
        Slot::Number | Slot::Time => text.starts_with(char::is_numeric),
        // The name of a currency may come first.
        Slot::Amount => Span::new(0, floor(text, LONGEST)).of(text).contains(char::is_numeric),
    };
    fits || text.starts_with(PLACEHOLDER)
}

/// Whether a slot can be filled by what some text ends with: false is certain.
pub(super) fn may_end(slot: Slot, text: &str) -> bool {
    let fits = match slot {
        Slot::Word | Slot::Name => text.ends_with(is_word),
        Slot::Number => text.ends_with(|c: char| c.is_numeric() || c == '%'),
        // "5 p.m." and "5 o'clock"
        Slot::Time => text.ends_with(|c: char| c.is_numeric() || matches!(c, 'm' | '.' | 'k')),
        Slot::Amount => true,
    };
    fits || text.ends_with(PLACEHOLDER)
}

/// A number or a range of two, with the percent sign and without: the phrase may have one of its own.
fn numbers(rest: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    for regex in [&RANGE, &NUMBER] {
        for end in longest(regex, rest) {
            ends.push(end);
            if Span::new(0, end).of(rest).ends_with('%') {
                ends.push(end - 1);
            }
        }
    }
    ends
}

fn longest(regex: &LazyLock<Option<Regex>>, rest: &str) -> Vec<usize> {
    regex.as_ref().and_then(|regex| regex.find(rest)).map(|found| found.end()).into_iter().collect()
}

/// One to three words side by side that begin with a capital in the original; in scripts
/// without capitals, one word.
fn names(reading: &Reading<'_>, at: usize, rest: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut expected = 0;
    for word in words(rest).take(MOST_NAMES) {
        let between = Span::new(expected.min(word.start), word.start).of(rest);
        let first = reading
            .original(Span::new(at + word.start, at + word.end))
            .and_then(|span| span.of(reading.text()).chars().next());
        let capital = first.is_some_and(|c| if ends.is_empty() { begins_name(c) } else { c.is_uppercase() });
        if !capital || between != if ends.is_empty() { "" } else { " " } {
            break;
        }
        ends.push(word.end);
        expected = word.end;
    }
    ends.reverse();
    ends
}

/// The nearest character border at or before an offset.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wherever a slot is filled, its first and its last character may be those of one.
    #[test]
    fn what_is_filled_may_begin_and_end() {
        let text =
            "Pay $40, 1 200 ₽ or 50% by 17:30, 5 p.m., 5 o'clock or 2026-11-21, Anna Maria; 40 usd, 5 млн руб., {{n}}";
        let reading = Reading::of_text(text);
        let folded = reading.folded();
        let mut filled = 0;
        for slot in [Slot::Word, Slot::Number, Slot::Amount, Slot::Time, Slot::Name] {
            for (start, _) in folded.char_indices() {
                for end in ends(slot, &reading, start) {
                    filled += 1;
                    assert!(may_begin(slot, Span::new(start, folded.len()).of(folded)), "{slot:?} at {start}");
                    assert!(may_end(slot, Span::new(0, end).of(folded)), "{slot:?} up to {end}");
                }
            }
        }
        assert!(filled > 40, "{filled}");
    }

    /// What is found to the left of a place is what is found to the right of where it begins.
    #[test]
    fn both_ways_find_the_same() {
        let text =
            "Ask Anna Maria Vega, anna or must-have O'Neil; $40 by 17:30, 50 % of {{n}} — Іван Ко, ລາວ 3. Ok\nEd";
        let reading = Reading::of_text(text);
        let folded = reading.folded();
        let mut found = 0;
        for slot in [Slot::Word, Slot::Number, Slot::Amount, Slot::Time, Slot::Name] {
            for at in (0..=folded.len()).filter(|&at| folded.is_char_boundary(at)) {
                let begins = |&start: &usize| is_border(folded, start) && ends(slot, &reading, start).contains(&at);
                let before = (0..at).filter(|&start| folded.is_char_boundary(start));
                let expected: Vec<usize> = before.filter(begins).collect();
                assert_eq!(starts(slot, &reading, at), expected, "{slot:?} up to {at}");
                found += expected.len();
            }
        }
        assert!(found > 40, "{found}");
    }

    #[test]
    fn no_digit_is_overlooked() {
        let digit = Regex::new(r"^\p{Nd}$").expect("a pattern");
        let mut digits = 0;
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            if digit.is_match(&text) {
                digits += 1;
                assert!(may_stand(Slot::Number, text.as_bytes()), "{c:?}");
            }
        }
        assert!(digits > 500, "{digits}");
        assert!(!may_stand(Slot::Number, "a é я".as_bytes()) && !may_stand(Slot::Time, "до пяти".as_bytes()));
    }

    fn longest_at_start(slot: Slot, text: &str) -> Option<String> {
        let reading = Reading::of_text(text);
        ends(slot, &reading, 0).first().map(|&end| Span::new(0, end).of(reading.folded()).to_owned())
    }

    #[test]
    fn slots_take_what_people_write() {
        let rows = [
            (Slot::Word, "must-have it", Some("must-have")),
            (Slot::Word, ", no", None),
            (Slot::Number, "1 000,50 days", Some("1 000,50")),
            (Slot::Number, "5% off", Some("5%")),
            (Slot::Number, "3ນາທີ", Some("3")),
            (Slot::Number, "5x", None),
            (Slot::Amount, "$40.", Some("$40")),
            (Slot::Amount, "40 euros now", Some("40 euros")),
            (Slot::Amount, "1 200 ₽ сегодня", Some("1 200 ₽")),
            (Slot::Amount, "500 рублей", Some("500 рублей")),
            (Slot::Amount, "40 days", None),
            (Slot::Time, "17:30 sharp", Some("17:30")),
            (Slot::Time, "5 pm", Some("5 pm")),
            (Slot::Time, "2026-11-21", Some("2026-11-21")),
            (Slot::Name, "Anna Maria went", Some("anna maria")),
            (Slot::Name, "anna", None),
            (Slot::Number, "{{n}} days", Some("\u{2}")),
        ];
        for (slot, text, expected) in rows {
            assert_eq!(longest_at_start(slot, text).as_deref(), expected, "{slot:?} {text}");
        }
    }
}
