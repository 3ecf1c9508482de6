//! The words of all [`TONGUES`] in one table, made by the compiler: which of the languages have a
//! word is one look. A word is known by a number that its letters come to, so that a text is looked
//! up without copying any of it.

use super::tongues::TONGUES;

/// Languages as bits, in the order of [`TONGUES`].
pub(super) type Languages = u32;

/// The number of a word so far; it begins with [`NO_LETTERS`].
pub(super) type Key = u64;

pub(super) const NO_LETTERS: Key = 0;

/// Letters below this are looked up; it holds Latin as Europe writes it, and Cyrillic.
const KNOWN: usize = 0x530;

const SLOTS: usize = 8192;

/// Which languages have a word of this key.
pub(super) fn languages_of(word: Key) -> Languages {
    let (mut index, mark) = home(word);
    loop {
        let (held, languages) = TABLE[index];
        if languages == 0 || held == mark {
            return languages;
        }
        index = (index + 1) % SLOTS;
    }
}

/// Which languages have a small letter in their alphabet.
pub(super) fn alphabets_with(letter: u32) -> Languages {
    if letter < 0x80 { Languages::MAX } else { ALPHABETS.get(letter as usize).copied().unwrap_or_default() }
}

/// The key of a word with one more letter, a small one.
pub(super) const fn with(word: Key, letter: u32) -> Key {
    word.rotate_left(11) ^ letter as u64
}

/// The small form of a letter; 0 for what is none.
pub(super) fn letter(c: char) -> u32 {
    match LETTERS.get(c as usize) {
        Some(&letter) => u32::from(letter),
        None if matches!(c, '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{1f000}'..) => 0,
        None if c.is_alphabetic() => u32::from(c),
        None => 0,
    }
}

/// Where to look for a word, and half of what it comes to, to know it by: the table is small, so that
/// it stays near.
#[allow(clippy::cast_possible_truncation, reason = "half of it is meant")]
const fn home(word: Key) -> (usize, u32) {
    let mixed = word.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 51) as usize % SLOTS, (mixed >> 16) as u32)
}

static TABLE: [(u32, Languages); SLOTS] = table();

#[allow(clippy::large_stack_arrays, reason = "only the compiler runs this")]
const fn table() -> [(u32, Languages); SLOTS] {
    let mut table = [(0, 0); SLOTS];
    let mut tongue = 0;
    while tongue < TONGUES.len() {
        let words = TONGUES[tongue].words.as_bytes();
        let (mut at, mut word) = (0, NO_LETTERS);
        while at <= words.len() {
            if at == words.len() || words[at] == b' ' {
                if word != NO_LETTERS {
                    let (mut index, mark) = home(word);
                    while table[index].1 != 0 && table[index].0 != mark {
                        index = (index + 1) % SLOTS;
                    }
                    table[index] = (mark, table[index].1 | 1 << tongue);
                }
                word = NO_LETTERS;
                at += 1;
            } else {
                let (letter, len) = letter_at(words, at);
                word = with(word, letter);
                at += len;
            }
        }
        tongue += 1;
    }
    table
}

/// A letter of the lists and its bytes, which are two at the most; a test looks after that.
const fn letter_at(text: &[u8], at: usize) -> (u32, usize) {
    let first = text[at] as u32;
    if first < 0x80 { (first, 1) } else { ((first & 0x1f) << 6 | text[at + 1] as u32 & 0x3f, 2) }
}

static ALPHABETS: [Languages; KNOWN] = alphabets();

const fn alphabets() -> [Languages; KNOWN] {
    let mut alphabets = [0; KNOWN];
    let mut tongue = 0;
    while tongue < TONGUES.len() {
        let letters = TONGUES[tongue].letters.as_bytes();
        let mut at = 0;
        while at < letters.len() {
            let (letter, len) = letter_at(letters, at);
            alphabets[letter as usize] |= 1 << tongue;
            at += len;
        }
        tongue += 1;
    }
    alphabets
}

static LETTERS: [u16; KNOWN] = letters();

/// Small letters by capital or small ones.
#[allow(clippy::cast_possible_truncation, reason = "all are far below 65,536")]
const fn letters() -> [u16; KNOWN] {
    let mut letters = [0; KNOWN];
    let mut c = 0;
    while c < KNOWN {
        letters[c] = match c {
            0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x410..=0x42f => c + 0x20,
            0x400..=0x40f => c + 0x50,
            0x100..=0x137 | 0x14a..=0x177 | 0x218..=0x21b | 0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f => c | 1,
            0x139..=0x148 | 0x179..=0x17e | 0x4c1..=0x4ce => c + c % 2,
            0x178 => 0xff,
            // Those of which a capital would not be found are taken as they are.
            0x61..=0x7a
            | 0xaa
            | 0xb5
            | 0xba
            | 0xdf..=0xf6
            | 0xf8..=0xff
            | 0x138
            | 0x149
            | 0x17f..=0x2af
            | 0x370..=0x373
            | 0x376..=0x377
            | 0x37b..=0x37d
            | 0x386
            | 0x388..=0x3ff
            | 0x430..=0x45f => c,
            0x4c0 | 0x4cf => 0x4cf,
            _ => 0,
        } as u16;
        c += 1;
    }
    letters
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn key(word: &str) -> Key {
        word.chars().fold(NO_LETTERS, |word, c| with(word, letter(c)))
    }

    #[test]
    fn every_word_is_found_for_its_languages_and_no_other() {
        let mut held: HashMap<&str, Languages> = HashMap::new();
        for (index, tongue) in TONGUES.iter().enumerate() {
            for word in tongue.words.split(' ') {
                assert!(word.chars().all(|c| letter(c) == u32::from(c)), "{}: {word:?}", tongue.tag);
                assert!(word.chars().all(|c| c.is_ascii() || tongue.letters.contains(c)), "{}: {word:?}", tongue.tag);
                *held.entry(word).or_default() |= 1 << index;
            }
        }
        #[allow(clippy::iter_over_hash_type, reason = "every word is looked up for itself")]
        for (word, languages) in held {
            assert_eq!(languages_of(key(word)), languages, "{word}");
            // ß and the dotless ı have no capital of their own.
            if !word.contains(['ß', 'ı']) {
                assert_eq!(languages_of(key(&word.to_uppercase())), languages, "{word}");
            }
            assert_eq!(languages_of(key(&format!("{word}qx"))), 0, "{word}");
        }
        assert!(TABLE.iter().filter(|(_, languages)| *languages != 0).count() * 3 < SLOTS, "the table is too full");
    }

    #[test]
    fn letters_are_what_unicode_says() {
        for c in ('\0'..).take(KNOWN) {
            let mut small = c.to_lowercase();
            let expected = match (small.next(), small.next()) {
                (Some(small), None) if c.is_alphabetic() && !('\u{180}'..'\u{400}').contains(&c) => u32::from(small),
                _ => continue,
            };
            assert_eq!(letter(c), expected, "{c:?}");
        }
        for c in ['1', ' ', '’', '-', '_', '×', '÷', '“', '\u{301}', '😀', '、'] {
            assert_eq!(letter(c), 0, "{c:?}");
        }
        for c in ['ທ', 'ж', 'é', '日', 'ệ'] {
            assert_eq!(letter(c), u32::from(c), "{c:?}");
        }
    }
}
