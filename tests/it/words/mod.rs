//! The tool is linted with its own lexicon: whatever it may say to a person must pass. The texts are
//! found, not listed, so that a new message is under test as soon as it is written.

mod source;
mod stories;

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use miette::Diagnostic;
use regex::{Captures, Regex};
use replylint::lexicon::{Builtin, Problem, Source, schema};
use replylint::lint::explain;
use replylint::report::{Reply, Report, github, sarif};
use replylint::text::{Format, Scope};
use replylint::{Draft, Language, Lexicon, Linter};
use serde_json::Value;

use crate::problems;

/// Something that the tool says.
pub(crate) struct Said {
    place: String,
    text: String,
    format: Format,
}

impl Said {
    pub(crate) fn new(place: &str, text: impl Into<String>) -> Self {
        Self { place: place.to_owned(), text: text.into(), format: Format::Text }
    }
}

/// What must stay, though it is flagged: the rule, the first of the words, and why.
const STAYS: [(&str, &str, &str); 4] = [
    ("familiarity.hey", "hey", "a greeting that is looked for in replies"),
    ("refusal.there-is-none", "there is no ", "of a file or a name that somebody wrote, and what to write follows"),
    ("refusal.there-is-none", "there are no ", "the same of several"),
    ("refusal.cannot-be", "cannot be used", "so clap says of two options of which one may be given"),
];

#[test]
fn what_the_source_says_passes() {
    let said = source::literals();
    assert!(said.len() > 1000, "only {} texts", said.len());
    passes(&said);
}

#[test]
fn every_page_of_help_passes() {
    let said = help(&[]);
    assert!(said.len() > 6, "only {} pages", said.len());
    passes(&said);
}

#[test]
fn every_problem_passes_and_says_what_to_do() {
    let mut said = Vec::new();
    let memory = problems::memory();
    for name in problems::names() {
        for problem in &problems::problems(&memory, &name) {
            said.extend(words_of(problem).into_iter().map(|text| Said::new(&name, text)));
        }
    }
    passes(&said);
}

fn words_of(problem: &Problem) -> Vec<String> {
    let labels = problem.labels().unwrap().filter_map(|label| label.label().map(str::to_owned));
    let help = problem.help().unwrap_or_else(|| panic!("{problem}: what is to be done?")).to_string();
    [problem.to_string(), problem.code().description().to_owned(), help].into_iter().chain(labels).collect()
}

#[test]
fn every_error_passes_and_says_what_to_do() {
    let outputs = stories::outputs();
    let said: Vec<Said> = outputs.iter().map(|output| Said::new(&output.place, output.own_words())).collect();
    let speaking = said.iter().filter(|said| !said.text.is_empty()).count();
    assert!(speaking > 50, "only {speaking} commands say something");
    passes(&said);
    let helpless: Vec<String> = outputs
        .iter()
        .flat_map(|output| output.helpless().into_iter().map(|line| format!("{}\n  {line}", output.place)))
        .collect();
    assert!(helpless.is_empty(), "what is to be done?\n{}", helpless.join("\n"));
}

#[test]
fn what_people_read_first_passes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = ["README.md", "CHANGELOG.md", "docs/problems.md"].map(|name| {
        let text = fs::read_to_string(root.join(name)).unwrap();
        Said { format: Format::Markdown, ..Said::new(name, text) }
    });
    passes(&pages);
}

/// What an editor shows to whoever writes a lexicon.
#[test]
fn every_description_of_the_schema_passes() {
    let mut said = Vec::new();
    descriptions(&schema(), &mut said);
    assert!(said.len() > 150, "only {} descriptions", said.len());
    passes(&said);
}

