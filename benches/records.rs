//! What `--input ndjson` costs beside the JSON it is written in, and what a second thread gains. Both
//! are pairs in one run, one after the other, so that a machine that changes its pace changes both.
//!
//! `json`: parsing the lines with `serde_json` into values, on one thread, against the whole way: the
//! built binary over a file of the same lines, `--jobs 1`, less its time for a file of one line. The
//! binary, since reading, handing over and writing are its own; it writes into a pipe that is read here.
//! `lint`: the library over replies in memory, one thread against two. `ndjson`: the binary with
//! `--jobs 1` against `--jobs 2`.
//!
//! `cargo bench --bench records`; with `-- --test` once and on little. Either way the number of records
//! and of findings is asserted.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    unreachable_pub,
    dead_code,
    reason = "figures are printed, a bench may fail loudly, and reads and writes files of its own"
)]

#[path = "corpus.rs"]
mod corpus;

use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use corpus::Dice;
use replylint::{Draft, Linter};
use serde_json::Value;

/// What replies are made of: greetings, sentences that are fine, sentences that are not, in two languages.
const TONGUES: [Tongue; 2] = [
    Tongue {
        greeting: "Hello Maria,",
        fine: [
            "thank you for writing to us about the parcel.",
            "We have looked at your order and it left our warehouse on Tuesday.",
            "It should be with you by the end of the week, and we will write again when it is there.",
            "The address in your account is the one that we have used.",
            "If it does not come, please let us know and we will send another one at no cost.",
            "I have asked my team to look into the second question and will have an answer tomorrow.",
            "The invoice is in the same mail, so you can keep it with the first one.",
            "All the best from the whole team.",
        ],
        phrase: "You must",
        flagged: "You must send us the form that was in the box.",
    },
    Tongue {
        greeting: "Здравствуйте, Мария!",
        fine: [
            "Спасибо, что написали нам о посылке.",
            "Мы посмотрели ваш заказ, он ушёл со склада во вторник.",
            "Он будет у вас до конца недели, и мы напишем, когда он придёт.",
            "Мы отправили его на адрес, который указан в вашем аккаунте.",
            "Если он не придёт, напишите нам, и мы отправим другой без доплаты.",
            "Я передал второй вопрос коллегам и отвечу на него завтра.",
            "Счёт лежит в том же письме, его можно хранить вместе с первым.",
            "Всего доброго, ваша команда.",
        ],
        phrase: "Вы должны",
        flagged: "Вы должны прислать нам бланк, который лежал в коробке.",
    },
];

