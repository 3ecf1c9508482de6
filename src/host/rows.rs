//! Pieces that are a row of a CSV file each, quoted line breaks included, none longer than a bound.
//! What stands in the cells is for the crate csv to say. Where a row ends is not left to it, for it
//! reads a quote that is never closed to the end of the file, and text behind a closed quote as if
//! it belonged there: a quote that is missing in one row would make the next vanish without a word.

use super::input::Limits;
use super::lines::too_long;
use super::pieces::{Cut, Fault, Held, Piece};

/// Cuts at the ends of rows.
#[derive(Debug)]
pub struct Rows {
    longest: usize,
    /// What stands between two cells.
    delimiters: Vec<u8>,
    /// Where reading is.
    line: usize,
    after_cr: bool,
    state: State,
    /// The row that is being read: where it begins, where its last quote was opened.
    begins: usize,
    quoted: usize,
    /// What is wrong with it.
    fault: Option<Fault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Between,
    CellBegins,
    Plain,
    Quoted,
    /// Behind a quote that closes a cell, or is the first of two.
    Closed,
    /// Something is wrong with this row; the next is to be found.
    Lost,
    /// Nothing more can be made of this input.
    Over,
}

impl Rows {
    /// Rows no longer than what a record may take. Until it is known what stands between two cells,
    /// it may be any of `delimiters`.
    pub fn new(limits: Limits, delimiters: &[u8]) -> Self {
        Self {
            longest: limits.record(),
            delimiters: delimiters.to_vec(),
            line: 1,
            after_cr: false,
            state: State::Between,
            begins: 1,
            quoted: 1,
            fault: None,
        }
    }

    /// Says what stands between two cells.
    pub fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiters = vec![delimiter];
    }

    /// Takes one byte; the piece that ends with it.
    fn take(&mut self, byte: u8, held: &mut Held) -> Option<Piece> {
        let newline = self.count(byte);
        let delimits = self.delimiters.contains(&byte);
        let next = match (self.state, byte) {
            (State::Over, _) => return None,
            (State::Quoted, b'"') => State::Closed,
            (State::Quoted, _) => State::Quoted,
            (State::Between, _) if newline => return None,
            (_, _) if newline => return Some(self.finish(held)),
            (State::Lost, _) => return None,
            (State::Between | State::CellBegins, b'"') => {
                self.quoted = self.line;
                State::Quoted
            }
            (State::Closed, b'"') => State::Quoted,
            (_, _) if delimits => State::CellBegins,
            (State::Closed, _) => return self.lose(self.text_behind_quote(), held),
            (State::Between | State::CellBegins | State::Plain, _) => State::Plain,
        };
        if self.state == State::Between {
            self.begins = self.line;
        }
        self.state = next;
        if held.len() == self.longest {
            let fault = if next == State::Quoted { self.never_closed(held) } else { too_long("row", self.longest) };
            return self.lose(fault, held);
        }
        held.put(&[byte]);
        None
    }

    /// Counts lines as an editor does; whether a line ends with this byte.
    fn count(&mut self, byte: u8) -> bool {
        let newline = matches!(byte, b'\n' | b'\r');
        if newline && !(byte == b'\n' && self.after_cr) {
            self.line += 1;
        }
        self.after_cr = byte == b'\r';
        newline
    }

    fn finish(&mut self, held: &mut Held) -> Piece {
        self.state = State::Between;
        let range = held.finish();
        Piece { line: self.begins, content: self.fault.take().map_or(Ok(range), Err) }
    }

    /// Gives this row up; the piece, if there will be no other.
    fn lose(&mut self, fault: Fault, held: &mut Held) -> Option<Piece> {
        held.forget();
        if fault.last {
            self.state = State::Over;
            return Some(Piece { line: self.begins, content: Err(fault) });
        }
        self.state = State::Lost;
        self.fault = Some(fault);
        None
    }

    fn text_behind_quote(&self) -> Fault {
        let closed = if self.line == self.quoted { "there".to_owned() } else { format!("in line {}", self.line) };
        let opened = self.quoted;
        Fault {
            code: "bad-quote",
            message: format!(
                "the quote opened in line {opened} is closed {closed} with text behind it; the rest of that line was not read"
            ),
            help: "close every quote before the next column; a quote inside a text is written twice",
            last: false,
        }
    }

    fn never_closed(&self, held: &Held) -> Fault {
        let until = if held.len() >= self.longest {
            format!("not closed within {} bytes, the bound for one record", self.longest)
        } else {
            "never closed".to_owned()
        };
        Fault {
            code: "open-quote",
            message: format!("the quote opened in line {} is {until}; nothing from there on was read", self.quoted),
            help: "close it where its text ends; a quote inside a text is written twice",
            last: true,
        }
    }
}

