//! A text whose markup the client has marked, as the parameter `data` brings it. What is linted is what a reader
//! sees: the texts, and of the markup what the client says it stands for. To lint the whole as HTML or Markdown
//! instead would mean to guess which of all markup languages it is, and to overrule a client that knows.
//!
//! Offsets of an answer count everything, markup too; so there is a way back from what is seen.

use std::borrow::Cow;

use serde::Deserialize;

use super::refusal::bad;
use crate::serve::errors::Refusal;
use crate::text::Span;

/// A text as the client has it, and as a reader sees it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Annotated<'t> {
    /// Texts and markup, one after the other: what offsets count in.
    whole: Cow<'t, str>,
    /// What a reader sees of it; none when that is all of it.
    seen: Option<Seen>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    text: String,
    /// The parts of which something is seen, in order.
    shown: Vec<Shown>,
    /// The markup of which nothing is seen, in order: bytes of the whole.
    hidden: Vec<Span>,
}

/// A part of which something is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shown {
    seen: Span,
    whole: Span,
    /// It is text; else it is markup, which can only be taken as one.
    is_text: bool,
}

#[derive(Deserialize)]
struct Data {
    annotation: Option<Vec<Part>>,
    /// The older form, for a text without markup of which other things are told.
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    text: Option<String>,
    markup: Option<String>,
    interpret_as: Option<String>,
}

impl<'t> Annotated<'t> {
    /// A text without markup.
    pub(super) fn plain(text: &'t str) -> Self {
        Self { whole: Cow::Borrowed(text), seen: None }
    }

    /// Reads the value of `data`.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it, and never what stands in it.
    pub(super) fn read(json: &str) -> Result<Self, Refusal> {
        let data: Data = serde_json::from_str(json).map_err(|error| not_understood(&error))?;
        match data {
            Data { annotation: Some(_), text: Some(_) } => {
                Err(bad("'data' has both 'annotation' and 'text'", "send only one of them"))
            }
            Data { annotation: None, text: None } => Err(bad("'data' has neither 'annotation' nor 'text'", FORM)),
            Data { annotation: None, text: Some(text) } => Ok(Self { whole: Cow::Owned(text), seen: None }),
            Data { annotation: Some(parts), text: None } => Self::of(parts),
        }
    }

    fn of(parts: Vec<Part>) -> Result<Self, Refusal> {
        let (mut whole, mut seen) = (String::new(), Seen::default());
        for (index, part) in parts.into_iter().enumerate() {
            let (written, stands_for, is_text) = match part {
                Part { text: Some(text), markup: None, interpret_as: None } => (text, None, true),
                Part { text: None, markup: Some(markup), interpret_as } => (markup, interpret_as, false),
                Part { .. } => {
                    let message = format!("part {} of 'annotation' is neither a text nor markup", index + 1);
                    return Err(bad(message, FORM));
                }
            };
            seen.add(
                Span::new(whole.len(), whole.len() + written.len()),
                is_text,
                if is_text { &written } else { stands_for.as_deref().unwrap_or_default() },
            );
            whole.push_str(&written);
        }
        Ok(Self { whole: Cow::Owned(whole), seen: Some(seen) })
    }

    /// Texts and markup, one after the other.
    pub(super) fn whole(&self) -> &str {
        &self.whole
    }

    /// What a reader sees.
    pub(super) fn seen(&self) -> &str {
        self.seen.as_ref().map_or(&self.whole, |seen| &seen.text)
    }

    /// The bytes of the whole for bytes of what is seen: between them lies all markup that the reader does not see.
    pub(super) fn place(&self, seen: Span) -> Span {
        let Some(known) = &self.seen else { return seen };
        let start = known.at_or_behind(seen.start).map_or(self.whole.len(), |part| part.start_of(seen.start));
        if seen.is_empty() {
            return Span::new(start, start);
        }
        let end = known.before(seen.end).map_or(start, |part| part.end_of(seen.end));
        Span::new(start, end.max(start))
    }

    /// Whether these bytes of what is seen can be replaced where they stand: a tag that nobody sees would be torn
    /// from its other half, and of what markup stands for there is only all.
    pub(super) fn is_replaceable(&self, seen: Span) -> bool {
        let Some(known) = &self.seen else { return true };
        let place = self.place(seen);
        let next = known.hidden.partition_point(|hidden| hidden.start < place.start);
        let ends_inside = |at: usize| {
            known.at_or_behind(at).is_some_and(|part| !part.is_text && part.seen.start < at && at < part.seen.end)
        };
        known.hidden.get(next).is_none_or(|hidden| hidden.start >= place.end)
            && !ends_inside(seen.start)
            && !ends_inside(seen.end)
    }
}

impl Seen {
    fn add(&mut self, whole: Span, is_text: bool, shown: &str) {
        if whole.is_empty() && shown.is_empty() {
            return;
        }
        if shown.is_empty() {
            self.hidden.push(whole);
            return;
        }
        let start = self.text.len();
        self.text.push_str(shown);
        self.shown.push(Shown { seen: Span::new(start, self.text.len()), whole, is_text });
    }

    /// The part that begins at an offset of what is seen, or goes on there.
    fn at_or_behind(&self, at: usize) -> Option<&Shown> {
        self.shown.get(self.shown.partition_point(|part| part.seen.end <= at))
    }

    /// The part that ends at an offset of what is seen, or goes on there.
    fn before(&self, at: usize) -> Option<&Shown> {
        self.shown.get(self.shown.partition_point(|part| part.seen.end < at))
    }
}

