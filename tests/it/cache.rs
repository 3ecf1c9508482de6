//! The cache of compiled lexicons is never seen: what is written with it is what is written without
//! it, whatever happened to it or to the files it was made from.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// A folder to work in, with a home of its own.
struct Desk(PathBuf);

const DRAFT: &str = "This holds phrase number 7, phrase number 1999 and the extra words.";

impl Desk {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn start(&self, args: &[&str]) -> Child {
        let mut child = Command::new(env!("CARGO_BIN_EXE_replylint"))
            .args(args)
            .current_dir(&self.0)
            .env("HOME", &self.0)
            .env("XDG_CACHE_HOME", self.0.join("cache"))
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("REPLYLINT_LEXICON")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that cannot use its lexicon does not read.
        let _ = child.stdin.take().unwrap().write_all(DRAFT.as_bytes());
        child
    }

    fn run(&self, args: &[&str]) -> Told {
        Told::from(self.start(args).wait_with_output().unwrap())
    }

    /// What a lexicon finds, which must be the same with the cache as without it.
    fn lint(&self, lexicon: &str) -> Told {
        let args = ["--lexicon", lexicon, "--format", "json"];
        let without = self.run(&[&args[..], &["--no-cache"]].concat());
        let with = self.run(&args);
        assert_eq!(with, without);
        with
    }

    fn cached(&self) -> Vec<PathBuf> {
        let folder = fs::read_dir(self.0.join("cache/replylint"));
        let mut files: Vec<PathBuf> = folder.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    fn only_cached(&self) -> PathBuf {
        let files = self.cached();
        assert_eq!(files.len(), 1, "{files:?}");
        files.into_iter().next().unwrap()
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Told {
    status: Option<i32>,
    out: String,
    error: String,
}

impl From<Output> for Told {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code(), out: text(output.stdout), error: text(output.stderr) }
    }
}

impl Told {
    fn finds(&self, rule: &str) -> bool {
        self.out.contains(&format!("\"rule\":\"{rule}\"")) || self.out.contains(&format!("\"rule\": \"{rule}\""))
    }
}

/// So many entries, from a number on.
fn entries(from: usize, count: usize) -> String {
    let entry = |number| {
        format!("[avoid.many.p{number}]\nphrases = [\"phrase number {number}\"]\nprefer = [\"word {number}\"]\n")
    };
    (from..from + count).map(entry).collect::<Vec<_>>().concat()
}

fn lexicon(count: usize) -> String {
    format!("[lexicon]\nname = \"Many\"\nlanguage = \"en\"\n{}", entries(0, count))
}

const LARGE: usize = 2_001;

#[test]
fn large_lexicons_are_kept_and_small_ones_are_not() {
    let desk = Desk::new("kept");
    desk.write("small.toml", lexicon(2_000));
    desk.write("large.toml", lexicon(LARGE));
    assert!(desk.lint("small.toml").finds("many.p1999"));
    assert!(desk.run(&["--lexicon", "large.toml", "--no-cache"]).out.contains("many.p7"));
    assert!(desk.cached().is_empty());
    assert!(desk.lint("large.toml").finds("many.p1999"));
    let kept = desk.only_cached();
    // The same lexicon by another name, and by other commands.
    let absolute = desk.0.join("large.toml");
    assert!(desk.lint(absolute.to_str().unwrap()).finds("many.p7"));
    assert!(desk.run(&["fix", "--lexicon", "./large.toml"]).error.contains("many.p7"));
    assert_eq!(desk.only_cached(), kept);
    // Those who look after a lexicon read its files.
    for command in [["lexicon", "check", "large.toml"], ["lexicon", "test", "large.toml"]] {
        desk.run(&command);
    }
    assert_eq!(desk.only_cached(), kept);
}

/// Each by itself, when the first draft comes that it is for, and what a company built on one.
#[test]
fn lexicons_that_come_with_the_program_are_kept() {
    let desk = Desk::new("builtin");
    let told = |language: &str| {
        let args = ["--language", language, "--format", "json"];
        let without = desk.run(&[&args[..], &["--no-cache"]].concat());
        assert_eq!(desk.run(&args), without, "{language}");
        assert_eq!(desk.run(&args), without, "{language}, from the cache");
        without
    };
    assert!(desk.run(&["--language", "en", "--no-cache"]).error.is_empty() && desk.cached().is_empty());
    let english = told("en");
    let kept = desk.only_cached();
    told("ru");
    assert_eq!(desk.cached().len(), 2);
    let whole = fs::read(&kept).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 20) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x20;
        fs::write(&kept, damaged).unwrap();
        assert_eq!(desk.run(&["--language", "en", "--format", "json"]), english, "byte {at}");
        assert_eq!(fs::read(&kept).unwrap().len(), whole.len(), "byte {at} was not mended");
    }
    desk.write(
        "own.toml",
        "[lexicon]\nlanguage = \"en\"\nextends = [\"builtin:en\"]\n[avoid.own.extra]\nphrases = [\"extra words\"]\n",
    );
    assert!(desk.lint("own.toml").finds("own.extra"));
    assert_eq!(desk.cached().len(), 3);
    assert!(desk.lint("own.toml").finds("own.extra"));
}

