//! `--watch` as an editor meets it: files are saved in every way that editors have, and each save is answered.
//! Nothing is timed; what does not come within a minute does not come.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

const LONGEST: Duration = Duration::from_mins(1);

/// A folder, and the command that watches it.
struct Watching {
    folder: PathBuf,
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    /// Starts a command in a folder with these files.
    fn new(name: &str, files: &[(&str, &str)], args: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("watch").join(name);
        let _ = fs::remove_dir_all(&folder);
        for (file, text) in files {
            fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
            fs::write(folder.join(file), text).unwrap();
        }
        // Both outputs in one, so that what is said comes in its order.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" lexicon \"$@\" --watch 2>&1", env!("CARGO_BIN_EXE_replylint")])
            .args(args)
            .current_dir(&folder)
            .env("HOME", &folder)
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("REPLYLINT_LEXICON")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || output.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        Self { folder, child, lines }
    }

    /// Waits for a line with these words; all lines until then.
    fn await_line(&self, words: &str) -> Vec<String> {
        let end = Instant::now() + LONGEST;
        let mut seen = Vec::new();
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else { panic!("no line says {words:?}: {seen:#?}") };
            seen.push(line);
            if seen.last().is_some_and(|line| line.contains(words)) {
                return seen;
            }
        }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// As editors save that never leave half a file.
    fn rename_over(&self, file: &str, text: &str) {
        fs::write(self.path("4913.tmp"), text).unwrap();
        fs::rename(self.path("4913.tmp"), self.path(file)).unwrap();
    }

    fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const HEADER: &str = "[lexicon]\nname = \"Ours\"\nlanguage = \"en\"\n";

fn entry(name: &str) -> String {
    let examples = format!("flags = [\"{name} it is.\"]\nallow = [\"missing-examples\"]");
    format!("[avoid.a.{name}]\nphrases = [\"{name} it is\"]\n{examples}\n")
}

#[test]
fn every_way_to_save_a_file_is_seen() {
    let sound = HEADER.to_owned() + &entry("one");
    let mut watching = Watching::new("saves", &[("our.toml", &sound)], &["check", "our.toml"]);
    watching.await_line("No problems.");
    watching.await_line("Watching 1 file;");

    fs::write(watching.path("our.toml"), sound.replace("phrases", "phrase")).unwrap();
    watching.await_line("did you mean `phrases`?");
    watching.await_line("1 mistake");

    watching.rename_over("our.toml", &(sound.clone() + &entry("two")));
    watching.await_line("2 to avoid");

    fs::remove_file(watching.path("our.toml")).unwrap();
    watching.await_line("cannot read our.toml");

    fs::write(watching.path("our.toml"), &sound).unwrap();
    watching.await_line("1 to avoid");

    // As editors save that keep a copy of what was.
    fs::rename(watching.path("our.toml"), watching.path("our.toml~")).unwrap();
    fs::write(watching.path("our.toml"), sound.clone() + &entry("two") + &entry("three")).unwrap();
    watching.await_line("3 to avoid");

    assert!(watching.is_running(), "it ended by itself");
}

#[test]
fn files_that_belong_to_the_lexicon_are_seen() {
    let extending = HEADER.to_owned() + "extends = [\"../base.toml\"]\n";
    let base = HEADER.to_owned() + &entry("base");
    let files = [("ours/lexicon.toml", &*extending), ("ours/one.toml", &entry("one")), ("base.toml", &base)];
    let watching = Watching::new("folder", &files, &["test", "ours"]);
    watching.await_line("2 examples, all as they should be.");
    watching.await_line("Watching 3 files;");

    fs::write(watching.path("ours/two.toml"), entry("two")).unwrap();
    watching.await_line("3 examples");

    watching.rename_over("base.toml", &(base.clone() + &entry("more")));
    watching.await_line("4 examples");

    fs::write(watching.path("other.toml"), HEADER.to_owned() + &entry("other")).unwrap();
    watching.rename_over("ours/lexicon.toml", &extending.replace("base", "other"));
    watching.await_line("3 examples");

    // The new one is watched from now on.
    fs::write(watching.path("other.toml"), HEADER).unwrap();
    watching.await_line("2 examples");

    // Of the folder that a link leads to, the system says nothing.
    fs::create_dir(watching.path("elsewhere")).unwrap();
    fs::write(watching.path("elsewhere/linked.toml"), entry("three")).unwrap();
    symlink("../elsewhere/linked.toml", watching.path("ours/linked.toml")).unwrap();
    watching.await_line("3 examples");
    fs::write(watching.path("elsewhere/linked.toml"), entry("three") + &entry("four")).unwrap();
    watching.await_line("4 examples");

    fs::remove_dir_all(watching.path("ours")).unwrap();
    watching.await_line("cannot read ours");
    fs::create_dir(watching.path("ours")).unwrap();
    fs::write(watching.path("ours/lexicon.toml"), HEADER.to_owned() + &entry("one")).unwrap();
    watching.await_line("1 example,");
}

#[test]
fn what_is_no_change_is_not_answered() {
    let sound = HEADER.to_owned() + &entry("one");
    let watching = Watching::new("still", &[("our.toml", &sound)], &["check", "our.toml"]);
    watching.await_line("Watching 1 file;");
    watching.rename_over("our.toml", &sound);
    fs::write(watching.path("notes.txt"), "x").unwrap();
    fs::write(watching.path(".our.toml.swp"), "x").unwrap();
    thread::sleep(Duration::from_secs(2));
    watching.rename_over("our.toml", &(sound.clone() + &entry("two")));
    let lines = watching.await_line("2 to avoid");
    assert!(lines.iter().all(|line| !line.contains("1 to avoid")), "{lines:#?}");
}
