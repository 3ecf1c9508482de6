//! Runs `tests/fixtures/`: drafts as mail programs and helpdesks make them, each with its
//! expectation beside it. See `tests/fixtures/README.md`.
//!
//! `OVERWRITE=1 cargo test --test it fixtures` writes what comes out into the expectations, to be
//! read before it is believed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use replylint::text::{Format, Mail, MailPart, Piece, Reading, Scope};
use replylint::{Draft, Language, Linter, Review};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::support::linter;

/// A folder, the format of what is in it, and its extension.
const FOLDERS: [(&str, Format, &str); 3] =
    [("text", Format::Text, "txt"), ("markdown", Format::Markdown, "md"), ("html", Format::Html, "html")];

/// One idea in the languages of the fixtures, so that a finding shows what was read.
const LEXICON: &str = r#"
[lexicon]
language = "en"

[avoid.command.must]
phrases = [
  "you must", "вы должны", "ви повинні", "usted debe", "sie müssen", "vous devez", "você deve", "lei deve", "u moet",
  "musi (pan|pani)", "du måste", "du skal", "du må", "sinun täytyy", "musíte",
]
"#;

#[derive(Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expectation {
    /// The stretches of prose, white space evened out, `‹kind›` for what is opaque.
    prose: Vec<String>,
    /// Kind and text of what is skipped; the middle of a long text is left out.
    skipped: Vec<(String, String)>,
    /// What is found.
    found: Vec<String>,
    /// What is found when quotations and signatures are read, too.
    found_with_quoted: Vec<String>,
}

#[test]
fn fixtures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let linter = linter(LEXICON);
    let (mut failures, mut count) = (String::new(), 0);
    for (folder, format, extension) in FOLDERS {
        for file in pairs(&root.join(folder), extension) {
            let found = Expectation::of(&fs::read_to_string(&file).unwrap(), format, &linter);
            if let Err(failure) = compare(&file.with_extension("toml"), &found) {
                let _ = write!(failures, "{folder}/{}\n{failure}", file.file_name().unwrap().display());
            }
            count += 1;
        }
    }
    assert!(count > 100, "only {count} fixtures");
    assert!(failures.is_empty(), "{failures}");
}

/// Mails are taken apart first; every part has an expectation, under its number and its format.
#[test]
fn mails() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mime");
    let linter = linter(LEXICON);
    let (mut failures, mut count) = (String::new(), 0);
    for file in pairs(&root, "eml") {
        let mail = Mail::parse(&fs::read(&file).unwrap()).unwrap();
        let part = |part: MailPart| {
            let name = format!("{} {}", part.part, part.format.as_str());
            (name, Expectation::of(&part.text, part.format, &linter))
        };
        let found = Parts(mail.parts.into_iter().map(part).collect());
        if let Err(failure) = compare(&file.with_extension("toml"), &found) {
            let _ = write!(failures, "{}\n{failure}", file.file_name().unwrap().display());
        }
        count += 1;
    }
    assert!(count >= 6, "only {count} mails");
    assert!(failures.is_empty(), "{failures}");
}

/// The fixtures of a folder; each has its expectation, and nothing else is there.
fn pairs(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let files: BTreeSet<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for file in &files {
        let kind = file.extension().unwrap_or_default();
        assert!(kind == extension || kind == "toml", "{} is neither .{extension} nor .toml", file.display());
        let other = file.with_extension(if kind == "toml" { extension } else { "toml" });
        assert!(files.contains(&other), "{} has no {}", file.display(), other.file_name().unwrap().display());
    }
    files.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == extension)).collect()
}

