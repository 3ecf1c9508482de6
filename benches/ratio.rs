//! How fast a whole lint is beside the plain scan of the aho-corasick crate, on the same bytes in the
//! same run, one after the other: machines differ by a factor of two from hour to hour, ratios do not.
//! Neither divan nor criterion pairs two things like that, hence the small harness; the figures in
//! absolute units are in `figures.rs`.
//!
//! `cargo bench --bench ratio`; with `-- --test` every row runs once on little text, with
//! `-- --only 'en 1000 1'` that row alone. Either way every row asserts its number of findings.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::similar_names,
    clippy::print_stdout,
    clippy::expect_used,
    unreachable_pub,
    reason = "figures are printed, and a bench may fail loudly"
)]

#[path = "corpus.rs"]
mod corpus;

use std::hint::black_box;
use std::time::{Duration, Instant};

use corpus::{Reference, Tongue, lexicon, linter, matcher, phrases, text, toml};
use replylint::Draft;
use replylint::text::{Folded, Prose, Reading, Style};

/// Tongue, phrases, findings a kilobyte, and the least ratio of `lint` that is asked for.
const ROWS: [(Tongue, usize, usize, f64); 11] = [
    (Tongue::English, 30, 1, 1.0),
    (Tongue::English, 1_000, 0, 0.0),
    (Tongue::English, 1_000, 1, 3.0),
    (Tongue::English, 1_000, 20, 1.5),
    (Tongue::English, 10_000, 1, 3.0),
    (Tongue::Typographic, 1_000, 1, 3.0),
    (Tongue::Russian, 30, 1, 1.0),
    (Tongue::Russian, 1_000, 1, 3.0),
    (Tongue::Russian, 10_000, 1, 3.0),
    (Tongue::Mixed, 1_000, 1, 0.0),
    (Tongue::Lao, 1_000, 1, 0.0),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let test = arguments.iter().any(|argument| argument == "--test");
    let only = arguments.iter().skip_while(|argument| *argument != "--only").nth(1);
    let (bytes, rounds) = if test { (32 << 10, 1) } else { (1 << 20, 7) };
    println!("MB/s of one thread, medians of {rounds}; ratio = reference time / our time");
    println!("tongue  phrases  per KB  findings |  scan  fold   read  match   lint |  match/scan  lint/scan  asked");
    let mut missed = 0;
    for (tongue, count, density, asked) in ROWS {
        let name = format!("{} {count} {density}", tongue.name());
        if (test && count > 1_000) || only.is_some_and(|only| *only != name) {
            continue;
        }
        let phrases = phrases(tongue, count);
        let text = text(tongue, bytes, density, &phrases);
        let reference = Reference::new(&phrases, &text);
        let matcher = matcher(lexicon(&toml(tongue, &phrases)));
        let linter = linter(tongue, &phrases);
        let draft = Draft::new(&text).with_language(tongue.language());
        let expected = if tongue == Tongue::Lao { None } else { Some(reference.findings()) };
        let found = linter.lint(&draft).expect("its language is served").findings.len();
        assert_eq!(expected.unwrap_or(found), found, "{tongue:?} {count} {density}");
        assert!(found * 1024 >= density * text.len() / 2, "only {found} findings");

        let prose = Prose::of_text(&text);
        let reading = Reading::of_text(&text);
        let mut times: [Vec<Duration>; 5] = Default::default();
        for _ in 0..rounds {
            let mut time = |slot: usize, work: &mut dyn FnMut() -> usize| {
                let start = Instant::now();
                black_box(work());
                times[slot].push(start.elapsed());
            };
            time(0, &mut || reference.scan());
            time(1, &mut || Folded::new(&text, &prose, Style::COARSE).text().len());
            time(2, &mut || Reading::of_text(&text).folded().len());
            time(3, &mut || matcher.matches(&reading, &|_| true, &mut |_, _| false).len());
            time(4, &mut || linter.lint(&draft).expect("its language is served").findings.len());
        }
        let ratio = |slot: usize| {
            let mut ratios: Vec<f64> =
                times[0].iter().zip(&times[slot]).map(|(scan, ours)| scan.as_secs_f64() / ours.as_secs_f64()).collect();
            ratios.sort_by(f64::total_cmp);
            ratios[ratios.len() / 2]
        };
        let speed = |slot: usize| {
            let mut all = times[slot].clone();
            all.sort();
            text.len() as f64 / 1e6 / all[all.len() / 2].as_secs_f64()
        };
        let short = asked > 0.0 && ratio(4) < asked;
        missed += usize::from(short);
        println!(
            "{:6}  {count:7}  {density:6}  {found:8} | {:5.0} {:5.0}  {:5.0}  {:5.0}  {:5.0} |  {:10.2}  {:9.2}  {asked:5.1}{}",
            tongue.name(),
            speed(0),
            speed(1),
            speed(2),
            speed(3),
            speed(4),
            ratio(3),
            ratio(4),
            if short { "  missed" } else { "" }
        );
    }
    println!("{missed} of {} rows missed what was asked", ROWS.len());
}
