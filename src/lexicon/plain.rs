//! Reads TOML as nearly every lexicon is written, at several times the speed of a parser that must
//! go on after any mistake. What is wrong or only unusual (a dotted key, a table within a table that has
//! keys of its own) is not understood here, and read by [`super::syntax`] in the other way.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, Source, Span as Place};

use super::tree::{Branch, Tree, Value, day_of};
use crate::text::Span;

/// Bytes that are read at once, so that the parser's own lists stay small.
const PIECE: usize = 1 << 13;

/// How deeply values may be nested, as in the recovering parser.
const DEEPEST: u32 = 80;

/// The most keys of one table; each is compared with all others.
const MOST_KEYS: usize = 64;

/// The most names of one header, which is one table in another for each.
const MOST_NAMES: usize = 8;

/// The whole file, if it is written plainly.
pub(super) fn read(text: &str) -> Option<Tree<'_>> {
    in_pieces(text, PIECE)
}

fn in_pieces(text: &str, size: usize) -> Option<Tree<'_>> {
    let mut reader = Reader::default();
    let mut start = 0;
    // A piece that is valid ends outside of any value, so that the cut was between two tables.
    while start < text.len() {
        let rest = Span::new(start, text.len()).of(text);
        let least = rest.ceil_char_boundary(size);
        let next = Span::new(least, rest.len()).of(rest).find("\n[");
        let piece = next.map_or(rest, |next| Span::new(0, least + next + 1).of(rest));
        reader.piece(piece, start)?;
        start += piece.len();
    }
    reader.end_table()?;
    Some(reader.root)
}

