//! Whether any cost grows faster than what causes it. Each load is measured at a size and at twice the
//! size, as instructions counted by callgrind, which come out the same on every machine and however
//! busy it is; a load whose count grows by more than [`MOST_GROWTH`] fails, and so does one that takes
//! more instructions than its bound. Nothing here is about seconds.
//!
//! `cargo bench --bench growth` runs all loads and needs valgrind; `-- --only NAME` one of them,
//! `-- --large` those that are too large for callgrind, by time, `-- --test` each once without
//! callgrind. Whatever is asked, every load asserts what it found.

#![allow(
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "counts are printed, a bench may fail loudly and read what callgrind wrote"
)]

#[path = "../corpus.rs"]
mod corpus;
mod large;
mod lexicons;
mod loads;
mod outputs;
mod texts;
mod wholes;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;

use loads::{Load, Prepared, all};

/// What twice as much may cost, in times. Sorting is a little over two; squares are four.
const MOST_GROWTH: f64 = 2.4;

/// How many loads callgrind runs side by side. Counts do not suffer from company.
const SIDE_BY_SIDE: usize = 2;

/// The function whose instructions are counted.
const COUNTED: &str = "counted_by_callgrind";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |flag: &str| arguments.iter().skip_while(|argument| *argument != flag).nth(1);
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let mut loads = all();
    if let Some(name) = after("--drive").or_else(|| after("--only")) {
        loads.retain(|load| load.name == *name);
        assert!(!loads.is_empty(), "there is no load {name}");
    }
    if has("--drive") {
        drive(&loads[0]);
        return ExitCode::SUCCESS;
    }
    if has("--test") {
        for load in &loads {
            (load.prepare)(load.size / 8).run(&load.name);
        }
        println!("{} loads found what they should", loads.len());
        return large::run(1_000, 1);
    }
    if has("--large") {
        return large::run(1, 3);
    }
    gate(&loads)
}

/// What callgrind looks at: a load at both of its sizes, each in a thread of its own, since callgrind can count for
/// each thread.
fn drive(load: &Load) {
    // Both are there before one may end, so that they are the second and the third.
    let both = Barrier::new(2);
    thread::scope(|scope| {
        for size in [load.size, 2 * load.size] {
            let both = &both;
            scope.spawn(move || {
                both.wait();
                (load.prepare)(size).run(&load.name);
            });
        }
    });
}

impl Prepared {
    fn run(&self, name: &str) {
        let found = counted_by_callgrind(&*self.work);
        assert_eq!(found, self.expected, "{name} found something else");
    }
}

/// Never inlined, so that callgrind knows it by name.
#[inline(never)]
fn counted_by_callgrind(work: &dyn Fn() -> usize) -> usize {
    black_box(work())
}

fn gate(loads: &[Load]) -> ExitCode {
    println!("{:26} {:>9}  {:>14} {:>14}  growth  a unit", "load", "size", "instructions", "at twice");
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                while let Some(load) = loads.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(complaint) = measure(load) {
                        failed.lock().expect("nobody panics with it").push(complaint);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("nobody panics with it");
    println!("{} of {} loads failed", failed.len(), loads.len());
    for complaint in &failed {
        eprintln!("error: {complaint}");
    }
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn measure(load: &Load) -> Result<(), String> {
    let [once, twice] = counts(&load.name)?;
    let growth = twice as f64 / once as f64;
    let each = twice as f64 / (2 * load.size) as f64;
    println!("{:26} {:>9}  {once:>14} {twice:>14}  {growth:6.2}  {each:.1}", load.name, load.size);
    if growth > MOST_GROWTH {
        return Err(format!("{}: twice the size costs {growth:.2} times, and {MOST_GROWTH} is the bound", load.name));
    }
    match load.most {
        Some(most) if each > most => {
            Err(format!("{}: {each:.1} instructions for each unit, and {most} is the bound", load.name))
        }
        _ => Ok(()),
    }
}

/// The instructions that a load takes at both of its sizes, without what prepares it.
fn counts(name: &str) -> Result<[u64; 2], String> {
    let program = std::env::current_exe().map_err(|error| format!("{name}: {error}"))?;
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("growth-{name}"));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--separate-threads=yes"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(format!("--toggle-collect=*{COUNTED}*"))
        .arg(program)
        .args(["--drive", name])
        .output()
        .map_err(|error| format!("{name}: cannot run valgrind, install Debian's package of that name: {error}"))?;
    let total = |thread: &str| {
        let written = format!("{}{thread}", file.display());
        let counted = fs::read_to_string(&written).ok()?;
        // What an earlier run left must not be taken for the next one's.
        fs::remove_file(&written).ok()?;
        counted.lines().find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok()).filter(|count| *count > 0)
    };
    let [once, twice] = ["-02", "-03"].map(total);
    match (once, twice) {
        (Some(once), Some(twice)) if output.status.success() => Ok([once, twice]),
        _ => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(format!("{name}: no count came out of callgrind ({}):\n{said}", output.status))
        }
    }
}
