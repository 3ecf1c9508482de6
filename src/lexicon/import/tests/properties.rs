//! What must hold whatever a file of rules says.

use proptest::prelude::*;

use super::{assembled, loads, read};
use crate::lexicon::SourceError;
use crate::lexicon::import::{Rules, Tool};

/// Pieces of what people write into such files, and of what nobody should.
const PIECES: [&str; 60] = [
    "you",
    "must",
    "e-mail",
    "Harbour",
    "сделай",
    "日本",
    "é",
    "ß",
    "ﬁ",
    "İ",
    " ",
    " ",
    "(",
    ")",
    "(?:",
    "(?!",
    "(?<!",
    "(?i)",
    "|",
    "[",
    "]",
    "[a-z]",
    "[Aa]",
    "[^x]",
    "?",
    "*",
    "+",
    "{2,3}",
    "{number}",
    "\\b",
    "\\s",
    "\\w*",
    "\\d+",
    "\\.",
    "\\",
    ".",
    "...",
    "…",
    "^",
    "$",
    "$1",
    "$5",
    "#",
    "@",
    "@team",
    ",",
    ";",
    "'",
    "\"",
    "/",
    "-",
    "\u{a0}",
    "\u{7f}",
    "\u{200b}",
    "https://x.example/a",
    "a@x.example",
    "`",
    "“",
    "\u{1}",
    "0",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::collection::vec(prop::sample::select(&PIECES[..]), 0..7).prop_map(|pieces| pieces.concat()),
        1 => ".{0,20}",
    ]
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''").replace(['\u{1}', '\u{7f}'], ""))
}

fn sound(rules: Result<Rules, SourceError>) -> Result<(), TestCaseError> {
    let Ok(rules) = rules else { return Ok(()) };
    let assembled = assembled(vec![rules.clone(), rules]);
    let toml = assembled.to_toml();
    prop_assert_eq!(assembled.read, assembled.entries() + assembled.merged + assembled.left_out(), "{}", toml);
    prop_assert_eq!(loads(&toml), Ok(()), "{}", toml);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is in it: nothing panics, what is written loads, and no rule vanishes.
    #[test]
    fn rules_of_vale(
        pairs in prop::collection::vec((piece(), piece()), 1..5),
        flags in prop::collection::vec(any::<bool>(), 4),
    ) {
        let head = format!(
            "message: \"Not '%s' but %s\"\nignorecase: {}\nnonword: {}\nscope: {}\nexceptions: [{}]\n",
            flags[0], flags[1], if flags[2] { "sentence" } else { "text" }, quoted(&pairs[0].1),
        );
        let swaps: Vec<String> = pairs.iter().map(|(from, to)| format!("  {}: {}\n", quoted(from), quoted(to))).collect();
        sound(read(Tool::Vale, &format!("extends: substitution\n{head}swap:\n{}", swaps.concat())))?;
        let tokens: Vec<String> = pairs.iter().map(|(from, _)| format!("  - {}\n", quoted(from))).collect();
        let key = if flags[3] { "tokens" } else { "raw" };
        sound(read(Tool::Vale, &format!("extends: existence\n{head}{key}:\n{}", tokens.concat())))?;
    }

    #[test]
    fn rules_of_prh(
        rules in prop::collection::vec((piece(), prop::collection::vec((piece(), any::<bool>()), 0..3), any::<bool>()), 1..4),
    ) {
        let mut text = "rules:\n".to_owned();
        for (expected, patterns, bounded) in &rules {
            let pattern = |(pattern, slashed): &(String, bool)| {
                quoted(&if *slashed { format!("/{pattern}/i") } else { pattern.clone() })
            };
            let patterns: Vec<String> = patterns.iter().map(pattern).collect();
            let (expected, patterns) = (quoted(expected), patterns.join(", "));
            text.extend(["  - expected: ", &expected, "\n    patterns: [", &patterns, "]\n    regexpMustEmpty: $1\n"]);
            text.extend(["    options: {wordBoundary: ", if *bounded { "true" } else { "false" }, "}\n"]);
            text.extend(["    specs: [{from: ", &expected, ", to: ", &expected, "}]\n"]);
        }
        sound(read(Tool::Prh, &text))?;
    }

    #[test]
    fn rows_of_both(rows in prop::collection::vec(prop::collection::vec(piece(), 1..7), 1..6), header in any::<bool>()) {
        for (tool, names) in [(Tool::Sapling, "error,change to,description,case sensitive\n"), (Tool::Wproofreader, "patterns,suggestions\n")] {
            let mut text = if header { names.to_owned() } else { String::new() };
            for row in &rows {
                let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
                text += &(cells.join(",") + "\n");
            }
            sound(read(tool, &text))?;
        }
    }

    #[test]
    fn any_text(text in "[-a:'\"\\[\\]{}&*!|>%@, #\n\t?é]{0,60}", prefix in "(extends: existence\n|rules:\n|)") {
        for tool in Tool::ALL {
            sound(read(tool, &(prefix.clone() + &text)))?;
        }
    }
}
