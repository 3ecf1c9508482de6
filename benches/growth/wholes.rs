//! Rules that look beyond the phrase: at the sentences around it, at its place, at the whole reply, at what was
//! said before. The texts are what hurts them: one sentence without an end, thousands of short ones, every word
//! a hit, a talk of thousands of turns.

use std::fmt::Write as _;

use replylint::text::{Format, Talk};
use replylint::{Draft, Linter, Span};

use crate::corpus::{Tongue, lexicon};
use crate::loads::{Load, Prepared, lint};

const HEADER: &str = "[lexicon]\nname = \"growth\"\nlanguage = \"en\"\n";

/// An entry whose phrase and whose savers are single words.
const NEAR: &str = "[avoid.a.no]\nphrases = [\"no\"]\nunless-near = [\"yes\", \"fine\"]\nnear = \"2 sentences\"\n";

/// Words of the text that does not grow while the lexicon does.
const WORDS: usize = 1_000;

pub fn all() -> Vec<Load> {
    vec![
        // Nearness.
        Load::new("near-one-sentence", 4_000, |count| at_work(NEAR, &"no yes ".repeat(count), 0)),
        Load::new("near-apart", 4_000, |count| at_work(NEAR, &("no ".repeat(count) + &"yes ".repeat(count)), 0)),
        Load::new("near-sentences", 1_000, |count| at_work(NEAR, &"no! a! b! c! yes! c! b! ".repeat(count), count)),
        Load::new("near-none", 2_000, |count| at_work(NEAR, &"no! ".repeat(count), count)),
        Load::new("near-savers", 4_000, |count| at_work(NEAR, &"yes! ".repeat(count), 0)),
        Load::new("near-excepted", 4_000, |count| {
            at_work(&(NEAR.to_owned() + "unless = [\"no yes\"]\n"), &"no yes ".repeat(count), 0)
        }),
        Load::new("near-entries", 500, |count| {
            let entry = |n: usize| format!("[avoid.a.r{n}]\nphrases = [\"no w{n}\"]\nunless-near = [\"yes\"]\n");
            at_work(&(0..count).map(entry).collect::<String>(), "no w1! a! b! c! yes! b! no w2!", 2)
        }),
        // Places.
        Load::new("closing-one-sentence", 2_000, |count| at_work(&placed("closing"), &"no ".repeat(count), count)),
        Load::new("closing-sentences", 4_000, |count| at_work(&placed("closing"), &"no! ".repeat(count), 2)),
        Load::new("closing-parts", 4_000, |count| at_work(&placed("last sentence"), &"no\n\n".repeat(count), 1)),
        Load::new("closing-signs", 8_000, |count| {
            at_work(&placed("last sentence"), &format!("no{}", " ¿(".repeat(count)), 1)
        }),
        Load::new("opening-one-sentence", 2_000, |count| at_work(&placed("opening"), &"no ".repeat(count), count)),
        Load::new("opening-sentences", 4_000, |count| at_work(&placed("opening"), &"no! ".repeat(count), 2)),
        Load::new("alone-sentences", 2_000, |count| at_work(&placed("sentence"), &"no! ".repeat(count), count)),
        Load::new("alone-one-sentence", 4_000, |count| at_work(&placed("sentence"), &"no ".repeat(count), 0)),
        // Requirements.
        Load::new("require-met", 4_000, |count| {
            let entry = "[require.a.b]\nany = [\"no\"]\nall = [\"yes\"]\nwithin = \"closing\"\n";
            at_work(entry, &"no yes ".repeat(count), 0)
        }),
        Load::new("require-missing", 4_000, |count| {
            at_work("[require.a.b]\nany = [\"bye\"]\nwithin = \"closing\"\n", &"no yes ".repeat(count), 1)
        }),
        Load::new("require-entries", 500, |count| {
            let entry = |n: usize| format!("[require.a.r{n}]\nany = [\"w{n}\"]\nwithin = \"closing\"\n");
            at_work(&(0..count).map(entry).collect::<String>(), &"no yes! ".repeat(WORDS / 2), count)
        }),
        Load::new("require-parts", 1_000, |count| {
            let words: Vec<String> = (0..count).map(|n| format!("w{n}")).collect();
            at_work(&format!("[require.a.b]\nall = [\"{}\"]\n", words.join("\", \"")), &words.join(" "), 0)
        }),
        Load::new("require-lengths", 500, |count| {
            let entry = |n: usize| format!("[require.a.r{n}]\nleast-words = 2000\nmost-sentences = 2000\n");
            at_work(&(0..count).map(entry).collect::<String>(), &"no yes! ".repeat(WORDS / 2), count)
        }),
        Load::new("length-text", 8_000, |count| {
            at_work("[require.a.b]\nleast-words = 9\nmost-words = 99\nmost-sentences = 9\n", &"no! ".repeat(count), 1)
        }),
        Load::new("length-signs", 8_000, |count| {
            at_work("[require.a.b]\nleast-words = 9\nmost-sentences = 9\n", &"!¿ ".repeat(count), 1)
        }),
        // House style.
        Load::new("forms-of-address-text", 2_000, |count| at_work(&forms(2), &"w0 w1 ".repeat(count), count)),
        Load::new("forms-of-address-sets", 1_000, |count| {
            let words: Vec<String> = (0..count).map(|n| format!("w{n}")).collect();
            at_work(&forms(count), &words.join(" "), count - 1)
        }),
        Load::new("forms-of-address-exact", 2_000, |count| {
            at_work(&(forms(2) + "case = \"exact\"\n"), &"w0! a w0 a w1! ".repeat(count), count)
        }),
        Load::new("placeholders-left", 2_000, |count| {
            at_work("[style.a.b]\nplaceholders = true\n", &"{{a}} ".repeat(count), count)
        }),
        Load::new("placeholders-turns", 1_000, |count| {
            turns("[style.a.b]\nplaceholders = true\n", "Agent: {{a}} and {{b}}\n", count, 2 * count)
        }),
        // Other hits and what was said before.
        Load::new("waits-text", 2_000, |count| at_work(&waiting(1), &"no w0. ".repeat(count), 2 * count)),
        Load::new("waits-entries", 1_000, |count| {
            let words: Vec<String> = (0..count).map(|n| format!("w{n}")).collect();
            at_work(&waiting(count), &format!("no {}", words.join(" ")), 1 + count)
        }),
        Load::new("customer-text", 4_000, |count| {
            let entry = "[avoid.a.b]\nphrases = [\"no\"]\nwhen = { customer = [\"thanks\", \"thank … you\"] }\n";
            said(entry, &"thank thanks ".repeat(count), 1)
        }),
        Load::new("customer-situations", 4_000, |count| {
            let entry = "[situation.bad]\nphrases = [\"broken\"]\nunless = [\"not broken\"]\n\
                         [avoid.a.b]\nphrases = [\"no\"]\nwhen = { situation = [\"bad\"] }\n";
            said(entry, &("not broken ".repeat(count) + "broken"), 1)
        }),
        Load::new("steps-text", 4_000, |count| {
            let entry = "[situation.complaint]\nphrases = [\"broken\"]\n\
                         [step.a.b]\nphrases = [\"no\"]\nsays = \"says no\"\n";
            said_to(entry, "broken", &"no! ".repeat(count), 1)
        }),
        Load::new("turns", 1_000, |count| turns(NEAR, "Agent: no\nCustomer: yes\n", count, count)),
    ]
}