#[test]
fn damage_is_noticed_and_mended() {
    let desk = Desk::new("damage");
    desk.write("large.toml", lexicon(LARGE));
    let told = desk.lint("large.toml");
    let path = desk.only_cached();
    let whole = fs::read(&path).unwrap();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        bytes
    };
    let spread = (0..60).map(|part| flipped(part * (whole.len() - 1) / 59));
    let head = (0..300).step_by(7).map(flipped);
    let cut = [0, 1, 7, 8, 16, 100, 1_000, whole.len() / 2, whole.len() - 1].map(|len| whole[..len].to_vec());
    let other_version = {
        let version = env!("CARGO_PKG_VERSION").as_bytes();
        let at = whole.windows(version.len()).position(|window| window == version).unwrap();
        flipped(at)
    };
    let noise = (0_u32..5_000).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let others = [other_version, noise, [&whole[..], b"more"].concat(), vec![0; whole.len()]];
    for (number, damaged) in spread.chain(head).chain(cut).chain(others).enumerate() {
        fs::write(&path, &damaged).unwrap();
        assert_eq!(desk.run(&["--lexicon", "large.toml", "--format", "json"]), told, "damage {number}");
        let mended = fs::read(desk.only_cached()).unwrap();
        assert_eq!(mended.len(), whole.len(), "damage {number} was not mended");
    }
}

#[test]
fn a_change_of_any_file_is_noticed() {
    let desk = Desk::new("changes");
    desk.write("own.toml", format!("[lexicon]\nlanguage = \"en\"\nextends = [\"base.toml\"]\n{}", entries(0, 9)));
    desk.write("base.toml", format!("[lexicon]\nlanguage = \"en\"\n{}", entries(1_000, LARGE)));
    assert!(desk.lint("own.toml").finds("many.p7"));
    assert!(desk.lint("own.toml").finds("many.p1999"));
    // Within the same second, and of the same length.
    for (file, rule) in [("own.toml", "many.p7"), ("base.toml", "many.p1999")] {
        let text = fs::read_to_string(desk.0.join(file)).unwrap();
        let number = rule.trim_start_matches("many.p");
        desk.write(file, text.replace(&format!("phrase number {number}\""), &format!("phrasa number {number}\"")));
        let told = desk.lint("own.toml");
        assert!(!told.finds(rule), "{file}");
        desk.write(file, text);
        assert!(desk.lint("own.toml").finds(rule), "{file}");
    }
    // What is extended.
    let own = fs::read_to_string(desk.0.join("own.toml")).unwrap();
    desk.write("other.toml", format!("[lexicon]\nlanguage = \"en\"\n{}", entries(5_000, LARGE)));
    desk.write("own.toml", own.replace("base.toml", "other.toml"));
    assert!(!desk.lint("own.toml").finds("many.p1999"));
    desk.write("own.toml", own);
    assert!(desk.lint("own.toml").finds("many.p1999"));
    // A mistake, and a file that is gone.
    desk.write("base.toml", "[lexicon]\nlanguage = \"en\"\n[avoid.a.b]\nphrases = [\"(\"]\n");
    assert_eq!(desk.lint("own.toml").status, Some(2));
    fs::remove_file(desk.0.join("base.toml")).unwrap();
    assert_eq!(desk.lint("own.toml").status, Some(2));
}

#[test]
fn a_new_file_of_a_folder_is_noticed() {
    let desk = Desk::new("folder");
    let extra = "[avoid.extra.words]\nphrases = [\"extra words\"]\n";
    desk.write("folder/lexicon.toml", "[lexicon]\nlanguage = \"en\"\n");
    desk.write("folder/many.toml", entries(0, LARGE));
    for name in ["folder", "folder/lexicon.toml", "folder/many.toml"] {
        assert!(!desk.lint(name).finds("extra.words"), "{name}");
        desk.write("folder/extra.toml", extra);
        let told = desk.lint(name);
        assert!(told.finds("extra.words") && told.finds("many.p1999"), "{name}");
        fs::remove_file(desk.0.join("folder/extra.toml")).unwrap();
        assert!(!desk.lint(name).finds("extra.words"), "{name}");
    }
    // A header beside a file makes a folder of both.
    desk.write("beside/alone.toml", lexicon(LARGE));
    assert!(desk.lint("beside/alone.toml").finds("many.p7"));
    desk.write("beside/lexicon.toml", format!("[lexicon]\nlanguage = \"en\"\n{extra}"));
    assert!(!desk.lint("beside/alone.toml").finds("extra.words"), "it has a header of its own");
    desk.write("beside/alone.toml", entries(0, LARGE));
    let told = desk.lint("beside/alone.toml");
    assert!(told.finds("extra.words") && told.finds("many.p7"));
}

