//! Whether a folded offset lies on the border of a word. Asked only where a phrase was found,
//! never for a whole text.
//!
//! The rules are those of UAX #29 (word boundaries), with one change: a hyphen between two
//! letters joins them, so that "must-have" is one word. Scripts written without spaces have a
//! syllable rule and, around the hit, the dictionary of the `icu_segmenter` crate.

use std::sync::OnceLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_normalization::char::is_combining_mark;

use super::Span;

/// Characters before and behind a hit that the dictionary is shown: enough for its words to fall into
/// step, and as many as its longest words have.
pub(super) const WINDOW: (usize, usize) = (40, 24);

/// Whether a word begins or ends at `at`, an offset on a character border of folded text.
#[inline]
pub fn is_border(text: &str, at: usize) -> bool {
    without_dictionary(text, at).unwrap_or_else(|| on_dictionary_border(text, at))
}

/// The same, where it can be told without the dictionary.
#[inline]
pub(super) fn without_dictionary(text: &str, at: usize) -> Option<bool> {
    // Nearly all borders are these.
    let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\n'));
    let bytes = text.as_bytes();
    if blank(bytes.get(at)) || blank(bytes.get(at.wrapping_sub(1))) {
        return Some(true);
    }
    is_border_of_word(text, at)
}

fn is_border_of_word(text: &str, at: usize) -> Option<bool> {
    let mut before = Span::new(0, at).of(text).chars().rev();
    let mut after = Span::new(at, text.len()).of(text).chars();
    let (Some(left), Some(right)) = (before.next(), after.next()) else { return Some(true) };
    match (is_word(left), is_word(right)) {
        (true, true) => joined(left, right).map(|joined| !joined),
        // "can" is no word in "can't", nor 3 in "3.5", nor "must" in "must-have".
        (true, false) => Some(!after.next().is_some_and(|next| connects(left, right, next))),
        (false, true) => Some(!before.next().is_some_and(|previous| connects(previous, left, right))),
        (false, false) => Some(true),
    }
}

/// Whether `at` lies before a mark that belongs to the letter before it, so that not even a
/// phrase that ignores word borders may end there.
pub fn splits_character(text: &str, at: usize) -> bool {
    let left = Span::new(0, at).of(text).chars().next_back();
    let right = Span::new(at, text.len()).of(text).chars().next();
    matches!((left, right), (Some(left), Some(right)) if is_word(left) && splits_syllable(left, right))
}

/// Whether a character can be part of a word.
pub fn is_word(c: char) -> bool {
    match c {
        _ if c.is_ascii() => c.is_ascii_alphanumeric() || c == '_',
        _ if is_sign(c) => false,
        // Cyrillic, for which the tables of the standard library are slow.
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        _ if is_common_spaceless(c) => true,
        _ => c.is_alphanumeric() || is_combining_mark(c),
    }
}

/// Dashes, quotation marks, currencies and emoji, which are many, and no letter among them.
#[inline]
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{20c0}' | '\u{1f300}'..='\u{1faff}')
}

/// Whether a character can be part of a word of a script with spaces between words.
pub fn is_spaced(c: char) -> bool {
    // In this order: most others are signs, and the tables of the standard library are slow where these scripts are.
    !is_sign(c) && !is_spaceless(c) && is_word(c)
}

/// The words of a stretch of folded text, as half-open ranges within it, joined by hyphens
/// and apostrophes as [`is_border`] has it. For gaps and slots, which are short.
pub fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + Span::new(at, text.len()).of(text).find(is_word)?;
        let mut end = start;
        for (offset, c) in Span::new(start, text.len()).of(text).char_indices() {
            let here = start + offset;
            if here > start && (!is_word(c) || is_spaceless(c)) && is_border(text, here) {
                break;
            }
            end = here + c.len_utf8();
        }
        at = end;
        Some(Span::new(start, end))
    })
}

/// Two word characters side by side are one word, unless their script has no spaces: then the dictionary
/// may have to be asked.
fn joined(left: char, right: char) -> Option<bool> {
    if !(is_spaceless(left) || is_spaceless(right)) {
        return Some(true);
    }
    if is_spaceless(left) != is_spaceless(right) {
        return Some(false);
    }
    splits_syllable(left, right).then_some(true)
}

/// UAX #29, rules WB6, WB7, WB11 and WB12, and the hyphen.
fn connects(left: char, middle: char, right: char) -> bool {
    if is_spaceless(left) || is_spaceless(right) || !is_word(left) || !is_word(right) {
        return false;
    }
    let digits = left.is_numeric() && right.is_numeric();
    let letters = !left.is_numeric() && !right.is_numeric();
    match middle {
        '-' => true,
        '\'' | '.' | '\u{2024}' => digits || letters,
        ',' | ';' => digits,
        ':' | '·' | '\u{55f}' | '\u{5f4}' | '\u{2027}' => letters,
        _ => false,
    }
}

/// Scripts in which words follow one another without a space.
pub fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Myanmar
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' // kana
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}'
        | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}')
}

/// Most letters and marks of Thai, Lao and Chinese: the tables of the standard library are slow there.
fn is_common_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' // Thai
        | '\u{e81}' | '\u{e82}' | '\u{e84}' | '\u{e86}'..='\u{e8a}' | '\u{e8c}'..='\u{ea3}' | '\u{ea5}' // Lao
        | '\u{ea7}'..='\u{ebd}' | '\u{ec0}'..='\u{ec4}' | '\u{ec8}'..='\u{ecd}'
        | '\u{4e00}'..='\u{9fff}')
}

