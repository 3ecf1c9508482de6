//! Spans: whole characters that fold to what matched, in text and in any markup.

use proptest::prelude::*;
use replylint::text::{Format, Reading, Span, Style};
use replylint::{Draft, Language};

use super::{config, findings, lexicon, phrase, text};

pub(super) const MARKUP: [&str; 40] = [
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

proptest! {
    #![proptest_config(config())]

    #[test]
    fn spans_lie_on_characters_and_refold_to_what_matched(text in text(), phrases in prop::collection::vec(phrase(), 1..6)) {
        for finding in findings(&lexicon(&phrases, &[]), &text) {
            let slice = text.get(finding.span.start..finding.span.end);
            prop_assert!(slice.is_some(), "{:?} in {:?}", finding.span, text);
            let reading = Reading::of_text(&text);
            prop_assert_eq!(Some(reading.refold(finding.span, Style::COARSE)), finding.matched.as_deref().map(str::to_owned));
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
                prop_assert_eq!(Some(reading.refold(finding.span, Style::COARSE)), finding.matched.as_deref().map(str::to_owned), "{:?}", text);
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
}
