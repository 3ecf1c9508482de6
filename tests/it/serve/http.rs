//! As much of a client as the tests need. It writes the bytes that it is told to, be they wrong.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};

use serde_json::Value;

use super::PATIENCE;

/// What is asked.
#[derive(Clone, Copy)]
pub(super) struct Request<'r> {
    pub(super) method: &'r str,
    pub(super) path: &'r str,
    pub(super) headers: &'r [(&'r str, &'r str)],
    pub(super) body: Option<&'r [u8]>,
}

impl<'r> Request<'r> {
    pub(super) fn get(path: &'r str) -> Self {
        Self { method: "GET", path, headers: &[], body: None }
    }

    pub(super) fn post(path: &'r str, body: &'r [u8]) -> Self {
        Self { method: "POST", path, headers: &[], body: Some(body) }
    }

    pub(super) fn with(self, headers: &'r [(&'r str, &'r str)]) -> Self {
        Self { headers, ..self }
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: here\r\n", self.method, self.path);
        for (name, value) in self.headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        if let Some(body) = self.body {
            write!(head, "Content-Length: {}\r\n", body.len()).unwrap();
        }
        [head.as_bytes(), b"\r\n", self.body.unwrap_or_default()].concat()
    }
}

/// What came.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    pub(super) body: String,
    /// The body has its end.
    pub(super) is_whole: bool,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of the error that it is.
    pub(super) fn code(&self) -> String {
        let json = self.json();
        let said = |key: &str| json["error"][key].as_str().filter(|word| !word.is_empty()).map(str::to_owned);
        assert!(said("message").is_some() && said("help").is_some(), "{self:?}");
        assert_eq!(self.header("Content-Type"), Some("application/json"), "{self:?}");
        said("code").unwrap()
    }
}

pub(super) struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub(super) fn new(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self { stream: BufReader::new(stream) }
    }

    pub(super) fn send(&mut self, bytes: &[u8]) {
        self.try_send(bytes).unwrap();
    }

    /// The server may have closed it, which is an answer too.
    pub(super) fn try_send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.get_mut().write_all(bytes)
    }

    pub(super) fn send_chunk(&mut self, bytes: &[u8]) {
        self.send(&[format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat());
    }

    /// There will be no more to read for the server.
    pub(super) fn half_close(&self) {
        self.stream.get_ref().shutdown(Shutdown::Write).unwrap();
    }

    pub(super) fn answer(&mut self) -> Answer {
        let (status, head) = self.head();
        let mut answer = Answer { status, head, body: String::new(), is_whole: true };
        match answer.header("Content-Length").map(|length| length.parse().unwrap()) {
            Some(length) => {
                let mut body = vec![0; length];
                self.stream.read_exact(&mut body).unwrap();
                answer.body = String::from_utf8(body).unwrap();
            }
            None if answer.header("Transfer-Encoding").is_some() => loop {
                match self.chunk() {
                    Some(chunk) if chunk.is_empty() => break,
                    Some(chunk) => answer.body.push_str(&chunk),
                    None => {
                        answer.is_whole = false;
                        break;
                    }
                }
            },
            None => {}
        }
        answer
    }

    pub(super) fn head(&mut self) -> (u16, String) {
        let first = self.line();
        let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.unwrap_or_else(|| panic!("the answer begins with {first:?}"));
        let mut head = String::new();
        loop {
            match self.line().as_str() {
                "" => return (status, head),
                line => head.extend([line, "\n"]),
            }
        }
    }

    /// The next piece of a body that comes in pieces; an empty one is the last, and none is none.
    pub(super) fn chunk(&mut self) -> Option<String> {
        let line = self.line();
        let length = usize::from_str_radix(line.trim(), 16).ok()?;
        let mut chunk = vec![0; length + 2];
        self.stream.read_exact(&mut chunk).ok()?;
        chunk.truncate(length);
        Some(String::from_utf8(chunk).unwrap())
    }

    /// All that comes until the server closes.
    pub(super) fn rest(&mut self) -> String {
        let mut rest = Vec::new();
        // One that is closed with bytes unread is reset.
        let _ = self.stream.read_to_end(&mut rest);
        String::from_utf8_lossy(&rest).into_owned()
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let _ = self.stream.read_line(&mut line);
        line.trim_end_matches(['\r', '\n']).to_owned()
    }
}