fn descriptions(schema: &Value, said: &mut Vec<Said>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(text)) = members.get("description") {
                said.push(Said { format: Format::Markdown, ..Said::new("schema", text) });
            }
            members.values().for_each(|value| descriptions(value, said));
        }
        Value::Array(items) => items.iter().for_each(|item| descriptions(item, said)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The pages of `replylint lexicon explain`, without the phrases and examples that they list.
#[test]
fn every_page_about_a_rule_passes() {
    let english = Lexicon::builtin("builtin:en").unwrap();
    let mut listed = HashSet::new();
    for file in Builtin.open("builtin:en", None).unwrap().files {
        in_lists(&toml::from_str(&file.text).unwrap(), false, &mut listed);
    }
    let page = |entry| {
        let page = explain(&english, entry);
        let own = page.lines().filter(|line| !listed.contains(line.trim()));
        Said::new(entry.id.as_str(), own.collect::<Vec<_>>().join("\n"))
    };
    passes(&english.entries().iter().map(page).collect::<Vec<_>>());
}

fn in_lists(value: &toml::Value, listed: bool, texts: &mut HashSet<String>) {
    match value {
        toml::Value::String(text) if listed => drop(texts.insert(text.clone())),
        toml::Value::Array(items) => items.iter().for_each(|item| in_lists(item, true, texts)),
        toml::Value::Table(table) => table.values().for_each(|value| in_lists(value, listed, texts)),
        toml::Value::String(_)
        | toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => {}
    }
}

/// What other programs are told of findings: every reason and every wording, put together.
#[test]
fn every_message_for_other_programs_passes() {
    let linter = Linter::builtin();
    let english = linter.lexicons().find(|lexicon| lexicon.language().as_str() == "en").unwrap();
    let examples: Vec<&str> = english.entries().iter().flat_map(|entry| &entry.flags).map(|it| &*it.text).collect();
    let mut report = Report::default();
    for text in &examples {
        let draft = Draft::new(text).with_language(english.language().clone());
        let review = linter.lint(&draft).unwrap();
        report.replies.push(Reply { source: "stdin", id: None, draft, review });
    }
    let (mut commands, mut log) = (Vec::new(), Vec::new());
    github(&report, &mut commands).unwrap();
    sarif(&report, &mut log).unwrap();
    let commands = String::from_utf8(commands).unwrap();
    let mut said: Vec<Said> =
        commands.lines().map(|line| Said::new("github", line.rsplit_once("::").unwrap().1)).collect();
    messages(&serde_json::from_slice(&log).unwrap(), &mut said);
    assert!(said.len() > 2 * examples.len(), "only {} messages", said.len());
    passes(&said);
}

fn messages(value: &Value, said: &mut Vec<Said>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value.get("text").and_then(Value::as_str) {
                    // A piece of the draft, and one that is put into it.
                    Some(_) if key == "snippet" || key == "insertedContent" => {}
                    Some(text) => said.push(Said::new("sarif", text)),
                    None => messages(value, said),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| messages(item, said)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A test that finds nothing anywhere might look for nothing.
#[test]
fn what_would_not_pass_is_seen() {
    let rows = [
        ("you must name a file", "command.you-must"),
        ("`a`: you must not", "command.you-must"),
        ("unfortunately {} cannot be read", "refusal.unfortunately"),
    ];
    for (text, rule) in rows {
        let wrong = flagged(&[Said::new("here", text)]);
        assert!(wrong.iter().any(|line| line.contains(rule)), "{text}: {wrong:?}");
    }
    for text in ["`you must` is quoted", "\"you must\" and “you must”", "put 'you must' in quotes, don't you?"] {
        assert_eq!(flagged(&[Said::new("here", text)]), Vec::<String>::new(), "{text}");
    }
}

fn passes(said: &[Said]) {
    let wrong = flagged(said);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn flagged(said: &[Said]) -> Vec<String> {
    let linter = Linter::builtin();
    let mut wrong = BTreeSet::new();
    for said in said {
        let text = without_quotations(&said.text, said.format);
        let draft = Draft::new(&text).with_format(said.format).with_scope(Scope::Quoted);
        let review = linter.lint(&draft.with_language(Language::parse("en").unwrap())).unwrap();
        for finding in &review.findings {
            let words = finding.span.of(&text);
            let is_excused =
                STAYS.iter().any(|(rule, stays, _)| finding.rule.is(rule) && words.to_lowercase().starts_with(stays));
            if !is_excused {
                let lines = text.lines().find(|line| line.contains(words.lines().next().unwrap_or_default()));
                wrong.insert(format!("{}: {} “{words}”: {}", said.place, finding.rule, lines.unwrap_or_default()));
            }
        }
    }
    wrong.into_iter().collect()
}

/// What a message quotes are the words of somebody else, or names: in backticks or quotation marks. A
/// placeholder stands there instead, in which nothing is read. Markdown knows its backticks itself.
fn without_quotations(text: &str, format: Format) -> String {
    let marks = r#"“[^”]*”|«[^»]*»|"[^"\n]*"|(^|[\s(\[])'[^'\n]+'"#;
    let code = if format == Format::Markdown { "" } else { "|`[^`]*`" };
    let quoted = Regex::new(&format!("{marks}{code}")).unwrap();
    let mark = |found: &Captures<'_>| format!("{}{{{{quoted}}}}", found.get(1).map_or("", |lead| lead.as_str()));
    quoted.replace_all(text, mark).into_owned()
}

/// The help of a command and of all commands below it.
fn help(command: &[&str]) -> Vec<Said> {
    let page = |flag| {
        let output = Command::new(env!("CARGO_BIN_EXE_replylint")).args(command).arg(flag).output().unwrap();
        assert!(output.status.success(), "{command:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let long = page("--help");
    let listed = long.split("\nCommands:\n").nth(1).unwrap_or_default();
    let names = listed.lines().map_while(|line| line.strip_prefix("  ")?.split_whitespace().next());
    let below: Vec<&str> = names.filter(|name| *name != "help").collect();
    let place = format!("help of {command:?}");
    let mut said = vec![Said::new(&place, page("-h")), Said::new(&place, long.as_str())];
    for name in below {
        said.extend(help(&[command, &[name]].concat()));
    }
    said
}
