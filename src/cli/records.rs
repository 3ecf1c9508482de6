//! `--input ndjson`: one record a line in, one review a line out, in the same order. A line is
//! read, linted and written before the next one is, so that a file of any size takes no more
//! memory than its longest line. A bad line becomes an error record, and the run goes on.

use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::Value;

use super::args::CheckArgs;
use super::check::{STDIN, linter};
use super::{Outcome, terminal};
use crate::host::{Limits, Lines};
use crate::lint::Linter;
use crate::report::{self, InputError, Reply};
use crate::text::{Draft, Format, Language};

pub(super) fn run(args: &CheckArgs) -> io::Result<Outcome> {
    let linter = match linter(&args.lint, None) {
        Ok(linter) => linter,
        Err(error) => {
            terminal::print(|out| report::error_line(&error, out))?;
            return Ok(Outcome::Failed);
        }
    };
    let mut outcome = Outcome::Clean;
    terminal::print(|out| {
        let paths: &[PathBuf] = if args.lint.paths.is_empty() { &*STDIN } else { &args.lint.paths };
        for path in paths {
            file(&linter, args, path, &mut outcome, out)?;
        }
        Ok(())
    })?;
    Ok(outcome)
}

/// Raises `outcome` line by line, so that a reader who closes the pipe does not undo what went wrong
/// before.
fn file(
    linter: &Linter,
    args: &CheckArgs,
    path: &PathBuf,
    outcome: &mut Outcome,
    out: &mut dyn Write,
) -> io::Result<()> {
    let source = if *path == STDIN[0] { "stdin".to_owned() } else { path.display().to_string() };
    let failed = |line, id, code, message: String| InputError { source: source.clone(), id, line, code, message };
    let lines = match Lines::open(path, Limits { max_bytes: args.lint.max_bytes }) {
        Ok(lines) => lines,
        Err(error) => {
            terminal::say(&format!("error: {}\n  help: {}", error.message, error.help));
            *outcome = Outcome::Failed;
            return report::error_line(&failed(None, None, error.code, error.message), out);
        }
    };
    for (index, line) in lines.enumerate() {
        let number = Some(index + 1);
        let record = line.map_err(|error| failed(number, None, error.code, error.message)).and_then(|line| {
            if line.trim().is_empty() {
                Ok(None)
            } else {
                Record::read(&line, args).map(Some).map_err(|(id, code, message)| failed(number, id, code, message))
            }
        });
        let done = match record {
            Ok(None) => continue,
            Ok(Some(record)) => record
                .lint(linter, args, &source, out)?
                .map_err(|(code, message)| failed(number, record.id.clone(), code, message)),
            Err(error) => Err(error),
        };
        match done {
            Ok(done) => *outcome = (*outcome).max(done),
            Err(error) => {
                *outcome = Outcome::Failed;
                terminal::say(&format!("error: {source}, line {}: {}", index + 1, error.message));
                report::error_line(&error, out)?;
            }
        }
    }
    Ok(())
}

/// What one line says.
struct Record {
    id: Option<String>,
    text: String,
    format: Format,
    language: Option<Language>,
    channel: Option<String>,
}

/// The id of a record as far as it is known, a code, and what is wrong with it.
type Fault = (Option<String>, &'static str, String);

impl Record {
    fn read(line: &str, args: &CheckArgs) -> Result<Self, Fault> {
        let value: Value =
            serde_json::from_str(line).map_err(|error| (None, "not-json", format!("not JSON: {error}")))?;
        let id = at(&value, &args.id_field)
            .and_then(|id| id.as_str().map(str::to_owned).or_else(|| id.as_u64().map(|id| id.to_string())));
        let fault = |message: String| (id.clone(), "bad-record", message);
        let text = at(&value, &args.text_field).and_then(Value::as_str);
        let text = text.ok_or_else(|| fault(format!("there is no text at `{}`", args.text_field)))?.to_owned();
        if text.len() as u64 > args.lint.max_bytes {
            return Err((
                id,
                "too-large",
                format!("the text is larger than {} bytes, the bound for one draft", args.lint.max_bytes),
            ));
        }
        let word = |key: &str| value.get(key).and_then(Value::as_str);
        let format = match word("format") {
            None => args.lint.read_as.map(Format::from).unwrap_or_default(),
            Some(name) => Format::ALL
                .into_iter()
                .find(|format| format.as_str() == name)
                .ok_or_else(|| fault(format!("`{name}` is no format of a draft")))?,
        };
        let language = match word("language") {
            None => args.lint.language.clone(),
            Some(tag) => Some(Language::parse(tag).map_err(|tag| fault(format!("`{tag}` is not a language tag")))?),
        };
        let channel = word("channel").map(str::to_owned).or_else(|| args.lint.channel.clone());
        Ok(Self { id, text, format, language, channel })
    }

    fn lint(
        &self,
        linter: &Linter,
        args: &CheckArgs,
        source: &str,
        out: &mut dyn Write,
    ) -> io::Result<Result<Outcome, (&'static str, String)>> {
        let mut draft = Draft::new(&self.text).with_format(self.format).with_scope(args.lint.scope());
        draft.language.clone_from(&self.language);
        draft.channel = self.channel.as_deref();
        let review = match linter.lint(&draft) {
            Ok(review) => review,
            Err(error) => return Ok(Err((error.code(), error.to_string()))),
        };
        let found = args.lint.fail_on.fails(review.verdict());
        report::reply_line(&Reply { source: source.to_owned(), id: self.id.clone(), draft, review }, out)?;
        Ok(Ok(if found { Outcome::Found } else { Outcome::Clean }))
    }
}

/// The value at a dotted path, such as `comment.html_body`.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, key| value.get(key))
}
