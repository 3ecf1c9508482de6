//! What a reader sees of HTML. The `html5gum` tokenizer finds tags and keeps their places; which
//! elements end a paragraph, are somebody else's words or are not shown is known to
//! [`super::elements`]. Broken markup costs a tag, never the text behind it.

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

use super::elements::{Part, is_block, is_void, part, sets_size};
use super::entity::entity;
use super::open::Open;
use super::prose::Skip;
use super::visible::Visible;
use super::{Scope, Span};

/// Shows HTML. `masked` is the text with placeholders blotted out, of the same length, so that
/// `<<name>>` is no tag.
pub(super) fn show(text: &str, masked: &str, visible: &mut Visible) {
    let mut page = Page::new(text, masked);
    page.read(Span::new(0, text.len()), visible);
    page.finish(text.len(), visible);
}

/// A page that is read piece by piece, for Markdown holds HTML here and there.
pub(super) struct Page<'t> {
    text: &'t str,
    masked: &'t str,
    open: Open,
    left_out: Option<LeftOut>,
}

/// An element that is not read.
struct LeftOut {
    part: Part,
    start: usize,
    /// How many elements are open around it.
    level: usize,
    /// Whether there is any text in it.
    text: bool,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str, masked: &'t str) -> Self {
        Self { text, masked, open: Open::default(), left_out: None }
    }

    /// Shows the HTML of `span`.
    pub(super) fn read(&mut self, span: Span, visible: &mut Visible) {
        let place = |raw: html5gum::Span| Span::new(span.start + raw.start, span.start + raw.end);
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut seen = span.start;
        for token in Tokenizer::new_with_emitter(span.of(self.masked), emitter).flatten() {
            match token {
                Token::String(string) => {
                    let raw = place(string.span);
                    self.characters(raw, visible);
                    seen = raw.end;
                }
                Token::StartTag(tag) => {
                    let raw = place(tag.span);
                    self.start(&tag, raw, visible);
                    seen = raw.end;
                }
                Token::EndTag(tag) => {
                    let raw = place(tag.span);
                    self.end(&tag.name, raw, visible);
                    seen = raw.end;
                }
                Token::Comment(comment) => {
                    let raw = place(comment.span);
                    self.comment(raw, visible);
                    seen = raw.end;
                }
                Token::Doctype(doctype) => seen = place(doctype.span).end,
                Token::Error(_) => {}
            }
        }
        // A tag that is never closed would take the rest of the text with it.
        self.characters(Span::new(seen.min(span.end), span.end), visible);
    }

    /// Whether what comes next is not read.
    pub(super) fn leaves_out(&self) -> bool {
        self.left_out.is_some()
    }

    /// Ends what is left out, if it never ended itself.
    pub(super) fn finish(&mut self, at: usize, visible: &mut Visible) {
        let Some(LeftOut { part, start, level, text }) = self.left_out.take() else { return };
        self.open.truncate(level);
        let raw = Span::new(start, at);
        match part {
            Part::Skipped(kind) => visible.skipped(kind, raw),
            Part::Introduction => visible.introduction(raw),
            Part::Rest => visible.skipped(Skip::Quote, raw),
            Part::Shrunk if text => visible.skipped(Skip::Markup, raw),
            Part::Shrunk => {}
        }
    }

    /// Text, with its entities decoded one by one so that each keeps its place.
    fn characters(&mut self, raw: Span, visible: &mut Visible) {
        if let Some(left_out) = &mut self.left_out {
            left_out.text = left_out.text || !raw.of(self.text).trim().is_empty();
            return;
        }
        let mut at = raw.start;
        while let Some(found) = Span::new(at, raw.end).of(self.text).find('&').map(|found| at + found) {
            let Some((len, decoded)) = entity(Span::new(found, raw.end).of(self.text)) else {
                visible.words(self.text, Span::new(at, found + 1));
                at = found + 1;
                continue;
            };
            visible.words(self.text, Span::new(at, found));
            visible.shown(&decoded, Span::new(found, found + len));
            at = found + len;
        }
        visible.words(self.text, Span::new(at, raw.end));
    }

    fn comment(&self, raw: Span, visible: &mut Visible) {
        if let Some(LeftOut { part, .. }) = &self.left_out {
            // The head of a page is hidden, and a good place for a word about the whole.
            if let (Part::Skipped(Skip::Markup), Some(content)) = (part, content_of_comment(raw.of(self.text))) {
                visible.remark(raw, content.shifted(raw.start));
            }
            return;
        }
        match content_of_comment(raw.of(self.text)) {
            Some(content) => visible.comment(raw, content.shifted(raw.start)),
            None => visible.skipped(Skip::Markup, raw),
        }
    }

    fn start(&mut self, tag: &StartTag<usize>, raw: Span, visible: &mut Visible) {
        let name = tag.name.as_slice();
        let block = is_block(name);
        if block && let Some(level) = self.open.paragraph() {
            self.close(level, raw.start, visible);
        }
        let shrunk = self.left_out.as_ref().is_some_and(|left_out| left_out.part == Part::Shrunk);
        if shrunk && sets_size(tag) {
            self.finish(raw.start, visible);
        }
        let level = self.open.len();
        if !is_void(name) && !tag.self_closing {
            self.open.push(name, block);
        }
        if self.left_out.is_some() {
            return;
        }
        if name == b"br" {
            return visible.line_break(raw);
        }
        match part(tag) {
            Some(part) if self.open.len() > level && !(part.is_quoted() && visible.scope() == Scope::Quoted) => {
                if part == Part::Skipped(Skip::Code) && block {
                    visible.border(Span::new(raw.start, raw.start));
                }
                self.left_out = Some(LeftOut { part, start: raw.start, level, text: false });
            }
            Some(part) if part.is_quoted() => visible.border(raw),
            _ if block => visible.border(raw),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8], raw: Span, visible: &mut Visible) {
        let Some(level) = self.open.level_of(name) else {
            // A stray end tag of a block still ends a line.
            if is_block(name) && self.left_out.is_none() {
                visible.border(raw);
            }
            return;
        };
        let own = self.left_out.as_ref().is_some_and(|left_out| left_out.level == level);
        self.close(level, if own { raw.end } else { raw.start }, visible);
        if self.left_out.is_none() && is_block(name) {
            visible.border(if own { Span::new(raw.end, raw.end) } else { raw });
        }
    }

    /// Closes all elements but the outer `level`.
    fn close(&mut self, level: usize, at: usize, visible: &mut Visible) {
        let ends = |left_out: &LeftOut| left_out.level >= level && left_out.part != Part::Rest;
        if self.left_out.as_ref().is_some_and(ends) {
            self.finish(at, visible);
        }
        self.open.truncate(level);
    }
}

