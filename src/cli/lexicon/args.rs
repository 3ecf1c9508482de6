//! What can be typed behind `replylint lexicon`, and what its commands share. Types only, as in
//! [`args`](crate::cli::args); what only one command takes stands beside that command.

use clap::{Args, Subcommand};

use super::check::CheckArgs;
use super::compile::CompileArgs;
use super::diff::DiffArgs;
use super::explain::ExplainArgs;
use super::fmt::FmtArgs;
use super::import::ImportArgs;
use super::list::ListArgs;
use super::new::NewArgs;
use super::sheet::SheetArgs;
use super::test::TestArgs;
use crate::cli::args::LookArgs;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum LexiconCommand {
    /// Write a small lexicon to begin with, with an example of everything
    New(NewArgs),
    /// Find every mistake in a lexicon, and what in it gets in its own way
    #[command(
        after_help = "Examples:\n  replylint lexicon check our.toml\n  replylint lexicon check            the lexicon in force here\n  replylint lexicon check our.toml --format github     in a workflow, beside the lines\n\nAn error keeps a lexicon from being used; a warning is worth a look. To let a warning stand, write\nits code into the entry that it is about: allow = [\"near-duplicate\"]. All codes are listed and\nexplained in docs/problems.md."
    )]
    Check(CheckArgs),
    /// Run the examples of every entry: `flags` must be flagged, `passes` must not
    Test(TestArgs),
    /// Lay out lexicon files, all in the same way
    Fmt(FmtArgs),
    /// Print the form of lexicon files, for editors that know TOML
    #[command(
        after_help = "Example:\n  replylint lexicon schema > replylint.schema.json\n\nThen begin a lexicon file in the same folder with the line\n  #:schema ./replylint.schema.json\nand open it in an editor that knows TOML, such as VS Code with the extension Even Better TOML. The schema is a\nJSON Schema, draft 2020-12. `replylint lexicon check` finds more than an editor can."
    )]
    Schema,
    /// Write a lexicon in the form that is ready to lint with, to ship with a hook
    #[command(
        after_help = "Examples:\n  replylint lexicon compile our.toml --output our.lexicon\n  replylint --lexicon our.lexicon reply.txt\n\nThe compiled form belongs to this version of replylint, and holds all that the lexicon extends. To check, test\nor explain a lexicon, name the files it is made from."
    )]
    Compile(CompileArgs),
    /// List rules: those of a category, a level or a kind, or with certain words
    List(ListArgs),
    /// Say in words what changed between two versions of a lexicon
    Diff(DiffArgs),
    /// Show a rule as a page, or say why rules speak about a reply, and why they do not
    Explain(ExplainArgs),
    /// Print the phrasebook on one sheet of paper: what to avoid, and what to say instead
    #[command(
        after_help = "Examples:\n  replylint lexicon sheet our.toml --output sheet.html     open it in a browser, and print it\n  replylint lexicon sheet our.toml --output sheet.md       for a wiki\n  replylint lexicon sheet our.toml --category refusal --category billing --output no.html\n\nYour own entries come first, then those that come with replylint; the gravest before others; then the first\nof every category before the second of any. Thirty rows fit on one page of A4 or Letter. What the columns and\nthe categories are called stands in the lexicon, under [captions]."
    )]
    Sheet(SheetArgs),
    #[command(about = "Take over the rules of another tool: Sapling, WProofreader, prh or Vale")]
    Import(ImportArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TrainerArgs {
    /// Lexicons: files, folders or builtin:en [default: the lexicon in force here]
    #[arg(value_name = "LEXICON")]
    pub(super) lexicons: Vec<String>,
    #[command(flatten)]
    pub(super) look: LookArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct WatchArgs {
    /// Do it again whenever a file of the lexicon is saved, until you press Ctrl-C (exit status 130)
    #[arg(long)]
    pub(super) watch: bool,
}
