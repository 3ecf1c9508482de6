//! Conditions, places, nearness and what a whole reply must be like.

use proptest::prelude::*;
use replylint::lint::FindingKind;
use replylint::text::{Talk, TimeOfDay};
use replylint::{Draft, Language, Linter, Review, Span};

use super::{config, text};
use crate::support::{linter, recompiled};

/// Every check there is, with the words of the random texts.
const LEXICON: &str = r#"
[lexicon]
name = "p"
language = "en"

[names]
products = ["can pay"]

[situation.complaint]
phrases = ["must"]
unless = ["must-have"]

[avoid.a.plain]
phrases = ["you must", "can't"]
unless = ["you must pay"]

[avoid.a.near]
phrases = ["you", "вы"]
unless-near = ["pay", "ещё"]

[avoid.a.opening]
phrases = ["must", "not"]
at = "opening"

[avoid.a.closing]
phrases = ["now not", "can"]
at = "last sentence"

[avoid.a.alone]
phrases = ["café", "thrilled now"]
at = "sentence"

[avoid.a.waits]
phrases = ["mustard"]
when = { reply = ["a.plain", "b"] }

[avoid.k.customer]
phrases = ["now"]
when = { customer = ["you", "pay"] }

[avoid.k.before]
phrases = ["pay"]
when = { before = ["you", "not"] }

[avoid.k.answered]
phrases = ["thrilled"]
when = { answered = false }

[avoid.k.situation]
phrases = ["должны"]
when = { situation = ["complaint"] }

[avoid.k.turn]
phrases = ["strasse", "mustard now"]
when = { first-turn = false }

[avoid.k.channel]
phrases = ["not be"]
channels = ["chat"]

[avoid.k.hour]
phrases = ["be"]
between = ["18:00", "05:00"]

[recommend.b.thrilled]
phrases = ["thrilled"]

[require.r.any]
any = ["you", "thrilled"]
within = "opening"

[require.r.all]
all = ["pay", "now"]
within = "closing"

[require.k.in-chat]
any = ["you"]
channels = ["chat"]

[require.k.answer]
any = ["you"]
when = { customer = ["pay"] }

[style.s.forms]
forms = [["you"], ["вы", "должны"]]

[style.s.fields]
placeholders = true
most-words = 12
most-sentences = 4

[step.aware.say]
phrases = ["can", "thrilled"]
says = "says it"
"#;

fn all() -> &'static (Linter, Linter) {
    static LINTERS: std::sync::OnceLock<(Linter, Linter)> = std::sync::OnceLock::new();
    LINTERS.get_or_init(|| {
        let linter = linter(LEXICON);
        let compiled = recompiled(&linter);
        (linter, compiled)
    })
}

/// What may be known of a talk, or not.
#[derive(Debug, Clone)]
struct Known {
    customer: Option<String>,
    before: Option<String>,
    turn: Option<u32>,
    situation: bool,
    sent_at: Option<&'static str>,
    channel: Option<&'static str>,
}

fn known() -> impl Strategy<Value = Known> {
    let channel = prop::option::of(prop::sample::select(&["chat", "email"][..]));
    let sent_at = prop::option::of(prop::sample::select(&["18:00", "04:59", "05:00", "12:00"][..]));
    let said = || prop::option::of(text());
    (said(), said(), prop::option::of(1..3_u32), any::<bool>(), sent_at, channel).prop_map(
        |(customer, before, turn, situation, sent_at, channel)| Known {
            customer,
            before,
            turn,
            situation,
            sent_at,
            channel,
        },
    )
}

impl Known {
    fn draft<'t>(&'t self, text: &'t str) -> Draft<'t> {
        Draft {
            channel: self.channel,
            talk: Talk {
                customer: self.customer.as_deref(),
                before: self.before.as_deref(),
                turn: self.turn,
                situation: self.situation.then_some("complaint"),
                sent_at: self.sent_at.and_then(TimeOfDay::parse),
            },
            ..Draft::new(text).with_language(Language::parse("en").unwrap())
        }
    }
}

