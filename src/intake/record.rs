//! What one record says, whatever it was written in, and how JSON says it. Linting it is for
//! [`review`](super::review), other ways of writing records for those who read them.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use super::read_as::ReadAs;
use super::wanted::{Values, find};
use crate::lexicon::nearest;
use crate::text::{Draft, Language, Scope, Talk, TimeOfDay};

/// A draft and what is known about it, in the words of the record as far as they stand there as they
/// are. Keys that are not known are left alone: a record comes from somebody else's program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record<'r> {
    pub(crate) id: Option<Cow<'r, str>>,
    pub(crate) text: Cow<'r, str>,
    pub(crate) read_as: ReadAs,
    language: Option<Language>,
    channel: Option<Cow<'r, str>>,
    customer: Option<Cow<'r, str>>,
    before: Option<Cow<'r, str>>,
    turn: Option<u32>,
    situation: Option<Cow<'r, str>>,
    sent_at: Option<TimeOfDay>,
    /// Who wrote it; for counting over many records, never for showing.
    pub(crate) agent: Option<Cow<'r, str>>,
}

/// Where a record has what is wanted of it, and what is taken for granted where it says nothing.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) text_field: String,
    pub(crate) id_field: String,
    pub(crate) agent_field: String,
    pub(crate) read_as: ReadAs,
    pub(crate) language: Option<Language>,
    pub(crate) channel: Option<String>,
    pub(crate) customer: Option<String>,
    pub(crate) turn: Option<u32>,
    pub(crate) situation: Option<String>,
    pub(crate) sent_at: Option<TimeOfDay>,
    pub(crate) agent: Option<String>,
    /// The largest text, in bytes.
    pub(crate) max_bytes: u64,
}

impl Asked {
    /// What is wanted of records that have everything where it usually is and of which nothing else is known,
    /// each with a text of so many bytes at the most.
    pub(crate) fn usual(max_bytes: u64) -> Self {
        Self {
            text_field: "text".to_owned(),
            id_field: "id".to_owned(),
            agent_field: AGENT.to_owned(),
            read_as: ReadAs::Text,
            language: None,
            channel: None,
            customer: None,
            turn: None,
            situation: None,
            sent_at: None,
            agent: None,
            max_bytes,
        }
    }
}

/// Why a record could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// The id of the record, as far as it is known.
    pub(crate) id: Option<String>,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

/// The parts of a record before anybody looked at what they say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts<'r> {
    pub(crate) id: Option<Cow<'r, str>>,
    pub(crate) text: Cow<'r, str>,
    pub(crate) agent: Option<Cow<'r, str>>,
    /// What stands under each of the [`KEYS`].
    pub(crate) known: [Option<Cow<'r, str>>; KEYS.len()],
}

/// Where a record usually says who wrote it.
pub(crate) const AGENT: &str = "agent";

/// What a record may say beside its text and its id, in the order of [`Parts::known`].
pub(crate) const KEYS: [&str; 8] =
    ["format", "language", "channel", "customer", "before", "sent_at", "turn", "situation"];

/// Those of them that may be written as numbers.
const NUMBERS: [&str; 1] = ["turn"];

impl<'r> Record<'r> {
    /// A record of the parts, and of what is taken for granted where a part is missing.
    pub(crate) fn new(parts: Parts<'r>, asked: &'r Asked) -> Result<Self, Unreadable> {
        let Parts { id, text, agent, known } = parts;
        let most = asked.max_bytes;
        if text.len() as u64 > most {
            let message = format!("the text is larger than {most} bytes, the bound for one draft");
            return Err(Unreadable { id: id.map(Cow::into_owned), code: "too-large", message });
        }
        let [format, language, channel, customer, before, sent_at, turn, situation] = known;
        let understood = || -> Result<_, String> {
            Ok((
                format.as_deref().map(format_of).transpose()?,
                language.as_deref().map(language_of).transpose()?,
                sent_at
                    .as_deref()
                    .map(TimeOfDay::of_moment)
                    .transpose()
                    .map_err(|error| format!("`sent_at`: {error}"))?,
                turn.as_deref().map(turn_of).transpose()?,
            ))
        };
        let (read_as, language, sent_at, turn) = match understood() {
            Ok(understood) => understood,
            Err(message) => return Err(Unreadable { id: id.map(Cow::into_owned), code: "bad-record", message }),
        };
        let or = |own: Option<Cow<'r, str>>, stated: &'r Option<String>| {
            own.filter(|words| !words.trim().is_empty()).or(stated.as_deref().map(Cow::Borrowed))
        };
        Ok(Self {
            id,
            text,
            read_as: read_as.unwrap_or(asked.read_as),
            language: language.or_else(|| asked.language.clone()),
            channel: channel.or_else(|| asked.channel.as_deref().map(Cow::Borrowed)),
            customer: or(customer, &asked.customer),
            before: or(before, &None),
            turn: turn.or(asked.turn),
            situation: or(situation, &asked.situation),
            sent_at: sent_at.or(asked.sent_at),
            agent: or(agent, &asked.agent),
        })
    }