impl Cut for Rows {
    fn cut(&mut self, input: &[u8], held: &mut Held) -> (usize, Option<Piece>) {
        for (at, &byte) in input.iter().enumerate() {
            if let Some(piece) = self.take(byte, held) {
                return (at + 1, Some(piece));
            }
        }
        (input.len(), None)
    }

    fn end(&mut self, held: &mut Held) -> Option<Piece> {
        match self.state {
            State::Between | State::Over => None,
            State::Quoted => self.lose(self.never_closed(held), held),
            State::CellBegins | State::Plain | State::Closed | State::Lost => Some(self.finish(held)),
        }
    }

    fn line(&self) -> usize {
        self.line
    }
}

/// The rows of a text that is in memory, each with its line, or what is wrong with it.
pub fn rows_of(text: &str, delimiter: u8) -> Vec<(usize, Result<String, Fault>)> {
    let limits = Limits { max_bytes: text.len() as u64 };
    let (mut rows, mut held, mut pieces) = (Rows::new(limits, &[delimiter]), Held::default(), Vec::new());
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let (taken, piece) = rows.cut(rest, &mut held);
        pieces.extend(piece);
        rest = rest.get(taken..).unwrap_or_default();
    }
    pieces.extend(rows.end(&mut held));
    let content = |piece: Piece| piece.content.map(|range| String::from_utf8_lossy(held.content(range)).into_owned());
    pieces.into_iter().map(|piece| (piece.line, content(piece))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a file of this text comes to, read so many bytes at a time: each piece as its line and its
    /// text, or the code of what is wrong with it.
    fn cut(text: &[u8], at_once: usize, longest: usize) -> Vec<(usize, Result<String, &'static str>)> {
        let mut rows = Rows { longest, ..Rows::new(Limits { max_bytes: 0 }, b",") };
        let (mut held, mut pieces) = (Held::default(), Vec::new());
        for mut chunk in text.chunks(at_once) {
            while !chunk.is_empty() {
                let (taken, piece) = rows.cut(chunk, &mut held);
                assert!(taken == chunk.len() || piece.is_some());
                chunk = &chunk[taken..];
                pieces.extend(piece);
            }
        }
        pieces.extend(rows.end(&mut held));
        let content = |piece: Piece| match piece.content {
            Ok(range) => Ok(String::from_utf8_lossy(held.content(range)).into_owned()),
            Err(fault) => Err(fault.code),
        };
        pieces.into_iter().map(|piece| (piece.line, content(piece))).collect()
    }

    #[test]
    fn rows_end_where_no_quote_is_open() {
        let cases: [(&str, &[(usize, &'static str)]); 20] = [
            ("", &[]),
            ("\n\r\n\n", &[]),
            ("a,b\nc,d\n", &[(1, "a,b"), (2, "c,d")]),
            ("a,b\r\nc,d", &[(1, "a,b"), (2, "c,d")]),
            ("a,b\rc,d\r", &[(1, "a,b"), (2, "c,d")]),
            ("a\n\n\nb", &[(1, "a"), (4, "b")]),
            ("\"a\nb\",c\nd", &[(1, "\"a\nb\",c"), (3, "d")]),
            ("\"a\r\nb\r\n\",c\r\nd", &[(1, "\"a\r\nb\r\n\",c"), (4, "d")]),
            ("\"say \"\"hi\"\"\"\nb", &[(1, "\"say \"\"hi\"\"\""), (2, "b")]),
            ("\"\"\nb", &[(1, "\"\""), (2, "b")]),
            ("a,5\" pipe\nb", &[(1, "a,5\" pipe"), (2, "b")]),
            ("a, \"b\nc", &[(1, "a, \"b"), (2, "c")]),
            // A quote that is missing in one row is closed by the first one of the next.
            ("1,\"You must\n2,\"Hello\"\n3,x", &[(1, "<bad-quote>"), (3, "3,x")]),
            ("1,\"He said \"hi\" to me\"\n2,x", &[(1, "<bad-quote>"), (2, "2,x")]),
            ("1,\"a\" \n2,x", &[(1, "<bad-quote>"), (2, "2,x")]),
            ("a\n\"b\nc\nd", &[(1, "a"), (2, "<open-quote>")]),
            ("a\n\"", &[(1, "a"), (2, "<open-quote>")]),
            ("0123456789\n01234567890\nb", &[(1, "0123456789"), (2, "<too-large>"), (3, "b")]),
            ("a\n\"0123456\n890\"\nb\nc", &[(1, "a"), (2, "<open-quote>")]),
            ("a,\"b\"x", &[(1, "<bad-quote>")]),
        ];
        for (text, expected) in cases {
            let content = |text: &'static str| match text.strip_prefix('<') {
                Some(code) => Err(code.trim_end_matches('>')),
                None => Ok(text.to_owned()),
            };
            let expected: Vec<_> = expected.iter().map(|&(line, text)| (line, content(text))).collect();
            for at_once in [1, 2, 3, 100] {
                // The bound is that of the longest good row here but the quoted ones.
                let longest = if text.contains("0123") { 10 } else { 100 };
                assert_eq!(cut(text.as_bytes(), at_once, longest), expected, "{text:?}, {at_once} at once");
            }
        }
    }

    proptest! {
        /// What the crate csv writes comes back row by row, however it is quoted and ended.
        #[test]
        fn written_rows_come_back(
            table in prop::collection::vec(prop::collection::vec("[a\",;\r\n é]{0,6}", 2), 1..6),
            always in any::<bool>(),
            crlf in any::<bool>(),
            at_once in 1_usize..20,
        ) {
            let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
            let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
            let mut writer = csv::WriterBuilder::new().quote_style(style).terminator(end).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let pieces = cut(&writer.into_inner().unwrap(), at_once, 1000);
            let read = pieces.into_iter().map(|(_, row)| {
                let row = row.unwrap();
                let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
                let rows: Vec<Vec<String>> = reader.deserialize().map(Result::unwrap).collect();
                prop_assert_eq!(rows.len(), 1);
                Ok(rows.concat())
            });
            prop_assert_eq!(read.collect::<Result<Vec<_>, _>>()?, table);
        }

        /// Whatever comes: the pieces do not depend on how it is read, a row that is not complained of
        /// is one row for the crate csv too, and lines only go up.
        #[test]
        fn any_bytes(text in "[ab\",\r\n]{0,40}", at_once in 1_usize..20, longest in 1_usize..30) {
            let pieces = cut(text.as_bytes(), 1000, longest);
            prop_assert_eq!(&pieces, &cut(text.as_bytes(), at_once, longest));
            prop_assert!(pieces.is_sorted_by(|(a, _), (b, _)| a < b));
            for (_, piece) in pieces {
                if let Ok(row) = piece {
                    let mut reader =
                        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(row.as_bytes());
                    prop_assert_eq!(reader.byte_records().count(), 1, "{:?}", row);
                    prop_assert!(row.len() <= longest);
                }
            }
        }
    }
}
