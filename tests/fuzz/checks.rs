//! What must hold for any bytes at all. The fuzz targets and the tests that run the kept seeds share
//! this page.

use std::sync::OnceLock;

use replylint::lexicon::{Builtin, Loaded, Opened, Source, SourceError, SourceFile, load};
use replylint::lint::{FindingKind, Rewriter};
use replylint::text::{Format, LineIndex, Mail, Reading, Span, Speakers, Style, Talk, Transcript, answers};
use replylint::{Draft, Linter};

/// Checks some bytes as one of the targets; a panic is a failure.
pub(crate) fn check(target: &str, bytes: &[u8]) {
    let text = || std::str::from_utf8(bytes).ok();
    match target {
        "text" => text().into_iter().for_each(|text| draft(&Draft::new(text))),
        "markdown" => text().into_iter().for_each(|text| draft(&Draft::new(text).with_format(Format::Markdown))),
        "html" => text().into_iter().for_each(|text| draft(&Draft::new(text).with_format(Format::Html))),
        "mime" => mail(bytes),
        "talk" => text().into_iter().for_each(talk),
        "lexicon" => text().into_iter().for_each(lexicon),
        _ => panic!("there is no target {target}"),
    }
}

fn mail(bytes: &[u8]) {
    let Ok(mail) = Mail::parse(bytes) else { return };
    assert!(!mail.parts.is_empty());
    for part in &mail.parts {
        assert!(!part.part.is_empty());
        draft(&part.draft());
    }
}

fn talk(text: &str) {
    let Ok(transcript) = Transcript::parse(text, &Speakers::default()) else { return };
    assert_eq!(transcript.turns.len(), transcript.spans.len());
    assert!(transcript.spans.is_sorted_by(|before, behind| before.end <= behind.start));
    for answer in answers(&transcript.turns) {
        let end = Span::new(text.len(), text.len());
        let window = transcript.spans.get(answer.number - 1).copied().unwrap_or(end);
        assert_eq!(window.of(text), answer.words);
        let customer = answer.customer.as_deref();
        let talk = Talk { customer, before: answer.before, turn: Some(answer.turn), ..Talk::default() };
        draft(&Draft::new(text).with_window(window).with_talk(talk));
    }
}

fn draft(draft: &Draft<'_>) {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    let linter = LINTER.get_or_init(Linter::builtin);
    let text = draft.text;
    let review = linter.lint(draft).expect("no language was stated");
    let reading = Reading::of(draft);
    let index = LineIndex::new(text);
    let rewriter = Rewriter::new(draft);
    let reply = draft.window.unwrap_or(Span::new(0, text.len()));
    for finding in &review.findings {
        assert!(reply.covers(finding.span), "{finding:?} lies outside of {reply:?}");
        let slice = text.get(finding.span.start..finding.span.end).expect("a span on character borders");
        let Some(matched) = finding.matched.as_deref() else {
            assert!(finding.kind == FindingKind::Structure && finding.span.is_empty(), "{finding:?}");
            continue;
        };
        assert_eq!(reading.refold(finding.span, Style::COARSE), matched);
        assert_eq!(index.chars(finding.span.end) - index.chars(finding.span.start), slice.chars().count());
        assert_eq!(index.utf16(finding.span.end) - index.utf16(finding.span.start), slice.encode_utf16().count());
        for skipped in &review.skipped {
            assert!(!skipped.span.covers(finding.span), "{finding:?} lies in {skipped:?}");
        }
        let edits = rewriter.edits(finding, "x");
        let mut at = 0;
        for edit in &edits {
            assert!(at <= edit.span.start && edit.span.start <= edit.span.end);
            assert!(text.get(edit.span.start..edit.span.end).is_some());
            at = edit.span.end;
        }
    }
    for Span { start, end } in review.skipped.iter().map(|skipped| skipped.span) {
        assert!(text.get(start..end).is_some_and(|slice| !slice.is_empty()), "{start}..{end}");
    }
    let fixed = linter.fix(draft).expect("it was linted before");
    let again = linter.fix(&draft.changed(&fixed.text)).expect("it was linted before");
    assert_eq!(again.text, fixed.text, "a second fix changes nothing");
}

fn lexicon(text: &str) {
    let Ok(Loaded { lexicons, .. }) = load(&["fuzzed"], &Fuzzed(text.to_owned())) else { return };
    let linter = Linter::new(lexicons);
    for sample in
        ["You must pay today, prior to 5 pm. No problem!\n\n> Basically, $40", "Вы должны оплатить 1 000 руб."]
    {
        let draft = Draft::new(sample).with_language(linter.lexicons().next().expect("one lexicon").language().clone());
        let review = linter.lint(&draft).expect("a lexicon for its language");
        for finding in &review.findings {
            assert!(sample.get(finding.span.start..finding.span.end).is_some());
        }
    }
    let explained = linter
        .lexicons()
        .flat_map(|lexicon| lexicon.entries().iter().map(move |entry| replylint::lint::explain(lexicon, entry)));
    explained.for_each(|page| assert!(!page.is_empty()));
}

struct Fuzzed(String);

impl Source for Fuzzed {
    fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError> {
        if reference.starts_with("builtin:") {
            return Builtin.open(reference, from);
        }
        if from.is_some() {
            return Err(SourceError { message: "there is one file".to_owned(), help: String::new() });
        }
        Ok(Opened {
            id: "fuzzed".to_owned(),
            files: vec![SourceFile { name: "fuzzed".to_owned(), text: self.0.clone() }],
        })
    }
}
