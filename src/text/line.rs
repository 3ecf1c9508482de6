//! One line of a plain text, and those below it: what of it is words, before anybody knows whose they are.

use memchr::memchr_iter;

use super::Span;
use super::ordinary::ordinary;
use super::prose::Skip;

/// A line, with its line break, and what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// All of it.
    pub(super) text: &'t str,
    /// The line without marks and without white space around it.
    pub(super) inner: &'t str,
    /// Bytes that the marks of a quotation and the blanks around them take at its start.
    pub(super) marks: usize,
    /// How many marks there are.
    pub(super) depth: usize,
    /// What it is, if it is nothing of the agent's own to be read.
    pub(super) kind: Option<Skip>,
}

/// The lines of a text from one on, before anybody knows what they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ahead<'t> {
    text: &'t str,
    first: Line<'t>,
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        if text.as_bytes().first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, 0xd0 | 0xd1)) {
            return Self { text, inner: trimmed(text), marks: 0, depth: 0, kind: None };
        }
        let mut rest = text.trim_start_matches([' ', '\t', '\u{feff}']);
        let mut depth = 0;
        while let Some(inner) = rest.strip_prefix('>') {
            depth += 1;
            rest = inner.trim_start_matches([' ', '\t']);
        }
        let marks = if depth > 0 { text.len() - rest.len() } else { 0 };
        let inner = rest.trim_matches(is_white);
        Self { text, inner, marks, depth, kind: None }
    }

    /// Whether it is prose or blank for certain, wherever it stands but in a signature.
    pub(super) fn is_ordinary(&self) -> bool {
        self.depth == 0 && (self.inner.is_empty() || ordinary(self.inner).is_some())
    }

    /// Whether it can be a line of a mail's header, such as `Message-Id: <1@x.example>`.
    pub(super) fn is_field(&self) -> bool {
        let name =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        self.text.starts_with([' ', '\t']) || self.text.split_once(':').is_some_and(|(before, _)| name(before))
    }

    /// Whether it begins a block of code, if another line ends it.
    pub(super) fn opens_fence(&self) -> bool {
        self.inner.starts_with("```") && self.inner.matches("```").count() == 1
    }

    /// Only an opening fence names a language.
    pub(super) fn closes_fence(&self) -> bool {
        self.inner.starts_with("```") && self.inner.trim_matches('`').is_empty()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.depth == 0 && self.inner.is_empty()
    }
}

/// A line that begins with a letter, without the white space behind it.
fn trimmed(line: &str) -> &str {
    let bytes = line.trim_ascii_end();
    match bytes.as_bytes() {
        // A letter or a sign that is no white space.
        [.., last] if last.is_ascii() => bytes,
        [.., 0xd0 | 0xd1, _] => bytes,
        _ => line.trim_matches(is_white),
    }
}

fn is_white(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

impl<'t> Ahead<'t> {
    /// None when there is no line.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        split(text).next().map(|first| Self { text, first: Line::new(first) })
    }

    pub(super) fn first(&self) -> &Line<'t> {
        &self.first
    }

    /// All of them.
    pub(super) fn lines(self) -> impl Iterator<Item = Line<'t>> {
        split(self.text).map(Line::new)
    }

    /// Those behind some of them.
    pub(super) fn behind(self, lines: usize) -> Option<Self> {
        let len: usize = split(self.text).take(lines).map(str::len).sum();
        Self::new(Span::new(len, self.text.len()).of(self.text))
    }
}

/// Lines with their line breaks.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    let (mut at, mut ends) = (0, memchr_iter(b'\n', text.as_bytes()));
    std::iter::from_fn(move || {
        let start = at;
        at = ends.next().map_or(text.len(), |newline| newline + 1);
        (start < at).then(|| Span::new(start, at).of(text))
    })
}
