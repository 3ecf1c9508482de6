//! What a reader sees of `format=flowed` text (RFC 3676), which mail programs send so that lines
//! can be wrapped anew: a line that ends in a blank goes on in the next one. The marks of
//! quotations are kept, and lines flow together only at the same depth.

use super::Span;
use super::visible::Visible;

/// Shows flowed text. With `delete_space` the blank at the end of a line that goes on is no part of
/// the text either.
pub(super) fn show(text: &str, delete_space: bool, visible: &mut Visible) {
    let mut at = 0;
    // The depth of the line before, when it goes on here.
    let mut flowing: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let whole = Span::new(at, at + line.len());
        at = whole.end;
        let content = line.trim_end_matches(['\r', '\n']);
        let marks = content.bytes().take_while(|&byte| byte == b'>').count();
        let stuffed = usize::from(content.as_bytes().get(marks) == Some(&b' '));
        let body = Span::new(whole.start + marks + stuffed, whole.start + content.len());
        // The line above a signature ends in a blank and goes nowhere; a blank line is one, even behind
        // a line that was to go on.
        let alone = body.is_empty() || body.of(text) == "-- ";
        if flowing != Some(marks) || alone {
            if flowing.is_some() {
                visible.line_break(Span::new(whole.start, whole.start));
            }
            visible.verbatim(text, Span::new(whole.start, whole.start + marks));
        }
        // A blank was put before what would be taken for a mark and is none.
        if stuffed > 0 && body.of(text).starts_with('>') {
            visible.shown("\u{200b}", Span::new(body.start - 1, body.start));
        }
        let flows = body.of(text).ends_with(' ') && !alone && whole.end > whole.start + content.len();
        let shown = if flows && delete_space { Span::new(body.start, body.end - 1) } else { body };
        visible.verbatim(text, shown);
        if flows {
            flowing = Some(marks);
        } else {
            visible.verbatim(text, Span::new(body.end, whole.end));
            flowing = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Draft, Format, Reading};

    fn read(text: &str, delete_space: bool) -> String {
        let reading = Reading::of(&Draft::new(text).with_format(Format::Flowed { delete_space }));
        reading.folded().trim().replace('\n', "/")
    }

    #[test]
    fn lines_that_go_on_are_one() {
        let rows = [
            ("you \r\nmust pay\r\nnow", false, "you must pay now"),
            ("you \r\n\r\nmust", false, "you/must"),
            ("yo \r\nu must", true, "you must"),
            ("you  \r\nmust", true, "you must"),
            ("> you \r\n> must\r\nmine \r\n>> no\r\nmine", false, "mine/mine"),
            (" >not a quote", false, ">not a quote"),
            ("you \r\n-- \r\nAnna", false, "you"),
            ("  - a", false, "a"),
            ("you must ", false, "you must"),
        ];
        for (text, delete_space, expected) in rows {
            assert_eq!(read(text, delete_space), expected, "{text:?}");
        }
    }
}
