//! `--input transcript`: whole talks, of which the agent's turns are linted, each as a draft that knows what it
//! answers. A talk is a text, told apart by [`Transcript`], or JSON, which [`conversation`](super::conversation)
//! understands. The drafts of a text are windows of it, so that every place is one of the file.
//!
//! Short turns say little about their language. It is looked for once for a talk, in all the agent's turns
//! together; only a turn that is beyond doubt in another language is read in that.

use std::path::Path;
use std::sync::Arc;

use super::args::{CheckArgs, LintArgs};
use super::conversation::{Conversation, conversations, is_json};
use super::drafts::{Drafts, Incoming, Known, STDIN, Seen, complaint, read_all};
use super::terminal;
use crate::host::{Limits, Raw, ReadError, Sought, Unread};
use crate::intake::ReadAs;
use crate::lint::{Detected, Linter};
use crate::report::InputError;
use crate::text::{Answer, Draft, Format, Language, Span, Speaker, Speakers, Transcript, TranscriptError, answers};

/// The largest file with talks, in bytes; it is held in memory.
const LARGEST: u64 = 64 << 20;

/// Doubts that are told one by one.
const MOST_DOUBTS: usize = 5;

/// Where a talk goes when nobody says.
const CHANNEL: &str = "chat";

const WHO: &str = "say who that is with --agent-name, --customer-name or, for anybody else, --other-name; a line that begins no turn may be indented";
const MARGIN: &str = "a turn begins at the margin with a name and a colon; --agent-name and --customer-name add names";
const SPLIT: &str = "split it, a talk a file";

/// Reads all inputs.
pub(super) fn read(args: &CheckArgs, linter: &Linter) -> Result<Drafts, String> {
    let speakers = speakers(args)?;
    let format = match args.inputs.read_as.map(ReadAs::format) {
        None => Format::Text,
        Some(Some(format)) => format,
        Some(None) => return Err("a turn of a talk is no mail\n  help: leave --as out, or write --as html".to_owned()),
    };
    if args.lint.customer.is_some() {
        return Err("a talk says itself what the customer wrote\n  help: leave --customer out".to_owned());
    }
    let seen = Seen { sought: Sought::Talks, awaited: "a talk" };
    Ok(read_all(&args.inputs, &args.lint, seen, |file, drafts| {
        let bytes = Limits { max_bytes: args.lint.max_bytes.max(LARGEST) };
        let raw =
            Raw::read(file, bytes).map_err(|unread| Unread { error: too_large(unread.error, bytes), ..unread })?;
        let source = raw.source.clone();
        let text = raw.text()?;
        let file = Talks { args: &args.lint, linter, speakers: &speakers, format, source: &source, file };
        if is_json(&text) {
            file.json(&text, drafts);
        } else {
            file.text(text, drafts);
        }
        Ok(())
    }))
}

fn too_large(error: ReadError, bytes: Limits) -> ReadError {
    if error.code != "too-large" {
        return error;
    }
    let message = format!("{} is larger than {} bytes, the bound for talks", error.source, bytes.max_bytes);
    ReadError { message, help: SPLIT, ..error }
}

/// Those whom everybody knows, and those who are named.
fn speakers(args: &CheckArgs) -> Result<Speakers, String> {
    let mut speakers = Speakers::default();
    let named = [
        (Speaker::Agent, &args.agent_name),
        (Speaker::Customer, &args.customer_name),
        (Speaker::Other, &args.other_name),
    ];
    for (speaker, names) in named {
        for name in names {
            speakers.declare(name, speaker).map_err(|_| {
                format!("the name {name} is given to two kinds of speakers\n  help: name everybody once, as the agent, the customer or somebody else")
            })?;
        }
    }
    Ok(speakers)
}

/// One file.
struct Talks<'a> {
    args: &'a LintArgs,
    linter: &'a Linter,
    speakers: &'a Speakers,
    format: Format,
    source: &'a str,
    file: &'a Path,
}

/// What is known of a whole talk.
#[derive(Default)]
struct About {
    id: Option<String>,
    /// The line that it is in, when there is a talk on each.
    line: Option<usize>,
    language: Option<Language>,
    channel: Option<String>,
    situation: Option<String>,
    notes: Vec<String>,
}

