//! Matching: against an oracle, and when entries are added.

use proptest::prelude::*;
use replylint::text::{Folded, Reading, Span, Style, is_border, is_word};
use replylint::{Draft, Finding};

use super::{config, findings, lexicon, phrase, shared, text};

/// All rules that speak at all, winners and losers.
fn rules(findings: &[Finding<'_>]) -> Vec<String> {
    let mut rules: Vec<String> =
        findings.iter().flat_map(|f| std::iter::once(&f.rule).chain(&f.also)).map(ToString::to_string).collect();
    rules.sort();
    rules.dedup();
    rules
}

/// The obvious matcher: every phrase at every place of the folded text, then accents by
/// folding the original slice again, then exceptions, then the leftmost-longest. No automaton,
/// no edits of ours.
fn oracle(text: &str, phrases: &[String], unless: &[String]) -> Vec<Span> {
    let reading = Reading::of_text(text);
    let mut found = everywhere(&reading, phrases);
    let exceptions = everywhere(&reading, unless);
    found.retain(|(folded, _)| {
        !exceptions.iter().any(|(exception, _)| {
            let common = Span::new(folded.start.max(exception.start), folded.end.min(exception.end));
            common.start < common.end && common.of(reading.folded()).chars().any(is_word)
        })
    });
    let mut spans: Vec<Span> = found.into_iter().map(|(_, span)| span).collect();
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        if kept.last().is_none_or(|last| last.end <= span.start) {
            kept.push(span);
        }
    }
    kept
}

/// Where the phrases stand: folded and original.
fn everywhere(reading: &Reading<'_>, phrases: &[String]) -> Vec<(Span, Span)> {
    let folded = reading.folded();
    let mut spans = Vec::new();
    for phrase in phrases {
        let needle = Folded::phrase(phrase, Style::COARSE);
        for (at, _) in folded.char_indices() {
            let end = at + needle.len();
            if !folded[at..].starts_with(&needle) || !is_border(folded, at) || !is_border(folded, end) {
                continue;
            }
            let Some(span) = reading.original(Span::new(at, end)) else { continue };
            if reading.refold(span, Style::ACCENTED) == Folded::phrase(phrase, Style::ACCENTED) {
                spans.push((Span::new(at, end), span));
            }
        }
    }
    spans
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_matcher_agrees_with_the_oracle(
        text in text(),
        phrases in prop::collection::vec(phrase(), 1..6),
        unless in prop::collection::vec(phrase(), 0..3),
    ) {
        // A phrase that is its own exception is refused.
        let unless: Vec<String> = unless.into_iter().filter(|exception| !phrases.contains(exception)).collect();
        let found: Vec<Span> = findings(&lexicon(&phrases, &unless), &text).iter().map(|finding| finding.span).collect();
        prop_assert_eq!(found, oracle(&text, &phrases, &unless), "{:?} {:?} {:?}", text, phrases, unless);
    }

    #[test]
    fn adding_an_entry_silences_no_rule(text in text(), phrases in prop::collection::vec(phrase(), 1..6), one_more in phrase()) {
        let before = rules(&findings(&lexicon(&phrases, &[]), &text));
        let more: Vec<String> = phrases.iter().cloned().chain([one_more]).collect();
        let after = rules(&findings(&lexicon(&more, &[]), &text));
        for rule in before {
            prop_assert!(after.contains(&rule), "{rule} fell silent in {text:?}");
        }
    }

    #[test]
    fn linting_is_deterministic(text in text()) {
        let linter = shared();
        let first = linter.lint(&Draft::new(&text)).unwrap();
        prop_assert_eq!(first, linter.lint(&Draft::new(&text)).unwrap());
    }
}
