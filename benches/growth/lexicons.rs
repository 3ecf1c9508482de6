//! Lexicons that grow: read, compiled, and at work. Those at work are made so that their phrases are as
//! alike as can be.

use std::fmt::Write as _;

use replylint::lexicon::load;
use replylint::text::Format;
use replylint::{Lexicon, Linter};

use crate::corpus::{Memory, Tongue, lexicon, matcher, phrases, toml};
use crate::loads::{Load, Prepared, lint};

const HEADER: &str = "[lexicon]\nname = \"growth\"\nlanguage = \"en\"\n";

/// Words of the text that does not grow while the lexicon does.
const WORDS: usize = 4_000;

/// Brackets in brackets, as deep as a phrase may have them.
const DEEP: usize = 32;

pub fn all() -> Vec<Load> {
    vec![
        // Entries.
        Load::new("load", 500, |count| {
            let text = toml(Tongue::English, &phrases(Tongue::English, count));
            Prepared::new(count, move || lexicon(&text).entries().len())
        }),
        Load::new("compile", 1_000, |count| {
            let lexicon = lexicon(&toml(Tongue::English, &phrases(Tongue::English, count)));
            Prepared::new(count, move || compiled(&lexicon))
        }),
        Load::new("first-word-load", 1_000, |count| read(&first_word(count), count)),
        Load::new("first-word-compile", 1_000, |count| {
            let lexicon = lexicon(&each(&first_word(count)));
            Prepared::new(count, move || compiled(&lexicon))
        }),
        Load::new("one-entry-load", 2_000, |count| {
            let text = one(&first_word(count), "unless = []");
            Prepared::new(1, move || lexicon(&text).entries().len())
        }),
        Load::new("group-load", 1_000, |count| {
            let group = first_word(count).join("\", \"");
            let text = format!("{HEADER}[group]\ng = [\"{group}\"]\n[avoid.a.b]\nphrases = [\"@g\", \"x @g\"]\n");
            Prepared::new(1, move || lexicon(&text).entries().len())
        }),
        // Deep and long phrases; a phrase of 1,000 words is refused in a sentence.
        Load::new("brackets-load", 25, |count| {
            let nested = |n: usize| (0..DEEP).fold(format!("a{n}"), |inner, depth| format!("(b{n}x{depth}|{inner})"));
            read(&(0..count).map(nested).collect::<Vec<_>>(), count)
        }),
        Load::new("forms-load", 2, |count| {
            let forms = |n: usize| (0..12).fold(format!("a{n}"), |before, at| format!("{before} (b{at}|c{at})"));
            read(&(0..count).map(forms).collect::<Vec<_>>(), count)
        }),
        Load::new("words-load", 20, |count| {
            let long = |n: usize| format!("a{n} {}", vec!["b"; 490].join(" "));
            read(&(0..count).map(long).collect::<Vec<_>>(), count)
        }),
        Load::new("words-too-many", 8_000, |words| problems(each(&[vec!["a"; words].join(" ")]), 1)),
        // Mistakes.
        Load::new("mistakes-keys", 200, |count| {
            let entry = |n: usize| format!("[avoid.a.r{n}]\nphrases = [\"w{n} x\"]\nprefers = [\"y\"]\n");
            problems(HEADER.to_owned() + &(0..count).map(entry).collect::<String>(), count)
        }),
        Load::new("mistakes-syntax", 200, |count| {
            let entry = |n: usize| format!("[avoid.a.r{n}]\nphrases = [\"w{n} x\"]\nwhy = \"\"y\"\n");
            problems(HEADER.to_owned() + &(0..count).map(entry).collect::<String>(), count)
        }),
        Load::new("mistakes-twice", 200, |count| problems(each(&vec!["the same".to_owned(); count]), count - 1)),
        // At work.
        Load::new("first-word", 1_000, |count| {
            at_work(&each(&first_word(count)), &please(WORDS), 2 * count.min(1_000))
        }),
        Load::new("first-word-text", WORDS, |words| at_work(&each(&first_word(10_000)), &please(words), words / 2)),
        Load::new("last-word", 1_000, |count| {
            let phrases: Vec<String> = (0..count).map(|n| format!("w{n} please")).collect();
            at_work(&each(&phrases), &(please(WORDS) + "please"), 2 * count.min(1_000))
        }),
        Load::new("excepted", 1_000, |count| {
            let unless: Vec<String> = (0..count).map(|n| format!("\"please w{n}\"")).collect();
            let text = one(&["please".to_owned()], &format!("unless = [{}]", unless.join(", ")));
            at_work(&text, &"please w7 ".repeat(WORDS / 2), 0)
        }),
        Load::new("words", 240, |words| at_work(&each(&[almost(words)]), &"a ".repeat(WORDS), 0)),
        Load::new("words-text", WORDS, |words| at_work(&each(&[almost(480)]), &"a ".repeat(words), 0)),
        Load::new("nested-phrases-text", 500, |words| {
            at_work(&each(&nested(40)), &"a ".repeat(words), words.div_ceil(40))
        }),
        // Bytes of phrases, each of which begins all longer ones.
        Load::new("nested-phrases", 1_000, |bytes| {
            let longest = bytes.isqrt();
            at_work(&each(&nested(longest)), &"a ".repeat(1_000), 1_000_usize.div_ceil(longest))
        }),
        Load::new("brackets-text", 2_000, |words| {
            let nested = (0..DEEP).fold("a".to_owned(), |inner, _| format!("(b|{inner} c)"));
            at_work(&each(&[nested]), &"a c ".repeat(words / 2), 0)
        }),
        Load::new("forms-text", 1_000, |words| {
            let forms = (0..16).fold("a".to_owned(), |before, _| format!("{before} (a|b)"));
            at_work(&each(&[forms]), &"a ".repeat(words), words / 17)
        }),
        Load::new("gaps-text", 2_000, |words| {
            at_work(&each(&["a … b … c … d".to_owned()]), &"a b c ".repeat(words / 3), 0)
        }),
        Load::new("slots-text", 2_000, |words| {
            at_work(&each(&["a {word} {word} {word} b".to_owned()]), &"a ".repeat(words), 0)
        }),
        Load::new("also-text", 2_000, |words| {
            let phrases = ["a b c d", "b c d e", "c d e a", "d e a b", "e a b c"].map(str::to_owned);
            at_work(&each(&phrases), &"a b c d e ".repeat(words / 5), words / 4)
        }),
        Load::new("regex-text", 2_000, |words| {
            let entry = format!("{HEADER}[avoid.a.b]\nregex = ['a( a)*b', '[a ]+c']\n");
            at_work(&entry, &"a ".repeat(words), 0)
        }),
    ]
}

