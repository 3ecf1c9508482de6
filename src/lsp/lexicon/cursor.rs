//! What the cursor stands on in a lexicon file that somebody is typing, and that is therefore broken more often than
//! not: which table, which key, and whether in a text. It never fails, and never looks behind the cursor but
//! for the end of what the cursor stands in. What the keys mean is for others.

use crate::text::Span;

/// What the cursor stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) place: Place,
    /// The names that lead there: of the table, then of the keys in it.
    pub(super) path: Vec<String>,
    /// The bytes that it stands in: a name, the words within quotes, or what is between brackets.
    pub(super) typed: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Between the brackets of a table's header.
    Header,
    /// Where a key belongs; the path is that of its table.
    Key,
    /// Where a value belongs, and no quotation mark is there; the path is that of the key.
    Value,
    /// Within quotes; the path is that of the key.
    Text,
    /// In a comment, or behind a value.
    Nowhere,
}

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Key,
    Value,
    /// A comma, a bracket or the end of the line.
    End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Square,
    Curly,
}

struct Scan<'t> {
    text: &'t str,
    cursor: usize,
    at: usize,
    table: Vec<String>,
    /// Brackets that are open, each with the key that it belongs to.
    open: Vec<(Bracket, Vec<String>)>,
    key: Vec<String>,
    next: Next,
}

impl Cursor {
    pub(super) fn at(text: &str, cursor: usize) -> Self {
        let (open, key) = (Vec::new(), Vec::new());
        Scan { text, cursor, at: 0, table: Vec::new(), open, key, next: Next::Key }.run()
    }
}