impl Shown {
    fn start_of(&self, at: usize) -> usize {
        if self.is_text { self.whole.start + (at - self.seen.start) } else { self.whole.start }
    }

    fn end_of(&self, at: usize) -> usize {
        if self.is_text { self.whole.start + (at - self.seen.start) } else { self.whole.end }
    }
}

/// What `data` is like.
const FORM: &str = r#"send {"annotation": [{"text": "…"}, {"markup": "…"}, {"markup": "…", "interpretAs": "…"}]}, as JSON in one piece"#;

/// What the parser says of JSON, without what stands in it: a string of the wrong kind would be quoted.
fn not_understood(error: &serde_json::Error) -> Refusal {
    let what = if error.is_data() { "as it should be" } else { "JSON" };
    bad(format!("'data' is not {what} at line {}, column {}", error.line(), error.column()), FORM)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotated(parts: &str) -> Annotated<'static> {
        Annotated::read(&format!("{{\"annotation\": [{parts}]}}")).expect("data")
    }

    #[test]
    fn offsets_count_markup_and_words_do_not() {
        let data = annotated(
            r#"{"markup": "<p>", "interpretAs": "\n\n"}, {"text": "Hi 😀 "}, {"markup": "<b>"}, {"text": "You"},
               {"markup": "</b>"}, {"text": " must"}, {"markup": "&nbsp;", "interpretAs": " "}, {"text": "pay"}"#,
        );
        assert_eq!(data.whole(), "<p>Hi 😀 <b>You</b> must&nbsp;pay");
        assert_eq!(data.seen(), "\n\nHi 😀 You must pay");
        for (words, place, is_replaceable) in [
            ("You must", "You</b> must", false),
            ("You", "You", true),
            ("must", "must", true),
            (" must", " must", true),
            ("must pay", "must&nbsp;pay", true),
            ("😀 You", "😀 <b>You", false),
            ("\n\nHi", "<p>Hi", true),
            ("\nHi", "<p>Hi", false),
            ("pay", "pay", true),
        ] {
            let at = data.seen().find(words).expect("it is seen");
            let seen = Span::new(at, at + words.len());
            assert_eq!(data.place(seen).of(data.whole()), place, "{words:?}");
            assert_eq!(data.is_replaceable(seen), is_replaceable, "{words:?}");
        }
        let end = data.seen().len();
        assert_eq!(data.place(Span::new(end, end)), Span::new(data.whole().len(), data.whole().len()));
    }

    #[test]
    fn a_plain_text_is_where_it_is() {
        for data in
            [Annotated::plain("You must"), Annotated::read(r#"{"text": "You must", "metaData": {}}"#).expect("data")]
        {
            assert_eq!((data.seen(), data.whole()), ("You must", "You must"));
            assert_eq!(data.place(Span::new(4, 8)), Span::new(4, 8));
            assert!(data.is_replaceable(Span::new(4, 8)));
        }
    }

    #[test]
    fn nothing_but_markup_is_no_text() {
        let data = annotated(r#"{"markup": "<p></p>"}, {"text": ""}"#);
        assert_eq!((data.seen(), data.whole()), ("", "<p></p>"));
        assert_eq!(data.place(Span::new(0, 0)), Span::new(7, 7));
    }

    #[test]
    fn what_is_wrong_is_said_without_what_stands_there() {
        for (json, said) in [
            ("", "'data' is not JSON at line 1, column 0"),
            (r#"{"annotation": ["#, "'data' is not JSON at line 1, column 16"),
            (r#"{"annotation": "Zanzibar"}"#, "'data' is not as it should be at line 1, column 25"),
            (r#"{"annotation": [{"text": 5}]}"#, "'data' is not as it should be at line 1, column 26"),
            ("[]", "'data' is not as it should be at line 1, column 2"),
            ("{}", "'data' has neither"),
            (r#"{"text": "Zanzibar", "annotation": []}"#, "'data' has both"),
            (r#"{"annotation": [{}]}"#, "part 1 of 'annotation' is neither"),
            (r#"{"annotation": [{"text": "a"}, {"text": "a", "markup": "Zanzibar"}]}"#, "part 2 of 'annotation'"),
            (r#"{"annotation": [{"text": "a", "interpretAs": "Zanzibar"}]}"#, "part 1 of 'annotation'"),
            (r#"{"annotation": [{"interpretAs": "Zanzibar"}]}"#, "part 1 of 'annotation'"),
        ] {
            let error = Annotated::read(json).expect_err(json).message;
            assert!(error.starts_with(said) && !error.contains("Zanzibar"), "{json}: {error}");
        }
    }

    /// The place of every stretch holds the texts of that stretch and no more, however the text was cut.
    #[test]
    fn texts_are_found_again() {
        let data = annotated(
            r#"{"text": "a"}, {"markup": "<1>"}, {"text": "é😀"}, {"markup": "<2>", "interpretAs": "\n"}, {"markup": "<3>"},
               {"text": "b"}, {"markup": "<4>", "interpretAs": "xy"}, {"text": "c"}, {"markup": "<5>"}"#,
        );
        let seen = data.seen();
        let borders: Vec<usize> = seen.char_indices().map(|(at, _)| at).chain([seen.len()]).collect();
        for (index, &start) in borders.iter().enumerate() {
            for &end in &borders[index..] {
                let place = data.place(Span::new(start, end));
                let texts = |text: &str| text.replace(|c: char| !"aé😀bc".contains(c), "");
                assert_eq!(texts(place.of(data.whole())), texts(Span::new(start, end).of(seen)), "{start}..{end}");
            }
        }
    }
}
