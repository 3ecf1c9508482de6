//! How much of what a trainer would underline the built-in lexicons find, and how much more they
//! underline. `README.md` beside this says how the labels were made and what counts.
//!
//! Real replies are other people's words: only their ids, hashes and spans are here, and their folder
//! is named by `REPLYLINT_REPLIES`. Replies of our own are here with their marks, and always run.

mod count;
mod read;

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use count::Tally;
use read::{Labelled, folder, own, real};
use replylint::lint::FindingKind;
use replylint::{Draft, Language, Linter, Span};
use serde::Deserialize;

/// What must be reached, per language. See `floors.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    real: BTreeMap<String, Floor>,
    own: BTreeMap<String, Floor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Floor {
    precision: f64,
    recall: f64,
    /// At most this share of the replies without a fault may be flagged.
    clean_flagged: f64,
}

fn floors() -> Floors {
    toml::from_str(&fs::read_to_string(folder().join("floors.toml")).unwrap()).unwrap()
}

#[test]
#[ignore = "needs REPLYLINT_REPLIES, a folder of .jsonl files with real replies"]
fn real_replies_are_flagged_where_a_trainer_would() {
    let replies = env::var_os("REPLYLINT_REPLIES").expect("REPLYLINT_REPLIES names a folder");
    let measured = ["en", "ru", "uk", "es", "lo"].map(|language| (language, real(language, Path::new(&replies))));
    assert!(measured.iter().map(|(_, labelled)| labelled.len()).sum::<usize>() > 330);
    compare("real replies", &measured, &floors().real);
}

#[test]
fn replies_of_our_own_are_flagged_where_they_are_marked() {
    let measured = ["uk", "es"].map(|language| (language, own(language)));
    assert!(measured.iter().all(|(_, labelled)| labelled.len() >= 60));
    compare("replies of our own", &measured, &floors().own);
}

/// A label of a category that no lexicon has would be missed for ever and tell nobody why.
#[test]
fn labels_name_categories_that_lexicons_have() {
    let linter = Linter::builtin();
    let categories: Vec<&str> =
        linter.lexicons().flat_map(replylint::Lexicon::entries).map(|entry| entry.id.category()).collect();
    let labelled = ["en", "ru", "uk", "es", "lo"].into_iter().flat_map(read::categories);
    let marked = ["uk", "es"].into_iter().flat_map(own).flat_map(|reply| reply.faults).map(|fault| fault.category);
    let unknown: Vec<String> = labelled.chain(marked).filter(|name| !categories.contains(&name.as_str())).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Prints the table, then says all that fell below its floor.
fn compare(what: &str, measured: &[(&str, Vec<Labelled>)], floors: &BTreeMap<String, Floor>) {
    let linter = Linter::builtin();
    let mut fallen = Vec::new();
    for language in floors.keys() {
        assert!(measured.iter().any(|(other, _)| other == language), "a floor for {language}, which is not measured");
    }
    let mut table = vec![format!("\n{what}"), Tally::HEADER.to_owned()];
    for (language, labelled) in measured {
        let mut halves = BTreeMap::<&str, Tally>::new();
        let mut all = Tally::default();
        for reply in labelled {
            let found = findings(&linter, language, &reply.text);
            all.add(reply, &found);
            halves.entry(reply.half.as_str()).or_default().add(reply, &found);
        }
        table.extend(halves.iter().map(|(half, tally)| tally.row(language, half)));
        table.push(all.row(language, "both"));
        table.extend(all.categories().map(|(category, tally)| tally.category_row(category)));
        if let Some(floor) = floors.get(*language) {
            fallen.extend(below(language, &all, floor));
        }
    }
    eprintln!("{}", table.join("\n"));
    assert!(fallen.is_empty(), "{what}: {}", fallen.join("; "));
}

/// What stands in the text; what it lacks is not labelled.
fn findings(linter: &Linter, language: &str, text: &str) -> Vec<(Span, String)> {
    let draft = Draft::new(text).with_language(Language::parse(language).unwrap());
    let review = linter.lint(&draft).unwrap();
    let phrases = review.findings.iter().filter(|finding| finding.kind == FindingKind::Phrase);
    phrases.map(|finding| (finding.span, finding.rule.category().to_owned())).collect()
}

fn below(language: &str, tally: &Tally, floor: &Floor) -> Vec<String> {
    let mut fallen = Vec::new();
    let mut check = |name: &str, is: f64, holds: bool, bound: f64| {
        if !holds {
            fallen.push(format!("{language}: {name} is {is:.3}, and {bound:.3} is asked for"));
        }
    };
    check("precision", tally.precision(), tally.precision() >= floor.precision, floor.precision);
    check("recall", tally.recall(), tally.recall() >= floor.recall, floor.recall);
    let flagged = tally.clean_flagged();
    check("the share of clean replies flagged", flagged, flagged <= floor.clean_flagged, floor.clean_flagged);
    fallen
}