impl Scan<'_> {
    fn run(mut self) -> Cursor {
        let mut line_starts = true;
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
            if self.at + blank >= self.cursor {
                return self.nothing_typed();
            }
            self.at += blank;
            if std::mem::take(&mut line_starts) {
                self.recover();
            }
            let found = match self.rest().as_bytes().first() {
                None => return self.nothing_typed(),
                Some(b'\n') => {
                    self.at += 1;
                    line_starts = true;
                    if self.open.is_empty() {
                        self.next = Next::Key;
                    }
                    None
                }
                Some(b'#') => {
                    let end = self.line_end();
                    self.stretch(Place::Nowhere, Span::new(self.at, end), end)
                }
                Some(b'[') if self.open.is_empty() && self.next == Next::Key => self.header(),
                Some(_) if self.next == Next::Key && !self.rest().starts_with(['}', ',']) => self.key(),
                Some(_) => self.value(),
            };
            if let Some(cursor) = found {
                return cursor;
            }
        }
    }

    fn rest(&self) -> &str {
        Span::new(self.at, self.text.len()).of(self.text)
    }

    fn line_end(&self) -> usize {
        self.at + self.rest().find('\n').unwrap_or(self.rest().len())
    }

    /// A list that nobody closed ends where a table or a key begins.
    fn recover(&mut self) {
        let Some((Bracket::Square, _)) = self.open.last() else { return };
        let line = Span::new(self.at, self.line_end()).of(self.text);
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let is_header = line.strip_prefix('[').is_some_and(|rest| rest.starts_with(is_name));
        let name = line.trim_start_matches(is_name);
        let is_key = name.len() < line.len() && name.trim_start().starts_with('=');
        if is_header || is_key {
            self.open.clear();
            self.next = Next::Key;
        }
    }

    /// Goes to `end`, unless the cursor stands in what is passed.
    fn stretch(&mut self, place: Place, typed: Span, end: usize) -> Option<Cursor> {
        if (typed.start..=typed.end).contains(&self.cursor) {
            return Some(Cursor { place, path: self.path(place), typed });
        }
        self.at = end;
        None
    }

    fn nothing_typed(&self) -> Cursor {
        let place = match self.next {
            Next::Key => Place::Key,
            Next::Value => Place::Value,
            Next::End => Place::Nowhere,
        };
        Cursor { place, path: self.path(place), typed: Span::new(self.cursor, self.cursor) }
    }

    fn path(&self, place: Place) -> Vec<String> {
        let within = self.open.iter().filter(|(bracket, _)| *bracket == Bracket::Curly).flat_map(|(_, key)| key);
        let key = self.key.iter().filter(|_| matches!(place, Place::Value | Place::Text));
        match place {
            Place::Header => Vec::new(),
            Place::Key | Place::Value | Place::Text | Place::Nowhere => {
                self.table.iter().chain(within).chain(key).cloned().collect()
            }
        }
    }

    fn header(&mut self) -> Option<Cursor> {
        let line = Span::new(self.at, self.line_end()).of(self.text);
        let start = self.at + (line.len() - line.trim_start_matches('[').len());
        let inner = Span::new(start, self.at + line.len()).of(self.text);
        let end = start + inner.find([']', '#']).unwrap_or(inner.trim_end().len());
        let typed = Span::new(start, end);
        if self.cursor <= end {
            return Some(Cursor { place: Place::Header, path: Vec::new(), typed });
        }
        self.table = names(typed.of(self.text));
        self.next = Next::End;
        let end = (end + 1).min(self.at + line.len());
        self.stretch(Place::Nowhere, Span::new(end, end), end)
    }

    fn key(&mut self) -> Option<Cursor> {
        let rest = self.rest();
        let end = rest.find(['=', '\n', ',', '}', '#', '[', ']', '{']).unwrap_or(rest.len());
        let typed = Span::new(self.at, self.at + Span::new(0, end).of(rest).trim_end().len());
        let followed = rest.as_bytes().get(end).copied();
        let behind = self.at + end;
        if let Some(cursor) = self.stretch(Place::Key, typed, behind) {
            return Some(cursor);
        }
        match followed {
            Some(b'=') => {
                self.key = names(typed.of(self.text));
                self.next = Next::Value;
                self.at += 1;
            }
            // What is no key is passed, or nothing would ever be.
            Some(b'[' | b']' | b'{') => self.at += 1,
            _ => {}
        }
        None
    }

    fn value(&mut self) -> Option<Cursor> {
        let rest = self.rest();
        match rest.as_bytes().first()? {
            quote @ (b'"' | b'\'') => return self.text(char::from(*quote)),
            b'[' => {
                self.open.push((Bracket::Square, self.key.clone()));
                self.next = Next::Value;
            }
            b'{' => {
                self.open.push((Bracket::Curly, std::mem::take(&mut self.key)));
                self.next = Next::Key;
            }
            b']' | b'}' => {
                if let Some((_, key)) = self.open.pop() {
                    self.key = key;
                }
                self.next = Next::End;
            }
            b',' => {
                let in_table = self.open.last().is_some_and(|(bracket, _)| *bracket == Bracket::Curly);
                self.next = if in_table { Next::Key } else { Next::Value };
            }
            _ => {
                let end = rest.find([',', ']', '}', '#', '\n', ' ', '\t', '\r']).unwrap_or(rest.len()).max(1);
                let end = self.at + rest.ceil_char_boundary(end);
                let place = if self.next == Next::Value { Place::Value } else { Place::Nowhere };
                let found = self.stretch(place, Span::new(self.at, end), end);
                self.next = Next::End;
                return found;
            }
        }
        self.at += 1;
        None
    }

    fn text(&mut self, quote: char) -> Option<Cursor> {
        let rest = self.rest();
        let fence = quote.to_string().repeat(3);
        let (lead, close) = if rest.starts_with(&fence) { (3, fence) } else { (1, quote.to_string()) };
        let inner = Span::new(lead, rest.len()).of(rest);
        let bound = if lead == 3 { inner.len() } else { inner.find(['\n', '\r']).unwrap_or(inner.len()) };
        let inner = Span::new(0, bound).of(inner);
        let end = closing(inner, &close, quote == '"').unwrap_or(bound);
        let start = self.at + lead;
        let typed = Span::new(start, start + end);
        let behind = (typed.end + close.len()).min(self.text.len());
        let behind = if end == bound { typed.end } else { behind };
        let found = self.stretch(Place::Text, typed, behind);
        self.next = Next::End;
        found
    }
}

/// Where the quotation marks are that close a text.
fn closing(inner: &str, close: &str, escapes: bool) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + Span::new(from, inner.len()).of(inner).find(close)?;
        let before = Span::new(0, at).of(inner);
        let slashes = before.len() - before.trim_end_matches('\\').len();
        if !escapes || slashes.is_multiple_of(2) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The names of a dotted one.
