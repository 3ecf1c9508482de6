//! Figures in absolute units: what a person waits for. They hold for one machine in one hour; what is asked
//! of is in `ratio.rs`, and whether costs grow too fast in `growth`.
//!
//! `divan` rather than criterion: it counts allocations beside the time, which for a draft of a kilobyte say
//! more than the time does, and is a quarter of the crates. Beside each lint stands `scan`, the reference on
//! the same bytes (see [`corpus::Reference`]).
//!
//! `cargo bench --bench figures`, with `-- draft` what has that in its name, with `-- --test` each once.

#![allow(clippy::expect_used, reason = "a bench may fail loudly")]

mod corpus;

use std::io::{self, Write};
use std::sync::OnceLock;
use std::time::Duration;

use corpus::{Reference, Size, Tongue, lexicon, linter, matcher, phrases, toml};
use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher, Divan};
use replylint::report::{self, Look, Reply, Report};
use replylint::text::{Folded, Prose, Style};
use replylint::{Draft, Lexicon, Linter};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// How long a row may take.
const MOST_TIME: Duration = Duration::from_secs(1);

fn main() {
    Divan::default().max_time(MOST_TIME).config_with_args().main();
}

const TONGUES: [Tongue; 5] = [Tongue::English, Tongue::Typographic, Tongue::Russian, Tongue::Mixed, Tongue::Lao];
const PHRASES: [usize; 4] = [30, 1_000, 10_000, 100_000];

/// A lexicon of English phrases, made once.
fn english(count: usize) -> (&'static [String], &'static str, &'static Lexicon) {
    static MADE: [OnceLock<(Vec<String>, String, Lexicon)>; 4] = [const { OnceLock::new() }; 4];
    let place = PHRASES.iter().position(|known| *known == count).expect("one of the counts");
    let (phrases, text, lexicon) = MADE[place].get_or_init(|| {
        let phrases = phrases(Tongue::English, count);
        let text = toml(Tongue::English, &phrases);
        let lexicon = lexicon(&text);
        (phrases, text, lexicon)
    });
    (phrases, text, lexicon)
}

#[divan::bench(args = TONGUES)]
fn fold(bencher: Bencher<'_, '_>, tongue: Tongue) {
    let text = Size::Megabyte.text(tongue, 1, &phrases(tongue, 30), false);
    let prose = Prose::of_text(&text);
    let bytes = Folded::new(&text, &prose, Style::COARSE).text().len();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let folded = Folded::new(&text, &prose, Style::COARSE);
        assert_eq!(folded.text().len(), bytes);
        folded
    });
}

/// From TOML to a lexicon.
#[divan::bench(args = PHRASES)]
fn load(bencher: Bencher<'_, '_>, count: usize) {
    let (_, text, _) = english(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let lexicon = lexicon(text);
        assert_eq!(lexicon.entries().len(), count);
        lexicon
    });
}

/// From a lexicon to a matcher.
#[divan::bench(args = PHRASES)]
fn compile(bencher: Bencher<'_, '_>, count: usize) {
    let (_, _, lexicon) = english(count);
    bencher.counter(ItemsCount::new(count)).with_inputs(|| lexicon.clone()).bench_local_values(|lexicon| {
        let matcher = matcher(lexicon);
        assert_eq!(matcher.lexicon().entries().len(), count);
        matcher
    });
}

/// Drafts of all sizes, beside the reference on the same bytes.
mod draft {
    use super::{Bencher, BytesCount, Draft, Linter, PHRASES, Reference, Size, Tongue, english};

    /// Findings a kilobyte.
    const DENSITY: usize = 3;

    #[divan::bench(args = PHRASES)]
    fn kilobyte(bencher: Bencher<'_, '_>, count: usize) {
        lint(bencher, Size::Kilobyte, count);
    }

    #[divan::bench(args = PHRASES)]
    fn kilobyte_scan(bencher: Bencher<'_, '_>, count: usize) {
        scan(bencher, Size::Kilobyte, count);
    }

