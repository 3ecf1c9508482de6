//! Questions that only a whole lexicon can answer: of which lexicons they are asked, and of which not. How they
//! are drawn is in `problems/`.

use proptest::prelude::*;
use proptest::sample::select;
use replylint::lexicon::{Code, Problem};
use replylint::lint::audit;
use replylint::text::Day;
use replylint::{Draft, Linter};

use crate::support::Memory;

const HEAD: &str = "[lexicon]\nlanguage = \"en\"\nextends = [\"base.toml\"]\n";

/// What is inherited: nothing of it is ever questioned.
const BASE: &str = r#"[lexicon]
language = "en"
[group]
never = ["used"]
[avoid.base.owe]
phrases = ["you owe"]
prefer = ["what you owe"]
[avoid.base.off]
phrases = ["switched off"]
level = "off"
[avoid.base.chat]
phrases = ["in a chat"]
channels = ["chat"]
[avoid.base.closing]
phrases = ["best of luck"]
at = "closing"
[avoid.base.morning]
phrases = ["good morning"]
between = ["12:00", "05:00"]
"#;

/// The codes of all that is said of an entry with examples.
fn codes(text: &str) -> Vec<&'static str> {
    let memory = Memory::default().with("base.toml", BASE).with("our.toml", &format!("{HEAD}{text}"));
    let loaded =
        memory.load("our.toml").unwrap_or_else(|error| panic!("{}\n{text}", error.problems.iter().next().unwrap()));
    let problems = loaded.warnings.and(audit(&loaded.lexicons, Day::parse("2026-12-02")).unwrap());
    problems.iter().map(|problem: &Problem| problem.code().as_str()).collect()
}

/// An entry that nothing else is to be said of.
fn entry(name: &str, keys: &str) -> String {
    format!("[avoid.our.{name}]\nflags = [\"x\"]\npasses = [\"y\"]\n{keys}\n")
}

#[test]
fn what_is_wrong_is_said_and_what_is_right_is_not() {
    let rows: [(&str, &[&str]); 44] = [
        ("", &[]),
        // What is preferred: by whom it is flagged, and whether at all where it is sent.
        ("phrases = ['pay up']\nprefer = ['you owe 20 euros']", &["prefer-flagged"]),
        ("phrases = ['pay up']\nprefer = ['YOU\u{a0}OWE {{sum}}']", &["prefer-flagged"]),
        ("phrases = ['pay {amount}']\nprefer = ['you owe {amount}']", &["prefer-flagged"]),
        ("phrases = ['pay up']\nprefer = ['you … owe']", &[]),
        ("phrases = ['pay up']\nprefer = ['switched off']", &[]),
        ("phrases = ['pay up']\nprefer = ['in a chat']", &[]),
        ("phrases = ['pay up']\nprefer = ['in a chat']\nchannels = ['email', 'chat']", &["prefer-flagged"]),
        ("phrases = ['pay up']\nprefer = ['best of luck']", &[]),
        ("phrases = ['pay up']\nprefer = ['best of luck']\nat = 'closing'", &["prefer-flagged"]),
        ("phrases = ['pay up']\nprefer = ['Good morning']\nbetween = ['05:00', '18:00']", &[]),
        ("phrases = ['pay up']\nprefer = ['Good morning']\nbetween = ['13:00', '18:00']", &["prefer-flagged"]),
        // What is recommended, in any form.
        (
            "phrases = ['q']\n[recommend.our.r]\nphrases = ['as you [now|still] owe']\nflags = ['x']",
            &["recommend-flagged"],
        ),
        ("phrases = ['q']\n[recommend.our.r]\nphrases = ['as you (now|still) owe']\nflags = ['x']", &[]),
        (
            "phrases = ['you owe it']\nunless = ['owe it to yourself']\n[recommend.our.r]\nphrases = ['you owe it to yourself']\nflags = ['x']",
            &["recommend-flagged"],
        ),
        // A phrase that is silent, and those that have something to say now and then.
        (
            "phrases = ['you ow*']\nlevel = 'error'\n[avoid.our.b]\nphrases = ['you owes']\nflags = ['x']\npasses = ['y']",
            &["shadowed-phrase"],
        ),
        (
            "phrases = ['you (owes|owing)']\n[avoid.our.b]\nphrases = ['you owe*']\nflags = ['x']\npasses = ['y']\nlevel = 'error'",
            &[],
        ),
        ("phrases = ['berth {number}']\n[avoid.our.b]\nphrases = ['berth {word}']\nflags = ['x']\npasses = ['y']", &[]),
        // Exceptions.
        ("phrases = ['pay up']\nunless = ['by law']", &["idle-unless"]),
        ("phrases = ['pay up']\nunless = ['pay later']", &[]),
        ("phrases = ['pay*']\nunless = ['payment due']", &[]),
        ("phrases = ['pay up']\nunless = ['pa* later']", &[]),
        ("phrases = ['pay … up']\nunless = ['by law']", &[]),
        ("phrases = ['pay up']\nunless = ['{word} law']", &[]),
        ("phrases = ['pay up']\nregex = ['[a-z]+ law']\nunless = ['by law']", &[]),
        ("phrases = ['pay-up']\nunless = ['up there']", &[]),
        // Adjustments.
        ("phrases = ['q']\n[adjust.base.owe]\nlevel = 'warning'", &["idle-adjust"]),
        ("phrases = ['q']\n[adjust.base.owe]\nlevel = 'error'", &[]),
        ("phrases = ['q']\n[adjust.base.owe]\nadd-phrases = ['you owe']", &["idle-adjust"]),
        ("phrases = ['q']\n[adjust.base.owe]\nprefer = ['what you owe']", &["idle-adjust", "prefer-flagged"]),
        ("phrases = ['q']\n[adjust.base.owe]\nwhy = 'So.'", &[]),
        // Groups.
        ("phrases = ['pay @sums']\n[group]\nsums = ['up', '@more']\nmore = ['now']", &[]),
        ("phrases = ['pay up']\n[group]\nsums = ['up', '@more']\nmore = ['now']", &["unused-group", "unused-group"]),
        // Examples.
        ("phrases = ['q']\n[avoid.our.b]\nphrases = ['pay up']\nflags = ['Pay up.']", &["missing-examples"]),
        ("phrases = ['q']\n[situation.refund]\nphrases = ['money back']\nflags = ['My money back!']", &[]),
        // Fixes.
        ("phrases = ['pay up']\nprefer = ['you owe us']\nfix = 'safe'", &["prefer-flagged"]),
        ("phrases = ['up {number}']\nprefer = ['Up to {number}']\nfix = 'safe'", &[]),
        ("phrases = ['{word} up']\nprefer = ['{word} on']\nfix = 'safe'", &[]),
        ("phrases = ['VIP']\nprefer = ['I']\nfix = 'safe'", &[]),
        ("phrases = ['basically']\nprefer = ['']\nfix = 'safe'", &[]),
        // Near duplicates.
        (
            "phrases = ['hold the line']\n[avoid.our.b]\nphrases = ['hold a line']\nflags = ['x']\npasses = ['y']",
            &["near-duplicate"],
        ),
        (
            "phrases = ['hold the line']\n[avoid.our.b]\nphrases = ['hold a line']\nchannels = ['chat']\nflags = ['x']\npasses = ['y']",
            &[],
        ),
        ("phrases = ['hold the line']\n[avoid.our.b]\nphrases = ['hold our line']\nflags = ['x']\npasses = ['y']", &[]),
        // Days.
        ("phrases = ['pay up']\nreview-by = 2026-12-02", &[]),
    ];
    for (keys, expected) in rows {
        let text = if keys.is_empty() { String::new() } else { entry("a", keys) };
        assert_eq!(codes(&text), expected, "{text}");
    }
}

