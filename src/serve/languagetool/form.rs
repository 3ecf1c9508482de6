//! The parameters of a request, as a form or a query writes them. Clients send a form and call it all sorts of
//! things, so the `Content-Type` is not looked at. Some, such as LibreOffice 7.4, write a text into it as it is. A
//! blank or a letter beyond ASCII, which no escaped form has, gives such a form away; then a `%` is a `%`, and an `&`
//! ends a value only before a parameter that is known. What a parameter means is not known here.

use std::borrow::Cow;

use crate::text::Span;

/// Names and values, decoded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Form<'f>(Vec<(Cow<'f, str>, Cow<'f, str>)>);

/// The parameters that LanguageTool has.
const PARAMETERS: [&str; 16] = [
    "text",
    "data",
    "language",
    "motherTongue",
    "preferredVariants",
    "enabledRules",
    "disabledRules",
    "enabledCategories",
    "disabledCategories",
    "enabledOnly",
    "level",
    "mode",
    "username",
    "apiKey",
    "password",
    "dicts",
];

/// What is wrong with a form. It says where, and never what stands there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Garbled {
    /// A `%` without two hexadecimal digits behind it, at this byte of the form.
    Escape(usize),
    /// The bytes of a name or a value that begins at this byte of the form are not UTF-8.
    NotUtf8(usize),
}

impl<'f> Form<'f> {
    /// Reads a query and a body.
    pub(super) fn read(query: &'f str, body: &'f [u8]) -> Result<Self, Garbled> {
        let mut form = Self::default();
        form.add(query.as_bytes())?;
        form.add(body)?;
        Ok(form)
    }

    /// The value of a parameter; of one that is given twice the last, so that a body has its way against a query.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// The same, when it says anything.
    pub(super) fn words(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    fn add(&mut self, encoded: &'f [u8]) -> Result<(), Garbled> {
        if encoded.iter().any(|byte| !byte.is_ascii_graphic()) {
            let form = std::str::from_utf8(encoded).map_err(|error| Garbled::NotUtf8(error.valid_up_to()))?;
            self.add_as_it_is(form);
            return Ok(());
        }
        let mut at = 0;
        for pair in encoded.split(|&byte| byte == b'&') {
            let equals = memchr::memchr(b'=', pair);
            let (name, value) = equals.map_or((pair, &[][..]), |equals| (&pair[..equals], &pair[equals + 1..]));
            if !pair.is_empty() {
                self.0.push((decoded(name, at)?, decoded(value, at + name.len() + 1)?));
            }
            at += pair.len() + 1;
        }
        Ok(())
    }

    /// Adds a form in which nothing is escaped.
    fn add_as_it_is(&mut self, form: &'f str) {
        let begins_at = |rest: &str| {
            let value = |name| rest.strip_prefix(name).is_some_and(|rest: &str| rest.starts_with('='));
            PARAMETERS.iter().any(|name| value(*name))
        };
        let mut start = 0;
        let ends = form.match_indices('&').filter(|(at, _)| begins_at(Span::new(at + 1, form.len()).of(form)));
        for end in ends.map(|(at, _)| at).chain([form.len()]) {
            let pair = Span::new(start, end).of(form);
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.0.push((Cow::Borrowed(name), Cow::Borrowed(value)));
            start = end + 1;
        }
    }
}

/// A name or a value, which begins at byte `at` of its form.
fn decoded(encoded: &[u8], at: usize) -> Result<Cow<'_, str>, Garbled> {
    if memchr::memchr2(b'%', b'+', encoded).is_none() {
        return std::str::from_utf8(encoded).map(Cow::Borrowed).map_err(|_| Garbled::NotUtf8(at));
    }
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some(sign) = memchr::memchr2(b'%', b'+', rest) {
        bytes.extend_from_slice(&rest[..sign]);
        rest = if rest[sign] == b'+' {
            bytes.push(b' ');
            &rest[sign + 1..]
        } else {
            let escape = rest.get(sign + 1..sign + 3).and_then(escaped);
            bytes.push(escape.ok_or(Garbled::Escape(at + encoded.len() - rest.len() + sign))?);
            &rest[sign + 3..]
        };
    }
    bytes.extend_from_slice(rest);
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| Garbled::NotUtf8(at))
}

/// The byte that two hexadecimal digits say.
fn escaped(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(digits[0])? << 4 | digit(digits[1])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_as_browsers_write_them() {
        for (form, name, value) in [
            ("text=a", "text", Some("a")),
            ("text=a+b%20c%2B%26%3d", "text", Some("a b c+&=")),
            ("te%78t=%F0%9F%98%80", "text", Some("😀")),
            ("text=a=b", "text", Some("a=b")),
            ("text=Привет", "text", Some("Привет")),
            ("a&&text=b&", "text", Some("b")),
            ("text=a&text=b", "text", Some("b")),
            ("text", "text", Some("")),
            ("", "text", None),
            ("=x", "", Some("x")),
            ("%00=%0a", "\0", Some("\n")),
        ] {
            assert_eq!(Form::read("", form.as_bytes()).as_ref().map(|form| form.get(name)), Ok(value), "{form}");
            assert_eq!(Form::read(form, b"").as_ref().map(|form| form.get(name)), Ok(value), "{form}");
        }
    }

    #[test]
    fn a_text_may_be_written_as_it_is() {
        for (form, text, language) in [
            ("text=Hi 😀 R&D gives 20% off+&language=en-US", "Hi 😀 R&D gives 20% off+", "en-US"),
            ("language=ru&text=Скидка=20%25&mode", "Скидка=20%25&mode", "ru"),
            ("text=a&language b&language=en", "a&language b", "en"),
            ("text=two\nlines%41&language=en", "two\nlines%41", "en"),
            ("text= &&language=en&", " &", "en&"),
        ] {
            let read = Form::read("", form.as_bytes()).expect("a form");
            assert_eq!([read.get("text"), read.get("language")], [Some(text), Some(language)], "{form}");
        }
    }

    #[test]
    fn a_body_has_its_way_against_a_query() {
        let form = Form::read("text=query&language=en", b"text=body").expect("a form");
        assert_eq!([form.get("text"), form.get("language")], [Some("body"), Some("en")]);
    }

    #[test]
    fn what_is_garbled_is_found_where_it_is() {
        for (form, garbled) in [
            (&b"text=100%"[..], Garbled::Escape(8)),
            (b"text=a%2&x=1", Garbled::Escape(6)),
            (b"a=1&text=%41%zz", Garbled::Escape(12)),
            (b"a=+%20%-1", Garbled::Escape(6)),
            (b"text=%ff", Garbled::NotUtf8(5)),
            (b"x=y&text=a+%ff", Garbled::NotUtf8(9)),
            (b"x=y&%ff=a", Garbled::NotUtf8(4)),
            (b"x=y&text=a+\xff", Garbled::NotUtf8(11)),
        ] {
            assert_eq!(Form::read("", form), Err(garbled), "{}", String::from_utf8_lossy(form));
        }
    }

    /// Whatever comes, each byte of a value is there again.
    #[test]
    fn every_byte_can_be_escaped() {
        let text: String = ('\u{0}'..='\u{7ff}').collect();
        let form = text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
        assert_eq!(Form::read(&form, b"").expect("a form").0[0].0, text);
        let span = Span::new(0, form.len() - 3);
        assert_eq!(Form::read(span.of(&form), b""), Err(Garbled::NotUtf8(0)));
    }
}
