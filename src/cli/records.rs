//! `--input ndjson` and `csv`: records in, one line a review out, in the same order, with what is
//! said about bad records in that order too. A bad record becomes an error record, and the run goes
//! on. What is in hand at a time is bounded, so that a file of any size takes no more memory than its
//! longest records; and nothing is kept back while input is awaited, so that a program may send a
//! record and wait for its review before it sends the next.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use csv::ByteRecord;

use super::args::{CheckArgs, Input};
use super::check::linter;
use super::drafts::STDIN;
use super::progress::Progress;
use super::remedy::remedy;
use super::table::{DELIMITERS, Table};
use super::{Outcome, terminal};
use crate::host::{Batch, Fault, Limits, Lines, Piece, Pieces, ReadError, Rows, ordered};
use crate::intake::{Asked, Record, Reviewer, Unreadable};
use crate::lint::Desk;
use crate::report::{self, InputError};

pub(super) fn run(args: &CheckArgs) -> io::Result<Outcome> {
    let linter = match linter(&args.lint, None) {
        Ok(linter) => linter,
        Err(error) => {
            terminal::print(|out| report::error_line(&error, out))?;
            return Ok(Outcome::Failed);
        }
    };
    let asked = args.asked();
    let mut outcome = Outcome::Clean;
    terminal::print(|out| {
        for path in args.inputs.paths() {
            let Opened { source, typed, size, shape, batches } = match open(path, args.input, &asked, args.lint.quiet) {
                Ok(opened) => opened,
                Err(error) => {
                    outcome = Outcome::Failed;
                    report::error_line(&error, out)?;
                    continue;
                }
            };
            let progress = Progress::beside_reviews(&source, size, typed || args.lint.quiet);
            let max_bytes = args.lint.max_bytes;
            let reviewer = Reviewer { linter, scope: args.lint.scope(), source: &source, max_bytes };
            let run = Run { reviewer, args, asked: &asked, source: &source, shape };
            run.all(batches, &progress, &mut outcome, out)?;
        }
        Ok(())
    })?;
    Ok(outcome)
}

/// What the records of an input are written in.
pub(super) enum Shape {
    Json,
    Table(Table),
}

impl Shape {
    /// The record that some bytes hold, if they are one; `cells` is room for those of a row.
    pub(super) fn record<'r>(
        &self,
        bytes: &'r [u8],
        cells: &'r mut ByteRecord,
        asked: &'r Asked,
    ) -> Result<Option<Record<'r>>, Unreadable> {
        match self {
            Self::Json => Record::from_json(bytes, asked),
            Self::Table(table) => table.record(bytes, cells, asked).map(Some),
        }
    }
}

type Batches = Box<dyn Iterator<Item = Batch> + Send>;

/// An input with records.
pub(super) struct Opened {
    pub(super) source: String,
    /// A person types it.
    pub(super) typed: bool,
    /// In bytes, as far as it is known.
    pub(super) size: Option<u64>,
    pub(super) shape: Shape,
    pub(super) batches: Batches,
}

/// Opens an input, and reads what must be known before its first record. What is wrong with it is said.
pub(super) fn open(path: &Path, input: Input, asked: &Asked, quiet: bool) -> Result<Opened, InputError> {
    let typed = *path == STDIN[0] && io::stdin().is_terminal();
    if typed && !quiet {
        terminal::say("Type or paste records, then press Ctrl-D (Ctrl-Z and Enter on Windows).");
    }
    let source = if *path == STDIN[0] { "stdin".to_owned() } else { path.display().to_string() };
    match begin(path, input, asked) {
        Ok((batches, shape, size)) => Ok(Opened { source, typed, size, shape, batches }),
        Err(Unopened { line, error: ReadError { code, message, help, .. } }) => {
            let place = line.map(|line| format!("{source}, line {line}: ")).unwrap_or_default();
            terminal::say(&format!("error: {place}{message}\n  help: {help}"));
            Err(InputError { source, id: None, line, code, message })
        }
    }
}

/// Why there is nothing to read, and the line that says so.
struct Unopened {
    line: Option<usize>,
    error: ReadError,
}

fn begin(path: &Path, input: Input, asked: &Asked) -> Result<(Batches, Shape, Option<u64>), Unopened> {
    let limits = Limits { max_bytes: asked.max_bytes };
    let unread = |error| Unopened { line: None, error };
    if input != Input::Csv {
        let lines = Pieces::open(path, Lines::new(limits)).map_err(unread)?;
        let size = lines.size();
        return Ok((Box::new(lines), Shape::Json, size));
    }
    let mut rows = Pieces::open(path, Rows::new(limits, &DELIMITERS)).map_err(unread)?;
    let size = rows.size();
    let Some((header, Piece { line, content })) = rows.first() else {
        let message = "there is no header: the first line of a CSV file names its columns".to_owned();
        let error = ReadError { source: String::new(), code: "no-header", message, help: "export it with its header" };
        return Err(Unopened { line: Some(1), error });
    };
    let table = content.and_then(|range| Table::new(header.content(range), asked)).map_err(|fault| {
        let Fault { code, message, help, .. } = fault;
        Unopened { line: Some(line), error: ReadError { source: String::new(), code, message, help } }
    })?;
    rows.cut_mut().set_delimiter(table.delimiter());
    Ok((Box::new(rows), Shape::Table(table), size))
}

