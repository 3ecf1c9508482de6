//! What of an entry its examples exercise: a table of entries and of what nobody tried in them.

use replylint::Linter;
use replylint::lint::{Filter, Gap, coverage};

use crate::support::Memory;

/// What is not tried, a line for each pattern; the choices of one are parted by `;`.
fn gaps(language: &str, tables: &str) -> Vec<String> {
    let text = format!("[lexicon]\nname = \"t\"\nlanguage = \"{language}\"\n{tables}");
    let loaded = Memory::default().with("t.toml", &text).load("t.toml");
    let linter = Linter::new(loaded.unwrap_or_else(|error| panic!("{:?}", error.problems)).lexicons);
    let coverage = coverage(&linter, &Filter::default(), &|_| true).unwrap();
    let line = |gap: &Gap| match gap {
        Gap::Pattern(part, source) => format!("{} {source}", part.as_str()),
        Gap::Alternatives { part, source, choices } => {
            let choices: Vec<String> =
                choices.iter().map(|(words, of)| format!("{} of {of}", words.join(", "))).collect();
            format!("{} {source}: {}", part.as_str(), choices.join("; "))
        }
        Gap::TooLarge(part, source) => format!("{} {source}: too large", part.as_str()),
    };
    let entry = |gaps: &replylint::lint::Gaps<'_>| {
        let lacks = gaps.lacks.iter().map(|key| format!("no {key}"));
        lacks.chain(gaps.gaps.iter().map(line)).collect::<Vec<_>>()
    };
    coverage.gaps.iter().flat_map(entry).collect()
}

#[test]
fn what_nobody_tried_is_named() {
    let rows: [(&str, &str, &[&str]); 24] = [
        ("en", "phrases = [\"a b\"]\nflags = [\"A b.\"]\npasses = [\"B a.\"]", &[]),
        ("en", "phrases = [\"a b\"]", &["no flags", "no passes"]),
        ("en", "phrases = [\"a b\", \"c d\"]\nflags = [\"A b.\"]\npasses = [\"B a.\"]", &["phrases c d"]),
        // What only `passes` holds shows nothing that is flagged.
        ("en", "phrases = [\"a b\"]\nflags = [\"A b.\"]\npasses = [\"A b?\"]", &[]),
        ("en", "phrases = [\"a b\", \"c d\"]\nflags = [\"A b.\"]\npasses = [\"C d.\"]", &["phrases c d"]),
        (
            "en",
            "phrases = [\"you (must|have to|need to) [also] pay\"]\nflags = [\"You must pay.\"]\npasses = [\"-\"]",
            &["phrases you (must|have to|need to) [also] pay: have to, need to of 3; also of 2"],
        ),
        (
            "en",
            "phrases = [\"you('ll| will|) need\"]\nflags = [\"You'll need it.\", \"You will need it.\"]\npasses = [\"-\"]",
            &["phrases you('ll| will|) need:  of 3"],
        ),
        (
            "en",
            "phrases = [\"(we (can't|cannot)|no) send\"]\nflags = [\"We cannot send it.\"]\npasses = [\"-\"]",
            &["phrases (we (can't|cannot)|no) send: no of 2; can't of 2"],
        ),
        // What stands in an alternative that was not tried is not named by itself.
        (
            "en",
            "phrases = [\"(we (can't|cannot)|no) send\"]\nflags = [\"No send.\"]\npasses = [\"-\"]",
            &["phrases (we (can't|cannot)|no) send: we can't of 2"],
        ),
        (
            "ru",
            "phrases = [\"отклон(ён|ена|ены)\", \"долж*\"]\nflags = [\"Заявка отклонена.\"]\npasses = [\"-\"]",
            &["phrases отклон(ён|ена|ены): ён, ены of 3", "phrases долж*"],
        ),
        ("ru", "phrases = [\"отклон(ён|ена)\"]\nflags = [\"Отклонен, отклонена.\"]\npasses = [\"-\"]", &[]),
        // Gaps, slots and endings are walked, and alternatives in them too.
        (
            "en",
            "phrases = [\"you (must|have to) … {number} (euros|dollars)\"]\nflags = [\"You must now pay 5 euros.\"]\npasses = [\"-\"]",
            &["phrases you (must|have to) … {number} (euros|dollars): have to of 2; dollars of 2"],
        ),
        // An exception is tried where it makes something fine.
        (
            "en",
            "phrases = [\"you must\"]\nunless = [\"must (be|wait)\", \"no must\"]\nflags = [\"You must.\"]\npasses = [\"You must be ill.\", \"No must.\"]",
            &["unless must (be|wait): wait of 2", "unless no must"],
        ),
        (
            "en",
            "phrases = [\"we cannot\"]\nunless-near = [\"we can\", \"instead\"]\nflags = [\"We cannot.\", \"Instead!\"]\npasses = [\"We cannot. We can.\"]",
            &["unless-near instead"],
        ),
        ("en", "regex = [\"a+b\", \"c+d\"]\nflags = [\"aab\"]\npasses = [\"-\"]", &["regex c+d"]),
        ("en", "phrases = [\"US\"]\ncase = \"exact\"\nflags = [\"In the us.\"]\npasses = [\"-\"]", &["phrases US"]),
        ("en", "phrases = [\"ok\"]\nat = \"sentence\"\nflags = [\"It is ok.\"]\npasses = [\"-\"]", &["phrases ok"]),
        ("en", "phrases = [\"ok\"]\nat = \"sentence\"\nflags = [\"Ok.\"]\npasses = [\"-\"]", &[]),
        (
            "en",
            "phrases = [\"ok\"]\nwhen = { customer = [\"thanks\", \"ta\"], before = [\"hi\"] }\nflags = [{ text = \"Ok.\", customer = \"Thanks!\", before = \"Hi\" }]\npasses = [\"-\"]",
            &["customer ta"],
        ),
        (
            "ru",
            "phrases = [\"вы @modal\"]\nflags = [\"Вы должны.\"]\npasses = [\"-\"]\n[group]\nmodal = [\"должны\", \"обязаны [бы]\"]",
            &["phrases вы @modal: обязаны бы of 2"],
        ),
        // Switched off as it is written, it is tried as if it were on.
        ("en", "phrases = [\"a b\", \"c d\"]\nlevel = \"off\"\nflags = [\"A b.\"]\npasses = [\"-\"]", &["phrases c d"]),
        (
            "en",
            "phrases = [\"a (b|c)\"]\nboundary = \"none\"\nflags = [\"xa bx\"]\npasses = [\"-\"]",
            &["phrases a (b|c): c of 2"],
        ),
        ("en", "phrases = [\"a b\"]\nflags = [\"> A b.\"]\npasses = [\"-\"]", &["phrases a b"]),
        ("en", "phrases = [\"^no\", \"never$\"]\nflags = [\"Oh no. Never.\"]\npasses = [\"-\"]", &["phrases ^no"]),
    ];
    for (language, keys, expected) in rows {
        assert_eq!(gaps(language, &format!("[avoid.t.one]\n{keys}\n")), expected, "{keys}");
    }
}