#[test]
fn every_warning_about_an_entry_is_silenced_by_it_and_by_nothing_else() {
    let rows = [
        (Code::InheritedPhrase, "[avoid.our.a]\nphrases = ['you owe']", ""),
        (Code::PreferFlagged, "[avoid.our.a]\nphrases = ['pay up']\nprefer = ['you owe']", ""),
        (Code::RecommendFlagged, "[recommend.our.a]\nphrases = ['all you owe']", ""),
        (
            Code::ShadowedPhrase,
            "[avoid.our.a]\nphrases = ['berth 12']",
            "[avoid.our.b]\nphrases = ['berth {number}']\nlevel = 'error'",
        ),
        (Code::NearDuplicate, "[avoid.our.b]\nphrases = ['hold a line']", "[avoid.our.a]\nphrases = ['hold the line']"),
        (Code::IdleUnless, "[avoid.our.a]\nphrases = ['pay up']\nunless = ['by law']", ""),
        (Code::IdleAdjust, "[adjust.base.owe]\nlevel = 'warning'", ""),
        (
            Code::FixFlagged,
            "[avoid.our.a]\nphrases = ['^sum']\nprefer = ['Total']\nfix = 'safe'",
            "[avoid.our.b]\nphrases = ['^total {word}']",
        ),
        (Code::FixCase, "[avoid.our.a]\nphrases = ['24/7']\nprefer = ['Always']\nfix = 'safe'", ""),
        (Code::OtherScript, "[avoid.our.a]\nphrases = ['день']", "[avoid.our.b]\nphrases = ['day']"),
        (Code::MixedScripts, "[avoid.our.a]\nphrases = ['d\u{430}y']", ""),
        (Code::MissingExamples, "[avoid.our.a]\nphrases = ['pay up']", ""),
        (Code::ReviewDue, "[avoid.our.a]\nphrases = ['pay up']\nreview-by = '2026-12-01'", ""),
    ];
    let allowable = Code::ALL.iter().copied().filter(|code| code.can_be_allowed());
    assert_eq!(rows.map(|(code, ..)| code).to_vec(), allowable.collect::<Vec<_>>());
    for (code, entry, other) in rows {
        let lacks_examples = code == Code::MissingExamples || entry.starts_with("[adjust");
        let examples = |entry: &str| if entry.is_empty() { "" } else { "\nflags = ['x']\npasses = ['y']\n" };
        let own = if lacks_examples { "\n" } else { examples(entry) };
        let text = |allow: &str| format!("{other}{}{entry}{own}{allow}", examples(other));
        assert_eq!(codes(&text("")), [code.as_str()], "{}", text(""));
        let allowed = text(&format!("allow = ['{}']", code.as_str()));
        assert_eq!(codes(&allowed), [""; 0], "{allowed}");
        let another = if code == Code::FixCase { Code::ReviewDue } else { Code::FixCase };
        let unused = text(&format!("allow = ['{}']", another.as_str()));
        let mut both = codes(&unused);
        both.sort_unstable();
        let mut expected = [code.as_str(), "unused-allow"];
        expected.sort_unstable();
        assert_eq!(both, expected, "{unused}");
    }
}

