//! Pieces that are a line each, none longer than a bound.

use super::input::Limits;
use super::pieces::{Cut, Fault, Piece};

/// Cuts at the ends of lines.
#[derive(Debug)]
pub struct Lines {
    longest: usize,
    line: usize,
    begun: Vec<u8>,
    /// The line that is being read is longer than the bound.
    over: bool,
}

impl Lines {
    /// Lines no longer than what a record may take.
    pub fn new(limits: Limits) -> Self {
        Self { longest: limits.record(), line: 1, begun: Vec::new(), over: false }
    }

    fn finish(&mut self) -> Piece {
        let bytes = std::mem::take(&mut self.begun);
        let content = if std::mem::take(&mut self.over) { Err(too_long("line", self.longest)) } else { Ok(bytes) };
        let line = self.line;
        self.line += 1;
        Piece { line, content }
    }
}

impl Cut for Lines {
    fn cut(&mut self, input: &[u8]) -> (usize, Option<Piece>) {
        let newline = input.iter().position(|&byte| byte == b'\n');
        let line = input.get(..newline.unwrap_or(input.len())).unwrap_or_default();
        self.over |= self.begun.len() + line.len() > self.longest;
        if self.over {
            self.begun = Vec::new();
        } else {
            self.begun.extend_from_slice(line);
        }
        match newline {
            Some(at) => (at + 1, Some(self.finish())),
            None => (input.len(), None),
        }
    }

    fn end(&mut self) -> Option<Piece> {
        (self.over || !self.begun.is_empty()).then(|| self.finish())
    }

    fn line(&self) -> usize {
        self.line
    }
}

/// What holds a record is longer than the bound, and reading goes on behind it.
pub(super) fn too_long(what: &str, longest: usize) -> Fault {
    Fault {
        code: "too-large",
        message: format!("the {what} is longer than {longest} bytes, the bound for one record"),
        help: "raise the bound with --max-bytes",
        last: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_line_feeds() {
        let cases: [(&str, &[Result<&str, &str>]); 6] = [
            ("", &[]),
            ("a", &[Ok("a")]),
            ("a\r\n\nb\n", &[Ok("a\r"), Ok(""), Ok("b")]),
            ("\n", &[Ok("")]),
            ("0123456789\n01234567890\nb", &[Ok("0123456789"), Err("too-large"), Ok("b")]),
            ("01234567890", &[Err("too-large")]),
        ];
        for (text, expected) in cases {
            for at_once in [1, 2, 3, 100] {
                let mut lines = Lines { longest: 10, ..Lines::new(Limits { max_bytes: 0 }) };
                let mut pieces = Vec::new();
                for mut chunk in text.as_bytes().chunks(at_once) {
                    while !chunk.is_empty() {
                        let (taken, piece) = lines.cut(chunk);
                        chunk = &chunk[taken..];
                        pieces.extend(piece);
                    }
                }
                pieces.extend(lines.end());
                let contents: Vec<_> = pieces
                    .iter()
                    .map(|piece| match &piece.content {
                        Ok(bytes) => Ok(std::str::from_utf8(bytes).unwrap()),
                        Err(fault) => Err(fault.code),
                    })
                    .collect();
                assert_eq!(contents, expected, "{text:?}, {at_once} at once");
                assert!(pieces.iter().map(|piece| piece.line).eq(1..=expected.len()));
            }
        }
    }
}
