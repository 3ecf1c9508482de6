//! What a reader sees of HTML. The `html5gum` tokenizer finds tags and keeps their places; this
//! page knows which elements end a paragraph, which are somebody else's words, and which are
//! not shown at all. Broken markup costs a tag, never the text behind it.

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

use super::Span;
use super::prose::Skip;
use super::visible::Visible;

/// Letters that the name of an entity may have.
const LONGEST_ENTITY: usize = 40;

/// Shows the HTML of `span`. `masked` is the whole text with placeholders blotted out, of the
/// same length, so that `<<name>>` is no tag.
pub(super) fn show(text: &str, masked: &str, span: Span, visible: &mut Visible) {
    let mut page = Page { text, base: span.start, visible, left_out: None };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut seen = span.start;
    for token in Tokenizer::new_with_emitter(span.of(masked), emitter).flatten() {
        match token {
            Token::String(string) => {
                let raw = page.place(string.span);
                page.characters(raw);
                seen = raw.end;
            }
            Token::StartTag(tag) => {
                let raw = page.place(tag.span);
                page.start(&tag, raw);
                seen = raw.end;
            }
            Token::EndTag(tag) => {
                let raw = page.place(tag.span);
                page.end(&tag.name, raw);
                seen = raw.end;
            }
            Token::Comment(comment) => {
                let raw = page.place(comment.span);
                page.comment(raw);
                seen = raw.end;
            }
            Token::Doctype(doctype) => seen = page.place(doctype.span).end,
            Token::Error(_) => {}
        }
    }
    // A tag that is never closed would take the rest of the text with it.
    page.characters(Span::new(seen.min(span.end), span.end));
    if let Some(LeftOut { kind, start, .. }) = page.left_out.take() {
        page.visible.skipped(kind, Span::new(start, span.end));
    }
}

struct Page<'p> {
    text: &'p str,
    base: usize,
    visible: &'p mut Visible,
    left_out: Option<LeftOut>,
}

/// An element that is not read, and how deeply its name is nested in it.
struct LeftOut {
    name: Vec<u8>,
    depth: usize,
    start: usize,
    kind: Skip,
}

impl Page<'_> {
    fn place(&self, span: html5gum::Span) -> Span {
        Span::new(self.base + span.start, self.base + span.end)
    }

    /// Text, with its entities decoded one by one so that each keeps its place.
    fn characters(&mut self, raw: Span) {
        if self.left_out.is_some() {
            return;
        }
        let mut at = raw.start;
        while let Some(found) = Span::new(at, raw.end).of(self.text).find('&').map(|found| at + found) {
            let rest = Span::new(found, raw.end).of(self.text);
            let name = rest
                .bytes()
                .skip(1)
                .take(LONGEST_ENTITY)
                .take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'#')
                .count();
            let len = (rest.as_bytes().get(name + 1) == Some(&b';')).then_some(name + 2);
            let decoded = len.and_then(|len| decode(rest.get(..len)?));
            let (Some(len), Some(decoded)) = (len, decoded) else {
                self.visible.words(self.text, Span::new(at, found + 1));
                at = found + 1;
                continue;
            };
            self.visible.words(self.text, Span::new(at, found));
            self.visible.shown(&decoded, Span::new(found, found + len));
            at = found + len;
        }
        self.visible.words(self.text, Span::new(at, raw.end));
    }

    fn comment(&mut self, raw: Span) {
        if self.left_out.is_some() {
            return;
        }
        match content_of_comment(raw.of(self.text)) {
            Some(content) => self.visible.comment(raw, content.shifted(raw.start)),
            None => self.visible.skipped(Skip::Markup, raw),
        }
    }

    fn start(&mut self, tag: &StartTag<usize>, raw: Span) {
        if let Some(left_out) = &mut self.left_out {
            left_out.depth += usize::from(left_out.name == tag.name.as_slice() && !is_void(&tag.name));
            return;
        }
        if tag.name.as_slice() == b"br" {
            return self.visible.line_break(raw);
        }
        match left_out(tag) {
            Some(kind) if !is_void(&tag.name) && !tag.self_closing => {
                self.left_out = Some(LeftOut { name: tag.name.to_vec(), depth: 1, start: raw.start, kind });
            }
            _ if is_block(&tag.name) => self.visible.border(raw),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8], raw: Span) {
        let Some(left_out) = &mut self.left_out else {
            if is_block(name) {
                self.visible.border(raw);
            }
            return;
        };
        left_out.depth -= usize::from(left_out.name == name);
        if left_out.depth > 0 {
            return;
        }
        let (kind, start) = (left_out.kind, left_out.start);
        self.left_out = None;
        self.visible.skipped(kind, Span::new(start, raw.end));
    }
}

/// What a comment says, without its marks; none for what only tokenizes like one.
pub(super) fn content_of_comment(raw: &str) -> Option<Span> {
    let inside = raw.strip_prefix("<!--")?.strip_suffix("-->")?;
    Some(Span::new(4, 4 + inside.len()))
}

/// What an entity stands for, as the tokenizer knows it; none if it is none.
fn decode(entity: &str) -> Option<String> {
    let token = Tokenizer::new(entity).flatten().next()?;
    let Token::String(string) = token else { return None };
    let decoded = String::from_utf8(string.value.to_vec()).ok()?;
    (decoded != entity).then_some(decoded)
}

