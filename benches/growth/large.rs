//! Loads that are too large to be counted under callgrind: a million findings in one draft, and one line
//! of a hundred megabytes. Both sizes are timed in turns in one run, by the time of the thread, and the
//! fastest of each are compared; a square would be four.

use std::process::ExitCode;
use std::time::Duration;

use cpu_time::ThreadTime;
use replylint::text::Format;

use crate::corpus::{self, Reference, Tongue, phrases, text};
use crate::loads::{Load, Prepared, lint};

/// What twice as much may take, in times: clocks are coarser than counts.
const MOST_GROWTH: f64 = 3.0;

/// Half of what is large.
const FINDINGS: usize = 500_000;
const LINE: usize = 50_000_000;

/// Runs both, at one of `part` of their size, so many times.
pub fn run(part: usize, rounds: usize) -> ExitCode {
    let loads = [Load::new("a-million-findings", FINDINGS, findings), Load::new("one-line-of-100-mb", LINE, line)];
    let mut failed = 0;
    for load in &loads {
        let size = load.size / part;
        let both = [(load.prepare)(size), (load.prepare)(2 * size)];
        let mut fastest = [Duration::MAX; 2];
        for _ in 0..rounds {
            for (prepared, fastest) in both.iter().zip(&mut fastest) {
                let start = ThreadTime::now();
                prepared.run(&load.name);
                *fastest = start.elapsed().min(*fastest);
            }
        }
        let [once, twice] = fastest.map(|time| time.as_secs_f64());
        let growth = twice / once;
        println!(
            "{:26} {size:>9}  {once:12.4} s {twice:12.4} s  {growth:6.2}  {:.1} ns",
            load.name,
            twice / (2 * size) as f64 * 1e9
        );
        if part == 1 && growth > MOST_GROWTH {
            eprintln!("error: {}: twice the size takes {growth:.2} times, and {MOST_GROWTH} is the bound", load.name);
            failed += 1;
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn findings(count: usize) -> Prepared {
    let linter = corpus::linter(Tongue::English, &["you must".to_owned()]);
    lint(linter, Tongue::English, "you must pay. ".repeat(count), Format::Text, count)
}

fn line(bytes: usize) -> Prepared {
    let phrases = phrases(Tongue::English, 1_000);
    let text = text(Tongue::English, bytes, 1, &phrases).replace('\n', " ");
    let expected = Reference::new(&phrases, &text).findings();
    lint(corpus::linter(Tongue::English, &phrases), Tongue::English, text, Format::Text, expected)
}
