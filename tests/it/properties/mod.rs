//! What must hold for every text and every lexicon, tried on random ones: a file for each idea.

mod conditions;
mod fixing;
mod folding;
mod lexicons;
mod matching;
mod regions;
mod repeats;
mod spans;

use std::fmt::Write as _;

use proptest::prelude::*;
use replylint::{Draft, Finding, Language, Linter};

use crate::support::linter;

/// How often each property is tried.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() }
}

/// Words, spaces and signs that matter to matching.
const PIECES: [&str; 48] = [
    "you",
    "You",
    "YOU",
    "must",
    "MUST",
    "pay",
    "now",
    "not",
    "be",
    "thrilled",
    "can",
    "can't",
    "can’t",
    "mustard",
    "must-have",
    "должны",
    "Вы",
    "ещё",
    "е\u{308}",
    "и\u{306}",
    "c\u{43e}",
    "caf\u{e9}",
    "cafe\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "ŉ",
    "о",
    "q\u{301}",
    "😀",
    "ΟΔΟΣ",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "\u{200b}",
    "\u{ad}",
    ".",
    ", ",
    "> ",
    "{{x}}",
    "https://x.example/you",
    "- ",
    "ທ່ານຕ້ອງ",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat()),
        1 => ".{0,60}",
    ]
}

fn phrase() -> impl Strategy<Value = String> {
    const WORDS: [&str; 16] = [
        "you",
        "must",
        "pay",
        "now",
        "not",
        "be",
        "can",
        "can't",
        "must-have",
        "вы",
        "должны",
        "ещё",
        "café",
        "strasse",
        "οδος",
        "ທ່ານ",
    ];
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4).prop_map(|words| words.join(" "))
}

fn lexicon(phrases: &[String], unless: &[String]) -> Linter {
    let unless = serde_json::to_string(unless).unwrap();
    let mut text = "[lexicon]\nname = \"p\"\nlanguage = \"en\"\n".to_owned();
    let mut unique: Vec<&String> = Vec::new();
    for phrase in phrases {
        if !unique.contains(&phrase) {
            unique.push(phrase);
        }
    }
    for (index, phrase) in unique.iter().enumerate() {
        let _ = write!(text, "[avoid.p.r{index}]\nphrases = [\"{phrase}\"]\nunless = {unless}\n");
    }
    linter(&text)
}

fn findings<'l>(linter: &'l Linter, text: &str) -> Vec<Finding<'l>> {
    linter.lint(&Draft::new(text).with_language(Language::parse("en").unwrap())).unwrap().findings
}

fn shared() -> &'static Linter {
    static LINTER: std::sync::OnceLock<Linter> = std::sync::OnceLock::new();
    LINTER.get_or_init(Linter::builtin)
}