#[derive(Default)]
struct Reader<'f> {
    root: Tree<'f>,
    /// Tables with their parent's number and their name; those of the last header are known without a look.
    tables: HashMap<(usize, Cow<'f, str>), Known, RandomState>,
    last: Vec<(Cow<'f, str>, Known)>,
    /// The header whose keys are being read, and where it stands; none before the first.
    header: Option<(Vec<Key<'f>>, Span)>,
    keys: Tree<'f>,
    /// Lists and tables within a value, outermost first.
    open: Vec<Open<'f>>,
    /// The key whose value comes next.
    key: Option<Key<'f>>,
    in_header: bool,
    odd: bool,
    source: Option<Source<'f>>,
    base: usize,
}

type Key<'f> = (Cow<'f, str>, Span);

/// A table that headers made.
#[derive(Clone, Copy)]
struct Known {
    number: usize,
    /// Among the keys of its parent.
    place: usize,
    /// A header is its own, and gave it keys; else it only holds other tables.
    own: bool,
}

enum Open<'f> {
    List(usize, Vec<(Value<'f>, Span)>, Option<Key<'f>>),
    Table(usize, Tree<'f>, Option<Key<'f>>),
}

impl<'f> Reader<'f> {
    fn piece(&mut self, piece: &'f str, base: usize) -> Option<()> {
        let source = Source::new(piece);
        (self.source, self.base) = (Some(source), base);
        let tokens = source.lex().into_vec();
        let mut wrong = false;
        {
            let mut receiver = ValidateWhitespace::new(self, source);
            let mut receiver = RecursionGuard::new(&mut receiver, DEEPEST);
            parse_document(&tokens, &mut receiver, &mut |_| wrong = true);
        }
        (!wrong && !self.odd && self.open.is_empty() && self.key.is_none() && !self.in_header).then_some(())
    }

    fn at(&self, place: Place) -> Span {
        Span::new(self.base + place.start(), self.base + place.end())
    }

    /// Puts the table whose keys were read where its header says.
    fn end_table(&mut self) -> Option<()> {
        let keys = std::mem::take(&mut self.keys);
        let Some((mut path, span)) = self.header.take() else {
            // Nothing of a lexicon stands before the first table.
            return (keys.len() == 0).then_some(());
        };
        if path.len() > MOST_NAMES {
            return None;
        }
        let (name, name_span) = path.pop()?;
        let mut parent = 0;
        let mut table = &mut self.root;
        let mut same = true;
        for (level, (name, name_span)) in path.into_iter().enumerate() {
            same = same && self.last.get(level).is_some_and(|(last, _)| *last == name);
            if !same {
                self.last.truncate(level);
                let number = self.tables.len() + 1;
                let known = *self.tables.entry((parent, name.clone())).or_insert_with(|| {
                    let value = Value::Table(Tree::default());
                    let branch = Branch { key: name.clone(), key_span: name_span, value, span: name_span };
                    Known { number, place: table.push(branch), own: false }
                });
                self.last.push((name, known));
            }
            let known = self.last[level].1;
            if known.own {
                return None;
            }
            parent = known.number;
            table = table.table_mut(known.place)?;
        }
        let known = Known { number: self.tables.len() + 1, place: table.len(), own: true };
        if self.tables.insert((parent, name.clone()), known).is_some() {
            return None;
        }
        table.push(Branch { key: name, key_span: name_span, value: Value::Table(keys), span });
        Some(())
    }

    fn value(&mut self, value: Value<'f>, span: Span) {
        let (table, key) = match self.open.last_mut() {
            Some(Open::List(_, items, _)) => return items.push((value, span)),
            Some(Open::Table(_, table, _)) => (table, self.key.take()),
            None => (&mut self.keys, self.key.take()),
        };
        let Some((key, key_span)) = key else { return self.odd = true };
        if table.len() >= MOST_KEYS || table.get(&key).is_some() {
            self.odd = true;
        } else {
            table.push(Branch { key, key_span, value, span });
        }
    }

    /// What was being read when the bracket at `place` closes it.
    fn close(&mut self, place: Place) {
        let end = self.base + place.end();
        let (start, value, key) = match self.open.pop() {
            Some(Open::List(start, items, key)) => (start, Value::List(items), key),
            Some(Open::Table(start, table, key)) => (start, Value::Table(table), key),
            None => return self.odd = true,
        };
        self.key = key;
        self.value(value, Span::new(start, end));
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.odd |= self.end_table().is_none();
        self.in_header = true;
        self.header = Some((Vec::with_capacity(3), self.at(place)));
    }

    fn std_table_close(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.in_header = false;
        let end = self.base + place.end();
        if let Some((_, span)) = &mut self.header {
            *span = Span::new(span.start, end);
        }
    }

    fn array_table_open(&mut self, _: Place, _: &mut dyn ErrorSink) {
        self.odd = true;
    }

    fn inline_table_open(&mut self, place: Place, _: &mut dyn ErrorSink) -> bool {
        let key = self.key.take();
        self.open.push(Open::Table(self.base + place.start(), Tree::default(), key));
        true
    }

    fn inline_table_close(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.close(place);
    }

    fn array_open(&mut self, place: Place, _: &mut dyn ErrorSink) -> bool {
        let key = self.key.take();
        self.open.push(Open::List(self.base + place.start(), Vec::with_capacity(1), key));
        true
    }

    fn array_close(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.close(place);
    }

    fn simple_key(&mut self, place: Place, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let Some(raw) = self.source.and_then(|source| source.get(place)) else { return self.odd = true };
        let raw = toml_parser::Raw::new_unchecked(raw.as_str(), encoding, place);
        let mut name = Cow::Borrowed("");
        raw.decode_key(&mut name, errors);
        let key = (name, self.at(place));
        match &mut self.header {
            Some((path, _)) if self.in_header => path.push(key),
            _ => self.odd |= self.key.replace(key).is_some(),
        }
    }

    fn key_sep(&mut self, _: Place, _: &mut dyn ErrorSink) {
        self.odd |= !self.in_header;
    }

    fn scalar(&mut self, place: Place, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let Some(raw) = self.source.and_then(|source| source.get(place)) else { return self.odd = true };
        let raw = toml_parser::Raw::new_unchecked(raw.as_str(), encoding, place);
        let mut text = Cow::Borrowed("");
        let value = match raw.decode_scalar(&mut text, errors) {
            ScalarKind::String => Value::Text(text),
            ScalarKind::Boolean(value) => Value::Boolean(value),
            ScalarKind::Integer(radix) => Value::Number(u32::from_str_radix(&text, radix.value()).ok()),
            ScalarKind::Float => Value::Number(None),
            ScalarKind::DateTime => match text.parse() {
                Ok(date) => Value::Date(day_of(&date)),
                Err(_) => return self.odd = true,
            },
        };
        self.value(value, self.at(place));
    }

    fn error(&mut self, _: Place, _: &mut dyn ErrorSink) {
        self.odd = true;
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;
    use crate::lexicon::{Builtin, Source as _};

    /// What there is in a tree, keys sorted: the two readers have them in different orders.
    fn listed(tree: &Tree<'_>) -> Vec<String> {
        let line = |branch: &Branch<'_>| {
            format!("{} {:?} {:?} {}", branch.key, branch.key_span, branch.span, shown(&branch.value))
        };
        let mut lines: Vec<String> = tree.iter().map(line).collect();
        lines.sort();
        lines
    }

    fn shown(value: &Value<'_>) -> String {
        match value {
            Value::Table(table) => format!("{:?}", listed(table)),
            Value::List(items) => {
                format!("{:?}", items.iter().map(|(item, span)| (shown(item), *span)).collect::<Vec<_>>())
            }
            Value::Text(_) | Value::Number(_) | Value::Boolean(_) | Value::Date(_) => format!("{value:?}"),
        }
    }

    /// Whether a text is read at all; if so, the other parser must see the same in it.
    fn is_read(text: &str, size: usize) -> bool {
        let Some(tree) = in_pieces(text, size) else { return false };
        let (whole, errors) = DeTable::parse_recoverable(text);
        assert!(errors.is_empty(), "{errors:?} in {text:?}");
        assert_eq!(listed(&tree), listed(&Tree::of(whole.get_ref(), 0)), "{text:?}");
        true
    }

    #[test]
    fn the_built_in_lexicons_are_plain() {
        for reference in Builtin::references() {
            for file in Builtin.open(&reference, None).expect("it is there").files {
                assert!([1, 100, PIECE].into_iter().all(|size| is_read(&file.text, size)), "{}", file.name);
            }
        }
    }

    #[test]
    fn what_is_read_is_what_the_other_parser_sees() {
        const PIECES: [&str; 52] = [
            "[avoid.a.b]\n",
            "[avoid.a.c]\n",
            "[avoid.a]\n",
            "[avoid]\n",
            "[recommend.a.b]\n",
            "[ lexicon ] # c\n",
            "[[avoid.a.b]]\n",
            "[avoid.\"a\".b]\n",
            "[avoid.a.b.c]\n",
            "[avoid.\"ж\".x]\n",
            "a = ",
            "b = ",
            "\"a\" = ",
            "'b' = ",
            "a.b = ",
            "c = ",
            "\"x\"\n",
            "'y'\n",
            "\"\"\"z\nz\"\"\"\n",
            "\"\\u0041\\n\"\n",
            "\"\\q\"\n",
            "1_0\n",
            "0x1F\n",
            "1.5\n",
            "true\n",
            "1979-05-27\n",
            "1979-02-29\n",
            "1979-05-27T07:32:00Z\n",
            "07:32:00\n",
            "1979-05-27x\n",
            "[]\n",
            "[",
            "]\n",
            "{}\n",
            "{ ",
            " }\n",
            ", ",
            "\"x\"",
            "\"ж\"",
            "[\"x\", 'y']\n",
            "[\n\"x\",\n]\n",
            "{ text = \"x\", turn = 2 }",
            "\n",
            "\r\n",
            "# c\n",
            " ",
            "\t",
            "\u{b}",
            "[group]\n",
            "[names]\n",
            "x",
            "\"",
        ];
        let mut seed = 5_u64;
        let mut pick = |bound: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % bound
        };
        let mut read = 0;
        for round in 0..60_000 {
            let mut text = String::new();
            for _ in 0..=pick(8) {
                // Mostly a header, or a key with its value, so that enough of it is valid.
                match pick(5) {
                    0 | 1 => text.push_str(PIECES[pick(10)]),
                    2 | 3 => text.extend([PIECES[10 + pick(6)], PIECES[16 + pick(18)]]),
                    _ => text.push_str(PIECES[pick(PIECES.len())]),
                }
            }
            read += usize::from(is_read(&text, if round % 2 == 0 { 1 } else { PIECE }));
        }
        assert!(read > 5_000, "only {read} were read");
    }
}
