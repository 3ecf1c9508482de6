//! `replylint lexicon list`: which rules there are. What is asked for is understood here; how it is shown
//! belongs to [`crate::report`].

use std::io;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::args::TrainerArgs;
use crate::cli::args::parse_language;
use crate::cli::{Outcome, terminal};
use crate::host::{Disk, in_force};
use crate::lexicon::{Entry, Kind, Level, Lexicon, Pattern, Wording, load, nearest};
use crate::report::{Listed, rules, rules_csv, rules_json};
use crate::text::{Folded, Language, Style};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  replylint lexicon list our.toml
  replylint lexicon list our.toml --category billing --level error
  replylint lexicon list builtin:en --kind recommend        what to say
  replylint lexicon list our.toml --text 'you owe'          where both words stand in one phrase
  replylint lexicon list our.toml --format csv > our.csv    for a spreadsheet

A rule is listed when it is all that is asked for: with --category billing --level error, those of
this category that are errors. One option may be given several times: any of its values will do.

The table shows for each rule what it is and the beginning of its phrases; --format json shows all
of every rule, and `replylint lexicon explain RULE` all of one.

Exit status: 0 listed, be it none, 2 the job could not be done.")]
pub(in crate::cli) struct ListArgs {
    #[command(flatten)]
    trainer: TrainerArgs,
    /// Only rules of this category, such as billing (repeatable)
    #[arg(long, value_name = "CATEGORY")]
    category: Vec<String>,
    /// Only rules of this level (repeatable)
    #[arg(long, value_name = "LEVEL", value_parser = PossibleValuesParser::new(LEVELS))]
    level: Vec<String>,
    /// Only rules of this kind (repeatable)
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::as_str)))]
    kind: Vec<String>,
    /// Only the lexicon of this language
    #[arg(long, value_name = "TAG", value_parser = parse_language)]
    language: Option<Language>,
    /// Only rules with these words, in one phrase, wording, reason or example
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// How to list them
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

const LEVELS: [&str; 4] = [Level::Error.as_str(), Level::Warning.as_str(), Level::Advice.as_str(), "off"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line a rule, for people
    Table,
    /// One JSON document with all of every rule
    Json,
    /// A row a rule, for spreadsheets
    Csv,
}

pub(super) fn list(args: &ListArgs) -> io::Result<Outcome> {
    let TrainerArgs { lexicons, look } = &args.trainer;
    let lexicons = match load(&in_force(lexicons), &Disk) {
        Ok(loaded) => loaded.lexicons,
        Err(error) => {
            terminal::say_why(&error, look);
            return Ok(Outcome::Failed);
        }
    };
    if let Some(error) = args.names_nothing(&lexicons) {
        terminal::say(&error);
        return Ok(Outcome::Failed);
    }
    let all = |lexicon| Lexicon::entries(lexicon).iter().map(move |entry| Listed { lexicon, entry });
    let listed: Vec<Listed<'_>> = lexicons.iter().flat_map(all).filter(|listed| args.wants(*listed)).collect();
    let count = lexicons.iter().map(Lexicon::entry_count).sum();
    terminal::print(|out| match args.format {
        Format::Table => rules(&listed, count, terminal::look(look).width, out),
        Format::Json => rules_json(lexicons.iter(), &listed, out),
        Format::Csv => rules_csv(&listed, out),
    })?;
    Ok(Outcome::Clean)
}

impl ListArgs {
    /// What is asked for and is not there at all, so that nobody takes a slip of the pen for an empty list.
    fn names_nothing(&self, lexicons: &[Lexicon]) -> Option<String> {
        let languages = || lexicons.iter().map(Lexicon::language);
        if let Some(language) = self.language.as_ref().filter(|wanted| languages().all(|known| known != *wanted)) {
            let known: Vec<&str> = languages().map(Language::as_str).collect();
            return Some(format!(
                "error: no lexicon in force is in the language {language}\n  help: there is {}",
                known.join(", ")
            ));
        }
        let categories = || lexicons.iter().flat_map(Lexicon::entries).map(|entry| entry.id.category());
        let unknown = self.category.iter().find(|wanted| categories().all(|known| known != *wanted))?;
        let help = match nearest(unknown, categories()) {
            Some(near) => format!("did you mean {near}?"),
            None => "a category is the first part of a rule, such as command in command.you-must".to_owned(),
        };
        Some(format!("error: no lexicon in force has a category {unknown}\n  help: {help}"))
    }

    fn wants(&self, Listed { lexicon, entry }: Listed<'_>) -> bool {
        let any = |wanted: &[String], is: Option<&str>| wanted.is_empty() || wanted.iter().any(|one| is == Some(one));
        any(&self.category, Some(entry.id.category()))
            && any(&self.kind, Some(entry.kind.as_str()))
            && any(&self.level, entry.level_name())
            && self.language.as_ref().is_none_or(|language| language == lexicon.language())
            && self.text.as_ref().is_none_or(|words| holds(entry, words))
    }
}

/// Whether all the words stand in one of the texts of an entry, in whatever order: a phrase has more words than the
/// reader of its hits knows of.
fn holds(entry: &Entry, words: &str) -> bool {
    let folded = |text: &str| Folded::phrase(text, Style::COARSE);
    let words = folded(words);
    let examples = entry.flags.iter().map(|example| example.text.clone());
    let texts = entry.all_patterns().map(Pattern::to_string).chain(entry.prefer.iter().map(Wording::to_string));
    let texts = texts.chain(entry.regexes.iter().map(ToString::to_string)).chain(examples);
    let mut texts = texts.chain(entry.why.clone()).chain(entry.says.clone()).chain([entry.id.to_string()]);
    texts.any(|text| {
        let text = folded(&text);
        words.split_whitespace().all(|word| begins_a_word(word, &text))
    })
}

/// Whether a word of a folded text begins so. Letters of scripts that are written without spaces have no case.
fn begins_a_word(word: &str, text: &str) -> bool {
    let within = |c: char| c.is_lowercase() || c.is_numeric();
    let before = |at: usize| text.get(..at).and_then(|before| before.chars().next_back());
    text.match_indices(word).any(|(at, _)| !before(at).is_some_and(within))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_from_their_beginning() {
        let rows = [("owe", "you (owe|have)", true), ("owe", "allowed", false), ("owe", "allowed to owe", true)];
        for (word, text, found) in rows.into_iter().chain([("долж", "вы должны", true), ("ຕ້ອງ", "ທ່ານຕ້ອງ", true)])
        {
            assert_eq!(begins_a_word(word, text), found, "{word} in {text}");
        }
    }
}