    #[divan::bench(args = [1_000])]
    fn thread(bencher: Bencher<'_, '_>, count: usize) {
        lint(bencher, Size::Thread, count);
    }

    #[divan::bench(args = [1_000])]
    fn thread_scan(bencher: Bencher<'_, '_>, count: usize) {
        scan(bencher, Size::Thread, count);
    }

    #[divan::bench(args = [1_000, 10_000])]
    fn ten_megabytes(bencher: Bencher<'_, '_>, count: usize) {
        lint(bencher, Size::TenMegabytes, count);
    }

    #[divan::bench(args = [1_000, 10_000])]
    fn ten_megabytes_scan(bencher: Bencher<'_, '_>, count: usize) {
        scan(bencher, Size::TenMegabytes, count);
    }

    fn lint(bencher: Bencher<'_, '_>, size: Size, count: usize) {
        let (phrases, _, lexicon) = english(count);
        let text = size.text(Tongue::English, DENSITY, phrases, false);
        let found = Reference::new(phrases, &text).findings();
        let linter = Linter::new(vec![lexicon.clone()]);
        let draft = Draft::new(&text).with_language(Tongue::English.language());
        let mut desk = replylint::Desk::default();
        let mut work = || {
            let review = linter.lint_at(&mut desk, &draft).expect("its language is served");
            assert_eq!(review.findings.len(), found);
            desk.take_back(review);
        };
        // The first draft has the lexicon compiled, and the desk made large enough.
        work();
        bencher.counter(BytesCount::of_str(&text)).bench_local(work);
    }

    fn scan(bencher: Bencher<'_, '_>, size: Size, count: usize) {
        let (phrases, ..) = english(count);
        let text = size.text(Tongue::English, DENSITY, phrases, false);
        let reference = Reference::new(phrases, &text);
        bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
            assert_eq!(reference.scan(), reference.hits);
        });
    }
}

type Output = fn(&Report<'_>, &mut dyn Write) -> io::Result<()>;

/// Each output, and what it writes once for each finding.
const OUTPUTS: [(&str, Output, &str); 8] = [
    ("pretty", |report, out| report::pretty(report, Look { width: 80, color: false }, true, out), "It is one of"),
    ("short", report::short, "bench.txt:"),
    ("json", report::json, "\"rule\":"),
    ("ndjson", report::ndjson, "\"rule\":"),
    ("sarif", report::sarif, "\"ruleId\":"),
    ("github", report::github, "::warning"),
    ("rdjson", report::rdjson, "\"severity\":"),
    ("rdjsonl", report::rdjsonl, "\"severity\":"),
];

/// What was found in 64 KB, as bytes; so many findings a second.
#[divan::bench(args = OUTPUTS.map(|(name, ..)| name))]
fn output(bencher: Bencher<'_, '_>, name: &str) {
    let (_, output, marker) = OUTPUTS[OUTPUTS.iter().position(|(known, ..)| *known == name).expect("one of them")];
    let phrases = phrases(Tongue::English, 1_000);
    let text = corpus::text(Tongue::English, 64 << 10, 20, &phrases);
    let linter = linter(Tongue::English, &phrases);
    let draft = Draft::new(&text).with_language(Tongue::English.language());
    let review = linter.lint(&draft).expect("its language is served");
    let found = Reference::new(&phrases, &text).findings();
    let reply = Reply { source: "bench.txt", id: None, draft, review };
    let report = Report { lexicons: linter.lexicons().collect(), replies: vec![reply], errors: Vec::new() };
    let write = || {
        let mut written = Vec::new();
        output(&report, &mut written).expect("memory takes it");
        written
    };
    let once = String::from_utf8(write()).expect("outputs are UTF-8");
    assert_eq!(once.matches(marker).count(), found, "{name}: {once:.2000}");
    bencher.counter(ItemsCount::new(found)).bench_local(|| {
        let written = write();
        assert_eq!(written.len(), once.len());
        written
    });
}
