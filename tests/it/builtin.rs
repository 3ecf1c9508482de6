//! The built-in lexicons keep their own promises.

use std::collections::BTreeMap;

use replylint::lexicon::{Builtin, Kind, Lexicon, Loaded, load};
use replylint::lint::{Filter, Tested, test};
use replylint::{Draft, Linter};

fn builtin() -> Loaded {
    load(&Builtin::references().collect::<Vec<_>>(), &Builtin).unwrap()
}

#[test]
fn they_load_without_a_warning() {
    let warnings: Vec<String> = builtin().warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.is_empty(), "{warnings:#?}");
}

#[test]
fn every_example_does_what_it_says() {
    let Tested { run, failures, .. } = test(&Linter::builtin(), &Filter::default()).unwrap();
    let failures: Vec<String> = failures
        .iter()
        .map(|f| format!("{} {:?}: {:?} ({})", f.entry.id, f.expected, f.example.text, f.flagged_by.join(", ")))
        .collect();
    assert!(run > 900, "only {run} examples were run");
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn every_entry_says_why_what_instead_and_shows_both() {
    let mut wrong = Vec::new();
    for lexicon in &builtin().lexicons {
        for entry in lexicon.entries() {
            let complete = match entry.kind {
                Kind::Avoid => {
                    !entry.prefer.is_empty()
                        && entry.why.is_some()
                        && !entry.flags.is_empty()
                        && !entry.passes.is_empty()
                }
                Kind::Recommend => !entry.flags.is_empty(),
                Kind::Require | Kind::Style => {
                    entry.why.is_some() && !entry.flags.is_empty() && !entry.passes.is_empty()
                }
                Kind::Step => entry.says.is_some() && !entry.flags.is_empty() && !entry.passes.is_empty(),
                Kind::Situation => !entry.flags.is_empty() && !entry.passes.is_empty(),
            };
            if !complete {
                wrong.push(format!("{} {}", lexicon.language(), entry.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A tool that suggests what it flags, or flags what it praises, is not believed twice.
#[test]
fn no_advice_is_flagged_itself() {
    let linter = Linter::builtin();
    let mut wrong = Vec::new();
    for lexicon in linter.lexicons() {
        for entry in lexicon.entries() {
            let praised = if entry.kind == Kind::Recommend { entry.flags.as_slice() } else { &[] };
            let texts = entry
                .prefer
                .iter()
                .map(ToString::to_string)
                .chain(entry.why.clone())
                .chain(praised.iter().map(|example| example.text.clone()));
            for text in texts {
                // What is quoted in a reason is the phrase itself.
                if text.contains(['"', '“', '«']) {
                    continue;
                }
                let review = linter.lint(&Draft::new(&text).with_language(lexicon.language().clone())).unwrap();
                wrong.extend(review.findings.iter().map(|found| {
                    format!("{} {}: {text:?} is flagged by {}", lexicon.language(), entry.id, found.rule)
                }));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn they_are_a_real_start_over_all_categories() {
    const CATEGORIES: [&str; 20] = [
        "command",
        "refusal",
        "blame",
        "buck",
        "hold",
        "thanks",
        "policy",
        "hedge",
        "apology",
        "jargon",
        "negative",
        "billing",
        "urgency",
        "feelings",
        "condescension",
        "familiarity",
        "canned",
        "promise",
        "inclusive",
        "greeting",
    ];
    let loaded = builtin();
    let wanted = BTreeMap::from([("en", 60), ("ru", 40), ("uk", 15), ("es", 15), ("lo", 8)]);
    assert_eq!(loaded.lexicons.len(), wanted.len());
    for lexicon in &loaded.lexicons {
        let avoid: Vec<_> = lexicon.entries().iter().filter(|entry| entry.kind == Kind::Avoid).collect();
        assert!(avoid.len() >= wanted[lexicon.language().as_str()], "{}: {}", lexicon.language(), avoid.len());
        for entry in &avoid {
            assert!(CATEGORIES.contains(&entry.id.category()), "{}", entry.id);
        }
        for rule in ["command.you-must", "billing.you-owe"] {
            assert!(lexicon.entry(rule).is_some(), "{} lacks {rule}", lexicon.language());
        }
    }
    let full = |language: &str| loaded.lexicons.iter().find(|lexicon| lexicon.language().as_str() == language).unwrap();
    let categories = |lexicon: &Lexicon| {
        CATEGORIES.iter().filter(|category| !lexicon.entries().iter().any(|e| e.id.category() == **category)).count()
    };
    assert_eq!((categories(full("en")), categories(full("ru"))), (0, 0), "English and Russian cover every category");
}

/// The pairs that the company lexicon idea began with.
#[test]
fn the_founding_pairs_are_there() {
    let rows = [
        ("en", "You owe 40 euros.", "billing.you-owe"),
        ("en", "You must send the form.", "command.you-must"),
        ("en", "You need to restart it.", "command.you-need-to"),
        ("en", "Please hold.", "hold.please-hold"),
        ("en", "It's not my department.", "buck.not-my-department"),
        ("en", "We're closed.", "refusal.we-are-closed"),
        ("en", "No problem!", "thanks.no-problem"),
        ("en", "Uh-huh.", "thanks.uh-huh"),
        ("ru", "Вы должны 40 евро.", "billing.you-owe"),
        ("ru", "Вы должны прислать форму.", "command.you-must"),
        ("ru", "Вам нужно прислать форму.", "command.you-need-to"),
        ("ru", "Пожалуйста, оставайтесь на линии.", "hold.please-hold"),
        ("ru", "Это не мой отдел.", "buck.not-my-department"),
        ("ru", "Не проблема!", "thanks.no-problem"),
    ];
    let linter = Linter::builtin();
    for (language, text, rule) in rows {
        let draft = Draft::new(text).with_language(replylint::Language::parse(language).unwrap());
        let review = linter.lint(&draft).unwrap();
        let rules: Vec<&str> = review
            .findings
            .iter()
            .flat_map(|f| std::iter::once(&f.rule).chain(&f.also))
            .map(|rule| rule.as_str())
            .collect();
        assert!(rules.contains(&rule), "{text}: {rules:?}");
    }
}
