//! What comes out, byte for byte.

use replylint::report::{Look, Reply, Report, json, pretty, short};
use replylint::{Draft, Level, Linter};

use crate::support::linter;

const LEXICON: &str = r#"
[lexicon]
name = "Harbour Bank"
language = "en"
version = "2026.11"

[avoid.command.you-must]
phrases = ["you must"]
prefer = ["The next step is to …", "Please …"]
why = "Reads as an order from someone the reader is paying."
level = "error"

[avoid.command.you-must-pay]
phrases = ["must pay"]
why = "Nobody likes to be dunned."
level = "advice"

[avoid.jargon.prior-to]
phrases = ["prior to"]
prefer = ["before"]
fix = "safe"
why = "Officialese."

[recommend.thanks.my-pleasure]
phrases = ["my pleasure"]
"#;

const TEXT: &str =
    "Hi 😀 you  must pay «prior to» Friday.\r\n> you must\r\nYou MUST reply, {{name}}.\r\nYou must. My pleasure!";

fn reported(text: &'static str, write: impl FnOnce(&Report<'_>) -> Vec<u8>) -> String {
    let linter = linter(LEXICON);
    let draft = Draft::new(text).with_channel("email");
    let review = linter.lint(&draft).unwrap();
    let reply = Reply { source: "stdin".to_owned(), id: None, draft, review };
    let report = Report { lexicons: linter.lexicons().collect(), replies: vec![reply], errors: Vec::new() };
    String::from_utf8(write(&report)).unwrap()
}

#[test]
fn json_is_version_one() {
    let out = reported(TEXT, |report| {
        let mut out = Vec::new();
        json(report, &mut out).unwrap();
        out
    });
    assert_eq!(out.matches('\n').count(), 1, "one line, so that it can be piped");
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&value).unwrap());
}

#[test]
fn short_is_a_line_a_finding() {
    let out = reported(TEXT, |report| {
        let mut out = Vec::new();
        short(report, &mut out).unwrap();
        out
    });
    insta::assert_snapshot!(out);
}

#[test]
fn pretty_fits_80_columns() {
    let long = "You must know that this is one of those replies whose author never pressed Enter: it goes on and on, prior to coming to the point, \
                and then you must pay, and still it goes on until somebody stops reading it altogether.\n\nYou must go.";
    let page = |color| {
        let draw = |report: &Report<'_>| {
            let mut out = Vec::new();
            pretty(report, Look { width: 80, color }, true, &mut out).unwrap();
            out
        };
        (reported(TEXT, draw), reported(long, draw))
    };
    let (short_lines, long_lines) = page(false);
    insta::assert_snapshot!("pretty", short_lines);
    insta::assert_snapshot!("pretty_long", long_lines);
    for line in long_lines.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(page(true).0.contains('\u{1b}') && !short_lines.contains('\u{1b}'));
}

#[test]
fn a_terminal_is_never_commanded_by_a_draft() {
    for text in ["you \u{1b}[2J must, you must\u{1b}]0;x\u{7}", "\u{9b}31m you must"] {
        let out = reported(text, |report| {
            let mut out = Vec::new();
            pretty(report, Look { width: 80, color: false }, true, &mut out).unwrap();
            short(report, &mut out).unwrap();
            out
        });
        assert!(!out.contains(['\u{1b}', '\u{9b}', '\u{7}']), "{out:?}");
    }
}

#[test]
fn levels_are_ordered() {
    assert!(Level::Advice < Level::Warning && Level::Warning < Level::Error);
    assert!(Linter::builtin().lexicons().count() >= 5);
}

/// The numbers that version 1 was designed with.
#[test]
fn spans_count_markup_in_every_unit() {
    let text = "<p>Hi 😀 <b>You</b> must pay";
    let linter = linter(LEXICON);
    let draft = Draft::new(text).with_format(replylint::text::Format::Html);
    let review = linter.lint(&draft).unwrap();
    let reply = Reply { source: "stdin".to_owned(), id: None, draft, review };
    let value = serde_json::to_value(replylint::report::v1::ReplyV1::new(&reply)).unwrap();
    let finding = &value["findings"][0];
    assert_eq!(finding["text"], "You</b> must");
    assert_eq!(finding["matched"], "you must");
    assert_eq!(finding["span"], serde_json::json!({"bytes": [14, 26], "utf16": [12, 24], "chars": [11, 23]}));
    assert_eq!(
        (&finding["start"], &finding["end"]),
        (&serde_json::json!({"line": 1, "column": 12}), &serde_json::json!({"line": 1, "column": 24}))
    );
}
