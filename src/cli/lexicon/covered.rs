//! What `lexicon test --coverage` says: what of a lexicon no example exercises.

use std::io::{self, Write};

use crate::lexicon::Part;
use crate::lint::{Coverage, Gap, Gaps, Share};

/// Alternatives of a choice that are named one by one; of more only a few are.
const NAMED: usize = 12;
/// How many of those.
const FEW: usize = 3;
/// Characters of a pattern that are shown; of a longer one its beginning and its end.
const SHOWN: usize = 100;
const BEGINNING: usize = 60;
const END: usize = 30;

/// Writes what is not exercised, entry by entry, and how much is.
pub(super) fn write(coverage: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    for Gaps { entry, lacks, gaps } in &coverage.gaps {
        writeln!(out, "{} ({})", entry.id, entry.origin)?;
        if !lacks.is_empty() {
            let keys: Vec<String> = lacks.iter().map(|key| format!("`{key}`")).collect();
            writeln!(out, "  has no {}", keys.join(" and no "))?;
        }
        // Whole patterns of one key in one line.
        let mut parts: Vec<Part> = gaps.iter().map(part_of).collect();
        parts.dedup();
        for part in parts {
            let never: Vec<String> = gaps.iter().filter(|gap| part_of(gap) == part).filter_map(never_tried).collect();
            if !never.is_empty() {
                writeln!(out, "  {} never tried: {}", part.as_str(), never.join(", "))?;
            }
            for line in gaps.iter().filter(|gap| part_of(gap) == part).filter_map(in_part) {
                writeln!(out, "  {} {line}", part.as_str())?;
            }
        }
        writeln!(out)?;
    }
    let Coverage { entries, patterns, alternatives, .. } = coverage;
    if entries.all == 0 {
        return writeln!(out, "None of these rules stands in the lexicons named here; name those that they stand in.");
    }
    writeln!(
        out,
        "Rules with the examples that they need: {}. Tried: {} phrases, {} alternatives.",
        said(*entries),
        said(*patterns),
        said(*alternatives)
    )
}

fn said(Share { tried, all }: Share) -> String {
    format!("{tried} of {all}")
}

const fn part_of(gap: &Gap) -> Part {
    match gap {
        Gap::Pattern(part, _) | Gap::Alternatives { part, .. } | Gap::TooLarge(part, _) => *part,
    }
}

/// A pattern that was never tried.
fn never_tried(gap: &Gap) -> Option<String> {
    let Gap::Pattern(_, source) = gap else { return None };
    Some(quoted(source))
}

/// What was never tried of a pattern that was.
fn in_part(gap: &Gap) -> Option<String> {
    match gap {
        Gap::Pattern(..) => None,
        Gap::Alternatives { source, choices, .. } => {
            let choices: Vec<String> = choices.iter().map(|(words, of)| choice(words, *of)).collect();
            Some(format!("{}: never {}", quoted(source), choices.join("; ")))
        }
        Gap::TooLarge(_, source) => {
            Some(format!("{}: it has so many alternatives that they are not looked for", quoted(source)))
        }
    }
}

fn choice(words: &[String], of: usize) -> String {
    let named = |words: &[String]| words.iter().map(|words| alternative(words)).collect::<Vec<_>>().join(", ");
    if of <= NAMED {
        return named(words);
    }
    let few = named(&words[..words.len().min(FEW)]);
    let more = if words.len() > FEW { ", …" } else { "" };
    format!("{} of {of} ({few}{more})", words.len())
}

fn alternative(words: &str) -> String {
    if words.is_empty() { "without it".to_owned() } else { format!("\"{words}\"") }
}

fn quoted(source: &str) -> String {
    let letters = source.chars().count();
    if letters <= SHOWN {
        return format!("\"{source}\"");
    }
    let beginning: String = source.chars().take(BEGINNING).collect();
    let end: String = source.chars().skip(letters - END).collect();
    format!("\"{beginning} (…) {end}\"")
}
