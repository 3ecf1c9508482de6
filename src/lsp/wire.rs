//! Messages as bytes on standard input and output. lsp-server reads them too, but ends at the first that is no
//! JSON, and quotes it, whatever a customer may read in it; here such a message is answered, and never quoted.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// The largest message: a draft of the largest size, with every byte of it escaped.
const LARGEST: usize = 64 << 20;

/// The longest line of a header.
const LONGEST: u64 = 4 << 10;

/// Reads messages to the end of the input, or to `exit`, and hands each to `session`, which says whether it takes
/// more. What is no message is answered on `out`.
///
/// # Errors
///
/// When nobody can tell where the next message begins.
pub(super) fn read(input: &mut dyn BufRead, session: &dyn Fn(Message) -> bool, out: &dyn Fn(&Value)) -> io::Result<()> {
    while let Some(bytes) = frame(input)? {
        match bytes.map(|bytes| message(&bytes)) {
            Some(Ok(message)) => {
                let is_last = matches!(&message, Message::Notification(notification) if notification.method == "exit");
                if !session(message) || is_last {
                    return Ok(());
                }
            }
            Some(Err(refused)) => out(&refused),
            None => {
                let message = format!("a message is larger than {LARGEST} bytes, which is the bound");
                out(&refusal(&Value::Null, ErrorCode::InvalidRequest, &message));
            }
        }
    }
    Ok(())
}

/// The bytes of a message; none at the end of the input, and none within for one that is too large.
#[expect(clippy::option_option, reason = "the end, a message that is too large, and its bytes are three things")]
fn frame(input: &mut dyn BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let invalid = |message: &str| io::Error::new(io::ErrorKind::InvalidData, message);
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if (&mut *input).take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| invalid("a line of a header has no colon"))?;
        if name.trim().eq_ignore_ascii_case("Content-Length") {
            let value = value.trim().parse::<usize>();
            length = Some(value.map_err(|_| invalid("the Content-Length of a message is no number"))?);
        }
    }
    let length = length.ok_or_else(|| invalid("a message has no Content-Length"))?;
    if length > LARGEST {
        io::copy(&mut input.take(length as u64), &mut io::sink())?;
        return Ok(Some(None));
    }
    let mut bytes = vec![0; length];
    match input.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(Some(bytes))),
        // Whoever stops in mid-message is gone.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// A message, or what to answer to something that is none.
fn message(bytes: &[u8]) -> Result<Message, Value> {
    let Ok(Value::Object(mut members)) = serde_json::from_slice(bytes) else {
        return Err(refusal(&Value::Null, ErrorCode::ParseError, "this is no JSON object"));
    };
    let id = members.remove("id");
    let known_id = match &id {
        None => None,
        Some(Value::String(id)) => Some(RequestId::from(id.clone())),
        Some(id) => match id.as_i64().and_then(|id| i32::try_from(id).ok()) {
            Some(id) => Some(RequestId::from(id)),
            None if members.contains_key("method") => {
                let message = "the id of a request is a text or a whole number of 32 bits";
                return Err(refusal(&Value::Null, ErrorCode::InvalidRequest, message));
            }
            None => None,
        },
    };
    let params = members.remove("params").unwrap_or_default();
    match (members.remove("method"), known_id) {
        (Some(Value::String(method)), Some(id)) => Ok(Request { id, method, params }.into()),
        (Some(Value::String(method)), None) => Ok(Notification { method, params }.into()),
        (None, Some(id)) if members.contains_key("result") => {
            Ok(Response::new_ok(id, members.remove("result").unwrap_or_default()).into())
        }
        (None, Some(id)) if members.contains_key("error") => {
            Ok(Response::new_err(id, ErrorCode::RequestFailed as i32, String::new()).into())
        }
        // An answer to what was refused; nothing can be said to it.
        (None, None) if members.contains_key("error") => {
            Ok(Notification { method: String::new(), params: Value::Null }.into())
        }
        _ => Err(refusal(
            &id.unwrap_or_default(),
            ErrorCode::InvalidRequest,
            "this is neither a request nor a notification nor a response",
        )),
    }
}

fn refusal(id: &Value, code: ErrorCode, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": message } })
}

/// Writes a message.
///
/// # Errors
///
/// When `out` cannot be written to.
pub(super) fn write(out: &mut dyn Write, message: &Value) -> io::Result<()> {
    let bytes = serde_json::to_vec(message)?;
    write!(out, "Content-Length: {}\r\n\r\n", bytes.len())?;
    out.write_all(&bytes)?;
    out.flush()
}

/// A message of the session, as it is written.
pub(super) fn value_of(message: &Message) -> Value {
    let mut value = serde_json::to_value(message).unwrap_or_default();
    if let Value::Object(members) = &mut value {
        members.insert("jsonrpc".to_owned(), "2.0".into());
    }
    value
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    /// What the session gets, and the codes of what is answered at once.
    fn through(input: &str) -> (Vec<String>, Vec<i64>, io::Result<()>) {
        let got = RefCell::new(Vec::new());
        let codes = RefCell::new(Vec::new());
        let answer = |value: &Value| codes.borrow_mut().push(value["error"]["code"].as_i64().expect("a code"));
        let take = |message| {
            got.borrow_mut().push(message);
            true
        };
        let end = read(&mut input.as_bytes(), &take, &answer);
        let kind = |message| match message {
            Message::Request(request) => format!("{} {}", request.method, request.id),
            Message::Notification(notification) => notification.method,
            Message::Response(response) => format!("response {}", response.id),
        };
        (got.into_inner().into_iter().map(kind).collect(), codes.into_inner(), end)
    }

    #[test]
    fn what_is_no_message_is_answered_and_the_next_one_read() {
        let good = framed(r#"{"jsonrpc":"2.0","id":7,"method":"a","params":{}}"#);
        let rows = [
            (framed("{you must"), Some(-32700)),
            (framed("[]"), Some(-32700)),
            (framed("{}"), Some(-32600)),
            (framed(r#"{"id":1.5,"method":"a"}"#), Some(-32600)),
            (framed(r#"{"id":1,"method":2}"#), Some(-32600)),
            (format!("Content-Length: {}\r\n\r\n{}", LARGEST + 1, "x".repeat(LARGEST + 1)), Some(-32600)),
            (framed(r#"{"id":"x","result":null}"#), None),
            (format!("content-length:2\r\nContent-Type: x\r\n\r\n{}", "{}"), Some(-32600)),
        ];
        for (text, code) in rows {
            let shown = text.chars().take(60).collect::<String>();
            let (got, codes, end) = through(&format!("{text}{good}"));
            assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{shown}");
            assert_eq!(got.last().map(String::as_str), Some("a 7"), "{shown}");
            assert!(end.is_ok(), "{shown}");
        }
    }

    #[test]
    fn the_end_is_the_end_wherever_it_comes() {
        let good = framed(r#"{"method":"a"}"#);
        for end in ["", "Content-Le", "Content-Length: 20\r\n\r\n{", "Content-Length: 20\r\n"] {
            let (got, codes, result) = through(&format!("{good}{end}"));
            assert_eq!((got.len(), codes.len()), (1, 0), "{end}");
            assert_eq!(result.is_ok(), !end.starts_with("Content-Le") || end.contains("20"), "{end}");
        }
        for broken in ["Hello\r\n\r\n", "Content-Length: x\r\n\r\n", "A: b\r\n\r\n"] {
            assert!(through(broken).2.is_err(), "{broken}");
        }
    }
}