pub(super) fn names(dotted: &str) -> Vec<String> {
    dotted.split('.').map(|name| name.trim().trim_matches(['"', '\'']).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` is the cursor; what it stands in is written with `‹›` around it.
    #[test]
    fn the_cursor_is_understood_in_broken_files() {
        let rows = [
            ("|", Place::Key, "", ""),
            ("[|", Place::Header, "", ""),
            ("[avo|", Place::Header, "", "avo"),
            ("[adjust.command.you|-must] # x", Place::Header, "", "adjust.command.you-must"),
            ("[avoid.a.b]|", Place::Nowhere, "avoid.a.b", ""),
            ("[avoid.a.b]\n|", Place::Key, "avoid.a.b", ""),
            ("[avoid.a.b]\nphr|", Place::Key, "avoid.a.b", "phr"),
            ("[avoid.a.b]\nphr|ases = []", Place::Key, "avoid.a.b", "phrases"),
            ("[avoid.a.b]\nlevel =|", Place::Value, "avoid.a.b.level", ""),
            ("[avoid.a.b]\nlevel = |\n", Place::Value, "avoid.a.b.level", ""),
            ("[avoid.a.b]\nlevel = \"|", Place::Text, "avoid.a.b.level", ""),
            ("[avoid.a.b]\nlevel = \"wa|rn\"\n", Place::Text, "avoid.a.b.level", "warn"),
            ("[avoid.a.b]\nlevel = \"off\" |\n", Place::Nowhere, "avoid.a.b", ""),
            ("[avoid.a.b]\nlevel = \"off\"\n|", Place::Key, "avoid.a.b", ""),
            ("[avoid.a.b]\nreplace = tr|", Place::Value, "avoid.a.b.replace", "tr"),
            ("[avoid.a.b]\nphrases = [\"a\", \"you @mo|\"]", Place::Text, "avoid.a.b.phrases", "you @mo"),
            ("[avoid.a.b]\nphrases = [\n  \"a\",\n  \"you @|\n]", Place::Text, "avoid.a.b.phrases", "you @"),
            ("[avoid.a.b]\nphrases = [\"a\"]\nwhy = \"x|", Place::Text, "avoid.a.b.why", "x"),
            ("[avoid.a.b]\nphrases = [\"a\"\nwhy = \"x|", Place::Text, "avoid.a.b.why", "x"),
            ("[avoid.a.b]\nphrases = [\"a\",\n\n[adjust.|", Place::Header, "", "adjust."),
            ("[avoid.a.b]\nwhen = { cus|", Place::Key, "avoid.a.b.when", "cus"),
            ("[avoid.a.b]\nwhen = { situation = [\"|\"] }", Place::Text, "avoid.a.b.when.situation", ""),
            ("[avoid.a.b]\nwhen = { answered = true, |", Place::Key, "avoid.a.b.when", ""),
            ("[avoid.a.b]\nwhen = { answered = true }\nl|", Place::Key, "avoid.a.b", "l"),
            ("[avoid.a.b]\nflags = [{ text = \"x\", ch|", Place::Key, "avoid.a.b.flags", "ch"),
            ("[avoid.a.b]\nflags = [{ text = \"x\" }, \"|\"]", Place::Text, "avoid.a.b.flags", ""),
            ("# [lex|", Place::Nowhere, "", "# [lex"),
            ("why = \"a # b|\"", Place::Text, "why", "a # b"),
            (r#"why = "a \" b|""#, Place::Text, "why", r#"a \" b"#),
            ("why = '''a\n[b]|\n'''", Place::Text, "why", "a\n[b]\n"),
            ("why = \"\"\"a\"\"\"\nl|", Place::Key, "", "l"),
            ("[lexicon]\r\nlang|\r\n", Place::Key, "lexicon", "lang"),
            ("[group]\nmodal = [\"must\"]\n\n[\"avoid\".a.b]\nx|", Place::Key, "avoid.a.b", "x"),
            ("фраза = \"ц|\"", Place::Text, "фраза", "ц"),
            ("x = 😀|", Place::Value, "x", "😀"),
            ("]]} = , ,,\nl|", Place::Key, "", "l"),
        ];
        for (text, place, path, typed) in rows {
            let at = text.find('|').expect("a cursor");
            let text = text.replacen('|', "", 1);
            let cursor = Cursor::at(&text, at);
            let found = (cursor.place, cursor.path.join("."), cursor.typed.of(&text));
            assert_eq!(found, (place, path.to_owned(), typed), "{text}");
        }
    }

    #[test]
    fn every_place_of_every_text_has_a_cursor() {
        let text = "[a.b]\nк = [\"x\", '''y\n''', { z = 1, }\n# ц\n[[[\"\\\"é\n=}=]{,😀";
        for (at, _) in text.char_indices() {
            let before = Span::new(0, at).of(text);
            for cut in [text, before] {
                let cursor = Cursor::at(cut, at);
                assert!(
                    cursor.typed.start <= cursor.typed.end && cut.get(cursor.typed.start..cursor.typed.end).is_some()
                );
            }
        }
    }
}
