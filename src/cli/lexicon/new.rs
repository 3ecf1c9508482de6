//! `replylint lexicon new`: the first file of a trainer, with an example of everything. The texts are files of
//! their own, a lexicon each; what is done here is to put in a name and a language, and never to touch a file
//! that is there.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use clap::Args;

use crate::cli::args::parse_language;
use crate::cli::{Outcome, terminal};
use crate::host::{create, plain};
use crate::lexicon::{BUILTIN, Lexicon};
use crate::text::Language;

/// The texts to begin with, by language. The first one is also for all languages that have none.
const STARTERS: [(&str, &str); 4] = [
    ("en", include_str!("starter/en.toml")),
    ("es", include_str!("starter/es.toml")),
    ("ru", include_str!("starter/ru.toml")),
    ("uk", include_str!("starter/uk.toml")),
];

/// What the file is called in a folder.
const FILE: &str = "lexicon.toml";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  replylint lexicon new                                  writes lexicon.toml
  replylint lexicon new our.toml --name 'Harbour Bank'
  replylint lexicon new phrases/ --language ru           writes phrases/lexicon.toml

The file holds two examples of everything, with comments. It is a lexicon as it is: try it, then
put your own phrases in place of the examples. A file that is there already is left as it is.

The examples are in English, Spanish, Russian or Ukrainian; for other languages they are English,
behind #, to be replaced.

Exit status: 0 written, 2 nothing was written.")]
pub(in crate::cli) struct NewArgs {
    /// The file to write, or a folder to write lexicon.toml into
    #[arg(value_name = "PATH", default_value = FILE)]
    path: PathBuf,
    /// What the lexicon is called
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    name: Option<String>,
    /// The language of its phrases, such as en or ru
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = parse_language)]
    language: Language,
}

pub(super) fn new(args: &NewArgs) -> Outcome {
    let shown = args.path.to_string_lossy();
    let path = if args.path.is_dir() || shown.ends_with(['/', MAIN_SEPARATOR]) {
        args.path.join(FILE)
    } else {
        args.path.clone()
    };
    let no_file = match &*shown {
        "-" => Some("- is no file to write a lexicon to"),
        shown if shown.starts_with(BUILTIN) => Some("a lexicon that comes with replylint stays as it is"),
        _ => None,
    };
    if let Some(no_file) = no_file {
        terminal::say(&format!("error: {no_file}\n  help: name a file: replylint lexicon new our.toml"));
        return Outcome::Failed;
    }
    if let Err(error) = create(&path, text(args.name.as_deref(), &args.language).as_bytes()) {
        terminal::say(&refusal(&path, &error));
        return Outcome::Failed;
    }
    terminal::say(&next(&path));
    Outcome::Clean
}

/// The text of a lexicon with this name in this language.
fn text(name: Option<&str>, language: &Language) -> String {
    let own = STARTERS.iter().find(|(of, _)| *of == language.as_str());
    let text = own.map_or(STARTERS[0].1, |(_, text)| text);
    let base = format!("{BUILTIN}{language}");
    let has_base = Lexicon::builtin(&base).is_some();
    let mut written = String::new();
    if own.is_none() {
        let _ = writeln!(
            written,
            "# The examples are in English, for want of others, and stand behind #: write your phrases in the language of\n\
             # this lexicon ({language}), and take the # away.\n#"
        );
    }
    let mut in_header = true;
    for line in text.lines() {
        in_header &= !line.starts_with('[') || line == "[lexicon]";
        let line: Cow<'_, str> = match line.split_once(" = ") {
            Some(("name", _)) if name.is_some() => format!("name = {}", quoted(name.unwrap_or_default())).into(),
            Some(("language", _)) => format!("language = {}", quoted(language.as_str())).into(),
            Some(("extends", _)) if has_base => format!("extends = [{}]", quoted(&base)).into(),
            Some(("extends", _)) => "# extends = [\"our-other-lexicon.toml\"]".into(),
            // English phrases find nothing in another language.
            _ if own.is_none() && !in_header && !line.is_empty() && !line.starts_with('#') => {
                format!("# {line}").into()
            }
            _ => line.into(),
        };
        written.push_str(&line);
        written.push('\n');
    }
    written
}

/// A string of TOML; what JSON escapes is escaped there the same way.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn refusal(path: &Path, error: &io::Error) -> String {
    let shown = path.display();
    if error.kind() == io::ErrorKind::AlreadyExists {
        return format!(
            "error: {shown} is there already, and stays as it is\n  help: name another file: replylint lexicon new our.toml"
        );
    }
    let help = if error.kind() == io::ErrorKind::NotFound {
        "make the folder first, or name a file in one that is there"
    } else {
        "check the folder, and who may write there"
    };
    format!("error: cannot write {shown}: {}\n  help: {help}", plain(error))
}

