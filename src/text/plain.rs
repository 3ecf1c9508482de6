//! What of a plain text is the agent's own prose. The rules of this page serve every format: a
//! marked-up draft is first turned into what a reader sees of it, see [`super::visible`].

use linkify::{LinkFinder, LinkKind};
use memchr::{memchr, memchr2, memchr2_iter, memmem, memrchr};

use super::history;
use super::line::Line;
use super::placeholder::{may_hold_placeholder, placeholders};
use super::prose::{Piece, Prose, Skip, Skipped};
use super::{Scope, Span};

/// Reads plain text: code is left out, and in scope [`Scope::Own`] quoted lines, history and
/// signatures; addresses, placeholders and `code` within a line are opaque; a list item begins
/// a new stretch of prose. `code` is code that was found already.
pub(super) fn read(text: &str, scope: Scope, code: &[Skipped]) -> Prose {
    read_into(Prose::default(), text, scope, code)
}

/// The same, in the memory of what was read before.
pub(super) fn read_into(old: Prose, text: &str, scope: Scope, code: &[Skipped]) -> Prose {
    let mut prose = old.emptied();
    let opaque = opaque_spans(text, code);
    let mut opaque = opaque.iter().copied().peekable();
    let (mut offset, mut voice) = (0, (false, 0));
    for line in history::lines(text, scope) {
        let whole = Span::new(offset, offset + line.text.len());
        offset = whole.end;
        let mut at = whole.start;
        // A placeholder may run over several lines; what it covers of this one is spoken for.
        if let Some(Piece::Opaque(last, _)) = prose.pieces.last() {
            at = at.max(last.end.min(whole.end));
        }
        if at == whole.start {
            if let Some(kind) = line.kind.filter(|kind| *kind == Skip::Code || scope == Scope::Own) {
                prose.leave_out(whole, line.text, kind);
                while opaque.next_if(|next| next.span.start < whole.end).is_some() {}
                continue;
            }
            at = prose.begin(line, whole, &mut voice);
        }
        while let Some(next) = opaque.next_if(|next| next.span.start < whole.end) {
            if next.span.start < at {
                continue;
            }
            prose.words(at, next.span.start);
            prose.pieces.push(Piece::Opaque(next.span, next.kind));
            prose.skipped.push(next);
            at = next.span.end;
        }
        prose.words(at, whole.end);
    }
    prose
}

impl Prose {
    /// Begins a line that is read: past the marks of a quotation and of a list item. Where somebody
    /// else begins to speak, the prose ends.
    fn begin(&mut self, line: Line<'_>, whole: Span, voice: &mut (bool, usize)) -> usize {
        let before = std::mem::replace(voice, (line.kind.is_some(), line.depth));
        let marks = Span::new(whole.start, whole.start + line.marks);
        if before != *voice {
            self.pieces.push(Piece::Break(marks));
        } else if !marks.is_empty() {
            // A phrase may go on behind the mark of the next line.
            self.pieces.push(Piece::Decoded(marks, ' '));
        }
        let inner = Span::new(line.marks, line.text.len()).of(line.text);
        let Some(marker) = list_marker(inner) else { return marks.end };
        let item = Span::new(marks.end, marks.end + marker);
        self.pieces.push(Piece::Break(item));
        item.end
    }

    fn words(&mut self, start: usize, end: usize) {
        match self.pieces.last_mut() {
            _ if start >= end => {}
            Some(Piece::Words(last)) if last.end == start => last.end = end,
            _ => self.pieces.push(Piece::Words(Span::new(start, end))),
        }
    }

    /// Leaves out a line. Neighbouring lines of one kind are one stretch.
    fn leave_out(&mut self, whole: Span, line: &str, kind: Skip) {
        let follows = matches!(self.pieces.last(), Some(Piece::Break(last)) if last.end == whole.start);
        self.pieces.push(Piece::Break(whole));
        let span = Span::new(whole.start, whole.start + line.trim_end().len());
        match self.skipped.last_mut() {
            Some(last) if follows && last.kind == kind => last.span.end = last.span.end.max(span.end),
            _ if span.is_empty() => {}
            _ => self.skipped.push(Skipped { span, kind }),
        }
    }
}