/// Phrases with one first word.
fn first_word(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("please w{n}")).collect()
}

/// Text in which every other word may begin each of them; all of the first ones stand there.
fn please(words: usize) -> String {
    let phrases = first_word(1_000);
    phrases.iter().cycle().take(words / 2).flat_map(|phrase| [phrase.as_str(), " "]).collect()
}

/// A phrase of so many words, all but the last of which stand in the text.
fn almost(words: usize) -> String {
    vec!["a"; words - 1].join(" ") + " b"
}

/// "a", "a a", "a a a" and so on.
fn nested(longest: usize) -> Vec<String> {
    (1..=longest).map(|length| vec!["a"; length].join(" ")).collect()
}

/// An entry for each phrase.
fn each(phrases: &[String]) -> String {
    let mut toml = HEADER.to_owned();
    for (n, phrase) in phrases.iter().enumerate() {
        let _ = write!(toml, "[avoid.a.r{n}]\nphrases = [\"{phrase}\"]\n");
    }
    toml
}

/// One entry for all.
fn one(phrases: &[String], more: &str) -> String {
    format!("{HEADER}[avoid.a.r]\nphrases = [\"{}\"]\n{more}\n", phrases.join("\", \""))
}

fn compiled(lexicon: &Lexicon) -> usize {
    matcher(lexicon.clone()).lexicon().entries().len()
}

/// Reading and compiling.
fn read(phrases: &[String], entries: usize) -> Prepared {
    let text = each(phrases);
    Prepared::new(entries, move || compiled(&lexicon(&text)))
}

/// Finding out what is wrong.
fn problems(toml: String, expected: usize) -> Prepared {
    let source = Memory(toml);
    Prepared::new(expected, move || load(&["bench"], &source).expect_err("it has mistakes").problems.len())
}

fn at_work(toml: &str, text: &str, expected: usize) -> Prepared {
    lint(Linter::new(vec![lexicon(toml)]), Tongue::English, text.to_owned(), Format::Text, expected)
}