impl Talks<'_> {
    /// A text is one talk.
    fn text(&self, text: String, drafts: &mut Drafts) {
        let text: Arc<str> = text.into();
        let Transcript { turns, spans, doubts, nobodys } = match Transcript::parse(&text, self.speakers) {
            Ok(transcript) => transcript,
            Err(error) => {
                let help = match error {
                    TranscriptError::Unknown(_) => WHO,
                    TranscriptError::NoSpeaker => MARGIN,
                    TranscriptError::TooManyTurns => SPLIT,
                };
                let message = format!("{}: {error}", self.source);
                drafts.errors.push(self.wrong(None, error.line(), (error.code(), message, help)));
                return;
            }
        };
        let mut notes = Vec::new();
        if let Some(line) = nobodys {
            notes.push(format!("what stands in line {line} is said by nobody, and was not read"));
        }
        for doubt in doubts.iter().take(MOST_DOUBTS) {
            let (line, name) = (doubt.line, &doubt.name);
            notes.push(format!(
                "line {line} begins with `{name}:` and was read as the turn going on; if that is a speaker, {WHO}"
            ));
        }
        if let Some(more) = doubts.len().checked_sub(MOST_DOUBTS).filter(|&more| more > 0) {
            notes.push(format!("so were {more} more lines"));
        }
        let place = |answer: &Answer<'_>| {
            let end = Span::new(text.len(), text.len());
            let window = spans.get(answer.number - 1).copied().unwrap_or(end);
            (Arc::clone(&text), Some(window))
        };
        self.take(About { notes, ..About::default() }, self.format, &answers(&turns), place, drafts);
    }

    /// JSON is one talk, or one a line.
    fn json(&self, text: &str, drafts: &mut Drafts) {
        for (line, read) in conversations(text, self.speakers) {
            let Conversation { id, language, channel, situation, format, turns } = match read {
                Ok(conversation) => conversation,
                Err(bad) => {
                    let place = line.map(|line| format!(", line {line}")).unwrap_or_default();
                    let message = format!("{}{place}: {}", self.source, bad.message);
                    drafts.errors.push(self.wrong(bad.id, line, (bad.code, message, bad.help)));
                    continue;
                }
            };
            let about = About { id, line, language, channel, situation, notes: Vec::new() };
            let turns: Vec<_> = turns.iter().map(|turn| turn.borrowed()).collect();
            let place = |answer: &Answer<'_>| (Arc::from(answer.words), None);
            self.take(about, format.unwrap_or(self.format), &answers(&turns), place, drafts);
        }
    }

    /// Says what is wrong, by its code, its message and its remedy, and keeps it for the report.
    fn wrong(
        &self,
        id: Option<String>,
        line: Option<usize>,
        (code, message, help): (&'static str, String, &'static str),
    ) -> InputError {
        InputError { id, line, ..complaint(ReadError { source: self.source.to_owned(), code, message, help }) }
    }

    /// Adds the drafts of one talk.
    fn take(
        &self,
        about: About,
        format: Format,
        answers: &[Answer<'_>],
        place: impl Fn(&Answer<'_>) -> (Arc<str>, Option<Span>),
        drafts: &mut Drafts,
    ) {
        let About { id, line, language, channel, situation, mut notes } = about;
        let stated = language.or_else(|| self.args.language.clone());
        let shared = if stated.is_some() { None } else { self.language_of(format, answers, &mut notes) };
        let within = line.filter(|_| id.is_none()).map(|line| format!("line {line}, ")).unwrap_or_default();
        if answers.is_empty() && !self.args.quiet {
            terminal::say(&format!("note: {}: there is nothing that an agent said or ought to answer", self.source));
        }
        for answer in answers {
            let part = format!("{within}turn {}", answer.number);
            if answer.words.len() as u64 > self.args.max_bytes {
                let bound = self.args.max_bytes;
                let message =
                    format!("{part} of {} is larger than {bound} bytes, the bound for one draft", self.source);
                let help = "raise the bound with --max-bytes";
                drafts.errors.push(self.wrong(id.clone(), line, ("too-large", message, help)));
                continue;
            }
            let own = || self.linter.plain_language_of(&Draft::new(answer.words).with_format(format)).cloned();
            let language = stated.clone().or_else(|| own().or_else(|| shared.clone()));
            let (text, window) = place(answer);
            drafts.texts.push(Incoming {
                source: self.source.to_owned(),
                id: id.clone(),
                file: (*self.file != STDIN[0]).then(|| self.file.to_owned()),
                text,
                window,
                format,
                part: Some(part),
                known: Some(Known {
                    language,
                    channel: channel
                        .clone()
                        .or_else(|| self.args.channel.clone())
                        .unwrap_or_else(|| CHANNEL.to_owned()),
                    customer: answer.customer.as_deref().map(str::to_owned),
                    before: answer.before.map(str::to_owned),
                    turn: answer.turn,
                    situation: situation.clone().or_else(|| self.args.situation.clone()),
                    sent_at: answer.sent_at.or(self.args.now),
                }),
                // They are about the talk, and are said once.
                notes: std::mem::take(&mut notes),
            });
        }
    }

    /// The language of a talk: that of the agent's words, or else of the customer's.
    fn language_of(&self, format: Format, answers: &[Answer<'_>], notes: &mut Vec<String>) -> Option<Language> {
        let agent: Vec<&str> = answers.iter().map(|answer| answer.words).collect();
        let customer: Vec<&str> = answers.iter().filter_map(|answer| answer.customer.as_deref()).collect();
        for words in [agent, customer] {
            let words = words.join("\n\n");
            match self.linter.language_of(&Draft::new(&words).with_format(format)) {
                Detected::Served(language) => return Some(language.clone()),
                Detected::Foreign(name) => {
                    notes.push(format!("this talk looks like {name}, and no lexicon in force is for it"));
                    return Some(Language::undetermined());
                }
                Detected::Unsure => {}
            }
        }
        None
    }
}
