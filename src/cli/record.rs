//! What one record says, whatever it was written in, and how JSON says it. Running them is for
//! [`records`](super::records), CSV for [`table`](super::table).

use clap::ValueEnum;
use serde_json::Value;

use super::args::{CheckArgs, ReadAs};
use crate::lexicon::nearest;
use crate::text::Language;

/// A draft and what is known about it. Keys that are not known are left alone: a record comes from
/// somebody else's program.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: Option<String>,
    pub(super) text: String,
    pub(super) read_as: ReadAs,
    pub(super) language: Option<Language>,
    pub(super) channel: Option<String>,
}

/// Why a record could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// The id of the record, as far as it is known.
    pub(super) id: Option<String>,
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// The parts of a record before anybody looked at what they say.
pub(super) struct Parts<'r> {
    pub(super) id: Option<String>,
    pub(super) text: &'r str,
    pub(super) format: Option<&'r str>,
    pub(super) language: Option<&'r str>,
    pub(super) channel: Option<&'r str>,
}

impl Record {
    /// A record of the parts, and of what the arguments say where a part is missing.
    pub(super) fn new(parts: Parts<'_>, args: &CheckArgs) -> Result<Self, Unreadable> {
        let Parts { id, text, format, language, channel } = parts;
        let most = args.lint.max_bytes;
        if text.len() as u64 > most {
            let message = format!("the text is larger than {most} bytes, the bound for one draft");
            return Err(Unreadable { id, code: "too-large", message });
        }
        let read_as = match format {
            None => Ok(args.inputs.read_as.unwrap_or(ReadAs::Text)),
            Some(name) => format_of(name),
        };
        let language = match language {
            None => Ok(args.lint.language.clone()),
            Some(tag) => Language::parse(tag).map(Some).map_err(|tag| format!("`{tag}` is not a language tag")),
        };
        match (read_as, language) {
            (Ok(read_as), Ok(language)) => {
                let channel = channel.map(str::to_owned).or_else(|| args.lint.channel.clone());
                Ok(Self { id, text: text.to_owned(), read_as, language, channel })
            }
            (Err(message), _) | (_, Err(message)) => Err(Unreadable { id, code: "bad-record", message }),
        }
    }

    /// Reads a JSON object; nothing when there is only white space.
    pub(super) fn from_json(bytes: &[u8], args: &CheckArgs) -> Result<Option<Self>, Unreadable> {
        let unreadable = |code, message| Unreadable { id: None, code, message };
        let line = std::str::from_utf8(bytes).map_err(|error| {
            let message = format!("the line is not UTF-8: its byte {} does not fit", error.valid_up_to());
            unreadable("not-utf8", message)
        })?;
        if line.trim().is_empty() {
            return Ok(None);
        }
        let value: Value = serde_json::from_str(line).map_err(|error| unreadable("not-json", not_json(&error)))?;
        let id = at(&value, &args.id_field).and_then(id_of);
        let bad = |message| Unreadable { id: id.clone(), code: "bad-record", message };
        let text = match at(&value, &args.text_field) {
            Some(Value::String(text)) => text,
            Some(other) => return Err(bad(format!("`{}` is {}, not text", args.text_field, kind_of(other)))),
            None => return Err(bad(missing(&value, &args.text_field))),
        };
        let word = |key: &str| match value.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(word)) => Ok(Some(word.as_str())),
            Some(other) => Err(bad(format!("`{key}` is {}, not text", kind_of(other)))),
        };
        let (format, language, channel) = (word("format")?, word("language")?, word("channel")?);
        Self::new(Parts { id: id.clone(), text, format, language, channel }, args).map(Some)
    }
}

fn format_of(name: &str) -> Result<ReadAs, String> {
    ReadAs::from_str(name, false).map_err(|_| {
        let names = ReadAs::value_variants().iter().filter_map(ReadAs::to_possible_value);
        let known: Vec<String> = names.map(|value| format!("`{}`", value.get_name())).collect();
        format!("`{name}` is no format of a draft; the formats are {}", known.join(", "))
    })
}

/// The message of a parser that was given one line, without the line.
fn not_json(error: &serde_json::Error) -> String {
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

fn id_of(id: &Value) -> Option<String> {
    match id {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn kind_of(value: &Value) -> &'static str {
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
}