    /// What is known of the talk that it belongs to.
    fn talk(&self) -> Talk<'_> {
        Talk {
            customer: self.customer.as_deref(),
            before: self.before.as_deref(),
            turn: self.turn,
            situation: self.situation.as_deref(),
            sent_at: self.sent_at,
        }
    }

    /// Says to a draft of it what is known.
    pub(crate) fn tell<'d>(&'d self, draft: &mut Draft<'d>, scope: Scope) {
        draft.scope = scope;
        draft.language.clone_from(&self.language);
        draft.channel = self.channel.as_deref();
        draft.talk = self.talk();
    }

    /// The id, to say what is wrong with the record.
    pub(crate) fn owned_id(&self) -> Option<String> {
        self.id.as_deref().map(str::to_owned)
    }

    /// Reads a JSON object; nothing when there is only white space.
    pub(crate) fn from_json(bytes: &'r [u8], asked: &'r Asked) -> Result<Option<Self>, Unreadable> {
        // The standard library is slower, and says where.
        let line = simdutf8::basic::from_utf8(bytes).or_else(|_| std::str::from_utf8(bytes)).map_err(|error| {
            let message = format!("the line is not UTF-8: its byte {} does not fit", error.valid_up_to());
            Unreadable { id: None, code: "not-utf8", message }
        })?;
        if line.trim_start().is_empty() {
            return Ok(None);
        }
        let parts = picked(line, asked).map_or_else(|| read(line, asked), Ok)?;
        Self::new(parts, asked).map(Some)
    }
}

/// The parts of a record that has them all as they should be, and copies nothing else.
fn picked<'r>(line: &'r str, asked: &Asked) -> Option<Parts<'r>> {
    let paths = [&*asked.text_field, &asked.id_field, &asked.agent_field];
    let Values { at: [text, id, agent], under } = find(line, paths, KEYS)?;
    let mut known = [const { None }; KEYS.len()];
    for ((word, value), key) in known.iter_mut().zip(under).zip(KEYS) {
        let Some(value) = value.filter(|value| value.get() != "null") else { continue };
        *word = Some(if NUMBERS.contains(&key) { string(value).or_else(|| number(value)) } else { string(value) }?);
    }
    Some(Parts { id: name(id)?, text: string(text?)?, agent: name(agent)?, known })
}

/// What names something: a text, or a number as it is written. The inner `None` is anything else.
#[expect(clippy::option_option, reason = "there may be no name, and one that must be read with all the rest")]
fn name(value: Option<&RawValue>) -> Option<Option<Cow<'_, str>>> {
    Some(match value {
        Some(value) if value.get().starts_with('"') => Some(string(value)?),
        Some(value) if is_number(value) => Some(number(value)?),
        _ => None,
    })
}

fn is_number(value: &RawValue) -> bool {
    value.get().starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// What a JSON number says. One with an exponent has to be written in the one way that numbers are.
fn number(value: &RawValue) -> Option<Cow<'_, str>> {
    (is_number(value) && !value.get().contains('E')).then(|| Cow::Borrowed(value.get()))
}

/// What a JSON string says.
fn string(value: &RawValue) -> Option<Cow<'_, str>> {
    let json = value.get();
    let inside = json.strip_prefix('"')?.strip_suffix('"')?;
    if inside.contains('\\') { serde_json::from_str(json).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(inside)) }
}

