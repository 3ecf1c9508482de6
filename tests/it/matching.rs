//! Runs the tables of `matching/`: phrases and a text, and what must be found in it. A row is a
//! case; see `matching/README.md` for its keys.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::{fs, path::Path};

use replylint::lexicon::Kind;
use replylint::lint::Standing;
use replylint::text::{Format, Talk, TimeOfDay};
use replylint::{Draft, Language, Linter, Span};
use serde::Deserialize;

use crate::support::{Memory, recompiled};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    name: String,
    text: String,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    /// More keys of the one entry `t.one`, as TOML.
    #[serde(default)]
    entry: String,
    /// More tables of the lexicon, as TOML.
    #[serde(default)]
    lexicon: String,
    /// More keys of the header, as TOML.
    #[serde(default)]
    header: String,
    /// The tables of a lexicon that is extended, as TOML.
    base: Option<String>,
    language: Option<String>,
    /// Plain text if left out.
    #[serde(default)]
    format: Written,
    /// The part of the text that is the reply, when not all of it is.
    window: Option<String>,
    channel: Option<String>,
    customer: Option<String>,
    before: Option<String>,
    turn: Option<u32>,
    situation: Option<String>,
    /// A time of day.
    now: Option<String>,
    found: Vec<String>,
    rules: Option<Vec<String>>,
    also: Option<Vec<Vec<String>>>,
    levels: Option<Vec<String>>,
    kinds: Option<Vec<String>>,
    prefer: Option<Vec<Vec<String>>>,
    /// The text after all safe fixes.
    fixed: Option<String>,
    wins: Option<Vec<String>>,
    /// The steps of making good that can be seen; absent when the review speaks of none.
    steps: Option<Vec<String>>,
    framework: Option<String>,
    /// How much comments let stand.
    allowed: Option<usize>,
    notes: Option<Vec<String>>,
    /// Why rules speak, or do not.
    #[serde(default)]
    account: BTreeMap<String, Vec<String>>,
    /// What all rules say, findings first, and how many have nothing to say.
    overview: Option<(Vec<String>, usize)>,
    /// Byte offsets of what is found.
    at: Option<Vec<usize>>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Written {
    #[default]
    Text,
    Markdown,
    Html,
}

#[test]
fn tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/matching");
    let mut names = HashSet::new();
    let mut failures = Vec::new();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    for file in files {
        let table: Table = toml::from_str(&fs::read_to_string(&file).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in table.case {
            assert!(names.insert(case.name.clone()), "the name {:?} stands twice", case.name);
            if let Err(failure) = run(&case) {
                failures.push(format!("{} › {}\n{failure}", file.file_name().unwrap().to_string_lossy(), case.name));
            }
        }
    }
    assert!(names.len() > 100, "only {} cases were found", names.len());
    assert!(failures.is_empty(), "{} of {} cases fail\n\n{}", failures.len(), names.len(), failures.join("\n"));
}