/// Where a review finds what, moved by some bytes.
fn places(review: &Review<'_>, by: usize) -> Vec<(String, Span, Vec<String>)> {
    let span = |span: Span| Span::new(span.start + by, span.end + by);
    let also = |also: &[&replylint::lexicon::EntryId]| also.iter().map(ToString::to_string).collect();
    let findings = review.findings.iter().map(|found| (found.rule.to_string(), span(found.span), also(&found.also)));
    let wins = review.wins.iter().map(|win| (win.rule.to_string(), span(win.span), Vec::new()));
    let steps = review.recovery.iter().flat_map(|recovery| &recovery.steps);
    findings.chain(wins).chain(steps.map(|step| (step.rule.to_string(), span(step.span), Vec::new()))).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_was_compiled_sees_the_whole_reply_too(text in text(), known in known()) {
        let (linter, compiled) = all();
        let draft = known.draft(&text);
        prop_assert_eq!(linter.lint(&draft).unwrap(), compiled.lint(&draft).unwrap());
    }

    #[test]
    fn a_window_is_a_draft_of_its_own(before in text(), text in text(), behind in text(), known in known()) {
        let whole = format!("{before}{text}{behind}");
        let window = Span::new(before.len(), before.len() + text.len());
        let here = all().0.lint(&known.draft(&whole).with_window(window)).unwrap();
        let alone = all().0.lint(&known.draft(&text)).unwrap();
        prop_assert_eq!(places(&here, 0), places(&alone, before.len()), "{:?} in {:?}", text, whole);
    }

    #[test]
    fn what_is_not_known_wakes_nobody(text in text()) {
        let review = all().0.lint(&Draft::new(&text).with_language(Language::parse("en").unwrap())).unwrap();
        let woken = review.findings.iter().find(|found| {
            found.rule.category() == "k" || found.also.iter().any(|rule| rule.category() == "k")
        });
        prop_assert!(woken.is_none(), "{woken:?} in {text:?}");
        prop_assert!(review.recovery.is_none());
    }

    #[test]
    fn a_requirement_is_met_or_is_one_finding(text in text(), known in known()) {
        let (linter, _) = all();
        let draft = known.draft(&text);
        let review = linter.lint(&draft).unwrap();
        for rule in ["r.any", "r.all", "k.in-chat", "k.answer"] {
            let found: Vec<_> = review.findings.iter().filter(|found| found.rule.as_str() == rule).collect();
            prop_assert!(found.len() <= 1, "{found:?}");
            prop_assert!(found.iter().all(|found| found.kind != FindingKind::Structure || found.span.start == found.span.end));
            let accounts = linter.account(&draft, rule).unwrap();
            let missing = accounts[0].lines(&draft).iter().filter(|line| line.contains("it asks for stands in") || line.starts_with("nothing of it stands in the ")).count();
            prop_assert_eq!(missing, found.len(), "{:?} {:?}", text, accounts);
        }
    }

    #[test]
    fn what_saves_is_no_fault(text in text(), saver in prop::sample::select(&["Pay.", "Ещё."][..])) {
        let near = |text: &str| {
            let review = all().0.lint(&Draft::new(text).with_language(Language::parse("en").unwrap())).unwrap();
            review.findings.iter().filter(|found| {
                found.rule.as_str() == "a.near" || found.also.iter().any(|rule| rule.as_str() == "a.near")
            }).count()
        };
        let more = format!("{text}\n\n{saver}\n");
        prop_assert!(near(&more) <= near(&text), "{:?}", more);
    }

    #[test]
    fn a_rule_that_speaks_can_say_why(text in text(), known in known()) {
        let (linter, _) = all();
        let draft = known.draft(&text);
        let review = linter.lint(&draft).unwrap();
        for entry in linter.lexicons().next().unwrap().entries().iter() {
            let accounts = linter.account(&draft, entry.id.as_str()).unwrap();
            prop_assert_eq!(accounts.len(), 1);
            prop_assert!(!accounts[0].reasons.is_empty());
            let asleep = accounts[0].reasons.iter().all(|reason| matches!(reason, replylint::lint::Reason::Asleep(_)));
            let speaks = review.findings.iter().any(|found| found.rule == &entry.id);
            prop_assert!(!(asleep && speaks), "{:?} of {}", accounts, entry.id);
        }
    }
}
