//! Texts and lexicons of any size, made of words of our own with a fixed seed: the same on every
//! machine, and harder than life, since phrases and texts share one vocabulary.

#![allow(dead_code, reason = "each bench is a program of its own and uses a part of it")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    unreachable_pub,
    reason = "dice need arithmetic, and a bench may fail loudly"
)]

use std::fmt::Write as _;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use replylint::lexicon::{Loaded, Opened, Source, SourceError, SourceFile, load};
use replylint::matcher::Matcher;
use replylint::text::{Folded, Format, Prose, Scope, Span, Style, is_border};
use replylint::{Language, Lexicon, Linter};

/// What a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// Plain ASCII.
    English,
    /// English as it is mailed: curly apostrophes, dashes, no-break spaces, an accent, an emoji.
    Typographic,
    Russian,
    /// English and Russian in turns.
    Mixed,
    /// Without spaces between words.
    Lao,
}

impl Tongue {
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Typographic => "typo",
            Self::Russian => "ru",
            Self::Mixed => "mix",
            Self::Lao => "lo",
        }
    }

    /// The language of the lexicon for it.
    pub fn language(self) -> Language {
        let tag = match self {
            Self::English | Self::Typographic | Self::Mixed => "en",
            Self::Russian => "ru",
            Self::Lao => "lo",
        };
        Language::parse(tag).expect("a tag")
    }

    fn syllables(self) -> &'static [&'static str] {
        match self {
            Self::English | Self::Typographic | Self::Mixed => &[
                "ba", "con", "der", "el", "fin", "gor", "hap", "in", "jul", "ka", "lo", "men", "nor", "os", "per",
                "qui", "ran", "sel", "ter", "un", "ver", "wil", "yon", "zet", "a", "the", "to", "you", "we", "is",
            ],
            Self::Russian => &[
                "ба", "вер", "го", "де", "ест", "жи", "зал", "ин", "ка", "ло", "мен", "но", "от", "пер", "ра", "сто",
                "ты", "ум", "фон", "хо", "це", "чис", "шу", "эт", "ю", "вы", "мы", "не", "что", "ся",
            ],
            Self::Lao => {
                &["ທ່ານ", "ຕ້ອງ", "ສົ່ງ", "ບໍ່", "ມີ", "ຂໍ", "ຂອບ", "ໃຈ", "ການ", "ຄວາມ", "ວັນ", "ດີ", "ໄປ", "ມາ", "ເງິນ", "ຈ່າຍ"]
            }
        }
    }
}

/// How large a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// A reply.
    Kilobyte,
    /// A reply with the 49 messages before it quoted below.
    Thread,
    Megabyte,
    TenMegabytes,
}

impl Size {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kilobyte => "1 KB",
            Self::Thread => "thread",
            Self::Megabyte => "1 MB",
            Self::TenMegabytes => "10 MB",
        }
    }

    /// A draft of this size; of 32 KB at the most when only `little` is wanted.
    pub fn text(self, tongue: Tongue, density: usize, planted: &[String], little: bool) -> String {
        match self {
            Self::Kilobyte => text(tongue, 1 << 10, density, planted),
            Self::Thread => thread(tongue, 50, density, planted),
            Self::Megabyte | Self::TenMegabytes if little => text(tongue, 32 << 10, density, planted),
            Self::Megabyte => text(tongue, 1 << 20, density, planted),
            Self::TenMegabytes => text(tongue, 10 << 20, density, planted),
        }
    }
}

/// Numbers that look random and are the same everywhere (`SplitMix64`).
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// Small numbers often, large ones seldom, as words are used.
    fn skewed(&mut self, bound: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((unit * unit * unit) * bound as f64) as usize
    }
}

/// Words of a language; the first are the most used.
const VOCABULARY: usize = 10_000;

pub fn vocabulary(tongue: Tongue) -> Vec<String> {
    let syllables = tongue.syllables();
    let mut dice = Dice::new(7);
    (0..VOCABULARY)
        .map(|rank| {
            let count =
                1 + usize::from(rank > 20) + usize::from(rank > 400) + dice.below(2) * usize::from(rank > 2_000);
            (0..count).map(|_| syllables[dice.below(syllables.len())]).collect()
        })
        .collect()
}

/// Phrases of two to five words.
pub fn phrases(tongue: Tongue, count: usize) -> Vec<String> {
    let words = vocabulary(tongue);
    let between = if tongue == Tongue::Lao { "" } else { " " };
    let mut dice = Dice::new(11);
    let mut phrases = std::collections::BTreeSet::new();
    while phrases.len() < count {
        let length = 2 + dice.below(4);
        let phrase: Vec<&str> = (0..length).map(|_| words[dice.skewed(words.len())].as_str()).collect();
        phrases.insert(phrase.join(between));
    }
    phrases.into_iter().collect()
}

