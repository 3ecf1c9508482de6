//! What a reader sees of Markdown. The `pulldown-cmark` parser finds the marks and keeps their
//! places; HTML in it is read by [`super::html`]. One thing is not taken from the parser: to
//! `CommonMark` a line behind a quotation belongs to the quotation, while in an answer it is the
//! agent's.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::html::Page;
use super::prose::Skip;
use super::visible::Visible;
use super::{Scope, Span};

/// Shows Markdown. `masked` is the text with placeholders blotted out, of the same length.
pub(super) fn show(text: &str, masked: &str, visible: &mut Visible) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let events = Parser::new_ext(masked, options).into_offset_iter();
    for (_, definition) in events.reference_definitions().iter() {
        visible.skipped(Skip::Markup, Span::from(definition.span.clone()));
    }
    let mut sheet = Sheet {
        text,
        masked,
        visible,
        page: Page::new(text, masked),
        inline: false,
        within: 0,
        silent: 0,
        quotes: 0,
        line: Line::first(masked),
        quoted: None,
    };
    for (event, range) in events {
        sheet.event(event, Span::from(range));
    }
    sheet.end_quotation();
    sheet.page.finish(text.len(), sheet.visible);
    definitions(text, visible);
}

/// Comments as `Markdown` has them: a link that nothing refers to, `[//]: # (like this)`.
fn definitions(text: &str, visible: &mut Visible) {
    const OPENER: &str = "[//]: # (";
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let span = Span::new(0, trimmed.len()).shifted(at + line.len() - line.trim_start().len());
        if trimmed.starts_with(OPENER) && trimmed.ends_with(')') && !visible.shows(span) {
            visible.comment(span, Span::new(span.start + OPENER.len(), span.end - 1));
        }
        at += line.len();
    }
}

/// Where the parser is, and what was shown so far.
struct Sheet<'s> {
    text: &'s str,
    masked: &'s str,
    visible: &'s mut Visible,
    page: Page<'s>,
    /// Whether what the page leaves out began within a paragraph, where it ends at the latest.
    inline: bool,
    /// In how many quotations it began; it ends with the last of them.
    within: usize,
    /// In how many things we are that are done with.
    silent: usize,
    quotes: usize,
    line: Line<'s>,
    /// Lines of a quotation that were not shown yet.
    quoted: Option<Span>,
}