/// Why an element is not read, if it is not. Which marks the mail programs leave was read off
/// mails of theirs.
fn left_out(tag: &StartTag<usize>) -> Option<Skip> {
    let attribute = |name: &[u8]| {
        let value = tag.attributes.iter().find(|(known, _)| ***known == *name).map(|(_, value)| &*value.value)?;
        Some(String::from_utf8_lossy(value).to_lowercase())
    };
    let class = attribute(b"class").unwrap_or_default();
    let style = attribute(b"style").unwrap_or_default().replace(' ', "");
    let id = attribute(b"id").unwrap_or_default();
    let has = |name: &str| class.split_ascii_whitespace().any(|class| class == name);
    match tag.name.as_slice() {
        b"style" | b"script" | b"head" | b"title" | b"template" | b"noscript" | b"svg" | b"object" => {
            Some(Skip::Markup)
        }
        _ if style.contains("display:none")
            || style.contains("visibility:hidden")
            || attribute(b"hidden").is_some() =>
        {
            Some(Skip::Markup)
        }
        b"blockquote" => Some(Skip::Quote),
        b"pre" | b"code" | b"kbd" | b"samp" | b"tt" => Some(Skip::Code),
        _ if attribute(b"type").as_deref() == Some("cite") && tag.name.as_slice() != b"input" => Some(Skip::Quote),
        _ if has("gmail_attr") || has("yahoo_quoted") || has("moz-cite-prefix") || has("moz-forward-container") => {
            Some(Skip::Quote)
        }
        _ if has("gmail_signature") || has("moz-signature") || id == "signature" => Some(Skip::Signature),
        _ if id == "divrplyfwdmsg" || id == "mail-editor-reference-message-container" => Some(Skip::Quote),
        _ => None,
    }
}

fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 38] = [
        b"address",
        b"article",
        b"aside",
        b"body",
        b"button",
        b"caption",
        b"center",
        b"dd",
        b"details",
        b"dialog",
        b"div",
        b"dl",
        b"dt",
        b"fieldset",
        b"figcaption",
        b"figure",
        b"footer",
        b"form",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"header",
        b"hr",
        b"li",
        b"main",
        b"nav",
        b"ol",
        b"option",
        b"p",
        b"section",
        b"table",
        b"td",
        b"th",
        b"tr",
        b"ul",
    ];
    BLOCKS.contains(&name)
}

fn is_void(name: &[u8]) -> bool {
    const VOID: [&[u8]; 9] = [b"area", b"br", b"col", b"hr", b"img", b"input", b"link", b"meta", b"wbr"];
    VOID.contains(&name)
}

#[cfg(test)]
mod tests {
    use crate::text::{Format, Prose};

    fn read(text: &str) -> (String, Vec<String>) {
        let reading = crate::text::Reading::of(text, Format::Html);
        let skipped = |skipped: &crate::text::Skipped| format!("{} {}", skipped.kind.as_str(), skipped.span.of(text));
        (
            reading.folded().trim().replace('\n', "/"),
            Prose::of(text, Format::Html).skipped().iter().map(skipped).collect(),
        )
    }

    #[test]
    fn what_a_reader_sees_is_prose() {
        let rows = [
            ("you <b>must</b> pay", "you must pay"),
            ("you&nbsp;must&#32;don&#39;t &amp; &unknown; & x", "you must don't & &unknown; & x"),
            ("<p>you</p><p>must</p>", "you/must"),
            ("you<br>must", "you must"),
            ("you<br><br>must", "you/must"),
            ("you\n\nmust", "you must"),
            ("<td>you</td><td>must</td>", "you/must"),
            ("a < b, you <must", "a < b, you <must"),
            ("y<i>ou</i>", "you"),
        ];
        for (text, expected) in rows {
            assert_eq!(read(text).0, expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_the_agents_is_skipped_with_its_kind() {
        let rows = [
            (
                "a<blockquote>b<blockquote>c</blockquote>d</blockquote>e",
                "a/e",
                "quote <blockquote>b<blockquote>c</blockquote>d</blockquote>",
            ),
            ("a<!-- b -->c", "ac", "markup <!-- b -->"),
            ("a<style>b</style>c", "ac", "markup <style>b</style>"),
            ("a<span hidden>b</span>c", "ac", "markup <span hidden>b</span>"),
            ("a <code>b</code> c", "a \u{1} c", "code <code>b</code>"),
            ("a <<b.c>> d", "a \u{2} d", "placeholder <<b.c>>"),
            ("a <a href='x'>https://x.example/b</a>", "a \u{1}", "url https://x.example/b"),
            ("a<blockquote>never closed", "a", "quote <blockquote>never closed"),
            (
                "a<br>On 5 May 2026, B &lt;b@x.example&gt; wrote:<br>c",
                "a",
                "quote On 5 May 2026, B &lt;b@x.example&gt; wrote:<br>c",
            ),
        ];
        for (text, folded, skipped) in rows {
            assert_eq!(read(text), (folded.to_owned(), vec![skipped.to_owned()]), "{text}");
        }
    }
}
