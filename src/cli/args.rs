//! What can be typed on the command line. Types only: nothing here opens a file or looks at
//! the environment beyond what clap does.

use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::backtest::{BacktestArgs, EXAMPLES};
use super::completions::{self, CompletionsArgs};
use super::customer;
use super::lexicon::LexiconCommand;
use super::man::{self, ManArgs};
use super::repeats::RepeatsArgs;
#[cfg(feature = "serve")]
use super::serve::ServeArgs;
use crate::intake::{Asked, ReadAs};
use crate::lexicon::Level;
use crate::lint::Filter;
use crate::text::{Language, Scope, Talk, TimeOfDay};

/// Finds the phrases your company avoids in a reply, and says what to write instead.
#[derive(Debug, Parser)]
#[command(
    name = "replylint",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  echo 'You must pay today.' | replylint       lint what comes in on standard input
  replylint reply.txt macros/                  lint a file, and the drafts in a folder
  replylint --lexicon our.toml reply.txt       use your company's lexicon
  replylint --format json reply.txt            for a program to read
  replylint --input csv replies.csv            lint a helpdesk's export, a review a line
  replylint --input transcript chat.txt        lint the agent's turns of a chat
  replylint lexicon explain command.you-must   why a rule is there, and what to say instead

Exit status: 0 nothing to change, 1 findings, 2 the job could not be done."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) check: CheckArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lint drafts (what happens when no command is named)
    Check(CheckArgs),
    /// Apply safe fixes: standard input to standard output, files in place
    #[command(
        after_help = "Examples:\n  replylint fix --diff reply.txt     show what would change\n  replylint fix macros/              change the files\n  replylint fix -i reply.txt         choose among the wordings of every finding\n  replylint fix < reply.txt          write the fixed reply to standard output\n\nFindings that are left are said on standard error, and decide the exit status."
    )]
    Fix(FixArgs),
    /// Hold a mail back, or hand it on to the program that sends it
    #[command(
        after_help = "For mail programs that let you name the program that sends mail, such as mutt:\n  set sendmail = \"replylint sendmail -- /usr/sbin/sendmail -oem -oi\"\n\nExit status: 65 when the mail is held back, with the findings on standard error; else that of the\nprogram, 69 when it cannot be run, or 75 when a signal ended it. A mail that replylint cannot read, or has no\nlexicon for, is handed on, and standard error says so. REPLYLINT_SEND_ANYWAY=1 sends a mail as it is."
    )]
    Sendmail(SendmailArgs),
    /// Find the lines that return in too many of an agent's replies
    #[command(after_help = "\
Examples:
  replylint repeats replies.ndjson                  every agent for themselves
  replylint repeats --agent anna replies.ndjson     one agent's replies, for that agent's trainer
  replylint repeats --input csv --text-field Reply --agent-field Agent export.csv

A sentence counts once a reply. Capitals, names, numbers, dates, placeholders and addresses do not
tell two sentences apart, and fewer than three words are none. The first four words behind a
greeting count as well. Sentences of the lists under [approved] in the lexicon may return. No output
names an agent.

While they are counted, each different line of an agent takes some 40 bytes of memory.

Exit status: 0 no line returns too often, 1 some do, 2 the job could not be done for all records.")]
    Repeats(RepeatsArgs),
    /// Try a lexicon on past replies: how often each rule speaks, and what an edit changes
    #[command(after_help = EXAMPLES)]
    Backtest(BacktestArgs),
    /// Answer programs that ask over HTTP
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    /// Lint in an editor: the language server that it starts
    #[cfg(feature = "lsp")]
    #[command(after_help = super::lsp::EXAMPLES)]
    Lsp(super::lsp::LspArgs),
    /// Check, test and explain the phrases themselves
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Write what a shell needs to complete arguments
    #[command(after_help = completions::EXAMPLES)]
    Completions(CompletionsArgs),
    /// Write manual pages
    #[command(after_help = man::EXAMPLES)]
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) inputs: InputArgs,
    #[command(flatten)]
    pub(super) lint: LintArgs,
    /// How to show findings [default: pretty on a terminal, else short]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<Format>,
    /// Accept the findings that this file lists, and tell only new ones
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write what is found today into the baseline, and accept it
    #[arg(long, requires = "baseline")]
    pub(super) update_baseline: bool,
    /// What the inputs hold: a draft each, or records with a draft each
    #[arg(long, value_enum, value_name = "INPUT", default_value = "text")]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) fields: FieldArgs,
    /// Another name of the agent in transcripts (repeatable; Agent, Support, Operator, Агент, Agente and the like
    /// are known)
    #[arg(long, value_name = "NAME")]
    pub(super) agent_name: Vec<String>,
    /// Another name of the customer in transcripts (repeatable; Customer, Client, Visitor, Клиент, Cliente and the
    /// like are known)
    #[arg(long, value_name = "NAME")]
    pub(super) customer_name: Vec<String>,
    /// Somebody else who speaks in transcripts, whose words are left out (repeatable; System is known)
    #[arg(long, value_name = "NAME")]
    pub(super) other_name: Vec<String>,
    /// Threads that lint records [default: one for each core]
    #[arg(long, short, value_name = "NUMBER", value_parser = parse_jobs)]
    pub(super) jobs: Option<u16>,
}

