//! `replylint lexicon import`: the rules of another tool as a lexicon. Files are found and read here, and it is
//! said what could not be carried over; how rules become entries is for [`crate::lexicon::import`].

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::new::parse_name;
use crate::cli::args::{LookArgs, parse_language};
use crate::cli::{Outcome, terminal};
use crate::host::{Inputs, Limits, Raw, ReadError, Sought, create, plain, rows_of};
use crate::lexicon::import::{Assembled, Row, Rules, Tool, Wanted, delimiter, read_rows, read_yaml};
use crate::lexicon::{EntryId, Opened, Source, SourceError, SourceFile, load};
use crate::lint::{Filter, Linter, Tested, test};
use crate::text::Language;

/// No file of rules that a person wrote is larger.
const LARGEST: u64 = 16 << 20;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  replylint lexicon import styles/Our/ --name 'Our style' --output our.toml     a style of Vale
  replylint lexicon import prh.yml --language ja > ours.toml
  replylint lexicon import edits.csv --from sapling --category wording --output our.toml

What is taken over: CSV of Sapling (error, change to, description, case sensitive) and of WProofreader
(patterns, suggestions, description, contexts), YAML of prh, and the rules of Vale that extend substitution
or existence. Of a folder, all .yml, .yaml, .csv and .tsv files are read, as one lexicon.

Regular expressions become phrases where a phrase can say the same: colou?r is written colo(u|)r.
Others stay regular expressions. What has no counterpart is told line by line, and stands in the lexicon
as a comment; nothing vanishes.

Read the lexicon before you use it, and let `replylint lexicon check` and `test` look at it, too.

Exit status: 0 all rules were taken over, 1 some were left out, 2 nothing was written.")]
pub(in crate::cli) struct ImportArgs {
    /// Files or folders with rules; - is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What wrote them [default: what they look like]
    #[arg(long, value_enum, value_name = "TOOL")]
    from: Option<From>,
    /// The language of the phrases, such as en or ja
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = parse_language)]
    language: Language,
    /// What the lexicon is called [default: the name of the file or folder]
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    name: Option<String>,
    /// The category of the rules, which is the first part of their names
    #[arg(long, value_name = "CATEGORY", default_value = "imported", value_parser = parse_category)]
    category: String,
    /// The file to write, which is never one that is there [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    look: LookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    #[value(help = "CSV of Sapling")]
    Sapling,
    #[value(help = "CSV of WProofreader")]
    Wproofreader,
    #[value(help = "YAML of prh")]
    Prh,
    #[value(help = "YAML of Vale")]
    Vale,
}

impl From {
    const fn tool(self) -> Tool {
        match self {
            Self::Sapling => Tool::Sapling,
            Self::Wproofreader => Tool::Wproofreader,
            Self::Prh => Tool::Prh,
            Self::Vale => Tool::Vale,
        }
    }
}

pub(super) fn run(args: &ImportArgs) -> io::Result<Outcome> {
    if let Some(output) = args.output.as_ref().filter(|output| output.exists()) {
        terminal::say(&refusal(output, &io::ErrorKind::AlreadyExists.into()));
        return Ok(Outcome::Failed);
    }
    let Some((files, guessed)) = read(args) else { return Ok(Outcome::Failed) };
    let name = args.name.clone().unwrap_or_else(|| called(&args.files[0]));
    let wanted = Wanted { name: &name, language: &args.language, category: &args.category };
    let mut assembled = Assembled::new(files, wanted);
    if assembled.entries() > 0 && !tried(&mut assembled, args) {
        return Ok(Outcome::Failed);
    }
    if assembled.entries() == 0 {
        say_notes(&assembled, &guessed);
        terminal::say(
            "error: there is no rule that could be taken over, so nothing was written\n  help: see the notes above, and write the phrases by hand, beginning with `replylint lexicon new`",
        );
        return Ok(Outcome::Failed);
    }
    let text = assembled.to_toml();
    match &args.output {
        Some(output) => {
            if let Err(error) = create(output, text.as_bytes()) {
                terminal::say(&refusal(output, &error));
                return Ok(Outcome::Failed);
            }
        }
        None => terminal::print(|out| out.write_all(text.as_bytes()))?,
    }
    say_notes(&assembled, &guessed);
    if args.language.as_str() == "en" && assembled.is_mostly_foreign() {
        terminal::say("note: most phrases are in other letters than English ones; --language says what they are in");
    }
    terminal::say(&summary(&assembled, args.output.as_deref()));
    Ok(if assembled.left_out() > 0 { Outcome::Found } else { Outcome::Clean })
}

