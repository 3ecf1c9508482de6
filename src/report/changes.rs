//! What changed between two versions of lexicons: in words for people, and as one JSON document.

use std::io::{self, Write};

use serde::Serialize;

use super::printable::one_line;
use crate::lexicon::{Change, Difference, Lexicon, differences, differences_aside};

/// All that differs, by language.
#[derive(Debug)]
pub struct Changes<'l> {
    /// In the order of the later lexicons; languages that are gone come last.
    pub compared: Vec<Compared<'l>>,
}

/// The lexicons of one language, and what differs; nothing is compared where one of the two is missing.
#[derive(Debug)]
pub struct Compared<'l> {
    /// The earlier one.
    pub before: Option<&'l Lexicon>,
    /// The later one.
    pub after: Option<&'l Lexicon>,
    /// What differs in the lexicon itself.
    pub aside: Vec<String>,
    /// The rules that differ.
    pub rules: Vec<Difference>,
}

impl<'l> Changes<'l> {
    /// Compares each lexicon with the one of its language.
    pub fn new(before: &'l [Lexicon], after: &'l [Lexicon]) -> Self {
        let of = |lexicons: &'l [Lexicon], like: &Lexicon| {
            lexicons.iter().find(|lexicon| lexicon.language() == like.language())
        };
        let kept = after.iter().map(|after| Compared::new(of(before, after), Some(after)));
        let gone = before.iter().filter(|before| of(after, before).is_none());
        Self { compared: kept.chain(gone.map(|before| Compared::new(Some(before), None))).collect() }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.compared.iter().all(Compared::is_empty)
    }
}

impl<'l> Compared<'l> {
    fn new(before: Option<&'l Lexicon>, after: Option<&'l Lexicon>) -> Self {
        let (aside, rules) = match (before, after) {
            (Some(before), Some(after)) => (differences_aside(before, after), differences(before, after)),
            _ => (Vec::new(), Vec::new()),
        };
        Self { before, after, aside, rules }
    }

    fn is_empty(&self) -> bool {
        self.before.is_some() && self.after.is_some() && self.aside.is_empty() && self.rules.is_empty()
    }

    fn language(&self) -> &str {
        self.after.or(self.before).map_or("und", |lexicon| lexicon.language().as_str())
    }
}

/// Writes a paragraph for each rule that differs, and how many there are.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn changes(changes: &Changes<'_>, out: &mut dyn Write) -> io::Result<()> {
    let has_languages = changes.compared.len() > 1;
    for compared in changes.compared.iter().filter(|compared| !compared.is_empty()) {
        let language = compared.language();
        match (compared.before, compared.after) {
            (None, Some(lexicon)) => {
                let count = counted(lexicon.entry_count());
                writeln!(out, "{language}: the lexicon “{}” is new, with {count}\n", one_line(lexicon.name()))?;
            }
            (Some(lexicon), None) => {
                let count = counted(lexicon.entry_count());
                writeln!(out, "{language}: the lexicon “{}” is gone, with {count}\n", one_line(lexicon.name()))?;
            }
            _ => {}
        }
        if !compared.aside.is_empty() {
            paragraph(&format!("The lexicon ({language})"), &compared.aside, out)?;
        }
        for Difference { rule, change } in &compared.rules {
            let rule = if has_languages { format!("{rule} ({language})") } else { rule.to_string() };
            match change {
                Change::Added { what, phrases } => {
                    let phrases = phrases.iter().map(|phrase| format!("“{phrase}”")).collect::<Vec<_>>().join(", ");
                    let looks_for = (!phrases.is_empty()).then(|| format!("looks for {phrases}"));
                    paragraph(&format!("{rule} is new: {what}"), looks_for.as_slice(), out)?;
                }
                Change::Changed(said) => paragraph(&rule, said, out)?,
                Change::Removed => paragraph(&format!("{rule} is gone"), &[], out)?,
            }
        }
    }
    let Summary { added, changed, removed } = Summary::of(changes);
    match (changes.is_empty(), added + changed + removed) {
        (true, _) => writeln!(out, "Nothing differs."),
        (false, 0) => writeln!(out, "No rule differs."),
        (false, all) => {
            let differ = if all == 1 { "1 rule differs".to_owned() } else { format!("{all} rules differ") };
            writeln!(out, "{differ}: {added} new, {changed} changed, {removed} gone.")
        }
    }
}

fn paragraph(title: &str, said: &[String], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", one_line(title))?;
    said.iter().try_for_each(|said| writeln!(out, "  {}", one_line(said)))?;
    writeln!(out)
}

fn counted(rules: usize) -> String {
    if rules == 1 { "1 rule".to_owned() } else { format!("{rules} rules") }
}

/// Writes one line of JSON, `replylint/diff-1`. Fields are only ever added to it.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn changes_json(changes: &Changes<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: "replylint/diff-1",
        lexicons: changes.compared.iter().map(ComparedV1::new).collect(),
        summary: Summary::of(changes),
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Document<'l> {
    schema: &'static str,
    lexicons: Vec<ComparedV1<'l>>,
    summary: Summary,
}

#[derive(Serialize)]
struct ComparedV1<'l> {
    language: &'l str,
    before: Option<LexiconV1<'l>>,
    after: Option<LexiconV1<'l>>,
    said: &'l [String],
    rules: Vec<RuleV1<'l>>,
}

#[derive(Serialize)]
struct LexiconV1<'l> {
    name: &'l str,
    version: Option<&'l str>,
    entries: usize,
}

#[derive(Serialize)]
struct RuleV1<'l> {
    rule: &'l str,
    change: &'static str,
    what: Option<&'l str>,
    phrases: &'l [String],
    said: &'l [String],
}

/// How many rules differ, and how.
#[derive(Default, Serialize)]
struct Summary {
    added: usize,
    changed: usize,
    removed: usize,
}

impl<'l> ComparedV1<'l> {
    fn new(compared: &'l Compared<'_>) -> Self {
        let lexicon = |lexicon: &'l Lexicon| LexiconV1 {
            name: lexicon.name(),
            version: lexicon.version(),
            entries: lexicon.entry_count(),
        };
        Self {
            language: compared.language(),
            before: compared.before.map(lexicon),
            after: compared.after.map(lexicon),
            said: &compared.aside,
            rules: compared.rules.iter().map(RuleV1::new).collect(),
        }
    }
}

impl<'l> RuleV1<'l> {
    fn new(Difference { rule, change }: &'l Difference) -> Self {
        let rule = rule.as_str();
        match change {
            Change::Added { what, phrases } => Self { rule, change: "added", what: Some(what), phrases, said: &[] },
            Change::Changed(said) => Self { rule, change: "changed", what: None, phrases: &[], said },
            Change::Removed => Self { rule, change: "removed", what: None, phrases: &[], said: &[] },
        }
    }
}

impl Summary {
    fn of(changes: &Changes<'_>) -> Self {
        let mut summary = Self::default();
        for compared in &changes.compared {
            match (compared.before, compared.after) {
                (None, Some(lexicon)) => summary.added += lexicon.entry_count(),
                (Some(lexicon), None) => summary.removed += lexicon.entry_count(),
                _ => {}
            }
            for difference in &compared.rules {
                match difference.change {
                    Change::Added { .. } => summary.added += 1,
                    Change::Changed(_) => summary.changed += 1,
                    Change::Removed => summary.removed += 1,
                }
            }
        }
        summary
    }
}
