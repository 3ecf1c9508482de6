//! `replylint backtest`: past replies in, out comes what a lexicon says of them, and what an edit of it changes.
//! Nobody is judged by it, so that findings are no failure. Bad records are told, and the run goes on; what is in
//! hand at a time is bounded, and what is kept grows with the rules that fire.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use csv::ByteRecord;

use super::args::{FailOn, FieldArgs, LexiconArgs, LintArgs, LookArgs, Records};
use super::check::{expect_rules, loaded};
use super::progress::Progress;
use super::records::{Opened, Shape, in_order, open, refusal};
use super::{Outcome, terminal};
use crate::host::{Batch, Fault, Piece, ReadError, plain, replace};
use crate::intake::{AGENT, Asked, Part, ReadAs, Record, Unreadable, taken_apart};
use crate::lint::{Backtested as Tally, Desk, LintError, Linter, Name, Past, Review, Seen};
use crate::report::{self, Backtested, InputError, Look};
use crate::text::{Draft, Language};

pub(super) const EXAMPLES: &str = "\
Examples:
  replylint backtest --lexicon our.toml --replies november.ndjson
  replylint backtest --lexicon new.toml --against our.toml --replies november.ndjson
  replylint backtest --lexicon our.toml --replies export.csv --input csv --text-field Reply
  replylint backtest --replies november.ndjson --format html --output november.html

A rule counts wherever it finds something, and also where another rule speaks of the same words and
names it behind itself. Shares are those of the replies in the language of the lexicon. With --against
both lexicons read each reply: shown is what the first one flags and the old one did not, what it
flags no longer, and what it flags under another rule, at another level, or in more or fewer words.

Examples are chosen by what they say, so that the same replies give the same ones. No output names an
agent: the name in `agent` is left out of examples, and so are signatures.

Exit status: 0 the replies were read, whatever was found, 2 the job could not be done for all records.";

/// Errors that are kept for the report; all are told.
const MOST_ERRORS: usize = 100;

#[derive(Debug, Args)]
pub(super) struct BacktestArgs {
    /// Past replies, as records: files, or - for standard input
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    replies: Vec<PathBuf>,
    #[command(flatten)]
    lexicon: LexiconArgs,
    /// The lexicon as it was before the edit: show what changes (repeatable; they are merged)
    #[arg(long, value_name = "OLD")]
    against: Vec<String>,
    /// What the files hold
    #[arg(long, value_enum, value_name = "INPUT", default_value = "ndjson")]
    input: Records,
    /// What the texts are written in, where a record does not say [default: text]
    #[arg(long = "as", value_enum, value_name = "FORMAT", ignore_case = true)]
    read_as: Option<ReadAs>,
    #[command(flatten)]
    fields: FieldArgs,
    /// Where a record says who wrote its text, so that no example shows it
    #[arg(long, value_name = "FIELD", default_value = AGENT)]
    agent_field: String,
    /// The language of the replies, such as en or ru, where a record does not say [default: detected]
    #[arg(long, value_name = "TAG", value_parser = super::args::parse_language)]
    language: Option<Language>,
    /// Where the replies went, such as email or chat, where a record does not say
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// Only this rule or category (repeatable)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// Never this rule or category (repeatable)
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Read quotations and signatures too, not only the agent's own words
    #[arg(long)]
    include_quoted: bool,
    /// Point out rules that speak in more of the replies than this, in per cent
    #[arg(long, value_name = "PERCENT", default_value_t = 20, value_parser = clap::value_parser!(u8).range(0..=100))]
    often: u8,
    /// Examples to show of each rule, at the most
    #[arg(long, value_name = "NUMBER", default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=100))]
    examples: u8,
    /// How to show the result
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// Write the result into this file, in place of what is there
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The largest reply to read, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 8 << 20)]
    max_bytes: u64,
    /// Keep no compiled form of the lexicon in the cache directory, and use none that was kept
    #[arg(long)]
    no_cache: bool,
    /// Threads that read replies [default: one for each core]
    #[arg(long, short, value_name = "NUMBER", value_parser = super::args::parse_jobs)]
    jobs: Option<u16>,
    #[command(flatten)]
    look: LookArgs,
    /// Say nothing on standard error but errors
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables, for people
    Table,
    /// One JSON document
    Json,
    /// One page with the examples, to hand round
    Html,
}