#[test]
fn what_depends_on_the_day_is_only_said_when_it_is_known() {
    let text = entry("a", "phrases = ['pay up']\nreview-by = 2026-12-01\nallow = ['review-due']");
    for (day, expected) in [(None, 0), (Day::parse("2026-12-01"), 1), (Day::parse("2026-12-02"), 0)] {
        let memory = Memory::default().with("base.toml", BASE).with("our.toml", &format!("{HEAD}{text}"));
        let loaded = memory.load("our.toml").unwrap();
        assert_eq!(audit(&loaded.lexicons, day).unwrap().len(), expected, "{day:?}");
    }
}

#[test]
fn a_lexicon_without_its_files_is_asked_nothing() {
    let memory = Memory::default().with("base.toml", BASE);
    let loaded = memory.load("base.toml").unwrap();
    assert!(!audit(&loaded.lexicons, None).unwrap().is_empty());
    let compiled = crate::support::recompiled(&Linter::new(loaded.lexicons));
    let lexicons: Vec<_> = compiled.lexicons().cloned().collect();
    assert!(audit(&lexicons, None).unwrap().is_empty());
}

#[test]
fn lexicons_that_are_named_together_are_asked_about_together() {
    let first = "[lexicon]\nlanguage = \"en\"\n[group]\nused = ['up']\nunused = ['down']\n[avoid.a.a]\nphrases = ['hold the line']\n";
    let second = "[lexicon]\nlanguage = \"en\"\n[avoid.b.b]\nphrases = ['hold a line', 'pay @used']\n";
    let memory = Memory::default().with("a.toml", first).with("b.toml", second);
    let loaded = replylint::lexicon::load(&["a.toml", "b.toml"], &memory).unwrap();
    let problems = audit(&loaded.lexicons, None).unwrap();
    let found: Vec<_> =
        problems.iter().map(|problem| (problem.file().name.as_str(), problem.code().as_str())).collect();
    let expected = [
        ("a.toml", "unused-group"),
        ("a.toml", "missing-examples"),
        ("a.toml", "near-duplicate"),
        ("b.toml", "missing-examples"),
    ];
    assert_eq!(found, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// It is never said of an exception that makes a difference to any text.
    #[test]
    fn an_idle_exception_makes_no_difference(
        phrase in words(&["pay", "pay*", "up", "up-to", "[the]", "(you|we)", "it's", "$5", "ຂໍ", "ໂທດ", "é"]),
        unless in words(&["pay", "pay*", "up", "to", "(you|we)", "it", "s", "$5", "5", "ຂໍໂທດ", "e"]),
        text in words(&["pay", "paying", "up", "up-to", "the", "you", "we", "it's", "it", "$5", "5", "ຂໍໂທດ", "ໂທດ", "é", "e", "."]),
    ) {
        let lexicon = |unless: &str| format!("[lexicon]\nlanguage = \"en\"\n[avoid.a.a]\nphrases = [\"{phrase}\"]\n{unless}");
        let load = |text: &str| Memory::default().with("a.toml", text).load("a.toml");
        let Ok(with) = load(&lexicon(&format!("unless = [\"{unless}\"]"))) else { return Ok(()) };
        let idle = audit(&with.lexicons, None).unwrap().iter().any(|problem| problem.code() == Code::IdleUnless);
        prop_assume!(idle);
        let without = load(&lexicon("")).unwrap();
        let spans = |lexicons| {
            let linter = Linter::new(lexicons);
            let review = linter.lint(&Draft::new(&text)).unwrap();
            review.findings.iter().map(|finding| finding.span).collect::<Vec<_>>()
        };
        prop_assert_eq!(spans(with.lexicons), spans(without.lexicons), "{} unless {} in {}", phrase, unless, text);
    }
}

fn words(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(select(of), 1..4).prop_map(|words| words.join(" "))
}