struct Tongue {
    greeting: &'static str,
    fine: [&'static str; 8],
    phrase: &'static str,
    flagged: &'static str,
}

/// Replies of some hundred bytes; every fourth has something to find.
fn replies(count: usize) -> (Vec<String>, usize) {
    let mut dice = Dice::new(17);
    let mut flagged = 0;
    let reply = |number: usize| {
        let tongue = &TONGUES[usize::from(number % 3 == 2)];
        let mut reply = format!("{}\n\n", tongue.greeting);
        for sentence in 0..4 + dice.below(4) {
            let said = if number.is_multiple_of(4) && sentence == 2 {
                flagged += 1;
                tongue.flagged
            } else {
                tongue.fine[dice.below(tongue.fine.len())]
            };
            reply.push_str(said);
            reply.push(if dice.below(5) == 0 { '\n' } else { ' ' });
        }
        reply
    };
    let replies = (0..count).map(reply).collect();
    (replies, flagged)
}

/// The records of an export: what is wanted, and what comes along.
fn ndjson(replies: &[String]) -> String {
    let mut lines = String::new();
    for (number, reply) in replies.iter().enumerate() {
        let record = serde_json::json!({
            "id": format!("ticket-{number}"),
            "created": "2026-11-22T10:15:00Z",
            "agent": {"id": number % 40, "name": "Robin"},
            "text": reply,
            "tags": ["parcel", "invoice"],
        });
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    lines
}

fn main() {
    let test = env::args().any(|argument| argument == "--test");
    let (count, rounds) = if test { (400, 1) } else { (20_000, 7) };
    let (replies, flagged) = replies(count);
    let lines = ndjson(&replies);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (all, one) = (folder.join("records.ndjson"), folder.join("record.ndjson"));
    fs::write(&all, &lines).expect("a file");
    fs::write(&one, lines.lines().next().expect("a line")).expect("a file");
    let linter = Linter::builtin();

    println!("{count} replies, {flagged} of them with a phrase to find, {} KB of ndjson", lines.len() >> 10);
    let parse = || lines.lines().filter(|line| serde_json::from_slice::<Value>(line.as_bytes()).is_ok()).count();
    let (found, reviews) = run(&all, 1);
    assert_eq!((found, reviews), (flagged, count));
    assert_eq!(run(&all, 2), (flagged, count));
    assert_eq!(parse(), count);
    assert_eq!((lint(&linter, &replies, 1), lint(&linter, &replies, 2)), (flagged, flagged));

    let mut rows = [
        Row::new("ndjson / json", 2.0, true),
        Row::new("lint, 2 threads", 1.8, false),
        Row::new("ndjson, 2 threads", 1.6, false),
    ];
    for _ in 0..rounds {
        let start = timed(|| run(&one, 1));
        let alone = timed(|| run(&all, 1)).saturating_sub(start);
        rows[0].add(alone, timed(parse));
        rows[1].add(timed(|| lint(&linter, &replies, 1)), timed(|| lint(&linter, &replies, 2)));
        let alone = timed(|| run(&all, 1)).saturating_sub(start);
        rows[2].add(alone, timed(|| run(&all, 2)).saturating_sub(start));
    }
    println!("pair               us each   us each     ratio  asked   (medians of {rounds})");
    for row in &rows {
        row.print(count);
    }
}

/// Runs the command over a file: findings and reviews.
fn run(path: &Path, jobs: u8) -> (usize, usize) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_replylint"))
        .args(["--lexicon", "builtin:en", "--lexicon", "builtin:ru", "--input", "ndjson", "--quiet", "--jobs"])
        .arg(jobs.to_string())
        .arg(path)
        .env_remove("REPLYLINT_LEXICON")
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut out = String::new();
    child.stdout.take().expect("a pipe").read_to_string(&mut out).expect("text");
    child.wait().expect("it ends");
    let found = TONGUES.iter().map(|tongue| out.matches(&format!("\"text\":\"{}\"", tongue.phrase)).count()).sum();
    (found, out.matches("\"verdict\":").count())
}

/// Findings of the planted phrases in all replies.
fn lint(linter: &Linter, replies: &[String], threads: usize) -> usize {
    let some = |replies: &[String]| -> usize { replies.iter().map(|reply| planted(linter, reply)).sum() };
    if threads == 1 {
        return some(replies);
    }
    thread::scope(|scope| {
        let parts = replies.chunks(replies.len().div_ceil(threads));
        let threads: Vec<_> = parts.map(|part| scope.spawn(|| some(part))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    })
}

fn planted(linter: &Linter, reply: &str) -> usize {
    let review = linter.lint(&Draft::new(reply)).expect("its language is served");
    let is_planted = |found: &str| TONGUES.iter().any(|tongue| tongue.phrase == found);
    review.findings.iter().filter(|finding| is_planted(&reply[finding.span.start..finding.span.end])).count()
}

fn timed<R>(work: impl FnOnce() -> R) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// A pair and its times.
struct Row {
    name: &'static str,
    asked: f64,
    /// Less is better.
    at_most: bool,
    times: Vec<(Duration, Duration)>,
}

impl Row {
    fn new(name: &'static str, asked: f64, at_most: bool) -> Self {
        Self { name, asked, at_most, times: Vec::new() }
    }

    fn add(&mut self, first: Duration, second: Duration) {
        self.times.push((first, second));
    }

    fn print(&self, count: usize) {
        let median = |mut all: Vec<f64>| {
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        let each = |time: Duration| time.as_secs_f64() * 1e6 / count as f64;
        let of = |pick: fn(&(Duration, Duration)) -> Duration| {
            median(self.times.iter().map(|pair| each(pick(pair))).collect())
        };
        let ratio =
            median(self.times.iter().map(|(first, second)| first.as_secs_f64() / second.as_secs_f64()).collect());
        let missed = if self.at_most { ratio > self.asked } else { ratio < self.asked };
        let sign = if self.at_most { "<" } else { ">" };
        println!(
            "{:18} {:8.2}  {:8.2}  {ratio:8.2}  {sign} {}{}",
            self.name,
            of(|pair| pair.0),
            of(|pair| pair.1),
            self.asked,
            if missed { "  missed" } else { "" }
        );
    }
}
