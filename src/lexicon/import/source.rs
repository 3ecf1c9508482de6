//! The source of an expression, before anybody understands it: its alternatives, its groups, and the signs for
//! which a simpler one does.

use crate::text::Span;

/// How many groups an expression has that take what is found.
pub(super) fn groups_of(source: &str) -> usize {
    let mut groups = 0;
    scan(source, |at, c, _| {
        let behind = source.get(at + 1..).unwrap_or_default();
        groups += usize::from(
            c == '('
                && (!behind.starts_with('?')
                    || behind.starts_with("?<") && !behind.starts_with("?<=") && !behind.starts_with("?<!")),
        );
    });
    groups
}

/// What people write for the border of a word, at the start of an expression and at its end: slightly more or less
/// than one, and meant as one.
const BEGINS: [&str; 8] =
    [r"(?:^|\s+)", r"(?<=^|\s)", r"(?<=\s|^)", r"(?:^|\s)", r"(?:\s|^)", r"(^|\s)", r"(?<!\w)", r"(?<!\S)"];
const ENDS: [&str; 11] = [
    r"(?=\s+|$)",
    r"(?=[\s,;]|$)",
    r"(?=\s|$)",
    r"(?=\W|$)",
    r"(?=[\s,])",
    r"(?:\s|$)",
    r"(\s|$)",
    r"(?=\s)",
    r"(?=\W)",
    r"(?!\w)",
    r"(?!\S)",
];

/// With a border of words for what means one, and with dollars for what can be nothing else.
pub(super) fn tidied(source: &str) -> (String, bool) {
    let start = BEGINS.iter().find_map(|sign| source.strip_prefix(sign));
    let (lead, source) = (if start.is_some() { r"\b" } else { "" }, start.unwrap_or(source));
    let end = ENDS.iter().find_map(|sign| source.strip_suffix(sign));
    let (trail, source) = (if end.is_some() { r"\b" } else { "" }, end.unwrap_or(source));
    let mut dollars = Vec::new();
    scan(source, |at, c, _| {
        let behind = source.get(at + 1..).unwrap_or_default();
        if c == '$' && behind.starts_with(|c: char| c.is_ascii_digit()) {
            dollars.push(at);
        }
    });
    let (mut tidied, mut from, has_dollars) = (lead.to_owned(), 0, !dollars.is_empty());
    for at in dollars {
        tidied.push_str(Span::new(from, at).of(source));
        tidied.push('\\');
        from = at;
    }
    tidied.push_str(Span::new(from, source.len()).of(source));
    (tidied + trail, has_dollars)
}

/// Takes flags off that stand in front of all; whether they say that capitals do not matter.
pub(super) fn without_flags(source: &str) -> (&str, bool) {
    let flags = source.strip_prefix("(?").and_then(|rest| rest.split_once(')'));
    match flags {
        Some((flags, rest)) if !flags.is_empty() && flags.bytes().all(|flag| b"imsu".contains(&flag)) => {
            (rest, flags.contains('i'))
        }
        _ => (source, false),
    }
}

/// The alternatives that no bracket holds.
pub(super) fn alternatives(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    scan(source, |at, c, depth| {
        if c == '|' && depth == 0 {
            found.push(Span::new(start, at).of(source));
            start = at + 1;
        }
    });
    found.push(Span::new(start, source.len()).of(source));
    found
}

/// Calls `each` for every character that is neither escaped nor of a class, with how many brackets are open
/// around it.
pub(super) fn scan(source: &str, mut each: impl FnMut(usize, char, usize)) {
    let (mut escaped, mut in_class, mut depth) = (false, false, 0_usize);
    for (at, c) in source.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' if in_class => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => {
                each(at, c, depth);
                depth += 1;
            }
            ')' => {
                depth = depth.saturating_sub(1);
                each(at, c, depth);
            }
            _ => each(at, c, depth),
        }
    }
}