/// Where records have what is needed of all of them.
#[derive(Debug, Args)]
pub(super) struct FieldArgs {
    /// Where a record has its text: a column, or a key or dotted path such as comments.0.body
    #[arg(long, value_name = "FIELD", default_value = "text")]
    pub(super) text_field: String,
    /// Where a record has its id
    #[arg(long, value_name = "FIELD", default_value = "id")]
    pub(super) id_field: String,
}

#[derive(Debug, Args)]
pub(super) struct FixArgs {
    #[command(flatten)]
    pub(super) inputs: InputArgs,
    #[command(flatten)]
    pub(super) lint: LintArgs,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
    /// Show every finding with its wordings, and ask which to put in
    #[arg(long, short)]
    pub(super) interactive: bool,
}

#[derive(Debug, Args)]
pub(super) struct SendmailArgs {
    #[command(flatten)]
    pub(super) lint: LintArgs,
    /// The program that sends the mail, and its arguments
    #[arg(value_name = "COMMAND", required = true, last = true)]
    pub(super) command: Vec<OsString>,
}

/// Which drafts, and how they are written down.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Drafts: files, folders, or - for standard input, which is read when nothing is named
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// What the drafts are written in [default: by the extension of a file, else text]
    #[arg(long = "as", value_enum, value_name = "FORMAT", ignore_case = true)]
    pub(super) read_as: Option<ReadAs>,
}

/// What all commands that lint share.
#[derive(Debug, Args)]
pub(super) struct LintArgs {
    #[command(flatten)]
    pub(super) lexicon: LexiconArgs,
    /// Keep no compiled form of the lexicon in the cache directory, and use none that was kept
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Read quotations and signatures too, not only the agent's own words
    #[arg(long)]
    pub(super) include_quoted: bool,
    /// The language of the drafts, such as en or ru [default: detected]
    #[arg(long, value_name = "TAG", value_parser = parse_language)]
    pub(super) language: Option<Language>,
    /// Where the reply goes, such as email or chat
    #[arg(long, value_name = "NAME")]
    pub(super) channel: Option<String>,
    /// What the customer wrote, for rules about answers: a text, or @FILE (@@… for a text that begins with @)
    #[arg(long, value_name = "TEXT", value_parser = customer::words)]
    pub(super) customer: Option<String>,
    /// Which of the agent's turns it is, from 1, for rules about first and later ones
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) turn: Option<u32>,
    /// What the talk is about, such as complaint [default: what the customer's words show]
    #[arg(long, value_name = "NAME")]
    pub(super) situation: Option<String>,
    /// When the reply is sent, by the reader's clock, such as 2026-11-27T09:30:00+02:00
    #[arg(long, value_name = "MOMENT", value_parser = TimeOfDay::of_moment)]
    pub(super) now: Option<TimeOfDay>,
    /// Who wrote the replies, where a record does not say; no output shows it
    #[arg(long, value_name = "NAME")]
    pub(super) agent: Option<String>,
    /// Only this rule or category (repeatable)
    #[arg(long, value_name = "RULE")]
    pub(super) only: Vec<String>,
    /// Never this rule or category (repeatable)
    #[arg(long, value_name = "RULE")]
    pub(super) allow: Vec<String>,
    /// The level from which the exit status is 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "warning")]
    pub(super) fail_on: FailOn,
    /// The largest draft to read, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 8 << 20)]
    pub(super) max_bytes: u64,
    #[command(flatten)]
    pub(super) look: LookArgs,
    /// Say nothing on standard error but errors, and no summary
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct LexiconArgs {
    #[arg(
        long,
        value_name = "PATH",
        help = "The lexicon to use: a file, a folder or builtin:en (repeatable; they are merged) \
                [default: $REPLYLINT_LEXICON, else replylint.toml, lexicon.toml or lexicon/ here or \
                above, else your own, else the built-in ones]"
    )]
    pub(super) lexicon: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct LookArgs {
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    /// Columns to draw in [default: those of the terminal, else 80]
    #[arg(long, value_name = "COLUMNS", value_parser = parse_width)]
    pub(super) width: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A picture of each finding, for people
    Pretty,
    /// One line a finding
    Short,
    /// One JSON document
    Json,
    /// One JSON object a line, for each draft
    Ndjson,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Commands of GitHub Actions, shown beside the lines of a change
    Github,
    /// One document for reviewdog
    Rdjson,
    /// One diagnostic a line, for reviewdog
    Rdjsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Input {
    /// A draft each
    Text,
    /// JSON objects, one a line: text, and if known id, format, language, channel, customer, before,
    /// agent, `sent_at`, turn, situation
    Ndjson,
    /// A header and a row a record: columns as for ndjson, between commas, semicolons, tabs or bars
    Csv,
    /// Talks, of which the agent's turns are linted: lines such as `Agent: …` and `Customer: …`, or JSON objects
    /// with `turns`, which have a role and a text
    Transcript,
}

/// What records are written in, for commands that read nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Records {
    /// JSON objects, one a line: text, and if known id, format, language, channel, customer, before,
    /// agent, `sent_at`, turn, situation
    Ndjson,
    /// A header and a row a record: columns as for ndjson, between commas, semicolons, tabs or bars
    Csv,
}

