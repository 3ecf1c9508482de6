//! An entry as a page to read: what it looks for, why, what to say instead.

use std::fmt::Write as _;

use crate::lexicon::{Entry, Kind, Level, Lexicon, Wording};

/// The page of one entry, in Markdown without decoration.
pub fn explain(lexicon: &Lexicon, entry: &Entry) -> String {
    let mut page = String::new();
    let level = entry.level.map_or("off", Level::as_str);
    let kind = match entry.kind {
        Kind::Avoid => format!("to avoid, {level}"),
        Kind::Recommend => "to recommend".to_owned(),
        Kind::Require => format!("to require, {level}"),
    };
    let _ = writeln!(page, "{} ({kind})", entry.id);
    if let Some(why) = &entry.why {
        let _ = writeln!(page, "\n  {why}");
    }
    section(&mut page, "Looks for", entry.patterns.iter().map(ToString::to_string));
    section(&mut page, "Looks for (regular expression)", entry.regexes.iter().map(ToString::to_string));
    if let Some(requirement) = &entry.requirement {
        section(&mut page, "Needs one of", requirement.any.iter().map(ToString::to_string));
        section(&mut page, "Needs all of", requirement.all.iter().map(ToString::to_string));
    }
    section(&mut page, "Unless it shares a word with", entry.unless.iter().map(ToString::to_string));
    let say = |wording: &Wording| {
        if wording.is_deletion() { "(nothing: leave it out)".to_owned() } else { wording.to_string() }
    };
    section(&mut page, "Say instead", entry.prefer.iter().map(say));
    if entry.safe_fix {
        let _ = writeln!(page, "\nFix\n  safe: the first wording can be put in wherever the phrase stands");
    }
    section(&mut page, "Only in", entry.channels.iter().cloned());
    section(&mut page, "Flags", entry.flags.iter().map(|example| example.text.clone()));
    section(&mut page, "Passes", entry.passes.iter().map(|example| example.text.clone()));
    let _ = writeln!(page, "\nDefined\n  in {}, part of {} ({})", entry.origin, lexicon.name(), lexicon.language());
    for origin in &entry.adjusted {
        let _ = writeln!(page, "  adjusted in {origin}");
    }
    page
}

fn section(page: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = writeln!(page, "\n{title}");
        for line in lines {
            let _ = writeln!(page, "  {line}");
        }
    }
}
