//! How fast a whole lint is beside the plain scan of the aho-corasick crate, on the same bytes in the
//! same run, one after the other: machines differ by a factor of two from hour to hour, ratios do not. What is
//! taken is the time of the thread, so that other programs count for little.
//! Neither divan nor criterion pairs two things like that, hence the small harness; the figures in
//! absolute units are in `figures.rs`.
//!
//! `cargo bench --bench ratio`; with `-- --test` every row runs once on little text, with
//! `-- --only 'en 1 MB 1000 1'` that row alone. Either way every row asserts its number of findings.

#![allow(
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "figures are printed, and a bench may fail loudly"
)]

mod corpus;

use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;

use corpus::{Reference, Size, Tongue, lexicon, linter, matcher, phrases, toml};
use replylint::text::{Folded, Prose, Reading, Style};
use replylint::{Desk, Draft, Linter};

/// A row, and the least ratio of `lint` that is asked for; of nothing when it is only reported.
struct Row {
    tongue: Tongue,
    size: Size,
    phrases: usize,
    /// Findings a kilobyte.
    density: usize,
    asked: f64,
}

const fn row(tongue: Tongue, size: Size, phrases: usize, density: usize, asked: f64) -> Row {
    Row { tongue, size, phrases, density, asked }
}

const ROWS: [Row; 20] = [
    row(Tongue::English, Size::Megabyte, 30, 1, 1.0),
    row(Tongue::English, Size::Megabyte, 1_000, 0, 0.0),
    row(Tongue::English, Size::Megabyte, 1_000, 1, 3.0),
    row(Tongue::English, Size::Megabyte, 1_000, 20, 1.5),
    row(Tongue::English, Size::Megabyte, 10_000, 1, 3.0),
    row(Tongue::English, Size::Megabyte, 100_000, 1, 0.0),
    row(Tongue::Typographic, Size::Megabyte, 1_000, 1, 3.0),
    row(Tongue::Russian, Size::Megabyte, 30, 1, 1.0),
    row(Tongue::Russian, Size::Megabyte, 1_000, 1, 3.0),
    row(Tongue::Russian, Size::Megabyte, 10_000, 1, 3.0),
    row(Tongue::Russian, Size::Megabyte, 100_000, 1, 0.0),
    row(Tongue::Mixed, Size::Megabyte, 1_000, 1, 0.0),
    row(Tongue::Lao, Size::Megabyte, 1_000, 1, 0.0),
    row(Tongue::English, Size::Kilobyte, 1_000, 3, 0.0),
    row(Tongue::English, Size::Kilobyte, 10_000, 3, 0.0),
    row(Tongue::Typographic, Size::Kilobyte, 10_000, 3, 0.0),
    row(Tongue::Russian, Size::Kilobyte, 10_000, 3, 0.0),
    row(Tongue::English, Size::Thread, 1_000, 3, 0.0),
    row(Tongue::English, Size::TenMegabytes, 1_000, 1, 0.0),
    row(Tongue::Russian, Size::TenMegabytes, 1_000, 1, 0.0),
];

/// By how much, in hundredths, ten times the phrases may slow a lint down.
const MOST_DROP: f64 = 30.0;

/// Bytes that a sample reads at the least, over and over if need be: a clock is too coarse for less.
const SAMPLE: usize = 1 << 19;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let once = arguments.iter().any(|argument| argument == "--test");
    let only = arguments.iter().skip_while(|argument| *argument != "--only").nth(1);
    let rounds = if once { 1 } else { 7 };
    println!("MB/s of one thread, medians of {rounds}; ratio = reference time / our time");
    println!(
        "row               phrases  per KB  findings |  scan  fold   read  match   lint |  match/scan  lint/scan  asked"
    );
    let mut missed = 0;
    for row in ROWS.iter().filter(|row| only.is_none_or(|only| *only == row.name())) {
        missed += usize::from(!row.run(once, rounds));
    }
    if only.is_none() {
        for tongue in [Tongue::English, Tongue::Russian] {
            let drop = drop(tongue, once, rounds);
            let short = !once && drop > MOST_DROP;
            missed += usize::from(short);
            println!(
                "{} from 1,000 to 10,000 phrases: lint falls by {drop:.0} %, at most {MOST_DROP:.0} is asked{}",
                tongue.name(),
                if short { "  missed" } else { "" }
            );
        }
    }
    if !once {
        println!("{missed} missed what was asked");
    }
}

