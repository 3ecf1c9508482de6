//! `replylint repeats`: records in, out comes which lines an agent's replies have too often. Bad records
//! are told, and the run goes on. A line takes a few bytes to count, whatever its length.

use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use csv::ByteRecord;

use super::args::{FieldArgs, LexiconArgs, LookArgs, Records};
use super::drafts::STDIN;
use super::progress::Progress;
use super::records::{Opened, Shape, in_order, open, refusal};
use super::{Outcome, terminal};
use crate::host::{Batch, Cache, Fault, Piece, ReadError, in_force, ready};
use crate::intake::{AGENT, Asked, Part, ReadAs, Record, Unreadable, taken_apart};
use crate::lint::{Approved, Lines, Linter, Tally, Threshold};
use crate::report::{self, InputError, Repeats};
use crate::text::{Draft, Room};

#[derive(Debug, Args)]
pub(super) struct RepeatsArgs {
    /// Records: files, or - for standard input, which is read when nothing is named
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only the replies of this agent; else those of every agent for themselves
    #[arg(long, value_name = "NAME")]
    agent: Option<String>,
    /// A line is over-used when it stands in more of an agent's replies than this, in per cent
    #[arg(long, value_name = "PERCENT", default_value_t = 30, value_parser = clap::value_parser!(u8).range(0..100))]
    share: u8,
    /// And in so many replies at least
    #[arg(long, value_name = "REPLIES", default_value_t = 3, value_parser = clap::value_parser!(u32).range(2..))]
    least: u32,
    /// What the inputs hold
    #[arg(long, value_enum, value_name = "INPUT", default_value = "ndjson")]
    input: Records,
    /// What the texts are written in, where a record does not say [default: text]
    #[arg(long = "as", value_enum, value_name = "FORMAT", ignore_case = true)]
    read_as: Option<ReadAs>,
    #[command(flatten)]
    fields: FieldArgs,
    /// Where a record says who wrote its text
    #[arg(long, value_name = "FIELD", default_value = AGENT)]
    agent_field: String,
    #[command(flatten)]
    lexicon: LexiconArgs,
    /// How to show the lines
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "pretty")]
    format: Format,
    /// The largest draft to read, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 8 << 20)]
    max_bytes: u64,
    /// Threads that read records [default: one for each core]
    #[arg(long, short, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    #[command(flatten)]
    look: LookArgs,
    /// Say nothing on standard error but errors, and no summary
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for each agent, for people
    Pretty,
    /// One JSON document
    Json,
}

pub(super) fn run(args: &RepeatsArgs) -> io::Result<Outcome> {
    let approved = match ready(&in_force(&args.lexicon.lexicon), Cache::Off) {
        Ok(ready) => Approved::of(Linter::lexicons(&ready.linter)),
        Err(error) => {
            terminal::say_why(&error, &args.look);
            return Ok(Outcome::Failed);
        }
    };
    let asked = args.asked();
    let (mut tally, mut errors) = (Tally::default(), Vec::new());
    let paths = if args.paths.is_empty() { &*STDIN } else { &*args.paths };
    for path in paths {
        let input = args.input.into();
        match open(path, input, &asked, args.quiet) {
            Ok(Opened { source, typed, size, shape, batches }) => {
                let progress = Progress::new(&source, size, typed || args.quiet);
                let several = paths.len() > 1;
                let reader = Reader { args, asked: &asked, approved: &approved, source: &source, several, shape };
                in_order(
                    batches,
                    args.jobs,
                    |batch| reader.batch(batch),
                    |done, _| {
                        progress.say(&done.said);
                        progress.advance(done.bytes, done.records);
                        errors.extend(done.errors);
                        done.replies
                            .into_iter()
                            .for_each(|Said { agent, name, lines }| tally.add(agent.as_deref(), &name, lines));
                        Ok(())
                    },
                )?;
            }
            Err(error) => errors.push(error),
        }
    }
    let nobody = args.agent.is_some() && tally.replies() == 0;
    note(args, &tally, &errors);
    let threshold = args.threshold();
    let repeats = Repeats { threshold, of_one: args.agent.is_some(), overused: tally.overused(threshold), errors };
    terminal::print(|out| match args.format {
        Format::Pretty => report::repeats(&repeats, terminal::look(&args.look).width, !args.quiet, out),
        Format::Json => report::repeats_json(&repeats, out),
    })?;
    Ok(match repeats {
        Repeats { errors, .. } if nobody || !errors.is_empty() => Outcome::Failed,
        Repeats { overused, .. } if !overused.by_agent.is_empty() => Outcome::Found,
        _ => Outcome::Clean,
    })
}

