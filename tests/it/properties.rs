//! What must hold for every text and every lexicon, tried on random ones. The texts are made
//! of pieces that matter here: phrase words, spaces of all kinds, marks, quotes, placeholders.

use std::fmt::Write as _;

use proptest::prelude::*;
use replylint::text::{Folded, Format, Reading, Span, Style, is_border, is_word};
use replylint::{Draft, Finding, Language, Linter};

use crate::support::linter;

const PIECES: [&str; 48] = [
    "you",
    "You",
    "YOU",
    "must",
    "MUST",
    "pay",
    "now",
    "not",
    "be",
    "thrilled",
    "can",
    "can't",
    "can’t",
    "mustard",
    "must-have",
    "должны",
    "Вы",
    "ещё",
    "е\u{308}",
    "и\u{306}",
    "c\u{43e}",
    "caf\u{e9}",
    "cafe\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "ŉ",
    "о",
    "q\u{301}",
    "😀",
    "ΟΔΟΣ",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "\u{200b}",
    "\u{ad}",
    ".",
    ", ",
    "> ",
    "{{x}}",
    "https://x.example/you",
    "- ",
    "ທ່ານຕ້ອງ",
];

const FIXABLE: [&str; 26] = [
    "basically",
    "Basically",
    "basically",
    "prior to",
    "Prior to",
    "in order to",
    "at this point in time",
    "pls",
    "thx",
    "you",
    "we can",
    "it",
    " ",
    " ",
    " ",
    ", ",
    ".",
    "! ",
    "\n",
    "\r\n",
    "\n\n",
    "> ",
    "{{basically}}",
    " `prior to` ",
    "https://x.example/prior/to",
    "<b>",
];

const MARKUP: [&str; 40] = [
    "you",
    "must",
    "pay",
    "can",
    "can&#39;t",
    "can’t",
    " ",
    " ",
    " ",
    "&nbsp;",
    "&amp;",
    "&",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<br>",
    "<div",
    ">",
    "<",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<blockquote>",
    "</blockquote>",
    "<td>",
    "\n",
    "\n\n",
    "> ",
    "**",
    "*",
    "`",
    "```\n",
    "- ",
    "{{x}}",
    "<<y>>",
    "😀",
    "ж",
    "[you](must)",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat()),
        1 => ".{0,60}",
    ]
}

fn phrase() -> impl Strategy<Value = String> {
    const WORDS: [&str; 16] = [
        "you",
        "must",
        "pay",
        "now",
        "not",
        "be",
        "can",
        "can't",
        "must-have",
        "вы",
        "должны",
        "ещё",
        "café",
        "strasse",
        "οδος",
        "ທ່ານ",
    ];
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4).prop_map(|words| words.join(" "))
}

fn lexicon(phrases: &[String], unless: &[String]) -> Linter {
    let unless = serde_json::to_string(unless).unwrap();
    let mut text = "[lexicon]\nname = \"p\"\nlanguage = \"en\"\n".to_owned();
    let mut unique: Vec<&String> = Vec::new();
    for phrase in phrases {
        if !unique.contains(&phrase) {
            unique.push(phrase);
        }
    }
    for (index, phrase) in unique.iter().enumerate() {
        let _ = write!(text, "[avoid.p.r{index}]\nphrases = [\"{phrase}\"]\nunless = {unless}\n");
    }
    linter(&text)
}

fn findings(linter: &Linter, text: &str) -> Vec<Finding> {
    linter.lint(&Draft::new(text).with_language(Language::parse("en").unwrap())).unwrap().findings
}