/// A word never ends behind a vowel that is written before its consonant, nor before a
/// vowel or tone that is written behind it.
fn splits_syllable(left: char, right: char) -> bool {
    let leading_vowel = matches!(left, '\u{ec0}'..='\u{ec4}' | '\u{e40}'..='\u{e44}');
    let trailing = matches!(right, '\u{eb0}'..='\u{ebd}' | '\u{ec8}'..='\u{ece}' | '\u{e30}'..='\u{e3a}' | '\u{e45}' | '\u{e47}'..='\u{e4e}');
    leading_vowel || trailing || is_combining_mark(right)
}

/// Asks the dictionary about a window around `at`, for a whole text would cost far more.
fn on_dictionary_border(text: &str, at: usize) -> bool {
    let (before, after) = (Span::new(0, at).of(text), Span::new(at, text.len()).of(text));
    let near = |chars: &mut dyn Iterator<Item = char>| -> usize {
        chars.take_while(|c| is_spaceless(*c)).map(char::len_utf8).sum()
    };
    let left = near(&mut before.chars().rev().take(WINDOW.0));
    let right = near(&mut after.chars().take(WINDOW.1));
    let mut window = String::with_capacity(left + right);
    unfold(Span::new(at - left, at).of(text), &mut window);
    let border = window.len();
    unfold(Span::new(at, at + right).of(text), &mut window);
    segmenter().segment_str(&window).find(|end| *end >= border) == Some(border)
}

/// Where the dictionary cuts a stretch of folded text that has no spaces, both ends included; `window` is
/// memory for it.
pub(super) fn borders_in(text: &str, window: &mut String, border: &mut dyn FnMut(usize)) {
    window.clear();
    unfold(text, window);
    let mut chars = text.char_indices().peekable();
    let mut written = 0;
    for cut in segmenter().segment_str(window) {
        while written < cut {
            let (Some((_, c)), next) = (chars.next(), chars.peek()) else { break };
            let spelt = spelt_as_one(c, next.map(|(_, next)| *next));
            if spelt.is_some() {
                chars.next();
            }
            written += spelt.unwrap_or(c).len_utf8();
        }
        border(chars.peek().map_or(text.len(), |(at, _)| *at));
    }
}

/// The dictionaries spell sara am and the Lao digraphs as one character.
fn unfold(text: &str, out: &mut String) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let spelt = spelt_as_one(c, chars.peek().copied());
        if spelt.is_some() {
            chars.next();
        }
        out.push(spelt.unwrap_or(c));
    }
}

/// Whether `at` lies between two letters that the dictionaries spell as one.
pub(super) fn splits_pair(text: &str, at: usize) -> bool {
    let left = Span::new(0, at).of(text).chars().next_back();
    let right = Span::new(at, text.len()).of(text).chars().next();
    left.is_some_and(|left| spelt_as_one(left, right).is_some())
}

fn spelt_as_one(c: char, next: Option<char>) -> Option<char> {
    match (c, next?) {
        ('\u{ecd}', '\u{eb2}') => Some('\u{eb3}'),
        ('\u{e4d}', '\u{e32}') => Some('\u{e33}'),
        ('\u{eab}', '\u{e99}') => Some('\u{edc}'),
        ('\u{eab}', '\u{ea1}') => Some('\u{edd}'),
        _ => None,
    }
}

fn segmenter() -> WordSegmenterBorrowed<'static> {
    static SEGMENTER: OnceLock<WordSegmenterBorrowed<'static>> = OnceLock::new();
    *SEGMENTER.get_or_init(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn borders(text: &str) -> String {
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let mut marked = String::new();
        for (at, c) in ends.zip(text.chars().map(Some).chain([None])) {
            if is_border(text, at) {
                marked.push('|');
            }
            marked.extend(c);
        }
        marked
    }

    #[test]
    fn borders_follow_uax_29_and_the_hyphen() {
        let rows = [
            ("you must", "|you| |must|"),
            ("can't", "|can't|"),
            ("must-have", "|must-have|"),
            ("must - have", "|must| |-| |have|"),
            ("3.5 3,000", "|3.5| |3,000|"),
            ("ok, you", "|ok|,| |you|"),
            ("e.g. so", "|e.g|.| |so|"),
            ("a_b", "|a_b|"),
            ("must—have", "|must|—|have|"),
            ("'must'", "|'|must|'|"),
        ];
        for (text, expected) in rows {
            assert_eq!(borders(text), expected);
        }
    }

    #[test]
    fn the_short_ways_are_right() {
        for c in '\u{80}'..=char::MAX {
            assert_eq!(is_word(c), c.is_alphanumeric() || is_combining_mark(c), "{c:?}");
        }
    }

    #[test]
    fn thai_and_lao_have_words_without_spaces() {
        assert_eq!(borders("คุณต้อง"), "|คุณ|ต้อง|");
        assert!(borders("ທ່ານຕ້ອງ").contains("ທ່ານ|ຕ້ອງ"));
        assert!(!borders("ຕ້ອງການ").contains("ຕ້ອງ|ການ"));
    }

    #[test]
    fn words_are_counted_as_people_count_them() {
        let text = ", of course, must-have can't 3.5!";
        let found: Vec<&str> = words(text).map(|span| span.of(text)).collect();
        assert_eq!(found, ["of", "course", "must-have", "can't", "3.5"]);
    }
}