/// How many bytes the indent and the marker of a list item take, if the line is one.
fn list_marker(line: &str) -> Option<usize> {
    // Nearly all lines begin with a letter.
    if line.as_bytes().first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, 0xd0 | 0xd1)) {
        return None;
    }
    let item = line.trim_start_matches([' ', '\t']);
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match digits {
        0 => ["-", "*", "+", "•", "·", "–", "—", "▪", "◦"].iter().find(|marker| item.starts_with(**marker))?.len(),
        1 | 2 if matches!(item.as_bytes().get(digits), Some(b'.' | b')')) => digits + 1,
        _ => return None,
    };
    let spaced = matches!(item.as_bytes().get(marker), Some(b' ' | b'\t'));
    spaced.then_some(line.len() - item.len() + marker + 1)
}

/// Addresses and placeholders, sorted, none overlapping another.
fn opaque_spans(text: &str, code: &[Skipped]) -> Vec<Skipped> {
    let signs = Signs::of(text.as_bytes());
    let mut spans = code.to_vec();
    if signs.brackets {
        spans.extend(placeholders(text).into_iter().map(|span| Skipped { span, kind: Skip::Placeholder }));
    }
    if signs.ticks {
        spans.extend(code_spans(text));
    }
    if signs.addresses {
        addresses(text, &mut spans);
    }
    if !spans.is_empty() {
        spans.sort_by_key(|skipped| (skipped.span.start, skipped.span.end));
        join_addresses(text, &mut spans);
    }
    spans
}

/// Which signs a text has, without which there is nothing opaque in it.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    brackets: bool,
    ticks: bool,
    addresses: bool,
}

impl Signs {
    /// Looks for all of them in one stretch before it goes on to the next, so that the text comes from
    /// memory once.
    fn of(bytes: &[u8]) -> Self {
        const STRETCH: usize = 8 << 10;
        const LONGEST: usize = 3;
        let mut signs = Self::default();
        for start in (0..bytes.len()).step_by(STRETCH) {
            let stretch = &bytes[start..bytes.len().min(start + STRETCH + LONGEST - 1)];
            signs.brackets = signs.brackets || may_hold_placeholder(stretch);
            signs.ticks = signs.ticks || memchr(b'`', stretch).is_some();
            signs.addresses = signs.addresses
                || memchr2(b'@', b'/', stretch).is_some()
                || HOSTS.iter().any(|host| memmem::find(stretch, host.as_bytes()).is_some());
        }
        signs
    }
}

/// What names of hosts begin with, as far as their first letter may be a capital.
const HOSTS: [&str; 2] = ["ww.", "WW."];

/// Code between two backticks on one line. A backtick between two letters is an apostrophe that
/// somebody typed.
fn code_spans(text: &str) -> Vec<Skipped> {
    let (mut found, mut open): (Vec<Skipped>, Option<usize>) = (Vec::new(), None);
    let mut last = 0;
    for (at, _) in text.match_indices('`') {
        let before = Span::new(0, at).of(text).chars().next_back().unwrap_or(' ');
        let after = Span::new(at + 1, text.len()).of(text).chars().next().unwrap_or(' ');
        if Span::new(last, at).of(text).contains('\n') {
            open = None;
        }
        last = at;
        match open {
            Some(start) if !after.is_alphanumeric() && !before.is_whitespace() && before != '`' => {
                found.push(Skipped { span: Span::new(start, at + 1), kind: Skip::Code });
                open = None;
            }
            _ if !before.is_alphanumeric() && !after.is_whitespace() && after != '`' && before != '`' => {
                open = Some(at);
            }
            _ => {}
        }
    }
    found
}

/// Web and mail addresses. Each lies on one line, and lines without the signs of one are not looked at.
fn addresses(text: &str, spans: &mut Vec<Skipped>) {
    let bytes = text.as_bytes();
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let mut signs: Vec<usize> = memchr2_iter(b'@', b'/', bytes).collect();
    for host in HOSTS {
        signs.extend(memmem::find_iter(bytes, host));
    }
    signs.sort_unstable();
    let mut done = 0;
    for sign in signs {
        if sign < done {
            continue;
        }
        let start = memrchr(b'\n', &bytes[..sign]).map_or(0, |newline| newline + 1);
        done = memchr(b'\n', &bytes[sign..]).map_or(bytes.len(), |newline| sign + newline + 1);
        for link in finder.links(Span::new(start, done).of(text)) {
            let span = Span::new(link.start(), link.end()).shifted(start);
            let kind = if *link.kind() == LinkKind::Email { Skip::Email } else { Skip::Url };
            if kind == Skip::Email || is_address(link.as_str()) {
                spans.push(Skipped { span, kind });
            }
        }
    }
}