/// The parts of any record, or what is wrong with it.
fn read(line: &str, asked: &Asked) -> Result<Parts<'static>, Unreadable> {
    let unreadable = |error| Unreadable { id: None, code: "not-json", message: not_json(&error) };
    let value: Value = serde_json::from_str(line).map_err(unreadable)?;
    let id = at(&value, &asked.id_field).and_then(id_of);
    let agent = at(&value, &asked.agent_field).and_then(id_of).map(Cow::Owned);
    let bad = |message| Unreadable { id: id.clone(), code: "bad-record", message };
    let text = match at(&value, &asked.text_field) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => return Err(bad(format!("`{}` is {}, not text", asked.text_field, kind_of(other)))),
        None => return Err(bad(missing(&value, &asked.text_field))),
    };
    let mut known = [const { None }; KEYS.len()];
    for (word, key) in known.iter_mut().zip(KEYS) {
        *word = match value.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(word)) => Some(Cow::Owned(word.clone())),
            Some(Value::Number(number)) if NUMBERS.contains(&key) => Some(Cow::Owned(number.to_string())),
            Some(other) => return Err(bad(format!("`{key}` is {}, not text", kind_of(other)))),
        };
    }
    Ok(Parts { id: id.map(Cow::Owned), text: Cow::Owned(text), agent, known })
}

pub(crate) fn language_of(tag: &str) -> Result<Language, String> {
    Language::parse(tag).map_err(|tag| format!("`{tag}` is not a language tag such as `en` or `ru`"))
}

/// Which of the agent's turns it is.
fn turn_of(turn: &str) -> Result<u32, String> {
    // To some programs 3 and 3.0 are one.
    let whole = turn.trim_end_matches('0').strip_suffix('.').unwrap_or(turn);
    let number = whole.parse().ok().filter(|&number| number > 0);
    number.ok_or_else(|| format!("`turn` is `{turn}`, and turns are counted from 1"))
}

pub(crate) fn format_of(name: &str) -> Result<ReadAs, String> {
    ReadAs::named(name).ok_or_else(|| {
        let known = ReadAs::ALL.map(|format| format!("`{}`", format.as_str()));
        format!("`{name}` is no format of a draft; the formats are {}", known.join(", "))
    })
}

/// The message of a parser that was given one line, without the line.
pub(crate) fn not_json(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    format!("not JSON: {what} at column {}", error.column())
}

fn missing(value: &Value, path: &str) -> String {
    let keys = value.as_object().map(serde_json::Map::keys);
    match nearest(path, keys.into_iter().flatten().map(String::as_str)) {
        Some(near) => format!("there is no text at `{path}`; is it at `{near}`?"),
        None => format!("there is no text at `{path}`"),
    }
}