/// The rules of all files, and the tools that they were taken for; nothing when one of them is of no use, which was
/// said then.
fn read(args: &ImportArgs) -> Option<(Vec<Rules>, BTreeSet<&'static str>)> {
    let inputs = Inputs::find(&args.files, Sought::Rules);
    let mut errors: Vec<SourceError> = inputs.errors.into_iter().map(of_read).collect();
    let (mut files, mut guessed) = (Vec::new(), BTreeSet::new());
    for path in &inputs.files {
        match read_file(path, args.from.map(From::tool)) {
            Ok((tool, rules)) => {
                if args.from.is_none() {
                    guessed.insert(tool.name());
                }
                files.push(rules);
            }
            // What else lies in a folder is nobody's mistake.
            Err(Unusable::NoRules(error)) if !args.files.contains(path) => {
                terminal::say(&format!("note: {}, and is left out", error.message));
            }
            Err(Unusable::NoRules(error) | Unusable::Faulty(error)) => errors.push(error),
        }
    }
    if files.is_empty() && errors.is_empty() {
        errors.push(SourceError {
            message: "there are no rules among these files".to_owned(),
            help: "name a file with rules, and say with --from what wrote it".to_owned(),
        });
    }
    for SourceError { message, help } in &errors {
        terminal::say(&format!("error: {message}\n  help: {help}"));
    }
    if !errors.is_empty() {
        return None;
    }
    Some((files, guessed))
}

/// Why a file is of no use.
enum Unusable {
    /// It looks like nothing that is known.
    NoRules(SourceError),
    Faulty(SourceError),
}

impl std::convert::From<SourceError> for Unusable {
    fn from(error: SourceError) -> Self {
        Self::Faulty(error)
    }
}

fn read_file(path: &Path, asked: Option<Tool>) -> Result<(Tool, Rules), Unusable> {
    let raw = Raw::read(path, Limits { max_bytes: LARGEST }).and_then(|raw| Ok((raw.source.clone(), raw.text()?)));
    let (name, text) = raw.map_err(|unread| of_read(unread.error))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        let help = "name a file with rules".to_owned();
        return Err(SourceError { message: format!("{name} is empty"), help }.into());
    }
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let extension = extension.as_deref().unwrap_or_default();
    let delimiter = delimiter(text);
    let rows = || -> Vec<Row> {
        let rows = rows_of(text, delimiter).into_iter();
        rows.map(|(line, row)| Row { line, text: row.map_err(|fault| fault.message) }).collect()
    };
    let may_be_rows = matches!(extension, "csv" | "tsv" | "txt" | "");
    let tool = asked.or_else(|| {
        let yaml = if matches!(extension, "csv" | "tsv") { None } else { Tool::of_yaml(text) };
        yaml.or_else(|| if may_be_rows { Tool::of_rows(&rows(), delimiter) } else { None })
    });
    let Some(tool) = tool else {
        let names: Vec<&str> = Tool::ALL.into_iter().map(Tool::name).collect();
        return Err(Unusable::NoRules(SourceError {
            message: format!("{name} looks like no rules of {}", names.join(", ")),
            help: "check that it is the right file; if it is, say with --from what wrote it".to_owned(),
        }));
    };
    let is_yaml = Tool::of_yaml(text).is_some_and(|tool| !tool.writes_rows()) && !matches!(extension, "csv" | "tsv");
    if tool.writes_rows() && is_yaml {
        return Err(SourceError {
            message: format!("{name} is YAML, and {} writes CSV", tool.name()),
            help: "say --from vale or --from prh, or leave --from out".to_owned(),
        }
        .into());
    }
    if !tool.writes_rows() && matches!(extension, "csv" | "tsv") {
        return Err(SourceError {
            message: format!("{name} is CSV, and {} writes YAML", tool.name()),
            help: "say --from sapling or --from wproofreader, or leave --from out".to_owned(),
        }
        .into());
    }
    let rules =
        if tool.writes_rows() { read_rows(tool, &name, rows(), delimiter)? } else { read_yaml(tool, &name, text)? };
    Ok((tool, rules))
}

