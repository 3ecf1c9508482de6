//! What comes out, byte for byte.

use std::io::{self, Write};

use replylint::report::{InputError, Look, Reply, Report, github, json, pretty, rdjson, rdjsonl, sarif, short};
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
    let reply = Reply { source: "stdin", id: None, draft, review };
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

/// A format that other programs define.
type Format = fn(&Report<'_>, &mut dyn Write) -> io::Result<()>;

/// The same, of a draft and two inputs that could not be linted.
fn written(text: &str, source: &str, write: Format) -> String {
    let linter = linter(LEXICON);
    let draft = Draft::new(text);
    let review = linter.lint(&draft).unwrap();
    let failed = |source: &str, line, message: &str| InputError {
        source: source.to_owned(),
        id: None,
        line,
        code: "not-found",
        message: message.to_owned(),
    };
    let report = Report {
        lexicons: linter.lexicons().collect(),
        replies: vec![Reply { source, id: None, draft, review }],
        errors: vec![
            failed("100%, a:b.txt", None, "cannot read it:\nno {such} file"),
            failed("records", Some(7), "no text"),
        ],
    };
    let mut out = Vec::new();
    write(&report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn indented(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn formats_of_other_programs() {
    insta::assert_snapshot!("sarif", indented(&written(TEXT, "./macros/a b.txt", sarif)));
    insta::assert_snapshot!("github", written(TEXT, "./macros/a b.txt", github));
    insta::assert_snapshot!("rdjson", indented(&written(TEXT, "./macros/a b.txt", rdjson)));
    insta::assert_snapshot!("rdjsonl", written(TEXT, "./macros/a b.txt", rdjsonl));
}

/// What each counts: characters without a byte order mark, every byte of a line.
#[test]
fn units_of_other_programs() {
    let text = "\u{feff}Prior to 😀 you\nmust go.";
    let log: serde_json::Value = serde_json::from_str(&written(text, "stdin", sarif)).unwrap();
    let regions = |index: usize| {
        let region = &log["runs"][0]["results"][index]["locations"][0]["physicalLocation"]["region"];
        ["startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength", "byteOffset", "byteLength"]
            .map(|key| region[key].as_u64().unwrap())
    };
    assert_eq!(regions(0), [1, 1, 1, 9, 0, 8, 3, 8]);
    assert_eq!(regions(1), [1, 12, 2, 5, 11, 8, 17, 8]);

    let diagnostics: serde_json::Value = serde_json::from_str(&written(text, "stdin", rdjson)).unwrap();
    let range = |index: usize| diagnostics["diagnostics"][index]["location"]["range"].clone();
    assert_eq!(range(0), serde_json::json!({"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 12}}));
    assert_eq!(range(1), serde_json::json!({"start": {"line": 1, "column": 18}, "end": {"line": 2, "column": 5}}));

    let commands = written(text, "stdin", github);
    let places: Vec<&str> = commands.lines().skip(2).take(2).map(|line| line.split_once(",title").unwrap().0).collect();
    let expected = ["::warning file=stdin,line=1,endLine=1,col=1,endColumn=9", "::error file=stdin,line=1,endLine=2"];
    assert_eq!(places, expected, "columns only on one line");
}

/// Nobody may take a job that was not done for one without findings.
#[test]
fn nothing_linted_is_not_nothing_found() {
    let failed = InputError {
        source: "our.toml".to_owned(),
        id: None,
        line: None,
        code: "bad-lexicon",
        message: "the lexicon has 4 mistakes".to_owned(),
    };
    let log = |errors: Vec<InputError>| {
        let mut out = Vec::new();
        sarif(&Report { errors, ..Report::default() }, &mut out).unwrap();
        let log: serde_json::Value = serde_json::from_slice(&out).unwrap();
        log["runs"][0].clone()
    };
    let run = log(vec![failed]);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(run.get("results"), None);
    let run = log(Vec::new());
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    assert_eq!(run["results"], serde_json::json!([]));
}

/// A finding keeps its fingerprint when lines come and go above it, and no other has the same.
#[test]
fn fingerprints_stay() {
    let prints = |text: &str| -> Vec<String> {
        let log: serde_json::Value = serde_json::from_str(&written(text, "a.txt", sarif)).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect()
    };
    let before = prints("You must go, prior to noon.\nYou must stay.");
    assert_eq!(before, prints("Hello!\n\nYou  must go, prior to noon.\n\nyou must stay."));
    let mut distinct = before.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!((before.len(), distinct.len()), (3, 3));
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
    let reply = Reply { source: "stdin", id: None, draft, review };
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