pub(crate) fn id_of(id: &Value) -> Option<String> {
    match id {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The value at a path such as `comment.html_body` or `comments.0.body`. A key that is written with
/// the dots comes first: some programs flatten their records.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let step = |key: &str| match value.as_array() {
        Some(list) => list.get(key.parse::<usize>().ok()?),
        None => value.get(key),
    };
    step(path).or_else(|| {
        let mut dots = path.match_indices('.');
        dots.find_map(|(dot, _)| {
            let (key, rest) = path.split_at_checked(dot)?;
            at(step(key)?, rest.strip_prefix('.')?)
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_lead_through_objects_lists_and_keys_with_dots() {
        let value = json!({
            "text": 1,
            "comment": {"html_body": 2, "html.body": 3, "list": [{"body": 4}, [5]]},
            "comment.html_body": 6,
            "ticket.comment": {"body": 7},
            "0": 8,
        });
        for (path, found) in [
            ("text", Some(1)),
            ("comment.html_body", Some(6)),
            ("comment.html.body", Some(3)),
            ("comment.list.0.body", Some(4)),
            ("comment.list.1.0", Some(5)),
            ("ticket.comment.body", Some(7)),
            ("0", Some(8)),
            ("comment.list.2.body", None),
            ("comment.list.x", None),
            ("comment.list.-1", None),
            ("comment..html_body", None),
            ("text.", None),
            ("", None),
            (".", None),
            ("nothing", None),
        ] {
            assert_eq!(at(&value, path), found.map(Value::from).as_ref(), "{path}");
        }
    }

    /// What is picked out of a record is what reading all of it gives.
    #[test]
    fn picking_agrees_with_reading_all() {
        let rows: [(&str, &str, &str, bool); 37] = [
            (r#"{"id": 1, "text": "a"}"#, "text", "id", true),
            (r#" {"text": "a\nb\u00e9\ud83d\ude00", "id": "x\"y"} "#, "text", "id", true),
            (r#"{"id": -12345678901234567890.50e+3, "text": ""}"#, "text", "id", true),
            (r#"{"id": 5E3, "text": ""}"#, "text", "id", false),
            (r#"{"text": "a", "format": "html", "language": "en", "channel": null}"#, "text", "id", true),
            (r#"{"te\u0078t": "a", "other": [{"text": "b"}, "\\"]}"#, "text", "id", true),
            (r#"{"text": "a", "text": "b"}"#, "text", "id", false),
            (r#"{"text": 5, "id": 7}"#, "text", "id", false),
            (r#"{"text": "a", "format": 5, "id": 7}"#, "text", "id", false),
            (r#"{"texts": "a", "id": 7}"#, "text", "id", false),
            (r#"{"text": "a", "id": [7]}"#, "text", "id", true),
            (r#"{"text": "\ud800", "id": 7}"#, "text", "id", false),
            (r#"{"text": "a"} x"#, "text", "id", false),
            (r#"{"text": "a""#, "text", "id", false),
            ("[]", "text", "id", false),
            ("5", "text", "id", false),
            (r#"{"a": {"b": "x", "c": 1}, "d": 2}"#, "a.b", "a.c", true),
            (r#"{"a.b": "x", "a": {"b": "y"}}"#, "a.b", "id", true),
            (r#"{"a": {"b": "y"}, "a.b": "x"}"#, "a.b", "id", true),
            (r#"{"a": {"b.c": "x", "b": {"c": "y"}}, "a.b": {"c": "z"}}"#, "a.b.c", "id", true),
            (r#"{"a.b": {"d": "z"}, "a": {"b": {"c": "y"}}}"#, "a.b.c", "id", true),
            (r#"{"a": [{"b": "x"}, ["y"]], "id": 3}"#, "a.1.0", "a.0.b", true),
            (r#"{"a": [{"b": "x"}]}"#, "a.00.b", "id", true),
            (r#"{"a": {"b": 1}, "a": {"c": 1}}"#, "a.b", "id", false),
            (r#"{"a": "x", "id": {"b": 1}}"#, "a", "id.b", true),
            (r#"{"text": "x", "agent": "Ann\u0061"}"#, "text", "id", true),
            (r#"{"text": "x", "agent": 7, "id": 8}"#, "text", "id", true),
            (r#"{"text": "x", "agent": {"name": "Anna"}}"#, "text", "id", true),
            (r#"{"text": "a", "customer": "b\nc", "before": null, "situation": "complaint"}"#, "text", "id", true),
            (r#"{"text": "a", "turn": 2, "agent": "Ann", "sent_at": "2026-11-27T09:30:00Z"}"#, "text", "id", true),
            (r#"{"text": "a", "turn": "2", "agent": 7}"#, "text", "id", true),
            (r#"{"text": "a", "turn": 2E1}"#, "text", "id", false),
            (r#"{"text": "a", "customer": 5}"#, "text", "id", false),
            (r#"{"customer": "a", "customer": "b"}"#, "text", "id", false),
            (r#"{"customer": "a", "agent": 7}"#, "customer", "agent", true),
            (r#"{"a": {"customer": "b", "turn": {}}}"#, "a.customer", "id", true),
            (r#"{"customer": {"text": "b"}}"#, "customer.text", "id", false),
        ];
        for (line, text, id, is_picked) in rows {
            let asked = Asked { text_field: text.to_owned(), id_field: id.to_owned(), ..Asked::usual(1 << 20) };
            let picked = picked(line, &asked);
            assert_eq!(picked.is_some(), is_picked, "{line}");
            if let Some(picked) = picked {
                assert_eq!(read(line, &asked), Ok(picked), "{line}");
            }
        }
    }
}