fn run(case: &Case) -> Result<(), String> {
    let language = case.language.as_deref().unwrap_or("en");
    let extends = if case.base.is_some() { "extends = [\"base.toml\"]" } else { "" };
    let header = |more: &str| format!("[lexicon]\nname = \"t\"\nlanguage = \"{language}\"\n{more}\n");
    let mut lexicon = header(&[extends, &case.header].join("\n"));
    if !case.phrases.is_empty() || !case.entry.is_empty() {
        let list = |texts: &[String]| serde_json::to_string(texts).unwrap();
        lexicon.push_str("[avoid.t.one]\n");
        if !case.phrases.is_empty() {
            let _ = writeln!(lexicon, "phrases = {}\nunless = {}", list(&case.phrases), list(&case.unless));
        }
        let _ = writeln!(lexicon, "{}", case.entry);
    }
    lexicon.push_str(&case.lexicon);
    let base = header("") + case.base.as_deref().unwrap_or_default();
    let format = match case.format {
        Written::Text => Format::Text,
        Written::Markdown => Format::Markdown,
        Written::Html => Format::Html,
    };
    let mut draft = Draft::new(&case.text).with_language(Language::parse(language).unwrap()).with_format(format);
    draft.window = case.window.as_ref().map(|window| {
        let start = case.text.find(window).expect("the window is a part of the text");
        Span::new(start, start + window.len())
    });
    draft.channel = case.channel.as_deref();
    draft.talk = Talk {
        customer: case.customer.as_deref(),
        before: case.before.as_deref(),
        turn: case.turn,
        situation: case.situation.as_deref(),
        sent_at: case.now.as_deref().map(|now| TimeOfDay::parse(now).unwrap()),
    };
    let loaded = Memory::default().with("base.toml", &base).with("test.toml", &lexicon).load("test.toml");
    let loaded = loaded.map_err(|error| {
        let all = error.problems.iter().map(|problem| format!("  {}: {problem}\n", problem.code().as_str()));
        all.collect::<String>() + &lexicon
    })?;
    let linter = Linter::new(loaded.lexicons);
    let review = linter.lint(&draft).unwrap();
    let compiled = recompiled(&linter);
    assert_eq!(compiled.lint(&draft).unwrap(), review, "{} does something else when it was compiled", case.name);
    let slice = |span: Span| span.of(&case.text).to_owned();
    let findings = &review.findings;

    let mut wrong = String::new();
    expect(&mut wrong, "found", &case.found, &findings.iter().map(|f| slice(f.span)).collect());
    if let Some(rules) = &case.rules {
        expect(&mut wrong, "rules", rules, &findings.iter().map(|f| f.rule.to_string()).collect());
    }
    if let Some(also) = &case.also {
        expect(
            &mut wrong,
            "also",
            also,
            &findings.iter().map(|f| f.also.iter().map(ToString::to_string).collect()).collect(),
        );
    }
    if let Some(levels) = &case.levels {
        expect(&mut wrong, "levels", levels, &findings.iter().map(|f| f.level.to_string()).collect());
    }
    if let Some(kinds) = &case.kinds {
        expect(&mut wrong, "kinds", kinds, &findings.iter().map(|f| f.kind.as_str().to_owned()).collect());
    }
    if let Some(prefer) = &case.prefer {
        expect(
            &mut wrong,
            "prefer",
            prefer,
            &findings.iter().map(|f| f.prefer.iter().map(Cow::into_owned).collect()).collect(),
        );
    }
    if let Some(at) = &case.at {
        expect(&mut wrong, "at", at, &findings.iter().map(|f| f.span.start).collect());
    }
    if let Some(wins) = &case.wins {
        expect(&mut wrong, "wins", wins, &review.wins.iter().map(|win| slice(win.span)).collect());
    }
    let steps = review.recovery.as_ref();
    let steps = steps.map(|recovery| recovery.steps.iter().map(|step| slice(step.span)).collect());
    expect(&mut wrong, "steps", &case.steps, &steps);
    if case.framework.is_some() {
        let framework = review.recovery.as_ref().map(|recovery| recovery.framework.to_owned());
        expect(&mut wrong, "framework", &case.framework, &framework);
    }
    if let Some(allowed) = &case.allowed {
        expect(&mut wrong, "allowed", allowed, &review.allowed);
    }
    if let Some(notes) = &case.notes {
        expect(&mut wrong, "notes", notes, &review.notes);
    }
    for (rule, lines) in &case.account {
        let accounts = linter.account(&draft, rule).unwrap();
        expect(&mut wrong, rule, lines, &accounts.iter().flat_map(|account| account.lines(&draft)).collect());
    }
    let overview = linter.overview(&draft).unwrap();
    let mut told: Vec<(Standing, Option<usize>, String)> = Vec::new();
    let mut speak = BTreeSet::new();
    for account in &overview.accounts {
        let counted = matches!(account.entry.kind, Kind::Avoid | Kind::Require | Kind::Style);
        for (reason, line) in account.reasons.iter().zip(account.lines(&draft)) {
            told.push((reason.standing(), reason.place(), format!("{}: {line}", account.entry.id)));
            if counted && reason.standing() == Standing::Found {
                speak.insert(account.entry.id.to_string());
            }
        }
    }
    expect(&mut wrong, "who speaks", &findings.iter().map(|f| f.rule.to_string()).collect(), &speak);
    if let Some(lines) = &case.overview {
        told.sort_by_key(|(standing, place, _)| (*standing, *place));
        expect(&mut wrong, "overview", lines, &(told.into_iter().map(|(.., line)| line).collect(), overview.silent));
    }
    if let Some(fixed) = &case.fixed {
        expect(&mut wrong, "fixed", fixed, &apply(&case.text, findings));
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("  text      {:?}\n{wrong}", case.text)) }
}

fn expect<T: PartialEq + std::fmt::Debug>(wrong: &mut String, what: &str, expected: &T, found: &T) {
    if expected != found {
        let _ = writeln!(wrong, "  {what}: expected {expected:?}\n  {what}: but got  {found:?}");
    }
}

/// All safe fixes at once, from the end so that offsets stay right.
fn apply(text: &str, findings: &[replylint::Finding<'_>]) -> String {
    let edits: BTreeMap<usize, _> = findings
        .iter()
        .filter_map(|f| f.fix.as_ref())
        .flat_map(|fix| &fix.edits)
        .map(|edit| (edit.span.start, edit))
        .collect();
    let mut fixed = text.to_owned();
    for edit in edits.values().rev() {
        fixed.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    fixed
}