impl Row {
    fn name(&self) -> String {
        format!("{} {} {} {}", self.tongue.name(), self.size.name(), self.phrases, self.density)
    }

    /// Measures and prints it, and says whether it reaches what is asked.
    fn run(&self, once: bool, rounds: usize) -> bool {
        let &Self { tongue, size, density, asked, .. } = self;
        let phrases = phrases(tongue, self.phrases);
        let text = size.text(tongue, density, &phrases, once);
        let reference = Reference::new(&phrases, &text);
        let lexicon = lexicon(&toml(tongue, &phrases));
        let matcher = matcher(lexicon.clone());
        let linter = Linter::new(vec![lexicon]);
        let draft = Draft::new(&text).with_language(tongue.language());
        let found = linter.lint(&draft).expect("its language is served").findings.len();
        assert_eq!(reference.findings(), found, "{}", self.name());
        assert!(size == Size::Thread || found * 1024 >= density * text.len() / 2, "only {found} findings");

        let prose = Prose::of_text(&text);
        let reading = Reading::of_text(&text);
        let folded = reading.folded().len();
        let loops = if once { 1 } else { SAMPLE.div_ceil(text.len()) };
        let mut times: [Vec<Duration>; 5] = Default::default();
        let mut desk = Desk::default();
        for _ in 0..rounds {
            let mut time = |slot: usize, expected: usize, work: &mut dyn FnMut() -> usize| {
                let start = ThreadTime::now();
                for _ in 0..loops {
                    assert_eq!(black_box(work()), expected, "{}", self.name());
                }
                times[slot].push(start.elapsed());
            };
            time(0, reference.hits, &mut || reference.scan());
            time(1, folded, &mut || Folded::new(&text, &prose, Style::COARSE).text().len());
            time(2, folded, &mut || Reading::of_text(&text).folded().len());
            time(3, found, &mut || matcher.matches(&reading, &|_, _| true, &mut |_, _| false).len());
            time(4, found, &mut || at_desk(&linter, &draft, &mut desk));
        }
        let ratio = |slot: usize| median(times[0].iter().zip(&times[slot]).map(|(scan, ours)| over(*scan, *ours)));
        let bytes = (text.len() * loops) as f64;
        let speed = |slot: usize| bytes / 1e6 / median(times[slot].iter().map(Duration::as_secs_f64));
        let reached = once || asked == 0.0 || ratio(4) >= asked;
        println!(
            "{:5} {:10}  {:7}  {density:6}  {found:8} | {:5.0} {:5.0}  {:5.0}  {:5.0}  {:5.0} |  {:10.2}  {:9.2}  {asked:5.1}{}",
            tongue.name(),
            size.name(),
            self.phrases,
            speed(0),
            speed(1),
            speed(2),
            speed(3),
            speed(4),
            ratio(3),
            ratio(4),
            if reached { "" } else { "  missed" }
        );
        reached
    }
}

/// By how much a lint at 10,000 phrases is slower than at 1,000, in hundredths, each on a text in which its own
/// phrases stand.
fn drop(tongue: Tongue, once: bool, rounds: usize) -> f64 {
    let both = [1_000, 10_000].map(|count| {
        let phrases = phrases(tongue, count);
        let text = Size::Megabyte.text(tongue, 1, &phrases, once);
        let expected = Reference::new(&phrases, &text).findings();
        (linter(tongue, &phrases), text, expected)
    });
    let mut desk = Desk::default();
    let ratios = (0..rounds).map(|_| {
        let [few, many] = [0, 1].map(|index| {
            let (linter, text, expected) = &both[index];
            let draft = Draft::new(text).with_language(tongue.language());
            let start = ThreadTime::now();
            let found = at_desk(linter, &draft, &mut desk);
            let time = start.elapsed();
            assert_eq!(found, *expected, "{} {index}", tongue.name());
            time.div_f64(text.len() as f64)
        });
        over(few, many)
    });
    100.0 * (1.0 - median(ratios))
}

/// Lints as one who has many drafts does.
fn at_desk(linter: &Linter, draft: &Draft<'_>, desk: &mut Desk) -> usize {
    let review = linter.lint_at(desk, draft).expect("its language is served");
    let found = review.findings.len();
    desk.take_back(review);
    found
}

fn over(time: Duration, other: Duration) -> f64 {
    time.as_secs_f64() / other.as_secs_f64()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