impl From<Records> for Input {
    fn from(records: Records) -> Self {
        match records {
            Records::Ndjson => Self::Ndjson,
            Records::Csv => Self::Csv,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Advice,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl ValueEnum for ReadAs {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Text => "Plain text, with what mail programs and helpdesks put into it",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Mime => "A whole mail, with its header (.eml)",
        };
        Some(PossibleValue::new(self.as_str()).aliases(self.aliases()).help(help))
    }
}

impl FieldArgs {
    /// What is wanted of records of which nothing else is known, each of so many bytes at the most.
    pub(super) fn asked(&self, max_bytes: u64) -> Asked {
        Asked { text_field: self.text_field.clone(), id_field: self.id_field.clone(), ..Asked::usual(max_bytes) }
    }
}

impl CheckArgs {
    /// What is wanted of records.
    pub(super) fn asked(&self) -> Asked {
        let talk = self.lint.talk();
        Asked {
            read_as: self.inputs.read_as.unwrap_or(ReadAs::Text),
            language: self.lint.language.clone(),
            channel: self.lint.channel.clone(),
            customer: talk.customer.map(str::to_owned),
            turn: talk.turn,
            situation: talk.situation.map(str::to_owned),
            sent_at: talk.sent_at,
            agent: self.lint.agent.clone(),
            ..self.fields.asked(self.lint.max_bytes)
        }
    }

    /// Whether somebody who speaks in a talk is named.
    pub(super) fn names_speakers(&self) -> bool {
        [&self.agent_name, &self.customer_name, &self.other_name].into_iter().any(|names| !names.is_empty())
    }
}

impl LintArgs {
    /// Which rules speak.
    pub(super) fn filter(&self) -> Filter {
        Filter { only: self.only.clone(), allow: self.allow.clone() }
    }

    /// Whose words are read.
    pub(super) fn scope(&self) -> Scope {
        if self.include_quoted { Scope::Quoted } else { Scope::Own }
    }

    /// What is known of the talk that a draft belongs to.
    pub(super) fn talk(&self) -> Talk<'_> {
        let customer = self.customer.as_deref().filter(|words| !words.trim().is_empty());
        let situation = self.situation.as_deref();
        Talk { customer, before: None, turn: self.turn, situation, sent_at: self.now }
    }
}

impl FailOn {
    /// Whether a verdict makes the exit status 1.
    pub(super) fn fails(self, verdict: Option<Level>) -> bool {
        let threshold = match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Advice => Level::Advice,
            Self::Never => return false,
        };
        verdict.is_some_and(|level| level >= threshold)
    }
}

pub(super) fn parse_language(tag: &str) -> Result<Language, String> {
    Language::parse(tag).map_err(|_| "write a tag such as en, en-GB or ru".to_owned())
}

pub(super) fn parse_jobs(number: &str) -> Result<u16, String> {
    parse_number(number, 1..=256)
}

fn parse_width(number: &str) -> Result<u16, String> {
    parse_number(number, 40..=u16::MAX)
}

/// Says the bounds in words.
pub(super) fn parse_number(number: &str, bounds: RangeInclusive<u16>) -> Result<u16, String> {
    let number = number.parse().ok().filter(|number| bounds.contains(number));
    number.ok_or_else(|| format!("write a number from {} to {}", bounds.start(), bounds.end()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        super::Cli::command().debug_assert();
    }
}
