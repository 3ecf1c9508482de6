//! Rules of other tools, for a lexicon of ours: CSV of Sapling and of `WProofreader`, YAML of prh and of Vale. Each
//! reader turns what its tool wrote into [`Rule`]s; `assemble` makes entries of them that load, and `write` a file.
//! What has no counterpart here is never dropped in silence: it becomes a note. No file is opened here.

mod assemble;
mod expressions;
mod folding;
mod names;
mod parts;
mod preferred;
mod prh;
mod rows;
mod source;
mod vale;
mod walk;
mod write;
mod yaml;

use self::expressions::{Carried, spellings};
use self::source::groups_of;
use super::{Level, SourceError};

pub(crate) use self::assemble::{Assembled, Wanted};
pub(crate) use self::rows::{Row, delimiter};

/// What wrote a file of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    Sapling,
    Wproofreader,
    Prh,
    Vale,
}

impl Tool {
    pub(crate) const ALL: [Self; 4] = [Self::Sapling, Self::Wproofreader, Self::Prh, Self::Vale];

    /// How it calls itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sapling => "Sapling",
            Self::Wproofreader => "WProofreader",
            Self::Prh => "prh",
            Self::Vale => "Vale",
        }
    }

    /// Whether its rules are rows.
    pub(crate) const fn writes_rows(self) -> bool {
        matches!(self, Self::Sapling | Self::Wproofreader)
    }

    /// The tool whose rows these look like.
    pub(crate) fn of_rows(rows: &[Row], delimiter: u8) -> Option<Self> {
        rows::tool_of(rows, delimiter)
    }

    /// The tool whose file this YAML looks like.
    pub(crate) fn of_yaml(text: &str) -> Option<Self> {
        let has = |key: &str| text.lines().any(|line| line.trim_start_matches('\u{feff}').starts_with(key));
        if has("extends:") {
            Some(Self::Vale)
        } else if has("rules:") || has("imports:") || has("targets:") {
            Some(Self::Prh)
        } else {
            None
        }
    }
}

/// What is read of one file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    /// How the file is called.
    pub(crate) file: String,
    list: Vec<Rule>,
    /// What is to be said of the file and of no rule in it, each with its line.
    notes: Vec<(usize, String)>,
    /// What readers of the lexicon may want to know.
    remarks: Vec<String>,
}

/// One rule of a file.
#[derive(Debug, Clone, Default)]
struct Rule {
    line: usize,
    /// How the source has it, to know it again.
    shown: String,
    /// What the entry is to be called, if not after its words.
    name: Option<String>,
    phrases: Vec<String>,
    regexes: Vec<String>,
    unless: Vec<String>,
    /// What makes it fine in the same sentence.
    beside: Vec<String>,
    prefer: Vec<String>,
    why: Option<String>,
    level: Option<Level>,
    /// Capitals matter.
    exact: bool,
    /// It is switched off.
    off: bool,
    /// It is found inside of words.
    unbounded: bool,
    /// Examples that the source has.
    flags: Vec<String>,
    passes: Vec<String>,
    /// What of it has no counterpart.
    notes: Vec<String>,
}

impl Rule {
    /// Adds what it looks for, or says why it does not: of one pattern among several, with the pattern. An entry
    /// is of one mind about capitals and the borders of words, so that words of another mind are written out in
    /// all capitals that people use, or left out.
    fn look_for(&mut self, carried: Result<Carried, String>, pattern: Option<&str>) {
        let left_out =
            |why: &str| pattern.map_or_else(|| why.to_owned(), |pattern| format!("`{pattern}` is left out: {why}"));
        let mut carried = match carried {
            Ok(carried) => carried,
            Err(why) => return self.note(left_out(&why)),
        };
        if self.phrases.is_empty() {
            (self.exact, self.unbounded) = (carried.exact, !carried.bounded);
        } else if carried.exact != self.exact && !carried.phrases.is_empty() {
            let loose = if self.exact { &mut carried.phrases } else { &mut self.phrases };
            let spelled: Option<Vec<Vec<String>>> = loose.iter().map(|phrase| spellings(phrase)).collect();
            let Some(spelled) = spelled else {
                return self.note(left_out("it is of another mind about capitals than the rest of its rule"));
            };
            *loose = spelled.concat();
            self.exact = true;
        }
        if carried.bounded == self.unbounded && !carried.phrases.is_empty() {
            return self.note(left_out("it is of another mind about the borders of words than the rest of its rule"));
        }
        self.phrases.extend(carried.phrases);
        self.regexes.extend(carried.regexes);
        self.unless.extend(carried.unless);
        for note in carried.notes {
            self.note(note);
        }
    }

    fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn is_empty(&self) -> bool {
        self.phrases.is_empty() && self.regexes.is_empty()
    }

    /// Adds a wording, in which what a group of the expression took is a blank to fill.
    fn wording(&mut self, text: &str, expression: Option<&str>) {
        let groups = expression.map_or(0, groups_of);
        let mut wording = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('$') {
            wording.push_str(before);
            let number = behind.chars().next().and_then(|c| c.to_digit(10)).unwrap_or(0) as usize;
            if number > 0 && number <= groups {
                wording.push('…');
                rest = behind.get(1..).unwrap_or_default();
            } else {
                wording.push('$');
                rest = behind;
            }
        }
        wording.push_str(rest);
        if wording != text {
            self.note("what a group took is a blank to fill in its wording");
        }
        self.prefer(wording);
    }

    fn prefer(&mut self, wording: String) {
        if wording.chars().any(char::is_control) || wording.contains(['{', '}']) {
            self.note(format!(
                "the wording `{}` holds braces or a line break, and is left out",
                wording.escape_debug()
            ));
        } else if !self.prefer.contains(&wording) {
            self.prefer.push(wording);
        }
    }
}

/// Reads a file of YAML.
pub(crate) fn read_yaml(tool: Tool, file: &str, text: &str) -> Result<Rules, SourceError> {
    let documents = yaml::documents(file, text)?;
    let mut rules = Rules { file: file.to_owned(), ..Rules::default() };
    for document in &documents {
        match tool {
            Tool::Vale => vale::read(document, &mut rules)?,
            Tool::Prh | Tool::Sapling | Tool::Wproofreader => prh::read(document, &mut rules)?,
        }
    }
    if documents.is_empty() {
        return Err(SourceError {
            message: format!("{file} is empty"),
            help: format!("name a file with rules of {}", tool.name()),
        });
    }
    Ok(rules)
}

/// Reads a file of rows.
pub(crate) fn read_rows(tool: Tool, file: &str, rows: Vec<Row>, delimiter: u8) -> Result<Rules, SourceError> {
    let mut rules = Rules { file: file.to_owned(), ..Rules::default() };
    rows::read(tool, rows, delimiter, &mut rules)?;
    Ok(rules)
}

#[cfg(test)]
mod tests;
