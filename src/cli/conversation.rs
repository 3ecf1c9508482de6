//! A talk in JSON: an object with `turns`, pretty-printed or one a line, as chat programs and their databases give
//! it. Keys that are not known are left alone.

use serde_json::Value;

use crate::intake::{ReadAs, format_of, id_of, kind_of, language_of, not_json};
use crate::text::{Format, Language, MOST_TURNS, Speaker, Speakers, TimeOfDay, Turn};

/// One talk.
pub(super) struct Conversation {
    pub(super) id: Option<String>,
    pub(super) language: Option<Language>,
    pub(super) channel: Option<String>,
    pub(super) situation: Option<String>,
    pub(super) format: Option<Format>,
    pub(super) turns: Vec<Said>,
}

/// One turn.
pub(super) struct Said {
    speaker: Speaker,
    text: String,
    sent_at: Option<TimeOfDay>,
}

/// Why a talk could not be read.
pub(super) struct Bad {
    pub(super) id: Option<String>,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: &'static str,
}

const SHAPE: &str =
    r#"a talk is an object such as {"turns": [{"role": "customer", "text": "…"}, {"role": "agent", "text": "…"}]}"#;

impl Said {
    pub(super) fn borrowed(&self) -> Turn<'_> {
        Turn { speaker: self.speaker, words: &self.text, sent_at: self.sent_at }
    }
}

/// Whether a text is JSON rather than a talk in words, which may begin with a time in brackets or with a
/// placeholder.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches(is_blank);
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), second) => second != Some('{'),
        (Some('['), second) => matches!(second, Some('{' | ']')),
        _ => false,
    }
}

/// The talks of a text, each with its line where there is one on each, and what is wrong with some.
pub(super) fn conversations(text: &str, speakers: &Speakers) -> Vec<(Option<usize>, Result<Conversation, Bad>)> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = || (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    // A talk that is spread over lines has no line that is a whole object, and its second does not begin one.
    let first = lines().next().is_some_and(|(_, line)| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok());
    let a_line_each = first || lines().nth(1).is_some_and(|(_, line)| line.starts_with('{'));
    if a_line_each && lines().nth(1).is_some() {
        return lines().map(|(line, json)| (Some(line), conversation(json, speakers, false))).collect();
    }
    vec![(None, conversation(text, speakers, true))]
}

fn conversation(json: &str, speakers: &Speakers, has_lines: bool) -> Result<Conversation, Bad> {
    let value: Value = serde_json::from_str(json).map_err(|error| {
        let message = if has_lines { format!("not JSON: {error}") } else { not_json(&error) };
        Bad { id: None, code: "not-json", message, help: SHAPE }
    })?;
    let id = value.get("id").and_then(id_of);
    let bad = |(message, help)| Bad { id: id.clone(), code: "bad-talk", message, help };
    understood(&value, speakers).map_err(bad).map(|talk| Conversation { id: id.clone(), ..talk })
}

type Wrong = (String, &'static str);

fn understood(value: &Value, speakers: &Speakers) -> Result<Conversation, Wrong> {
    let Value::Object(talk) = value else {
        return Err((format!("a talk is an object, and this is {}", kind_of(value)), SHAPE));
    };
    let help = "correct it, or leave it out";
    let word = |key: &str| word(talk.get(key)).map_err(|kind| (format!("`{key}` is {kind}, not text"), help));
    let language = word("language")?.map(language_of).transpose().map_err(|message| (message, help))?;
    let format = word("format")?.map(format_of).transpose().map_err(|message| (message, help))?;
    if format == Some(ReadAs::Mime) {
        return Err(("a turn of a talk is no mail".to_owned(), "the formats of turns are text, markdown and html"));
    }
    let turns = match talk.get("turns") {
        Some(Value::Array(turns)) => turns,
        Some(other) => return Err((format!("`turns` is {}, not a list", kind_of(other)), SHAPE)),
        None => return Err(("there are no `turns`".to_owned(), SHAPE)),
    };
    if turns.len() > MOST_TURNS {
        return Err((format!("there are more than {MOST_TURNS} turns, the bound for one talk"), "split it"));
    }
    let turns = (1..).zip(turns).map(|(number, turn)| {
        said(turn, speakers).map_err(|(message, help)| (format!("turn {number}: {message}"), help))
    });
    Ok(Conversation {
        id: None,
        language,
        channel: word("channel")?.map(str::to_owned),
        situation: word("situation")?.map(str::to_owned),
        format: format.and_then(ReadAs::format),
        turns: turns.collect::<Result<_, _>>()?,
    })
}

fn said(turn: &Value, speakers: &Speakers) -> Result<Said, Wrong> {
    let text = |key: &str| match turn.get(key) {
        Some(Value::String(text)) => Ok(text),
        Some(other) => Err((format!("`{key}` is {}, not text", kind_of(other)), SHAPE)),
        None => Err((format!("there is no `{key}`"), SHAPE)),
    };
    let role = text("role")?;
    let speaker = speakers.find(role).ok_or_else(|| {
        let usual = |speaker| {
            Speakers::usual(speaker)
                .filter(|name| name.is_ascii())
                .map(str::to_lowercase)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let [agent, customer, other] = [Speaker::Agent, Speaker::Customer, Speaker::Other].map(usual);
        let message = format!(
            "`{role}` is no role that is known; an agent is {agent}; a customer is {customer}; all others are {other}"
        );
        (message, "name others with --agent-name, --customer-name or --other-name")
    })?;
    let sent_at = word(turn.get("sent_at")).map_err(|kind| format!("`sent_at` is {kind}, not text"));
    let sent_at = sent_at
        .and_then(|moment| moment.map(TimeOfDay::of_moment).transpose().map_err(|error| format!("`sent_at`: {error}")));
    let sent_at = sent_at.map_err(|message| (message, "write it with its offset from UTC, or leave it out"))?;
    Ok(Said { speaker, text: text("text")?.clone(), sent_at })
}

/// A text that may be missing; else what it is.
fn word(value: Option<&Value>) -> Result<Option<&str>, &'static str> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(word)) => Ok(Some(word)),
        Some(other) => Err(kind_of(other)),
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}
