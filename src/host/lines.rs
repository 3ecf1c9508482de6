//! Pieces that are a line each, none longer than a bound.

use memchr::memchr;

use super::input::Limits;
use super::pieces::{Cut, Fault, Held, Piece};

/// Cuts at the ends of lines.
#[derive(Debug)]
pub struct Lines {
    longest: usize,
    line: usize,
    /// The line that is being read is longer than the bound.
    over: bool,
}

impl Lines {
    /// Lines no longer than what a record may take.
    pub fn new(limits: Limits) -> Self {
        Self::up_to(limits.record())
    }

    /// Lines of so many bytes at the most.
    pub fn up_to(longest: usize) -> Self {
        Self { longest, line: 1, over: false }
    }

    fn finish(&mut self, held: &mut Held) -> Piece {
        let range = held.finish();
        let content = if std::mem::take(&mut self.over) { Err(too_long("line", self.longest)) } else { Ok(range) };
        let line = self.line;
        self.line += 1;
        Piece { line, content }
    }
}

impl Cut for Lines {
    fn cut(&mut self, input: &[u8], held: &mut Held) -> (usize, Option<Piece>) {
        let newline = memchr(b'\n', input);
        let line = input.get(..newline.unwrap_or(input.len())).unwrap_or_default();
        self.over |= held.len() + line.len() > self.longest;
        if self.over {
            held.forget();
        } else {
            held.put(line);
        }
        match newline {
            Some(at) => (at + 1, Some(self.finish(held))),
            None => (input.len(), None),
        }
    }

    fn end(&mut self, held: &mut Held) -> Option<Piece> {
        (self.over || !held.is_empty()).then(|| self.finish(held))
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
                let (mut held, mut pieces) = (Held::default(), Vec::new());
                for mut chunk in text.as_bytes().chunks(at_once) {
                    while !chunk.is_empty() {
                        let (taken, piece) = lines.cut(chunk, &mut held);
                        chunk = &chunk[taken..];
                        pieces.extend(piece);
                    }
                }
                pieces.extend(lines.end(&mut held));
                let contents: Vec<_> = pieces
                    .iter()
                    .map(|piece| match &piece.content {
                        Ok(range) => Ok(std::str::from_utf8(held.content(range.clone())).unwrap()),
                        Err(fault) => Err(fault.code),
                    })
                    .collect();
                assert_eq!(contents, expected, "{text:?}, {at_once} at once");
                assert!(pieces.iter().map(|piece| piece.line).eq(1..=expected.len()));
            }
        }
    }
}