/// Says what a reader of the result ought to know.
fn note(args: &RepeatsArgs, tally: &Tally, errors: &[InputError]) {
    let field = &args.agent_field;
    if tally.replies() > 0 {
        if !tally.names_agents() && !args.quiet {
            terminal::say(&format!(
                "note: no record has a name in `{field}`, so all replies are taken for those of one agent\n  help: name the field with --agent-field"
            ));
        }
    } else if args.agent.is_some() {
        terminal::say(&format!(
            "error: no reply is by this agent\n  help: write the name as the records do, in `{field}`, or name another field with --agent-field"
        ));
    } else if errors.is_empty() && !args.quiet {
        terminal::say("note: there were no replies to look at");
    }
}

impl RepeatsArgs {
    fn asked(&self) -> Asked {
        Asked {
            agent_field: self.agent_field.clone(),
            read_as: self.read_as.unwrap_or(ReadAs::Text),
            ..self.fields.asked(self.max_bytes)
        }
    }

    fn threshold(&self) -> Threshold {
        Threshold { share: self.share, least: self.least }
    }
}

/// All that is needed to read the records of one input.
struct Reader<'r> {
    args: &'r RepeatsArgs,
    asked: &'r Asked,
    approved: &'r Approved,
    source: &'r str,
    /// There are other inputs, too.
    several: bool,
    shape: Shape,
}

/// What one reply says.
struct Said {
    agent: Option<String>,
    name: String,
    lines: Lines,
}

/// What a batch comes to.
#[derive(Default)]
struct Done {
    replies: Vec<Said>,
    said: Vec<String>,
    errors: Vec<InputError>,
    bytes: u64,
    records: u64,
}

impl Reader<'_> {
    fn batch(&self, mut batch: Batch) -> Done {
        let pieces = std::mem::take(&mut batch.pieces);
        let mut done = Done { bytes: batch.bytes, records: pieces.len() as u64, ..Done::default() };
        let (mut cells, mut room) = (ByteRecord::new(), Room::default());
        for Piece { line, content } in pieces {
            let read = match content {
                Ok(range) => {
                    let record = self.shape.record(batch.content(range), &mut cells, self.asked);
                    record
                        .and_then(|record| record.map_or(Ok(None), |record| self.said(&record, line, &mut room)))
                        .map_err(|error| (error, None))
                }
                Err(Fault { code, message, help, .. }) => Err((Unreadable { id: None, code, message }, Some(help))),
            };
            match read {
                Ok(said) => done.replies.extend(said),
                Err((unreadable, help)) => {
                    let (said, error) = refusal(self.source, line, unreadable, help);
                    done.said.push(said);
                    done.errors.push(error);
                }
            }
        }
        done
    }

    /// What the reply of a record says, when it is asked for.
    fn said(&self, record: &Record<'_>, line: usize, room: &mut Room) -> Result<Option<Said>, Unreadable> {
        let agent = record.agent.as_deref().map(str::trim).filter(|agent| !agent.is_empty());
        if self.args.agent.as_deref().is_some_and(|wanted| agent != Some(wanted.trim())) {
            return Ok(None);
        }
        let lines = if let Some(format) = record.read_as.format() {
            self.approved.lines(&[Draft::new(&record.text).with_format(format)], room)
        } else {
            let unreadable = |ReadError { code, message, .. }| Unreadable { id: record.owned_id(), code, message };
            let parts = taken_apart(record.text.as_bytes(), "the text", self.args.max_bytes).map_err(unreadable)?;
            let bodies = parts.iter().filter(|part| !part.is_subject());
            self.approved.lines(&bodies.map(Part::draft).collect::<Vec<_>>(), room)
        };
        let name = match &record.id {
            Some(id) => id.clone().into_owned(),
            None if self.several => format!("{} line {line}", self.source),
            None => format!("line {line}"),
        };
        Ok(Some(Said { agent: agent.map(str::to_owned), name, lines }))
    }
}