impl Sheet<'_> {
    fn event(&mut self, event: Event<'_>, raw: Span) {
        self.quotes += usize::from(matches!(event, Event::Start(Tag::BlockQuote(_))));
        self.quotes -= usize::from(matches!(event, Event::End(TagEnd::BlockQuote(_))));
        if self.silent > 0 {
            self.silent += usize::from(matches!(event, Event::Start(_)));
            self.silent -= usize::from(matches!(event, Event::End(_)));
            return;
        }
        let own = self.visible.scope() == Scope::Own;
        if self.quotes > 0 && own && self.line.depth(raw.start) > 0 {
            return self.quote(&event, raw);
        }
        self.end_quotation();
        if self.page.leaves_out() {
            let ends = self.quotes < self.within || (self.inline && self.ends_inline(&event, raw));
            if ends {
                self.page.finish(raw.end, self.visible);
            }
            if ends || !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
                return;
            }
        }
        self.show(event, raw);
    }

    /// Whether what began within a paragraph is over: with the paragraph, or with the line when the
    /// next one is somebody else's.
    fn ends_inline(&mut self, event: &Event<'_>, raw: Span) -> bool {
        let breaks = matches!(event, Event::SoftBreak | Event::HardBreak);
        let mut changes = || self.line.depth(raw.start) != self.line.depth(raw.end);
        matches!(event, Event::End(tag) if ends_block(*tag)) || (breaks && changes())
    }

    fn show(&mut self, event: Event<'_>, raw: Span) {
        let (start, end) = (Span::new(raw.start, raw.start), Span::new(raw.end, raw.end));
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                self.visible.border(start);
                self.visible.skipped(Skip::Code, raw);
                self.visible.border(end);
                self.silent = 1;
            }
            Event::Start(Tag::MetadataBlock(_) | Tag::Image { .. }) => {
                self.visible.skipped(Skip::Markup, raw);
                self.silent = 1;
            }
            Event::Start(Tag::HtmlBlock) => {
                if !self.page.leaves_out() {
                    self.visible.border(start);
                }
                self.html(raw, false);
                self.silent = 1;
            }
            Event::InlineHtml(_) => self.html(raw, true),
            Event::Start(tag) if is_block(&tag) => self.visible.border(start),
            Event::End(TagEnd::BlockQuote(_)) => self.visible.border(end),
            Event::End(TagEnd::Heading(_)) => self.delimiter(raw),
            Event::Rule if is_long(raw.of(self.text)) => self.whole_line(raw),
            Event::Rule => self.visible.border(raw),
            Event::Text(shown) if *shown == *raw.of(self.masked) => self.visible.words(self.text, raw),
            Event::Text(shown) => self.visible.shown(&shown, raw),
            Event::SoftBreak | Event::HardBreak => {
                let (before, after) = (self.line.depth(raw.start), self.line.depth(raw.end));
                if before == after { self.visible.line_break(raw) } else { self.visible.border(raw) }
            }
            Event::Code(_) => self.visible.skipped(Skip::Code, raw),
            // Emphasis, links and the like stand between words and mean nothing here.
            Event::Start(_)
            | Event::End(_)
            | Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn html(&mut self, raw: Span, inline: bool) {
        let before = self.page.leaves_out();
        self.page.read(raw, self.visible);
        if !before {
            (self.inline, self.within) = (inline, self.quotes);
        }
    }

    /// Something on a line that begins with the mark of a quotation: the line is left out.
    fn quote(&mut self, event: &Event<'_>, raw: Span) {
        let whole = matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. }));
        if matches!(event, Event::Start(_) | Event::End(_)) && !whole {
            return;
        }
        self.silent = usize::from(whole);
        // Code may begin on the line and end behind it.
        let breaks = matches!(event, Event::SoftBreak | Event::HardBreak);
        let line = self.line.span;
        let next = Span::new(line.start, line.end.max(if breaks { 0 } else { raw.end }));
        let adjoins = |before: &Span| {
            let between = Span::new(before.end.min(next.start), next.start).of(self.text);
            between.bytes().all(|byte| byte.is_ascii_whitespace() || byte == b'>')
        };
        match &mut self.quoted {
            Some(before) if adjoins(before) => before.end = before.end.max(next.end),
            _ => {
                self.end_quotation();
                self.quoted = Some(next);
            }
        }
    }

    fn end_quotation(&mut self) {
        if let Some(lines) = self.quoted.take() {
            let len = lines.of(self.text).trim_end().len();
            self.visible.skipped(Skip::Quote, Span::new(lines.start, lines.start + len));
        }
    }

    /// Two hyphens under a line make a heading of it, and were meant to begin a signature.
    fn delimiter(&mut self, heading: Span) {
        let lines = heading.of(self.text);
        let last = lines.trim_end_matches(['\r', '\n']);
        let line = last.rfind('\n').map_or(last, |before| last.get(before + 1..).unwrap_or_default());
        if matches!(line.trim(), "--") {
            let end = heading.start + last.len();
            self.whole_line(Span::new(end - line.len(), end));
        }
    }

    fn whole_line(&mut self, raw: Span) {
        self.visible.border(Span::new(raw.start, raw.start));
        self.visible.words(self.text, raw);
        self.visible.border(Span::new(raw.end, raw.end));
    }
}

/// Underscores that mailing lists put above a footer.
fn is_long(rule: &str) -> bool {
    rule.len() >= 32 && rule.trim_end().bytes().all(|byte| byte == b'_')
}

/// The line that the parser is in. Asked with growing offsets, so that the text is read once.
struct Line<'t> {
    text: &'t str,
    span: Span,
    depth: usize,
    seen: usize,
}

impl<'t> Line<'t> {
    fn first(text: &'t str) -> Self {
        let mut line = Self { text, span: Span::default(), depth: 0, seen: 0 };
        line.begin(0);
        line
    }