pub(super) fn run(args: &BacktestArgs) -> io::Result<Outcome> {
    let lint = args.lint(&args.lexicon.lexicon);
    let before = args.lint(&args.against);
    let Ok(linters) = linters(&lint, (!args.against.is_empty()).then_some(&before)) else {
        return Ok(Outcome::Failed);
    };
    let asked = args.asked();
    let mut tally = args.tally(&linters);
    let (mut bad, mut errors) = (0, Vec::new());
    let mut keep = |error| {
        bad += 1;
        if errors.len() < MOST_ERRORS {
            errors.push(error);
        }
    };
    let several = args.replies.len() > 1;
    for path in &args.replies {
        let input = args.input.into();
        match open(path, input, &asked, args.quiet) {
            Ok(Opened { source, typed, size, shape, batches }) => {
                let progress = Progress::new(&source, size, typed || args.quiet);
                let reader =
                    Reader { args, lint: &lint, asked: &asked, linters: &linters, source: &source, several, shape };
                in_order(
                    batches,
                    args.jobs,
                    |batch| reader.batch(batch),
                    |done, _| {
                        progress.say(&done.said);
                        progress.advance(done.bytes, done.records);
                        done.errors.into_iter().for_each(&mut keep);
                        tally.merge(done.tally);
                        Ok(())
                    },
                )?;
            }
            Err(error) => keep(error),
        }
    }
    if tally.replies() == 0 && bad == 0 && !args.quiet {
        terminal::say("note: there were no replies to look at");
    }
    let result = tally.told(linters.new, linters.old, args.often);
    let told = Backtested {
        lexicons: linters.new.lexicons().collect(),
        against: linters.old.map(|old| old.lexicons().collect()),
        result,
        bad,
        errors,
    };
    let written = write(args, &told)?;
    Ok(if bad == 0 { written } else { Outcome::Failed })
}

/// The lexicons, and those before the edit. A rule that only one of them has may be asked for.
fn linters(lint: &LintArgs, before: Option<&LintArgs>) -> Result<Linters, InputError> {
    let linters = Linters { new: loaded(lint, None)?, old: before.map(|before| loaded(before, None)).transpose()? };
    let all: Vec<&Linter> = [linters.new].into_iter().chain(linters.old).collect();
    expect_rules(lint, &all).map(|()| linters)
}

fn write(args: &BacktestArgs, told: &Backtested<'_>) -> io::Result<Outcome> {
    let look = terminal::look(&args.look);
    let Some(path) = &args.output else {
        terminal::print(|out| args.format.write(told, look, out))?;
        return Ok(Outcome::Clean);
    };
    let mut page = Vec::new();
    args.format.write(told, look, &mut page)?;
    Ok(match replace(path, &page) {
        Ok(()) => Outcome::Clean,
        Err(error) => {
            unwritten(path, &error);
            Outcome::Failed
        }
    })
}

fn unwritten(path: &Path, error: &io::Error) {
    terminal::say(&format!(
        "error: cannot write {}: {}\n  help: check the folder, and that there is room",
        path.display(),
        plain(error)
    ));
}

impl Format {
    fn write(self, told: &Backtested<'_>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            Self::Table => report::backtest(told, look.width, out),
            Self::Json => report::backtest_json(told, out),
            Self::Html => report::backtest_html(told, out),
        }
    }
}

impl BacktestArgs {
    /// What linting with some lexicons takes.
    fn lint(&self, lexicons: &[String]) -> LintArgs {
        let look = LookArgs { color: self.look.color, width: self.look.width };
        LintArgs {
            lexicon: LexiconArgs { lexicon: lexicons.to_vec() },
            no_cache: self.no_cache,
            include_quoted: self.include_quoted,
            language: self.language.clone(),
            channel: self.channel.clone(),
            customer: None,
            turn: None,
            situation: None,
            now: None,
            agent: None,
            only: self.only.clone(),
            allow: self.allow.clone(),
            fail_on: FailOn::Never,
            max_bytes: self.max_bytes,
            look,
            quiet: self.quiet,
        }
    }

    fn asked(&self) -> Asked {
        Asked {
            agent_field: self.agent_field.clone(),
            read_as: self.read_as.unwrap_or(ReadAs::Text),
            language: self.language.clone(),
            channel: self.channel.clone(),
            ..self.fields.asked(self.max_bytes)
        }
    }

