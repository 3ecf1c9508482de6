//! A lexicon file as a person would lay it out: an entry a paragraph, keys in the order of the built-in lexicons,
//! and above an entry what of its rule has no counterpart.

use std::fmt::Write as _;

use super::Rule;
use super::assemble::{Assembled, Item, one_line};
use crate::lexicon::{Code, Level};

/// The longest line of a list; a longer one is broken.
const WIDEST: usize = 110;

impl Assembled {
    /// The text of the file.
    pub(crate) fn to_toml(&self) -> String {
        let mut out = String::new();
        out.push_str("# Imported. A wording that fits wherever its phrase stands may be marked with fix = \"safe\".\n");
        out.push_str("# Its own examples make a rule safe to change: write `passes`, texts that look alike and are fine, and take `allow` out.\n");
        out.push_str("[lexicon]\n");
        let _ = writeln!(out, "name = {}\nlanguage = {}", quoted(&self.name), quoted(&self.language));
        for item in &self.items {
            match item {
                Item::File { name, remarks } => {
                    comment(&mut out, "\n", &format!("From {name}."));
                    for remark in remarks {
                        comment(&mut out, "", remark);
                    }
                }
                Item::Entry { name, rule } => self.entry(name, rule, &mut out),
                Item::LeftOut(note) => {
                    let shown = note.shown.as_deref().unwrap_or_default();
                    comment(&mut out, "\n", &format!("Left out, line {}: `{shown}`: {}.", note.line, note.text));
                }
            }
        }
        out
    }

    fn entry(&self, name: &str, rule: &Rule, out: &mut String) {
        out.push('\n');
        for note in &rule.notes {
            comment(out, "", &format!("Line {}: {note}.", rule.line));
        }
        let _ = writeln!(out, "[avoid.{}.{name}]", self.category);
        list(out, "phrases", &rule.phrases, quoted);
        list(out, "regex", &rule.regexes, literal);
        list(out, "unless", &rule.unless, quoted);
        if !rule.beside.is_empty() {
            list(out, "unless-near", &rule.beside, quoted);
            key(out, "near", &quoted("same sentence"));
        }
        list(out, "prefer", &rule.prefer, quoted);
        if let Some(why) = &rule.why {
            key(out, "why", &quoted(&one_line(why)));
        }
        match (rule.off, rule.level) {
            (true, _) => key(out, "level", &quoted("off")),
            (false, Some(level)) if level != Level::Warning => key(out, "level", &quoted(level.as_str())),
            (false, _) => {}
        }
        if rule.exact && rule.phrases.iter().any(|phrase| phrase.chars().any(|c| c.is_uppercase() || c.is_lowercase()))
        {
            key(out, "case", &quoted("exact"));
        }
        if rule.unbounded && !rule.phrases.is_empty() {
            key(out, "boundary", &quoted("none"));
        }
        list(out, "flags", &rule.flags, quoted);
        list(out, "passes", &rule.passes, quoted);
        // What it must leave alone nobody can make up.
        if rule.flags.is_empty() || rule.passes.is_empty() {
            list(out, "allow", &[Code::MissingExamples.as_str().to_owned()], quoted);
        }
    }
}

fn comment(out: &mut String, before: &str, text: &str) {
    let _ = writeln!(out, "{before}# {}", one_line(text));
}

fn key(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{name:<7} = {value}");
}

/// A list on one line, or when that is too long, on several.
fn list(out: &mut String, name: &str, values: &[String], written: fn(&str) -> String) {
    if values.is_empty() {
        return;
    }
    let values: Vec<String> = values.iter().map(|value| written(value)).collect();
    let whole = values.join(", ");
    if whole.chars().count() <= WIDEST || values.len() == 1 {
        return key(out, name, &format!("[{whole}]"));
    }
    let _ = writeln!(out, "{name:<7} = [");
    let mut line = String::new();
    for value in values {
        if !line.is_empty() && line.chars().count() + value.chars().count() > WIDEST {
            let _ = writeln!(out, "  {}", line.trim_end());
            line.clear();
        }
        line.extend([&value, ", "]);
    }
    let _ = writeln!(out, "  {}\n]", line.trim_end());
}

/// A string of TOML; what JSON escapes is escaped there the same way.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// A string in which a backslash is one, where it can be written so.
fn literal(text: &str) -> String {
    if text.contains('\'') || text.chars().any(char::is_control) { quoted(text) } else { format!("'{text}'") }
}
