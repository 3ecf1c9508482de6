//! YAML as a tree that knows its lines. Pairs keep their order, and a key that stands twice stands twice here:
//! what that means is for those who know what the file is.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use crate::lexicon::SourceError;

/// How deeply it may be nested, and how many values it may have with those that aliases repeat.
const DEEPEST: usize = 64;
const MOST_VALUES: usize = 1_000_000;

/// A value, and the line it begins on.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) line: usize,
    value: Value,
}

#[derive(Debug, Clone)]
enum Value {
    /// A text, and whether it stands in quotes.
    Scalar(String, bool),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// The documents of a file.
pub(super) fn documents(name: &str, text: &str) -> Result<Vec<Node>, SourceError> {
    let mut reader = Reader { name, parser: Parser::new_from_str(text), anchors: HashMap::new(), left: MOST_VALUES };
    let mut documents = Vec::new();
    while let Some((event, span)) = reader.next()? {
        if let Some(node) = reader.node(event, span, 0)? {
            documents.push(node);
        }
    }
    Ok(documents)
}

struct Reader<'t> {
    name: &'t str,
    parser: Parser<'t, StrInput<'t>>,
    anchors: HashMap<usize, Node>,
    left: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, SourceError> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, span))),
            Some(Err(error)) => {
                let message =
                    format!("{}:{}: this is no valid YAML: {}", self.name, error.marker().line(), error.info());
                let help = "a text with a colon, a quote or a bracket in it goes in quotes; indent with spaces only";
                Err(SourceError { message, help: help.to_owned() })
            }
        }
    }

    /// The value that begins with an event; none when none does.
    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Option<Node>, SourceError> {
        let line = span.start.line();
        self.left = self.left.saturating_sub(1);
        if depth > DEEPEST || self.left == 0 {
            return Err(self.too_much(line));
        }
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => {
                (Value::Scalar(text.into_owned(), style != ScalarStyle::Plain), anchor)
            }
            Event::SequenceStart(anchor, _) => {
                let mut items = Vec::new();
                while let Some(item) = self.inner(depth)? {
                    items.push(item);
                }
                (Value::List(items), anchor)
            }
            Event::MappingStart(anchor, _) => {
                let mut pairs = Vec::new();
                while let Some(key) = self.inner(depth)? {
                    let Some(value) = self.inner(depth)? else { break };
                    pairs.push((key, value));
                }
                (Value::Map(pairs), anchor)
            }
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let size = node.as_ref().map_or(0, Node::size);
                self.left = self.left.saturating_sub(size);
                return Ok(Some(node.unwrap_or(Node { line, value: Value::Scalar(String::new(), false) })));
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => return Ok(None),
        };
        let node = Node { line, value };
        if anchor > 0 {
            self.left = self.left.saturating_sub(node.size());
            self.anchors.insert(anchor, node.clone());
        }
        Ok(Some(node))
    }

    fn inner(&mut self, depth: usize) -> Result<Option<Node>, SourceError> {
        match self.next()? {
            Some((event, span)) => self.node(event, span, depth + 1),
            None => Ok(None),
        }
    }

    fn too_much(&self, line: usize) -> SourceError {
        SourceError {
            message: format!(
                "{}:{line}: it is nested more deeply than {DEEPEST} levels, or has more than {MOST_VALUES} values",
                self.name
            ),
            help: "is it a file of rules? If so, split it into several".to_owned(),
        }
    }
}

impl Node {
    /// The text that it is. A plain `~` or `null` is none.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, quoted) if *quoted || !matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") => {
                Some(text)
            }
            Value::Scalar(..) | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether it says yes.
    pub(super) fn is_true(&self) -> bool {
        let yes = ["true", "yes", "on"];
        self.text().is_some_and(|text| yes.iter().any(|yes| text.eq_ignore_ascii_case(yes)))
    }

    /// The pairs of a map, in its order; none of anything else.
    pub(super) fn pairs(&self) -> &[(Node, Node)] {
        if let Value::Map(pairs) = &self.value { pairs } else { &[] }
    }

    /// The items of a list; a single text counts as a list of one.
    pub(super) fn items(&self) -> Vec<&Node> {
        match &self.value {
            Value::List(items) => items.iter().collect(),
            Value::Scalar(..) if self.text().is_some() => vec![self],
            Value::Scalar(..) | Value::Map(_) => Vec::new(),
        }
    }

    pub(super) fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    /// The value of a key, the first one.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.pairs().iter().find(|(known, _)| known.text() == Some(key)).map(|(_, value)| value)
    }

    fn size(&self) -> usize {
        match &self.value {
            Value::Scalar(..) => 1,
            Value::List(items) => items.iter().map(Self::size).sum::<usize>() + 1,
            Value::Map(pairs) => pairs.iter().map(|(key, value)| key.size() + value.size()).sum::<usize>() + 1,
        }
    }
}