/// What to do with it, in commands that can be copied.
fn next(path: &Path) -> String {
    let shown = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "._-/\\:".contains(c);
    let name = if shown.chars().all(plain) { shown.clone() } else { format!("\"{shown}\"") };
    format!(
        "Wrote {shown}. Put your phrases in place of its examples; these commands help:\n  \
         replylint lexicon check {name}        whether all is written as it is meant\n  \
         replylint lexicon test {name}         whether its examples do what they say\n  \
         replylint --lexicon {name} reply.txt  what it finds in a reply"
    )
}

pub(super) fn parse_name(name: &str) -> Result<String, String> {
    let name = name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err("write a name on one line, such as \"Harbour Bank\"".to_owned());
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Builtin, Entry, Kind, Loaded, Opened, Source, SourceError, SourceFile, load};
    use crate::lint::{Expected, Filter, Linter, Tested, audit, test};
    use crate::text::{Draft, Talk};

    struct Written(String);

    impl Source for Written {
        fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError> {
            if reference != FILE {
                return Builtin.open(reference, from);
            }
            let file = SourceFile { name: FILE.to_owned(), text: self.0.clone() };
            Ok(Opened { id: FILE.to_owned(), files: vec![file] })
        }
    }

    fn language(tag: &str) -> Language {
        Language::parse(tag).expect("a language")
    }

    fn lexicon(tag: &str) -> Lexicon {
        let text = text(Some("Ana \"&\" \\Söhne"), &language(tag));
        let Loaded { mut lexicons, warnings } = load(&[FILE], &Written(text)).expect(tag);
        assert!(warnings.is_empty(), "{tag}: {:?}", warnings.iter().map(ToString::to_string).collect::<Vec<_>>());
        lexicons.remove(0)
    }

    fn has_text(tag: &str) -> bool {
        STARTERS.iter().any(|(of, _)| *of == tag)
    }

    const TAGS: [&str; 7] = ["en", "es", "ru", "uk", "lo", "de", "ja"];

    #[test]
    fn what_is_written_is_sound_and_as_asked() {
        for tag in TAGS {
            let lexicon = lexicon(tag);
            assert_eq!((lexicon.name(), lexicon.language().as_str()), ("Ana \"&\" \\Söhne", tag));
            let own = |kind| {
                let own = |entry: &&Entry| entry.origin.file.name == FILE && entry.kind == kind;
                lexicon.entries().iter().filter(own).count()
            };
            let two = if has_text(tag) { 2 } else { 0 };
            assert_eq!([Kind::Avoid, Kind::Recommend, Kind::Require].map(own), [two; 3], "{tag}");
            let adjusted = lexicon.entries().iter().filter(|entry| !entry.adjusted.is_empty()).count();
            assert_eq!((adjusted, lexicon.names().len()), (two, two), "{tag}");
            assert_eq!(lexicon.entries().len() > 8, Lexicon::builtin(&format!("{BUILTIN}{tag}")).is_some(), "{tag}");
        }
    }

    #[test]
    fn its_examples_do_what_they_say() {
        for tag in TAGS {
            let linter = Linter::new(vec![lexicon(tag)]);
            let Tested { run, failures, .. } = test(&linter, &Filter::default()).expect(tag);
            let failed: Vec<(&str, &Expected)> =
                failures.iter().map(|failure| (failure.entry.id.as_str(), &failure.expected)).collect();
            assert!(failed.is_empty(), "{tag}: {failed:?}");
            assert!(run >= 10 || !has_text(tag), "{tag}: {run} examples");
        }
    }

    #[test]
    fn the_whole_of_it_raises_no_question() {
        for tag in TAGS {
            let problems = audit(&[lexicon(tag)], None).expect(tag);
            assert!(problems.is_empty(), "{tag}: {:?}", problems.iter().map(ToString::to_string).collect::<Vec<_>>());
        }
    }

    /// Where the examples are in the language of the lexicon.
    #[test]
    fn no_other_rule_speaks_about_its_examples_and_wordings() {
        for (tag, _) in STARTERS {
            let linter = Linter::new(vec![lexicon(tag)]);
            let entries = linter.lexicons().flat_map(Lexicon::entries).filter(|entry| entry.origin.file.name == FILE);
            for entry in entries {
                let said = |draft: Draft<'_>| -> Vec<String> {
                    let review = linter.lint(&draft.with_language(language(tag))).expect(tag);
                    review.findings.iter().map(|finding| finding.rule.to_string()).collect()
                };
                for example in entry.flags.iter().chain(&entry.passes) {
                    let talk = Talk { customer: example.customer.as_deref(), ..Talk::default() };
                    let draft = Draft::new(&example.text).with_talk(talk);
                    let rules = said(Draft { channel: example.channel.as_deref(), ..draft });
                    assert!(rules.iter().all(|rule| rule == entry.id.as_str()), "{tag}: {}: {rules:?}", example.text);
                }
                for prefer in &entry.prefer {
                    assert_eq!(said(Draft::new(&prefer.to_string())), Vec::<String>::new(), "{tag}: {prefer}");
                }
            }
        }
    }
}