/// Once a file has been left alone for a while, its length and times are enough; a change is noticed all
/// the same.
#[test]
fn files_that_were_left_alone_are_known_at_a_glance() {
    let desk = Desk::new("alone");
    desk.write("large.toml", lexicon(LARGE));
    desk.lint("large.toml");
    let written = || fs::metadata(desk.only_cached()).unwrap().modified().unwrap();
    let first = written();
    sleep(Duration::from_millis(2_200));
    desk.lint("large.toml");
    let settled = written();
    assert_ne!(first, settled, "what was read while the file was new is noted anew");
    assert!(desk.lint("large.toml").finds("many.p7"));
    assert_eq!(settled, written(), "and then no more");
    let text = fs::read_to_string(desk.0.join("large.toml")).unwrap();
    desk.write("large.toml", text.replace("number 7\"", "number x\""));
    assert!(!desk.lint("large.toml").finds("many.p7"));
}

#[test]
fn warnings_are_said_every_time() {
    let desk = Desk::new("warnings");
    desk.write("base.toml", lexicon(LARGE));
    let own =
        "[lexicon]\nlanguage = \"en\"\nextends = [\"base.toml\"]\n[avoid.own.p7]\nphrases = [\"phrase number 7\"]\n";
    desk.write("own.toml", own);
    for _ in 0..3 {
        let told = desk.lint("own.toml");
        assert!(told.error.contains("the lexicon has warnings"), "{told:?}");
        assert!(told.finds("own.p7"));
    }
    assert!(desk.cached().len() == 1);
}

#[test]
fn a_cache_that_cannot_be_written_is_no_error() {
    let desk = Desk::new("unwritable");
    desk.write("large.toml", lexicon(LARGE));
    // Not even the owner of everything can make a folder there.
    desk.write("cache", "a file, no folder");
    assert!(desk.lint("large.toml").finds("many.p7"));
    assert_eq!(fs::read_to_string(desk.0.join("cache")).unwrap(), "a file, no folder");
}

#[test]
fn many_processes_may_write_at_once() {
    let desk = Desk::new("crowd");
    desk.write("large.toml", lexicon(LARGE));
    let args = ["--lexicon", "large.toml", "--format", "json"];
    let expected = desk.run(&[&args[..], &["--no-cache"]].concat());
    for _ in 0..3 {
        let children: Vec<Child> = (0..8).map(|_| desk.start(&args)).collect();
        for child in children {
            assert_eq!(Told::from(child.wait_with_output().unwrap()), expected);
        }
        // Nothing is left lying about, and what is there is whole.
        let kept = fs::read(desk.only_cached()).unwrap();
        assert_eq!(desk.run(&args), expected);
        assert_eq!(fs::read(desk.only_cached()).unwrap().len(), kept.len());
        fs::remove_file(desk.only_cached()).unwrap();
    }
}

#[test]
fn a_compiled_file_is_used_as_it_is_or_refused() {
    let desk = Desk::new("named");
    desk.write("large.toml", lexicon(LARGE));
    let source = desk.run(&["--lexicon", "large.toml", "--no-cache"]);
    let compile = desk.run(&["lexicon", "compile", "large.toml", "--output", "large.lexicon"]);
    assert_eq!((compile.status, compile.error.as_str()), (Some(0), ""));
    fs::remove_file(desk.0.join("large.toml")).unwrap();
    assert_eq!(desk.run(&["--lexicon", "large.lexicon"]), source);
    assert!(desk.cached().is_empty(), "what is compiled already is not kept again");

    let whole = fs::read(desk.0.join("large.lexicon")).unwrap();
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let at = whole.windows(version.len()).position(|window| window == version).unwrap();
    for at in (8..400).step_by(3).chain((400..whole.len()).step_by(whole.len() / 50)).chain([at, whole.len() - 1]) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x04;
        desk.write("damaged.lexicon", bytes);
        let told = desk.run(&["--lexicon", "damaged.lexicon"]);
        assert_eq!(told.status, Some(2), "byte {at}: {told:?}");
        assert!(told.error.contains("damaged.lexicon") && told.error.contains("is damaged"), "byte {at}: {told:?}");
        assert!(told.error.contains("lexicon compile"), "byte {at}: {told:?}");
    }
    for len in [8, 20, whole.len() / 3, whole.len() - 1] {
        desk.write("damaged.lexicon", &whole[..len]);
        let told = desk.run(&["--lexicon", "damaged.lexicon"]);
        assert!(told.status == Some(2) && told.error.contains("is damaged"), "cut at {len}: {told:?}");
    }
}