fn placed(at: &str) -> String {
    format!("[avoid.a.no]\nphrases = [\"no\"]\nat = \"{at}\"\n")
}

/// So many manners, a word each.
fn forms(count: usize) -> String {
    let sets: Vec<String> = (0..count).map(|n| format!("[\"w{n}\"]")).collect();
    format!("[style.a.b]\nforms = [{}]\n", sets.join(", "))
}

/// So many entries that wait for another.
fn waiting(count: usize) -> String {
    let mut toml = "[avoid.refusal.no]\nphrases = [\"no\"]\n".to_owned();
    for n in 0..count {
        let _ = write!(toml, "[avoid.a.r{n}]\nphrases = [\"w{n}\"]\nwhen = {{ reply = [\"refusal\"] }}\n");
    }
    toml
}

fn linter(entries: &str) -> Linter {
    Linter::new(vec![lexicon(&(HEADER.to_owned() + entries))])
}

fn at_work(entries: &str, text: &str, expected: usize) -> Prepared {
    lint(linter(entries), Tongue::English, text.to_owned(), Format::Text, expected)
}

/// A short reply to a customer who wrote much.
fn said(entries: &str, customer: &str, expected: usize) -> Prepared {
    said_to(entries, customer, "No.", expected)
}

/// Counts findings and steps.
fn said_to(entries: &str, customer: &str, text: &str, expected: usize) -> Prepared {
    let (linter, customer, text) = (linter(entries), customer.to_owned(), text.to_owned());
    Prepared::new(expected, move || {
        let talk = Talk { customer: Some(&customer), ..Talk::default() };
        let draft = Draft::new(&text).with_language(Tongue::English.language()).with_talk(talk);
        let review = linter.lint(&draft).expect("its language is served");
        review.findings.len() + review.recovery.map_or(0, |recovery| recovery.steps.len())
    })
}

/// A talk in one text, of which each turn is linted by itself.
fn turns(entries: &str, turn: &str, count: usize, expected: usize) -> Prepared {
    let (linter, len, text) = (linter(entries), turn.len(), turn.repeat(count));
    let (begin, end) = ("Agent:".len(), turn.find('\n').unwrap_or(len));
    Prepared::new(expected, move || {
        let windows = (0..count).map(|turn| Span::new(turn * len + begin, turn * len + end));
        let found = windows.map(|window| {
            let draft = Draft::new(&text).with_language(Tongue::English.language()).with_window(window);
            linter.lint(&draft).expect("its language is served").findings.len()
        });
        found.sum()
    })
}
