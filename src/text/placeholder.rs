//! Fields that a helpdesk fills in, in the dialects of the helpdesks. Only their places; what
//! they stand for is nobody's business here.

use memchr::{memchr_iter, memchr3_iter};

use super::{Span, scan};

/// How the placeholders of the helpdesks begin and end.
const PLACEHOLDERS: [(&str, &str); 10] = [
    ("{{{", "}}}"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("{!", "}"),
    ("#{", "}"),
    ("%{", "}"),
    ("${", "}"),
    ("<<", ">>"),
    ("((", "))"),
    ("[[", "]]"),
];

/// No field name is longer; what seems to be is an opener that nobody closed.
const LONGEST_PLACEHOLDER: usize = 1024;

/// Bytes of a string in one.
const LONGEST_STRING: usize = 80;

/// How deeply one may be nested in its like; so that a run of openers costs no more than its length.
const DEEPEST: usize = 8;

/// The placeholders of a text, in order, none overlapping another.
pub(super) fn placeholders(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // Where each closing bracket comes next, so that openers nobody closes cost nothing.
    let mut closers = [0; PLACEHOLDERS.len()];
    let mut at = 0;
    while at + 1 < bytes.len() {
        if !begins_one(bytes[at]) {
            at = scan::near(bytes, at + 1, begins_one);
            continue;
        }
        // All go on with the same sign or one of these, and tags, numbers and amounts do not.
        if bytes[at + 1] != bytes[at] && !matches!(bytes[at + 1], b'{' | b'%' | b'!') {
            at += 1;
            continue;
        }
        let opened = PLACEHOLDERS.iter().position(|(open, _)| bytes[at..].starts_with(open.as_bytes()));
        let end = opened.and_then(|dialect| {
            let (open, close) = PLACEHOLDERS[dialect];
            if closers[dialect] < at + open.len() {
                let behind = text.get(at + open.len()..).unwrap_or_default().find(close);
                closers[dialect] = behind.map_or(usize::MAX, |behind| at + open.len() + behind);
            }
            if closers[dialect] > at + LONGEST_PLACEHOLDER { None } else { placeholder_end(bytes, at, open, close) }
        });
        match end {
            Some(end) => {
                found.push(Span::new(at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether there is what each begins with: a brace, or a bracket that is doubled.
pub(super) fn may_hold_placeholder(bytes: &[u8]) -> bool {
    let doubled = |at: usize| bytes[at] == b'{' || bytes.get(at + 1) == Some(&bytes[at]);
    memchr3_iter(b'{', b'<', b'[', bytes).any(doubled) || memchr_iter(b'(', bytes).any(doubled)
}

fn begins_one(byte: u8) -> bool {
    // Without a branch, so that many bytes can be looked at together.
    let is = |sign: u8| u8::from(byte == sign);
    is(b'{') | is(b'#') | is(b'%') | is(b'$') | is(b'<') | is(b'(') | is(b'[') != 0
}

/// Where the placeholder that opens at `start` ends; none when it is empty, crosses a blank
/// line or is never closed, for then it is no placeholder and must not swallow the rest.
fn placeholder_end(bytes: &[u8], start: usize, open: &str, close: &str) -> Option<usize> {
    let limit = bytes.len().min(start + LONGEST_PLACEHOLDER);
    let (mut at, mut depth) = (start + open.len(), 1);
    while at < limit {
        let rest = &bytes[at..limit];
        if rest.starts_with(close.as_bytes()) {
            depth -= 1;
            at += close.len();
            if depth == 0 {
                let inside = &bytes[start + open.len()..at - close.len()];
                return is_field(inside, open).then_some(at);
            }
        } else if rest.starts_with(open.as_bytes()) {
            depth += 1;
            at += open.len();
            if depth > DEEPEST {
                return None;
            }
        } else if let Some(len) = string(bytes, at, limit, open) {
            at += len;
        } else if rest.starts_with(b"\n\n") || rest.starts_with(b"\n\r\n") {
            return None;
        } else {
            at += 1;
        }
    }
    None
}

/// The length of a string of the template language that begins at `at`: brackets in it close
/// nothing, as in `{{ x | split: "}}" }}`. An apostrophe between letters begins none.
fn string(bytes: &[u8], at: usize, limit: usize, open: &str) -> Option<usize> {
    let quote = bytes[at];
    let template = matches!(open, "{{" | "{{{" | "{%") && matches!(quote, b'"' | b'\'');
    if !template || !matches!(bytes[at - 1], b' ' | b':' | b',' | b'=' | b'(') {
        return None;
    }
    let len = bytes[at + 1..limit].iter().take(LONGEST_STRING).position(|byte| *byte == quote || *byte == b'\n')?;
    let (end, behind) = (at + 1 + len, bytes.get(at + len + 2)?);
    (bytes[end] == quote && matches!(behind, b' ' | b',' | b')' | b'|' | b'}' | b'%')).then_some(len + 2)
}

/// Whether what stands between the brackets can be a field. Brackets that people type doubled,
/// as in "Sorry(( … Thanks))", hold sentences; a field begins at once and is one line.
fn is_field(inside: &[u8], open: &str) -> bool {
    let typed = matches!(open, "((" | "[[" | "<<");
    let begins = inside.first().is_some_and(|byte| !byte.is_ascii_whitespace());
    let ends_sentence = inside.windows(2).any(|pair| matches!(pair[0], b'.' | b'!') && pair[1] == b' ');
    !inside.trim_ascii().is_empty() && (!typed || (begins && !ends_sentence && !inside.contains(&b'\n')))
}