/// Text of at least `bytes` bytes in which a phrase is planted about `density` times a kilobyte.
pub fn text(tongue: Tongue, bytes: usize, density: usize, planted: &[String]) -> String {
    let own = vocabulary(tongue);
    let other = if tongue == Tongue::Mixed { vocabulary(Tongue::Russian) } else { own.clone() };
    let between = if tongue == Tongue::Lao { "" } else { " " };
    let mut dice = Dice::new(13);
    let mut text = String::with_capacity(bytes + 1024);
    let (mut paragraph, mut due) = (0, 0);
    while text.len() < bytes {
        let words = if paragraph % 2 == 0 { &own } else { &other };
        let wraps = paragraph % 2 == 1 && tongue != Tongue::Lao;
        let mut column = 0;
        for _ in 0..3 + dice.below(4) {
            let mut sentence = String::new();
            for word in 0..6 + dice.below(10) {
                if word > 0 {
                    sentence.push_str(if dice.below(9) == 0 { ", " } else { between });
                }
                let next = if density > 0 && text.len() + sentence.len() > due {
                    due += 1024 / density;
                    &planted[dice.below(planted.len())]
                } else {
                    &words[dice.skewed(words.len())]
                };
                sentence.push_str(next);
            }
            if tongue == Tongue::Typographic {
                match dice.below(5) {
                    0 => sentence.push_str(" don’t"),
                    1 => sentence.push_str(" — café"),
                    2 => sentence.push_str("\u{a0}€"),
                    3 => sentence.push_str(" 🙂"),
                    _ => {}
                }
            }
            let mut chars = sentence.chars();
            text.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            for c in chars {
                column += 1;
                if wraps && c == ' ' && column > 72 {
                    text.push('\n');
                    column = 0;
                } else {
                    text.push(c);
                }
            }
            text.push_str(". ");
        }
        text.pop();
        text.push_str("\n\n");
        paragraph += 1;
    }
    text
}

/// A lexicon of these phrases as a company would write it, ten categories.
pub fn toml(tongue: Tongue, phrases: &[String]) -> String {
    let mut toml = format!("[lexicon]\nname = \"bench\"\nlanguage = \"{}\"\n", tongue.language());
    for (index, phrase) in phrases.iter().enumerate() {
        let _ = write!(
            toml,
            "[avoid.c{}.r{index}]\nphrases = [\"{phrase}\"]\nprefer = [\"something better\"]\nwhy = \"It is one of {} phrases.\"\n",
            index % 10,
            phrases.len()
        );
    }
    toml
}

/// A lexicon that is not on a disk.
pub struct Memory(pub String);

impl Source for Memory {
    fn open(&self, _: &str, _: Option<&str>) -> Result<Opened, SourceError> {
        Ok(Opened {
            id: "bench".to_owned(),
            files: vec![SourceFile { name: "bench.toml".to_owned(), text: self.0.clone() }],
        })
    }
}

pub fn lexicon(toml: &str) -> Lexicon {
    let Loaded { mut lexicons, .. } = load(&["bench"], &Memory(toml.to_owned())).expect("a valid lexicon");
    lexicons.remove(0)
}

pub fn matcher(lexicon: Lexicon) -> Matcher {
    Matcher::new(Arc::new(lexicon)).expect("it is small enough")
}

pub fn linter(tongue: Tongue, phrases: &[String]) -> Linter {
    Linter::new(vec![lexicon(&toml(tongue, phrases))])
}

/// A draft as a helpdesk sends it: an answer of about a kilobyte, and below it what was written before, `messages`
/// in all, each quoted by the next.
pub fn thread(tongue: Tongue, messages: usize, density: usize, planted: &[String]) -> String {
    let mut thread = text(tongue, 1 << 10, density, planted);
    let earlier = text(tongue, 700, density, planted);
    for depth in 1..messages {
        let marks = ">".repeat(depth.min(MOST_MARKS));
        let outer = ">".repeat((depth - 1).min(MOST_MARKS));
        let _ = writeln!(thread, "{outer} On Tue, 3 Mar 2026 at 10:{depth:02}, Ann <ann@example.com> wrote:");
        for line in earlier.lines() {
            let _ = writeln!(thread, "{marks} {line}");
        }
    }
    thread
}

/// Mail programs stop adding marks somewhere.
const MOST_MARKS: usize = 6;

/// What the figures are held against: the plain overlapping scan of the aho-corasick crate over text
/// that was folded beforehand, quotations included. It knows no borders, no exceptions, no offsets.
pub struct Reference {
    automaton: AhoCorasick,
    all: String,
    own: String,
    /// What the scan finds.
    pub hits: usize,
}

impl Reference {
    pub fn new(phrases: &[String], text: &str) -> Self {
        let needles: Vec<String> = phrases.iter().map(|phrase| Folded::phrase(phrase, Style::COARSE)).collect();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(needles).expect("small enough");
        let folded = |scope| {
            let prose = Prose::of(text, Format::Text, scope);
            Folded::new(text, &prose, Style::COARSE).text().to_owned()
        };
        let (all, own) = (folded(Scope::Quoted), folded(Scope::Own));
        let hits = automaton.find_overlapping_iter(&all).count();
        Self { automaton, all, own, hits }
    }

    pub fn scan(&self) -> usize {
        self.automaton.find_overlapping_iter(&self.all).count()
    }

    /// How many findings there are, worked out from the scan: borders, then the leftmost-longest.
    pub fn findings(&self) -> usize {
        let mut hits: Vec<Span> = self
            .automaton
            .find_overlapping_iter(&self.own)
            .map(|hit| Span::new(hit.start(), hit.end()))
            .filter(|hit| is_border(&self.own, hit.start) && is_border(&self.own, hit.end))
            .collect();
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        let (mut count, mut end) = (0, 0);
        for hit in hits {
            if hit.start >= end {
                count += 1;
                end = hit.end;
            }
        }
        count
    }
}