    /// How many marks of a quotation the line of an offset begins with. A list item may hold one.
    fn depth(&mut self, at: usize) -> usize {
        if let Some(newline) = Span::new(self.seen.min(at), at).of(self.text).rfind('\n') {
            self.begin(self.seen + newline + 1);
        }
        self.seen = self.seen.max(at);
        self.depth
    }

    fn begin(&mut self, start: usize) {
        let rest = Span::new(start, self.text.len()).of(self.text);
        self.span = Span::new(start, start + rest.find('\n').unwrap_or(rest.len()));
        self.depth = marks(self.span.of(self.text));
    }
}

fn marks(line: &str) -> usize {
    let (mut rest, mut depth) = (line, 0);
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let item = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if let Some(inner) = rest.strip_prefix('>') {
            depth += 1;
            rest = inner;
        } else if let Some(inner) = item.strip_prefix(['-', '*', '+', '.', ')']).filter(|inner| inner.starts_with(' '))
        {
            rest = inner;
        } else {
            return depth;
        }
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::Item
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::TableRow
            | Tag::TableHead
            | Tag::TableCell
            | Tag::HtmlBlock
    )
}

fn ends_block(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell)
}

#[cfg(test)]
mod tests {
    use crate::text::{Draft, Format, Reading, Scope};

    fn read(text: &str, scope: Scope) -> (String, String) {
        let reading = Reading::of(&Draft::new(text).with_format(Format::Markdown).with_scope(scope));
        let kinds: Vec<&str> = reading.prose().skipped().iter().map(|skipped| skipped.kind.as_str()).collect();
        (reading.folded().trim().replace('\n', "/"), kinds.join(" "))
    }

    #[test]
    fn what_a_reader_sees_is_prose() {
        let rows = [
            ("you **must** *pay*", "you must pay", ""),
            ("# you\nmust", "you/must", ""),
            ("you\nmust", "you must", ""),
            ("- you\n- must", "you/must", ""),
            ("[you](https://x.example/a) must", "you must", ""),
            ("you \\* must &amp; pay", "you * must & pay", ""),
            ("you `must` pay", "you \u{1} pay", "code"),
            ("> you\nmust", "must", "quote"),
            ("> a **b** `c`\n> - d\n>\n> ```\n> e\n> ```\n\nmust", "must", "quote"),
            ("- > you\n  > must\n- pay", "pay", "quote"),
            ("> a\nb\n> c\nd", "b/d", "quote quote"),
            ("you\n\n```\nmust\n```\n\npay", "you/\u{1}/pay", "code"),
            ("---\na: you\n---\nmust", "must", "markup"),
            ("you <b>must</b><br>pay", "you must pay", ""),
            ("{{a_b_c}} you_must", "\u{2} you_must", "placeholder"),
            ("a <!-- b\nc --> d\n\n<!--\ne\n-->\nf", "a d/f", "markup markup"),
            ("a <code>b</code> c <code>d\n\ne", "a \u{1} c \u{1}/e", "code code"),
            ("<div hidden>\n\na\n\n</div>\n\nb", "b", "markup"),
            ("a ![b](c) [d]\n\n[d]: https://x.example 'e'", "a d", "markup markup"),
            ("a\n--\nAnna", "a", "signature"),
            ("a\n\n-- \nAnna", "a", "signature"),
            ("a\n\nOn 5 May 2026, Anna\n<a@x.example> wrote:\n\nb", "a", "quote"),
        ];
        for (text, expected, kinds) in rows {
            assert_eq!(read(text, Scope::Own), (expected.to_owned(), kinds.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_quotation_that_is_read_ends_where_its_depth_changes() {
        let rows = [
            ("> you\n> must\npay", "you must/pay", ""),
            ("> you\n> > must\n> pay", "you/must/pay", ""),
            ("> you `a`\n\nmust", "you \u{1}/must", "code"),
        ];
        for (text, expected, kinds) in rows {
            assert_eq!(read(text, Scope::Quoted), (expected.to_owned(), kinds.to_owned()), "{text}");
        }
    }
}