#[test]
fn other_kinds_are_asked_about_too() {
    let rows: [(&str, &[&str]); 6] = [
        (
            "[require.t.one]\nany = [\"hello\", \"hi\"]\nwithin = \"opening\"\nflags = [\"It left.\"]\npasses = [\"Hello!\"]",
            &["any hi"],
        ),
        (
            "[require.t.one]\nall = [\"hello\", \"(bye|ciao)\"]\nflags = [\"Hello!\"]\npasses = [\"Hello! Bye!\"]",
            &["all (bye|ciao): ciao of 2"],
        ),
        ("[recommend.t.one]\nphrases = [\"thank you\", \"thanks\"]\nflags = [\"Thank you!\"]", &["phrases thanks"]),
        (
            "[situation.complaint]\nphrases = [\"broken\", \"too late\"]\nunless = [\"not broken\", \"never\"]\nflags = [\"It is broken\"]\npasses = [\"It is not broken\"]",
            &["phrases too late", "unless never"],
        ),
        (
            "[situation.complaint]\nphrases = [\"broken\"]\nflags = [\"It is broken\"]\n[step.aware.sorry]\nphrases = [\"sorry that\", \"sorry for\"]\nsays = \"x\"\nflags = [{ text = \"Sorry that it broke.\", situation = \"complaint\" }]",
            &["phrases sorry for"],
        ),
        (
            "[style.t.one]\nforms = [[\"thou\", \"thee\"], [\"you\"]]\nflags = [\"You, you and thou.\"]\npasses = [\"You.\"]",
            &["forms thee"],
        ),
    ];
    for (tables, expected) in rows {
        assert_eq!(gaps("en", tables), expected, "{tables}");
    }
}

/// What is asked about by itself is asked about no more loosely than the whole: every alternative that is tried is a
/// part of a pattern that is.
#[test]
fn the_counts_of_the_built_in_lexicons_add_up() {
    let linter = Linter::new(vec![replylint::Lexicon::builtin("builtin:lo").unwrap()]);
    let covered = coverage(&linter, &Filter::default(), &|_| true).unwrap();
    let never = covered.gaps.iter().flat_map(|gaps| &gaps.gaps).filter(|gap| matches!(gap, Gap::Pattern(..))).count();
    assert_eq!(covered.patterns.all - covered.patterns.tried, never);
    assert!(covered.alternatives.tried > 100 && covered.alternatives.tried < covered.alternatives.all);
    assert_eq!(covered.entries.all, linter.lexicons().next().unwrap().entry_count());
}
