//! What becomes of findings: each output, fixes, baselines, and the mails that drafts come out of.

use std::io::{self, Write};

use replylint::lint::{Baseline, Rewriter};
use replylint::report::{self, Look, Reply, Report};
use replylint::text::{Format, Mail, MailPart, Speakers, Talk, Transcript, answers};
use replylint::{Draft, Linter};

use crate::corpus::{Tongue, lexicon};
use crate::loads::{Load, Prepared};
use crate::texts::LEXICON;

type Output = fn(&Report<'_>, &mut dyn Write) -> io::Result<()>;

/// An output, and what it writes once for each finding.
const OUTPUTS: [(&str, Output, &str); 8] = [
    ("pretty", |report, out| report::pretty(report, Look { width: 80, color: false }, true, out), "a.must"),
    ("short", report::short, "a.must"),
    ("json", report::json, "\"rule\":\"a.must\""),
    ("ndjson", report::ndjson, "\"rule\":\"a.must\""),
    ("sarif", report::sarif, "\"ruleId\":\"a.must\""),
    ("github", report::github, "a.must"),
    ("rdjson", report::rdjson, "\"value\":\"a.must\""),
    ("rdjsonl", report::rdjsonl, "\"value\":\"a.must\""),
];

/// A finding on a line with all others, on a line of its own.
const PLACES: [(&str, &str); 2] = [("one-line", "you must pay. "), ("lines", "you must pay.\n")];

pub fn all() -> Vec<Load> {
    let mut loads = Vec::new();
    for (name, output, marker) in OUTPUTS {
        for (place, unit) in PLACES {
            loads.push(Load::new(format!("{name}-{place}"), 400, move |count| {
                written(unit.repeat(count), output, marker, count)
            }));
        }
        loads.push(Load::new(format!("{name}-talk"), 400, move |count| talk(count, output, marker)));
    }
    loads.extend([
        Load::new("fix", 400, |count| fixed("prior to noon. ".repeat(count), Format::Text, count)),
        Load::new("fix-html", 400, |count| fixed("<p>prior to noon".repeat(count), Format::Html, count)),
        Load::new("rewordings", 1_000, |count| reworded("you must pay. ".repeat(count), count)),
        Load::new("baseline", 1_000, |count| accepted("you must pay.\n".repeat(count), count)),
        Load::new("mail-headers", 2_000, |count| {
            mail(format!("From: a@b.c\n{}\nYou must pay.\n", "X-A: b\n".repeat(count)), 1)
        }),
        Load::new("mail-parts", 500, |count| {
            let part = "--x\nContent-Type: text/plain\n\nYou must pay.\n";
            let text = format!("Content-Type: multipart/mixed; boundary=x\n\n{}--x--\n", part.repeat(count));
            mail(text, count)
        }),
        Load::new("mail-encoded", 2_000, |count| {
            let head = "From: a@b.c\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n";
            mail(format!("{head}{}", "You mu=\nst p=61y. ".repeat(count)), count)
        }),
    ]);
    loads
}

/// One of the outputs of so many findings.
fn written(text: String, output: Output, marker: &'static str, count: usize) -> Prepared {
    // A report borrows from the draft and from the linter; the process ends after it.
    let linter: &'static Linter = Box::leak(Box::new(linter()));
    let draft = draft(text.leak());
    let review = linter.lint(&draft).expect("its language is served");
    let reply = Reply { source: "bench.txt", id: None, draft, review };
    let report = Report { lexicons: linter.lexicons().collect(), replies: vec![reply], errors: Vec::new() };
    Prepared::new(count, move || {
        let mut written = Vec::new();
        output(&report, &mut written).expect("memory takes it");
        String::from_utf8(written).expect("outputs are UTF-8").matches(marker).count()
    })
}

/// A talk of so many turns of the agent, with a finding in each: told apart, linted and written.
fn talk(count: usize, output: Output, marker: &'static str) -> Prepared {
    let linter = linter();
    let text = |count: usize| "Customer: my parcel?\nAgent: hello,\nyou must pay.\n".repeat(count);
    // What is only done once in a process is done now.
    told(&text(1), &linter, output, marker);
    let text = text(count);
    Prepared::new(count, move || told(&text, &linter, output, marker))
}

/// How many findings are written for a talk.
fn told(text: &str, linter: &Linter, output: Output, marker: &str) -> usize {
    let transcript = Transcript::parse(text, &Speakers::default()).expect("a transcript");
    let answers = answers(&transcript.turns);
    let replies = answers.iter().map(|answer| {
        let talk = Talk { customer: answer.customer.as_deref(), before: answer.before, ..Talk::default() };
        let window = transcript.spans[answer.number - 1];
        let draft = draft(text).with_window(window).with_part("turn").with_talk(talk);
        let review = linter.lint(&draft).expect("its language is served");
        Reply { source: "bench.txt", id: None, draft, review }
    });
    let report = Report { replies: replies.collect(), ..Report::default() };
    let mut written = Vec::new();
    output(&report, &mut written).expect("memory takes it");
    String::from_utf8(written).expect("outputs are UTF-8").matches(marker).count()
}

fn linter() -> Linter {
    Linter::new(vec![lexicon(LEXICON)])
}

fn draft(text: &str) -> Draft<'_> {
    Draft::new(text).with_language(Tongue::English.language())
}

/// Safe fixes, until none is left.
fn fixed(text: String, format: Format, count: usize) -> Prepared {
    let linter = linter();
    Prepared::new(count, move || linter.fix(&draft(&text).with_format(format)).expect("its language is served").count)
}

/// The edits for a wording that a person chose, at every finding.
fn reworded(text: String, count: usize) -> Prepared {
    let linter = linter();
    Prepared::new(count, move || {
        let draft = draft(&text);
        let review = linter.lint(&draft).expect("its language is served");
        let rewriter = Rewriter::new(&draft);
        review.findings.iter().map(|finding| rewriter.edits(finding, "please").len()).sum()
    })
}

/// Findings that a baseline takes out again.
fn accepted(text: String, count: usize) -> Prepared {
    let linter = linter();
    Prepared::new(count, move || {
        let mut review = linter.lint(&draft(&text)).expect("its language is served");
        let mut baseline = Baseline::default();
        review.findings.iter().for_each(|finding| baseline.add("bench.txt", finding));
        let mut baseline = Baseline::parse(&baseline.to_json()).expect("it reads what it writes");
        baseline.accept("bench.txt", &mut review);
        review.accepted
    })
}

/// A whole mail, taken apart and linted.
fn mail(text: String, count: usize) -> Prepared {
    let linter = linter();
    Prepared::new(count, move || {
        let mail = Mail::parse(text.as_bytes()).expect("a mail");
        let found = |part: &MailPart| {
            let draft = draft(&part.text).with_format(part.format).with_part(&part.part);
            linter.lint(&draft).expect("its language is served").findings.len()
        };
        mail.parts.iter().map(found).sum()
    })
}
