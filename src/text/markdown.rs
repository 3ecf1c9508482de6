//! What a reader sees of Markdown. The `pulldown-cmark` parser finds the marks and keeps their
//! places. One thing is not taken from it: to `CommonMark` a line behind a quotation belongs to
//! the quotation, while in an answer it is the agent's.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::prose::Skip;
use super::visible::Visible;
use super::{Span, html};

/// Shows Markdown. `masked` is the text with placeholders blotted out, of the same length.
pub(super) fn show(text: &str, masked: &str, visible: &mut Visible) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let (mut quotes, mut silent) = (0_usize, 0_usize);
    let mut line = Line { text, start: 0, seen: 0 };
    for (event, range) in Parser::new_ext(masked, options).into_offset_iter() {
        let raw = Span::from(range);
        match event {
            Event::Start(Tag::BlockQuote(_)) => quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => quotes = quotes.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => {
                visible.border(Span::new(raw.start, raw.start));
                visible.skipped(Skip::Code, raw);
                visible.border(Span::new(raw.end, raw.end));
                silent += 1;
            }
            Event::Start(Tag::MetadataBlock(_)) => {
                visible.skipped(Skip::Markup, raw);
                silent += 1;
            }
            Event::Start(Tag::Image { .. }) => silent += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::Image) => {
                silent = silent.saturating_sub(1);
            }
            Event::Start(tag) if is_block(&tag) => visible.border(Span::new(raw.start, raw.start)),
            Event::Rule => visible.border(raw),
            _ if silent > 0 => {}
            Event::Text(_) | Event::Code(_) if quotes > 0 && line.is_quoted(raw.start) => {
                visible.skipped(Skip::Quote, Span::new(line.start, raw.end));
            }
            Event::SoftBreak | Event::HardBreak if quotes > 0 && line.is_quoted(raw.start) => {}
            Event::Text(shown) if *shown == *raw.of(masked) => visible.words(text, raw),
            Event::Text(shown) => visible.shown(&shown, raw),
            Event::SoftBreak => visible.shown(" ", raw),
            Event::HardBreak => visible.line_break(raw),
            Event::Code(_) => visible.skipped(Skip::Code, raw),
            Event::Html(_) => html::show(text, masked, raw, visible),
            Event::InlineHtml(_) => {
                if let Some(content) = html::content_of_comment(raw.of(text)) {
                    visible.comment(raw, content.shifted(raw.start));
                }
            }
            // Emphasis, links and the like stand between words and mean nothing here.
            Event::Start(_)
            | Event::End(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }
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

/// The line that the parser is in. Asked with growing offsets, so that the text is read once.
struct Line<'t> {
    text: &'t str,
    start: usize,
    seen: usize,
}

impl Line<'_> {
    /// Whether the line of an offset begins with the mark of a quotation.
    fn is_quoted(&mut self, at: usize) -> bool {
        if let Some(newline) = Span::new(self.seen.min(at), at).of(self.text).rfind('\n') {
            self.start = self.seen + newline + 1;
        }
        self.seen = self.seen.max(at);
        Span::new(self.start, self.text.len()).of(self.text).trim_start_matches([' ', '\t']).starts_with('>')
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
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

#[cfg(test)]
mod tests {
    use crate::text::{Format, Reading};

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
            ("you\n\n```\nmust\n```\n\npay", "you/\u{1}/pay", "code"),
            ("---\na: you\n---\nmust", "must", "markup"),
            ("you <b>must</b>", "you must", ""),
            ("{{a_b_c}} you_must", "\u{2} you_must", "placeholder"),
        ];
        for (text, expected, kind) in rows {
            let reading = Reading::of(text, Format::Markdown);
            assert_eq!(reading.folded().trim().replace('\n', "/"), expected, "{text}");
            let kinds: Vec<&str> = reading.prose().skipped().iter().map(|skipped| skipped.kind.as_str()).collect();
            assert_eq!(kinds.join(" "), kind, "{text}");
        }
    }
}