/// All rules that speak at all, winners and losers.
fn rules(findings: &[Finding]) -> Vec<String> {
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
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_lie_on_characters_and_refold_to_what_matched(text in text(), phrases in prop::collection::vec(phrase(), 1..6)) {
        for finding in findings(&lexicon(&phrases, &[]), &text) {
            let slice = text.get(finding.span.start..finding.span.end);
            prop_assert!(slice.is_some(), "{:?} in {:?}", finding.span, text);
            let reading = Reading::of_text(&text);
            prop_assert_eq!(Some(reading.refold(finding.span, Style::COARSE)), finding.matched);
        }
    }

    #[test]
    fn spans_hold_in_any_markup(pieces in prop::collection::vec(prop::sample::select(&MARKUP[..]), 0..24)) {
        let text = pieces.concat();
        let linter = lexicon(&["you must".to_owned(), "you must pay".to_owned(), "can't".to_owned()], &[]);
        for format in [Format::Html, Format::Markdown] {
            let draft = Draft::new(&text).with_format(format).with_language(Language::parse("en").unwrap());
            let review = linter.lint(&draft).unwrap();
            let reading = Reading::of(&draft);
            for finding in &review.findings {
                prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "{:?} in {:?}", finding.span, text);
                prop_assert_eq!(Some(reading.refold(finding.span, Style::COARSE)), finding.matched.clone(), "{:?}", text);
                prop_assert!(!review.skipped.iter().any(|skipped| skipped.span.covers(finding.span)), "{:?}", text);
            }
            for skipped in &review.skipped {
                prop_assert!(text.get(skipped.span.start..skipped.span.end).is_some(), "{:?} in {:?}", skipped, text);
            }
        }
    }

    #[test]
    fn markup_around_and_within_a_phrase_changes_nothing(
        before in prop::sample::select(&["", "<p>", "<div><b>", "<!-- x -->", "<td>"][..]),
        within in prop::sample::select(&[" ", "&nbsp;", "</b> <i>", " <b>", "<br>", "\n\n", "&#32;", " <!-- y -->"][..]),
        after in prop::sample::select(&["", "</p>", "</b></div>", "<br>", "&amp;", "<script>you must</script>"][..]),
    ) {
        let text = format!("{before}you{within}must{after}");
        let linter = lexicon(&["you must".to_owned()], &[]);
        let draft = Draft::new(&text).with_format(Format::Html).with_language(Language::parse("en").unwrap());
        let found: Vec<Span> = linter.lint(&draft).unwrap().findings.iter().map(|finding| finding.span).collect();
        let expected = Span::new(before.len(), before.len() + "you".len() + within.len() + "must".len());
        prop_assert_eq!(found, vec![expected], "{:?}", text);
    }

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
    fn fixing_twice_changes_no_more_than_once(
        words in prop::collection::vec(prop::sample::select(&FIXABLE[..]), 0..24),
        format in prop::sample::select(&Format::ALL[..]),
    ) {
        let text = words.concat();
        let draft = |text| Draft::new(text).with_format(format).with_language(Language::parse("en").unwrap());
        let fixed = shared().fix(&draft(&text)).unwrap();
        let again = shared().fix(&draft(&fixed.text)).unwrap();
        prop_assert_eq!(&again.text, &fixed.text, "{:?}", text);
        prop_assert_eq!(again.count, 0);
        // What is skipped is nobody's to change.
        for skipped in ["{{basically}}", "`prior to`", "https://x.example/prior/to"] {
            prop_assert_eq!(text.matches(skipped).count(), fixed.text.matches(skipped).count(), "{:?}", text);
        }
    }

    #[test]
    fn linting_is_deterministic(text in text()) {
        let linter = shared();
        let first = linter.lint(&Draft::new(&text)).unwrap();
        prop_assert_eq!(first, linter.lint(&Draft::new(&text)).unwrap());
    }

    #[test]
    fn folding_again_changes_nothing(text in ".{0,80}") {
        let once = Folded::phrase(&text, Style::COARSE);
        // One line break in a text is only a space; the end of a stretch of prose takes two.
        let again = Folded::phrase(&once.replace('\n', "\n\n"), Style::COARSE);
        prop_assert_eq!(again, once);
    }

    #[test]
    fn composed_and_decomposed_text_fold_alike(text in "[a-zA-Zа-яА-ЯёЁйЙїЇéñüÅάώ ]{0,40}") {
        use unicode_normalization::UnicodeNormalization;
        let nfd: String = text.nfd().collect();
        prop_assert_eq!(Folded::phrase(&nfd, Style::COARSE), Folded::phrase(&text, Style::COARSE));
        prop_assert_eq!(Folded::phrase(&nfd, Style::ACCENTED), Folded::phrase(&text, Style::ACCENTED));
    }

    #[test]
    fn any_text_loads_or_is_refused_without_a_panic(text in "\\PC{0,120}") {
        let memory = crate::support::Memory::default().with("x", &format!("[lexicon]\nlanguage = \"en\"\n[avoid.a.b]\nphrases = ['{text}']\n{text}"));
        let _ = memory.load("x");
    }

    #[test]
    fn any_phrase_is_understood_or_refused_without_a_panic(phrase in "[ a-c(|)\\[\\]{}*…@^$.']{0,24}", text in "[ a-c.,]{0,24}") {
        let source = format!("[lexicon]\nlanguage = \"en\"\n[group]\na = [\"a\", \"b c\"]\n[avoid.a.b]\nphrases = [{phrase:?}]\n");
        if let Ok(mut loaded) = crate::support::Memory::default().with("x", &source).load("x") {
            let linter = Linter::new(vec![loaded.lexicons.remove(0)]);
            findings(&linter, &text);
        }
    }
}

fn shared() -> &'static Linter {
    static LINTER: std::sync::OnceLock<Linter> = std::sync::OnceLock::new();
    LINTER.get_or_init(Linter::builtin)
}

/// Not a sample: every character there is, between letters. Left out are line breaks, and three
/// Tibetan vowels whose use Unicode discourages.
#[test]
fn every_character_folds_once_and_for_all() {
    use unicode_normalization::UnicodeNormalization;
    let mut wrong = Vec::new();
    for c in (' '..=char::MAX)
        .filter(|c| !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{f73}' | '\u{f75}' | '\u{f81}'))
    {
        let text = format!("a{c}a");
        let once = Folded::phrase(&text, Style::COARSE);
        let again = Folded::phrase(&once, Style::COARSE);
        let decomposed = Folded::phrase(&text.nfd().collect::<String>(), Style::COARSE);
        if once != again || once != decomposed {
            wrong
                .push(format!("U+{:04X} {text:?}: {once:?}, again {again:?}, decomposed {decomposed:?}", u32::from(c)));
        }
    }
    assert!(wrong.is_empty(), "{} characters\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}
