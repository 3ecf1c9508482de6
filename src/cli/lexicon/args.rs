//! What can be typed behind `replylint lexicon`. Types only, as in [`args`](crate::cli::args); the commands with
//! files of their own have their arguments there.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::diff::DiffArgs;
use super::list::ListArgs;
use super::new::NewArgs;
use super::sheet::SheetArgs;
use crate::cli::args::{LexiconArgs, LookArgs, ReadAs, parse_language};
use crate::cli::customer;
use crate::text::{Draft, Format as DraftFormat, Language, Talk, TimeOfDay};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum LexiconCommand {
    /// Write a small lexicon to begin with, with an example of everything
    New(NewArgs),
    /// Find every mistake in a lexicon
    #[command(
        after_help = "Examples:\n  replylint lexicon check our.toml\n  replylint lexicon check            the lexicon in force here"
    )]
    Check(TrainerArgs),
    /// Run the examples of every entry: `flags` must be flagged, `passes` must not
    #[command(
        after_help = "Examples:\n  replylint lexicon test our.toml\n  replylint lexicon test our.toml --only billing"
    )]
    Test {
        #[command(flatten)]
        trainer: TrainerArgs,
        /// Only this rule or category (repeatable)
        #[arg(long, value_name = "RULE")]
        only: Vec<String>,
    },
    /// Write a lexicon in the form that is ready to lint with, to ship with a hook
    #[command(
        after_help = "Examples:\n  replylint lexicon compile our.toml --output our.lexicon\n  replylint --lexicon our.lexicon reply.txt\n\nThe compiled form belongs to this version of replylint, and holds all that the lexicon extends. To check, test\nor explain a lexicon, name the files it is made from."
    )]
    Compile {
        /// Lexicons: files, folders or builtin:en [default: the lexicon in force here]
        #[arg(value_name = "LEXICON")]
        lexicons: Vec<String>,
        /// The file to write
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
        #[command(flatten)]
        look: LookArgs,
    },
    /// List rules: those of a category, a level or a kind, or with certain words
    List(ListArgs),
    /// Say in words what changed between two versions of a lexicon
    Diff(DiffArgs),
    /// Show a rule as a page: what it looks for, why, and what to say instead
    #[command(
        after_help = "Examples:\n  replylint lexicon explain command.you-must\n  replylint lexicon explain billing.you-owe --lexicon our.toml\n  replylint lexicon explain command.you-must --text 'You must be tired.'   why it speaks about a reply, or does not"
    )]
    Explain(ExplainArgs),
    /// Print the phrasebook on one sheet of paper: what to avoid, and what to say instead
    #[command(
        after_help = "Examples:\n  replylint lexicon sheet our.toml --output sheet.html     open it in a browser, and print it\n  replylint lexicon sheet our.toml --output sheet.md       for a wiki\n  replylint lexicon sheet our.toml --category refusal --category billing --output no.html\n\nYour own entries come first, then those that come with replylint; the gravest before others; then the first\nof every category before the second of any. Thirty rows fit on one page of A4 or Letter. What the columns and\nthe categories are called stands in the lexicon, under [captions]."
    )]
    Sheet(SheetArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArgs {
    /// The rule, as every output names it
    pub(in crate::cli) rule: String,
    #[command(flatten)]
    pub(in crate::cli) lexicon: LexiconArgs,
    /// Only the lexicon of this language
    #[arg(long, value_name = "TAG", value_parser = parse_language)]
    pub(in crate::cli) language: Option<Language>,
    /// A reply: say why the rule speaks about it, or why it does not
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) text: Option<String>,
    /// What the reply is written in [default: text]
    #[arg(long = "as", value_enum, value_name = "FORMAT", ignore_case = true, requires = "text")]
    pub(in crate::cli) read_as: Option<ReadAs>,
    /// Where the reply goes, such as email or chat
    #[arg(long, value_name = "NAME", requires = "text")]
    pub(in crate::cli) channel: Option<String>,
    /// What the customer wrote, for rules about answers: a text, or @FILE (@@… for a text that begins with @)
    #[arg(long, value_name = "TEXT", value_parser = customer::words, requires = "text")]
    pub(in crate::cli) customer: Option<String>,
    /// The agent's own turn before this one
    #[arg(long, value_name = "TEXT", requires = "text")]
    pub(in crate::cli) before: Option<String>,
    /// Which of the agent's turns it is, from 1
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..), requires = "text")]
    pub(in crate::cli) turn: Option<u32>,
    /// What the talk is about, such as complaint [default: what the customer's words show]
    #[arg(long, value_name = "NAME", requires = "text")]
    pub(in crate::cli) situation: Option<String>,
    /// When the reply is sent, by the reader's clock, such as 2026-11-27T09:30:00+02:00
    #[arg(long, value_name = "MOMENT", value_parser = TimeOfDay::of_moment, requires = "text")]
    pub(in crate::cli) now: Option<TimeOfDay>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TrainerArgs {
    /// Lexicons: files, folders or builtin:en [default: the lexicon in force here]
    #[arg(value_name = "LEXICON")]
    pub(in crate::cli) lexicons: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) look: LookArgs,
}

impl ExplainArgs {
    /// The reply that is asked about, if one is.
    pub(in crate::cli) fn draft(&self) -> Option<Draft<'_>> {
        let customer = self.customer.as_deref().filter(|words| !words.trim().is_empty());
        let talk = Talk {
            customer,
            before: self.before.as_deref(),
            turn: self.turn,
            situation: self.situation.as_deref(),
            sent_at: self.now,
        };
        let format = self.read_as.and_then(ReadAs::format).unwrap_or(DraftFormat::Text);
        let draft = Draft::new(self.text.as_deref()?).with_format(format).with_talk(talk);
        Some(Draft { language: self.language.clone(), channel: self.channel.as_deref(), ..draft })
    }
}