    fn tally(&self, linters: &Linters) -> Tally<'static> {
        Tally::new(self.examples.into(), linters.old.is_some())
    }
}

/// The lexicons, and those before the edit when there was one.
struct Linters {
    new: &'static Linter,
    old: Option<&'static Linter>,
}

/// All that is needed to read the records of one input.
struct Reader<'r> {
    args: &'r BacktestArgs,
    lint: &'r LintArgs,
    asked: &'r Asked,
    linters: &'r Linters,
    source: &'r str,
    /// There are other inputs, too.
    several: bool,
    shape: Shape,
}

/// What a batch comes to.
struct Done {
    tally: Tally<'static>,
    said: Vec<String>,
    errors: Vec<InputError>,
    bytes: u64,
    records: u64,
}

/// Both reviews of a part.
struct Reviewed<'d> {
    draft: Draft<'d>,
    new: Review<'static>,
    old: Option<Review<'static>>,
}

impl Reader<'_> {
    fn batch(&self, mut batch: Batch) -> Done {
        let pieces = std::mem::take(&mut batch.pieces);
        let mut done = Done {
            tally: self.args.tally(self.linters),
            said: Vec::new(),
            errors: Vec::new(),
            bytes: batch.bytes,
            records: pieces.len() as u64,
        };
        let (mut cells, mut desks) = (ByteRecord::new(), [Desk::default(), Desk::default()]);
        for Piece { line, content } in pieces {
            let read = match content {
                Ok(range) => {
                    let record = self.shape.record(batch.content(range), &mut cells, self.asked);
                    record
                        .and_then(|record| {
                            record.map_or(Ok(()), |record| self.count(&record, line, &mut desks, &mut done.tally))
                        })
                        .map_err(|error| (error, None))
                }
                Err(Fault { code, message, help, .. }) => Err((Unreadable { id: None, code, message }, Some(help))),
            };
            if let Err((unreadable, help)) = read {
                let (said, error) = refusal(self.source, line, unreadable, help);
                done.said.push(said);
                done.errors.push(error);
            }
        }
        done
    }

    /// Counts what is said of a record; of a mail, of all its parts.
    fn count(
        &self,
        record: &Record<'_>,
        line: usize,
        desks: &mut [Desk; 2],
        tally: &mut Tally<'static>,
    ) -> Result<(), Unreadable> {
        let mail;
        let drafts = if let Some(format) = record.read_as.format() {
            vec![Draft::new(&record.text).with_format(format)]
        } else {
            let unreadable = |ReadError { code, message, .. }| Unreadable { id: record.owned_id(), code, message };
            mail = taken_apart(record.text.as_bytes(), "the text", self.args.max_bytes).map_err(unreadable)?;
            mail.iter().map(Part::draft).collect()
        };
        let reviewed = drafts.into_iter().map(|draft| self.reviewed(record, draft, desks));
        let reviewed = reviewed.collect::<Result<Vec<_>, LintError>>().map_err(|error| Unreadable {
            id: record.owned_id(),
            code: error.code(),
            message: error.to_string(),
        })?;
        let source = self.several.then_some(self.source);
        let past = Past { name: Name { source, id: record.id.as_deref(), line }, agent: record.agent.as_deref() };
        let parts = reviewed.iter().map(|Reviewed { draft, new, old }| Seen {
            text: draft.text,
            review: new,
            old: old.as_ref(),
        });
        tally.add(&past, &parts.collect::<Vec<_>>());
        for Reviewed { new, old, .. } in reviewed {
            let [desk, older] = &mut *desks;
            desk.take_back(new);
            if let Some(old) = old {
                older.take_back(old);
            }
        }
        Ok(())
    }

    fn reviewed<'d>(
        &self,
        record: &'d Record<'_>,
        mut draft: Draft<'d>,
        desks: &mut [Desk; 2],
    ) -> Result<Reviewed<'d>, LintError> {
        record.tell(&mut draft, self.lint.scope());
        let [desk, older] = desks;
        let new = self.linters.new.lint_at(desk, &draft)?;
        let old = self.linters.old.map(|old| old.lint_at(older, &draft)).transpose()?;
        Ok(Reviewed { draft, new, old })
    }
}