/// What a comment says, without its marks; none for what only tokenizes like one.
fn content_of_comment(raw: &str) -> Option<Span> {
    let inside = raw.strip_prefix("<!--")?.strip_suffix("-->")?;
    Some(Span::new(4, 4 + inside.len()))
}

#[cfg(test)]
mod tests {
    use crate::text::{Draft, Format, Reading, Scope, Skipped};

    fn read(text: &str, scope: Scope) -> (String, Vec<String>) {
        let reading = Reading::of(&Draft::new(text).with_format(Format::Html).with_scope(scope));
        let skipped = |skipped: &Skipped| format!("{} {}", skipped.kind.as_str(), skipped.span.of(text));
        let skips = reading.prose().skipped().iter().map(skipped).collect();
        (reading.folded().trim().replace('\n', "/"), skips)
    }

    #[test]
    fn what_a_reader_sees_is_prose() {
        let rows = [
            ("you <b>must</b> pay", "you must pay"),
            ("you&nbsp;must&#32;don&#39;t &amp; &unknown; & x", "you must don't & &unknown; & x"),
            ("you&nbspmust don&#39t R&amp D &notin; &notit; &xyz", "you must don't r& d ∉ ¬it; &xyz"),
            ("<p>you</p><p>must</p>", "you/must"),
            ("you<br>must", "you must"),
            ("you<br><br>must", "you/must"),
            ("you\n\nmust", "you must"),
            ("yo<wbr>u", "you"),
            ("<td>you</td><td>must</td>", "you/must"),
            ("a < b, you <must", "a < b, you <must"),
            ("y<i>ou</i>", "you"),
            ("you<o:p></o:p> must<span aria-hidden=true>!</span>", "you must!"),
            ("<select><option>you<option>must</select>", "you/must"),
            ("a <textarea>you must</textarea> b", "a/you must/b"),
            ("<div>you</div>must</div></p></b>now", "you/must/now"),
            ("<td style='font-size:0px'><div style='font-size:13px'>you</div> must</td>", "you/must"),
            ("<span style='font-size:0.9em'>you</span>", "you"),
        ];
        for (text, expected) in rows {
            assert_eq!(read(text, Scope::Own).0, expected, "{text}");
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
            ("<p hidden>b<p>c", "c", "markup <p hidden>b"),
            ("<div><p hidden>b</div>c", "c", "markup <p hidden>b"),
            ("a <b><blockquote>b</b>c</blockquote>", "a", "quote <blockquote>b</b>c</blockquote>"),
            ("<i style='font-size: 0'>b</i>c", "c", "markup <i style='font-size: 0'>b</i>"),
            ("a <code>b</code> c", "a \u{1} c", "code <code>b</code>"),
            ("a<pre>b</pre>c", "a/\u{1}/c", "code <pre>b</pre>"),
            ("a<pre class='moz-signature'>b</pre>", "a", "signature <pre class='moz-signature'>b</pre>"),
            ("a <<b.c>> d", "a \u{2} d", "placeholder <<b.c>>"),
            ("a <a href='x'>https://x.example/b</a>", "a \u{1}", "url https://x.example/b"),
            ("a <a href='x'>https://x<!-- b -->.example/b</a>", "a \u{1}", "url https://x<!-- b -->.example/b"),
            ("a<blockquote>never closed", "a", "quote <blockquote>never closed"),
            ("a<div id=divRplyFwdMsg>b</div><p>c", "a", "quote <div id=divRplyFwdMsg>b</div><p>c"),
            (
                "a<br>On 5 May 2026, B &lt;b@x.example&gt; wrote:<br>c<!-- d -->e",
                "a",
                "quote On 5 May 2026, B &lt;b@x.example&gt; wrote:<br>c<!-- d -->e",
            ),
        ];
        for (text, folded, skipped) in rows {
            assert_eq!(read(text, Scope::Own), (folded.to_owned(), vec![skipped.to_owned()]), "{text}");
        }
    }

    #[test]
    fn an_introduction_ends_where_the_quotation_says_so() {
        let introduced = "a<div class=gmail_attr>x:</div>";
        assert_eq!(read(&format!("{introduced}<blockquote>b</blockquote>c"), Scope::Own).0, "a/c");
        assert_eq!(read(&format!("{introduced}b<p>c"), Scope::Own).0, "a");
    }

    #[test]
    fn a_quotation_that_is_read_is_a_block() {
        let text =
            "a<blockquote>b<blockquote>c</blockquote>d</blockquote>e<span class=gmail_signature>f</span><code>g</code>";
        assert_eq!(read(text, Scope::Quoted), ("a/b/c/d/e/f\u{1}".to_owned(), vec!["code <code>g</code>".to_owned()]));
    }
}
