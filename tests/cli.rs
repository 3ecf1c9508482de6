//! The README, and one story a file in `tests/cli/`, executed as a person would type them: every
//! `console` block is run by a shell, for a linter is mostly used in pipes (which the crate
//! trycmd, made for this, cannot run).
//!
//! - `$ command` is run; `? 1` behind it is its exit status, 0 if it is not there; then comes what
//!   it writes, standard output and error together.
//! - `<!-- file: NAME -->` before a block of any other kind makes that block a file to work with.
//! - `<!-- output of: COMMAND -->` before a `json` block: the command's output is that value.
//!
//! `OVERWRITE=1 cargo test --test cli` writes what comes out into the console blocks.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests may fail loudly, and write files")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

#[test]
fn readme() {
    story(Path::new("README.md"));
}

#[test]
fn stories() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    assert!(files.len() >= 3, "only {} stories", files.len());
    for file in files {
        story(&file);
    }
}

/// Runs one file in an empty folder of its own.
fn story(file: &Path) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(&file).unwrap();
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stories").join(file.file_stem().unwrap());
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).unwrap();
    let mut told = String::new();
    let mut commands = 0;
    let mut note = "";
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        told.push_str(line);
        if let Some(kind) = line.strip_prefix("```").map(str::trim) {
            let mut body = String::new();
            let fence = lines.by_ref().inspect(|line| body.push_str(line)).find(|line| line.starts_with("```"));
            body.truncate(body.len() - fence.unwrap_or_default().len());
            match (kind, note.split_once(": ")) {
                ("console", _) => {
                    let (run, count) = console(&body, &home);
                    told.push_str(&run);
                    commands += count;
                }
                (_, Some(("file", name))) => {
                    fs::write(home.join(name), &body).unwrap();
                    told.push_str(&body);
                }
                ("json", Some(("output of", command))) => {
                    let output = shell(command, &home);
                    let value = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
                    assert_eq!(value(&output.stdout), value(body.as_bytes()), "{}: {command}", file.display());
                    commands += 1;
                    told.push_str(&body);
                }
                _ => told.push_str(&body),
            }
            told.push_str(fence.unwrap_or_default());
        }
        if !line.trim().is_empty() {
            note = line.trim().strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->")).unwrap_or_default();
        }
    }
    assert!(commands > 0, "{} runs nothing", file.display());
    if env::var_os("OVERWRITE").is_some() {
        fs::write(&file, &told).unwrap();
    } else {
        assert!(told == text, "{}\n{}", file.display(), difference(&text, &told));
    }
}

/// Runs the commands of a block and writes them with what they really give.
fn console(body: &str, home: &Path) -> (String, usize) {
    let mut told = String::new();
    let commands: Vec<&str> = body.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    for command in &commands {
        let output = shell(&format!("{{ {command}\n}} 2>&1"), home);
        told.push_str("$ ");
        told.push_str(command);
        told.push('\n');
        match output.status.code() {
            Some(0) => {}
            code => told.extend(["? ", &code.unwrap_or(-1).to_string(), "\n"]),
        }
        let text = String::from_utf8(output.stdout).unwrap();
        let text = text.trim_end();
        if !text.is_empty() {
            told.push_str(text);
            told.push('\n');
        }
        told.push('\n');
    }
    (told, commands.len())
}

fn shell(command: &str, home: &Path) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_replylint")).parent().unwrap().to_owned();
    let path = env::join_paths([bin].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap()))).unwrap();
    Command::new("sh")
        .args(["-c", command])
        .current_dir(home)
        .env("PATH", path)
        .env("HOME", home)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_CACHE_HOME")
        .env_remove("REPLYLINT_LEXICON")
        .output()
        .unwrap()
}

/// The first lines that differ.
fn difference(expected: &str, found: &str) -> String {
    let at = expected.lines().zip(found.lines()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| text.lines().skip(at.saturating_sub(4)).take(14).collect::<Vec<_>>().join("\n");
    format!("differs at line {}\n--- written\n{}\n--- real\n{}", at + 1, from(expected), from(found))
}