fn of_read(error: ReadError) -> SourceError {
    let (message, help) = match error.code {
        "too-large" => (
            format!("{} is larger than {LARGEST} bytes, the bound for a file of rules", error.source),
            "is it a file of rules? If so, split it into several",
        ),
        "not-utf8" | "binary" => {
            (error.message, "save it as text with the encoding UTF-8; spreadsheets call it “CSV UTF-8”")
        }
        _ => (error.message, error.help),
    };
    SourceError { message, help: help.to_owned() }
}

/// What the lexicon is called when nobody says.
fn called(path: &Path) -> String {
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if name.is_empty() || name == "-" { "Imported".to_owned() } else { name }
}

/// Loads the lexicon as it would be written, and runs its examples, of which those stay that do what they say.
/// Whether it loads.
fn tried(assembled: &mut Assembled, args: &ImportArgs) -> bool {
    // Examples of one entry that are alike are found to fail one at a time.
    for _ in 0..3 {
        let lexicons = match load(&["imported"], &Written(assembled.to_toml())) {
            Ok(loaded) => loaded.lexicons,
            Err(error) => {
                terminal::say_why(&error, &args.look);
                return false;
            }
        };
        let Ok(Tested { failures, .. }) = test(&Linter::new(lexicons), &Filter::default()) else { return true };
        if failures.is_empty() {
            return true;
        }
        for failure in failures {
            assembled.drop_example(failure.entry.id.as_str(), &failure.example.text);
        }
    }
    true
}

/// A lexicon that is not written yet.
struct Written(String);

impl Source for Written {
    fn open(&self, reference: &str, _from: Option<&str>) -> Result<Opened, SourceError> {
        let file = SourceFile { name: reference.to_owned(), text: self.0.clone() };
        Ok(Opened { id: reference.to_owned(), files: vec![file] })
    }
}

fn say_notes(assembled: &Assembled, guessed: &BTreeSet<&str>) {
    if !guessed.is_empty() {
        let guessed: Vec<&str> = guessed.iter().copied().collect();
        terminal::say(&format!("note: taken for rules of {}; --from says otherwise", guessed.join(" and ")));
    }
    for note in assembled.notes() {
        terminal::say(&format!("note: {note}"));
    }
}

/// How many rules became what.
fn summary(assembled: &Assembled, output: Option<&Path>) -> String {
    let rules = |count: usize| format!("{count} rule{}", if count == 1 { "" } else { "s" });
    let (read, entries, merged, left) = (assembled.read, assembled.entries(), assembled.merged, assembled.left_out());
    let mut parts = vec![format!("{} read: {entries} taken over", rules(read))];
    if merged > 0 {
        parts.push(format!("{merged} joined to another with the same phrase"));
    }
    if left > 0 {
        parts.push(format!("{left} left out, see the notes"));
    }
    let mut text = parts.join(", ") + ".";
    if let Some(output) = output {
        let shown = output.display();
        let _ = write!(text, "\nWrote {shown}. Read it, then: replylint lexicon check {shown}");
    }
    text
}

fn refusal(path: &Path, error: &io::Error) -> String {
    let shown = path.display();
    if error.kind() == io::ErrorKind::AlreadyExists {
        return format!(
            "error: {shown} is there already, and stays as it is\n  help: name another file after --output"
        );
    }
    let why = plain(error);
    let help = if error.kind() == io::ErrorKind::NotFound {
        "make the folder first, or name a file in one that is there"
    } else {
        "check the folder, and who may write there"
    };
    format!("error: cannot write {shown}: {why}\n  help: {help}")
}

fn parse_category(category: &str) -> Result<String, String> {
    match EntryId::new(category, "x") {
        Some(_) => Ok(category.to_owned()),
        None => Err("a category is made of the letters a to z, digits and hyphens, such as wording".to_owned()),
    }
}
