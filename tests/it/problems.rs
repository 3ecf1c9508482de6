//! Every way a lexicon can be wrong, as the trainer sees it. `problems/` holds lexicons with
//! mistakes in them; what is drawn for each is a snapshot.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use replylint::lexicon::{Code, Problems};
use replylint::lint::audit;
use replylint::report::Look;
use replylint::text::Day;

use crate::support::Memory;

#[test]
fn every_problem_is_drawn_as_a_trainer_sees_it() {
    let memory = memory();
    let mut provoked = BTreeSet::new();
    for name in names() {
        let problems = problems(&memory, &name);
        assert!(!problems.is_empty(), "{name} has no problem");
        provoked.extend(problems.iter().map(replylint::lexicon::Problem::code));
        insta::assert_snapshot!(name.trim_end_matches(".toml"), draw(&problems));
    }
    let never: Vec<&str> = Code::ALL.iter().filter(|code| !provoked.contains(code)).map(|code| code.as_str()).collect();
    assert!(never.is_empty(), "no lexicon in problems/ provokes {never:?}");
}

#[test]
fn every_label_lies_in_its_file() {
    let memory = memory();
    for name in names() {
        for problem in &problems(&memory, &name) {
            for (span, _) in problem.places() {
                assert!(problem.file().text.get(span.start..span.end).is_some(), "{name}: {problem}: {span:?}");
            }
        }
    }
}

#[test]
fn the_documentation_lists_every_code_as_it_is() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/problems.md")).unwrap();
    let section = |title: &str| {
        let (_, rest) = page.split_once(&format!("\n## {title}\n")).unwrap();
        let rows = rest.split("\n## ").next().unwrap().lines().filter_map(|line| line.strip_prefix("| `"));
        let row = |line: &str| {
            let (code, rest) = line.split_once("` | ").unwrap();
            (code.to_owned(), rest.split(" |").next().unwrap().to_owned())
        };
        rows.map(row).collect::<Vec<_>>()
    };
    let wanted = |warnings: bool| {
        let codes = Code::ALL.iter().filter(|code| code.is_warning() == warnings);
        codes.map(|code| (code.as_str().to_owned(), code.description().to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(section("Warnings"), wanted(true));
    assert_eq!(section("Errors"), wanted(false));
    for code in Code::ALL.iter().filter(|code| code.is_warning() && !code.can_be_allowed()) {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", code.as_str()))).unwrap();
        assert!(row.contains("Nothing allows it"), "{row}");
    }
}

/// All that `lexicon check` has to say of one of them, on a certain day.
pub(crate) fn problems(memory: &Memory, name: &str) -> Problems {
    match memory.load(name) {
        Ok(loaded) => loaded.warnings.and(audit(&loaded.lexicons, Day::parse("2026-12-02")).unwrap()),
        Err(error) => error.problems,
    }
}

fn draw(problems: &Problems) -> String {
    let handler = Look { width: 80, color: false }.handler();
    let mut page = String::new();
    for problem in problems {
        handler.render_report(&mut page, problem).unwrap();
        page.push('\n');
    }
    page.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/problems")
}

/// Files, and folders that are lexicons.
pub(crate) fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

pub(crate) fn memory() -> Memory {
    let mut memory = Memory::default();
    for name in names() {
        let path = folder().join(&name);
        if path.is_file() {
            memory = memory.with(&name, &fs::read_to_string(path).unwrap());
            continue;
        }
        let mut files: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort_by_key(|file| (!file.ends_with("lexicon.toml"), file.clone()));
        for file in files {
            let shown = format!("{name}/{}", file.file_name().unwrap().to_string_lossy());
            memory = memory.with(&shown, &fs::read_to_string(&file).unwrap());
        }
    }
    memory
}