/// Without a scheme, "now.Please" looks like a host name; an address says more than that.
fn is_address(link: &str) -> bool {
    let lower = link.get(..4).map(str::to_ascii_lowercase);
    link.contains("://") || link.contains('/') || lower.as_deref() == Some("www.")
}

/// An address that runs into a placeholder goes on behind it, up to the next white space.
fn join_addresses(text: &str, spans: &mut Vec<Skipped>) {
    let mut joined: Vec<Skipped> = Vec::with_capacity(spans.len());
    for next in spans.drain(..) {
        match joined.last_mut() {
            Some(last) if next.span.start < last.span.end => {
                last.span.end = last.span.end.max(next.span.end);
            }
            Some(last) if last.kind == Skip::Url && next.span.start == last.span.end => {
                let rest = text.get(next.span.end..).unwrap_or_default();
                let more = rest.find(char::is_whitespace).unwrap_or(rest.len());
                last.span.end = next.span.end
                    + rest.get(..more).unwrap_or_default().trim_end_matches(['.', ',', ')', '!', '?', ';']).len();
            }
            _ => joined.push(next),
        }
    }
    *spans = joined;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skipped(text: &str) -> Vec<(&str, &str)> {
        Prose::of_text(text).skipped.iter().map(|s| (s.kind.as_str(), s.span.of(text))).collect()
    }

    #[test]
    fn addresses_and_placeholders_are_skipped() {
        let text = "See https://x.example/asap?q=you+must. Or asap@example.com, {{you must}} and %{a.b}.";
        let expected = [
            ("url", "https://x.example/asap?q=you+must"),
            ("email", "asap@example.com"),
            ("placeholder", "{{you must}}"),
            ("placeholder", "%{a.b}"),
        ];
        assert_eq!(skipped(text), expected);
        assert_eq!(skipped("https://x.example/{{id}}/asap, now"), [("url", "https://x.example/{{id}}/asap")]);
        assert_eq!(skipped("https://x.example/{{id}}"), [("url", "https://x.example/{{id}}")]);
        assert_eq!(skipped("Pay now.Please do and/or call"), []);
        assert_eq!(skipped("www.example.com/asap"), [("url", "www.example.com/asap")]);
    }

    #[test]
    fn an_open_placeholder_swallows_nothing() {
        assert_eq!(skipped("{{name, you must\n\npay }} now"), []);
        assert_eq!(skipped("{{}} (( )) you must"), []);
        assert_eq!(skipped("Жаль(( Вы должны. Спасибо))"), []);
        assert_eq!(skipped("((under18??Please sign))"), [("placeholder", "((under18??Please sign))")]);
        assert_eq!(skipped("{{ a {{b}} c }} x"), [("placeholder", "{{ a {{b}} c }}")]);
        assert_eq!(skipped("{{{a}}} {{{b}} c"), [("placeholder", "{{{a}}}"), ("placeholder", "{{b}}")]);
        assert_eq!(skipped(r#"{{ x | split: "}}" }} y"#), [("placeholder", r#"{{ x | split: "}}" }}"#)]);
        let apostrophes = "{{ Anna's a }} you must {{ Bo's b }}";
        assert_eq!(skipped(apostrophes), [("placeholder", "{{ Anna's a }}"), ("placeholder", "{{ Bo's b }}")]);
        assert_eq!(skipped("{% if a %}you must{% endif %}").len(), 2);
    }

    #[test]
    fn code_within_a_line_is_skipped() {
        assert_eq!(skipped("run `you must` now, don`t, can`t `x"), [("code", "`you must`")]);
    }

    #[test]
    fn quoted_lines_are_one_quote() {
        let text = "Hi\r\n> you must\r\n>> asap@example.com\r\nyou must\n  > again\n";
        assert_eq!(skipped(text), [("quote", "> you must\r\n>> asap@example.com"), ("quote", "  > again")]);
    }

    #[test]
    fn list_items_begin_anew() {
        assert_eq!(list_marker("- you"), Some(2));
        assert_eq!(list_marker("  12) you"), Some(6));
        assert_eq!(list_marker("2026. You"), None);
        assert_eq!(list_marker("-you"), None);
        assert_eq!(list_marker("• you"), Some(4));
    }

    #[test]
    fn a_placeholder_over_two_lines_hides_what_it_covers() {
        assert_eq!(skipped("{{ a\n> b }} you"), [("placeholder", "{{ a\n> b }}")]);
    }
}