/// Works on batches in up to so many threads, by default one for each core, and hands over what they come to in
/// order. With it comes whether the next will have to be waited for.
pub(super) fn in_order<D: Send + 'static>(
    mut batches: Batches,
    jobs: Option<u16>,
    work: impl Fn(Batch) -> D + Sync,
    mut write: impl FnMut(D, bool) -> io::Result<()>,
) -> io::Result<()> {
    let jobs = jobs.map_or_else(|| thread::available_parallelism().ok(), |jobs| NonZeroUsize::new(jobs.into()));
    let jobs = jobs.unwrap_or(NonZeroUsize::MIN);
    // A few records at a time are done before other threads would have taken them.
    while let Some(batch) = batches.next() {
        let few = !batch.is_full();
        write(work(batch), true)?;
        if jobs > NonZeroUsize::MIN && !few {
            return ordered(batches, jobs, work, write);
        }
    }
    Ok(())
}

/// What is told of a bad record, to people and to programs.
pub(super) fn refusal(
    source: &str,
    line: usize,
    Unreadable { id, code, message }: Unreadable,
    help: Option<&str>,
) -> (String, InputError) {
    let help = help.unwrap_or_else(|| remedy(code));
    let said = format!("error: {source}, line {line}: {message}\n  help: {help}");
    (said, InputError { source: source.to_owned(), id, line: Some(line), code, message })
}

/// One input and all that is needed to lint its records.
struct Run<'r> {
    reviewer: Reviewer<'r>,
    args: &'r CheckArgs,
    asked: &'r Asked,
    source: &'r str,
    shape: Shape,
}

/// Memory that is used again from one record of a batch to the next.
#[derive(Default)]
struct Reused {
    cells: ByteRecord,
    desk: Desk,
}

/// What a batch comes to.
struct Done {
    out: Vec<u8>,
    said: Vec<String>,
    outcome: Outcome,
    bytes: u64,
    records: u64,
}

impl Run<'_> {
    /// Raises `outcome` batch by batch, so that a reader who closes the pipe does not undo what went
    /// wrong before.
    fn all(&self, batches: Batches, progress: &Progress, outcome: &mut Outcome, out: &mut dyn Write) -> io::Result<()> {
        let write = |done: io::Result<Done>, idle: bool| {
            let done = done?;
            *outcome = (*outcome).max(done.outcome);
            progress.say(&done.said);
            progress.advance(done.bytes, done.records);
            out.write_all(&done.out)?;
            if idle { out.flush() } else { Ok(()) }
        };
        in_order(batches, self.args.jobs, |batch| self.batch(batch), write)
    }

    fn batch(&self, mut batch: Batch) -> io::Result<Done> {
        let pieces = std::mem::take(&mut batch.pieces);
        let (records, bytes) = (pieces.len() as u64, batch.bytes);
        let mut done = Done { out: Vec::new(), said: Vec::new(), outcome: Outcome::Clean, bytes, records };
        let mut reused = Reused::default();
        for Piece { line, content } in pieces {
            let reviewed = match content {
                Ok(range) => {
                    self.record(batch.content(range), &mut reused, &mut done.out).map_err(|error| (error, None))
                }
                Err(Fault { code, message, help, .. }) => Err((Unreadable { id: None, code, message }, Some(help))),
            };
            self.note(line, reviewed, &mut done)?;
        }
        Ok(done)
    }

    fn note(
        &self,
        line: usize,
        reviewed: Result<io::Result<Outcome>, (Unreadable, Option<&str>)>,
        done: &mut Done,
    ) -> io::Result<()> {
        match reviewed {
            Ok(outcome) => done.outcome = done.outcome.max(outcome?),
            Err((unreadable, help)) => {
                done.outcome = Outcome::Failed;
                let (said, error) = refusal(self.source, line, unreadable, help);
                done.said.push(said);
                report::error_line(&error, &mut done.out)?;
            }
        }
        Ok(())
    }

    /// Writes all that there is to say about a record. The inner error is one of writing.
    fn record(
        &self,
        bytes: &[u8],
        Reused { cells, desk }: &mut Reused,
        out: &mut Vec<u8>,
    ) -> Result<io::Result<Outcome>, Unreadable> {
        let record = self.shape.record(bytes, cells, self.asked)?;
        let Some(record) = record else { return Ok(Ok(Outcome::Clean)) };
        let mut worst = Outcome::Clean;
        let told = self.reviewer.review(&record, desk, |reply| {
            if self.args.lint.fail_on.fails(reply.review.verdict()) {
                worst = Outcome::Found;
            }
            report::reply_line(reply, out)
        })?;
        Ok(told.map(|()| worst))
    }
}