/// Compares with what is written in a file, or writes it there; the comment at its top stays.
fn compare<T: DeserializeOwned + PartialEq + Display>(file: &Path, found: &T) -> Result<(), String> {
    let text = fs::read_to_string(file).unwrap();
    let about: String = text.lines().take_while(|line| line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
    assert!(!about.is_empty(), "{} begins with no comment that says what it shows", file.display());
    if env::var_os("OVERWRITE").is_some() {
        fs::write(file, format!("{about}{found}")).unwrap();
        return Ok(());
    }
    let expected: T = toml::from_str(&text).map_err(|error| error.to_string())?;
    if expected == *found { Ok(()) } else { Err(format!("--- expected\n{expected}+++ found\n{found}\n")) }
}

/// The parts of a mail.
#[derive(Deserialize, PartialEq)]
#[serde(transparent)]
struct Parts(BTreeMap<String, Expectation>);

impl Display for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|(name, part)| write!(f, "\n[\"{name}\"]\n{part}"))
    }
}

impl Expectation {
    fn of(text: &str, format: Format, linter: &Linter) -> Self {
        let draft = Draft::new(text).with_format(format).with_language(Language::parse("en").unwrap());
        let review = linter.lint(&draft).unwrap();
        let quoted = linter.lint(&draft.clone().with_scope(Scope::Quoted)).unwrap();
        let slices = |review: &Review<'_>| review.findings.iter().map(|found| even(found.span.of(text))).collect();
        Self {
            prose: stretches(&Reading::of(&draft)),
            skipped: review
                .skipped
                .iter()
                .map(|s| (s.kind.as_str().to_owned(), short(&even(s.span.of(text)))))
                .collect(),
            found: slices(&review),
            found_with_quoted: slices(&quoted),
        }
    }
}

impl Display for Expectation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |f: &mut std::fmt::Formatter<'_>, name: &str, rows: &[String]| {
            let line = rows.join(", ");
            if line.len() < 100 {
                return writeln!(f, "{name} = [{line}]");
            }
            writeln!(f, "{name} = [\n{}]", rows.iter().fold(String::new(), |all, row| all + "  " + row + ",\n"))
        };
        let quoted = |rows: &[String]| rows.iter().map(|row| quote(row)).collect::<Vec<_>>();
        list(f, "prose", &quoted(&self.prose))?;
        let skipped: Vec<String> =
            self.skipped.iter().map(|(kind, text)| format!("[\"{kind}\", {}]", quote(text))).collect();
        list(f, "skipped", &skipped)?;
        list(f, "found", &quoted(&self.found))?;
        list(f, "found-with-quoted", &quoted(&self.found_with_quoted))
    }
}

/// A string as TOML has it, with what cannot be seen spelled out.
fn quote(text: &str) -> String {
    if !text.contains(['\'', '\n']) && text.contains(['"', '\\']) && text.chars().all(|c| !is_unseen(c)) {
        return format!("'{text}'");
    }
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_unseen(c) => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{300}'..='\u{36f}')
}

/// The stretches of prose as a reader has them.
fn stretches(reading: &Reading<'_>) -> Vec<String> {
    let mut shown = String::new();
    for piece in reading.prose().pieces() {
        match *piece {
            Piece::Words(span) => shown.push_str(span.of(reading.text())),
            Piece::Decoded(_, c) => shown.push(c),
            Piece::Opaque(_, kind) => shown.extend(["‹", kind.as_str(), "›"]),
            Piece::Break(_) => shown.push_str("\n\n"),
        }
    }
    let mut stretches = vec![String::new()];
    for line in shown.replace("\r\n", "\n").replace('\u{feff}', "").split('\n') {
        let line = even(line);
        match stretches.last_mut() {
            _ if line.is_empty() => stretches.push(String::new()),
            Some(last) if !last.is_empty() => last.extend([" ", &line]),
            Some(last) => *last = line,
            None => {}
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The two ends of a long text.
fn short(text: &str) -> String {
    const END: usize = 36;
    let count = text.chars().count();
    if count <= 2 * END {
        return text.to_owned();
    }
    let start: String = text.chars().take(END).collect();
    let end: String = text.chars().skip(count - END).collect();
    format!("{} … {}", start.trim_end(), end.trim_start())
}
