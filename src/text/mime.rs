//! A mail as it is sent: which of its parts a reader sees, decoded. The `mail-parser` crate takes
//! transfer encodings and character sets off; this page chooses. It never writes a mail.
//!
//! Of several alternatives the richest is taken, since that is what mail programs show. A part that
//! is attached, a mail within the mail included, is not the agent's own words.

use std::fmt;

use mail_parser::{HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Draft, Format};

/// What the subject is called among the parts.
const SUBJECT: &str = "subject";

/// The parts of a mail that a reader sees as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// In the order in which they are shown, and the subject last: never empty.
    pub parts: Vec<MailPart>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailPart {
    /// Its number as IMAP counts parts, such as `1.2`, or `subject`.
    pub part: String,
    /// What it is written in.
    pub format: Format,
    /// What it says, decoded. All spans of a review point into this text.
    pub text: String,
    /// Whether bytes of it could not be decoded; they stand in `text` as U+FFFD.
    pub damaged: bool,
}

/// Why a mail could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MailError {
    /// It does not begin with the header of a mail.
    NotMail,
    /// No part of it is text that a reader sees: it is encrypted, say.
    NoText,
}

impl MailError {
    /// The stable name of the error.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotMail => "not-mail",
            Self::NoText => "no-text",
        }
    }

    /// What to do about it.
    pub const fn help(self) -> &'static str {
        match self {
            Self::NotMail => "give the whole mail, with its header",
            Self::NoText => {
                "a mail may be encrypted, broken, or have attachments only; lint the reply before it becomes a mail"
            }
        }
    }
}

impl fmt::Display for MailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotMail => "does not begin as a mail does, with a header such as `From: …`",
            Self::NoText => "holds no text that a reader is shown",
        })
    }
}

impl std::error::Error for MailError {}

impl Mail {
    /// Reads a mail, in whatever character sets it is.
    ///
    /// # Errors
    ///
    /// When it is no mail, or has no text to read.
    pub fn parse(bytes: &[u8]) -> Result<Self, MailError> {
        let parse = |bytes| MessageParser::default().parse(bytes).filter(has_header).ok_or(MailError::NotMail);
        let mail = parse(bytes)?;
        let Some(closed) = closed(&mail, bytes) else { return Self::of(&mail) };
        Self::of(&parse(&closed)?)
    }

    fn of(mail: &Message<'_>) -> Result<Self, MailError> {
        let places = places(mail);
        let markdown = mail.attachments.iter().filter(|&&id| is_shown_markdown(mail, &places, id as usize));
        let mut shown: Vec<usize> = mail.html_body.iter().chain(markdown).map(|&id| id as usize).collect();
        shown.sort_unstable();
        let part = |id: usize| MailPart::of(mail.parts.get(id)?, number(&places, id));
        let mut parts: Vec<MailPart> = shown.into_iter().filter_map(part).collect();
        if parts.is_empty() {
            return Err(MailError::NoText);
        }
        parts.extend(subject(mail));
        Ok(Self { parts })
    }
}

/// The same mail with its parts closed, when one of them never is: the parser gives such a part up, while
/// mail programs show it to its end.
fn closed(mail: &Message<'_>, bytes: &[u8]) -> Option<Vec<u8>> {
    if !mail.parts.iter().any(|part| part.is_encoding_problem) {
        return None;
    }
    let boundaries = mail.parts.iter().filter_map(|part| part.content_type()?.attribute("boundary"));
    let boundaries: Vec<&str> = boundaries.take(DEEPEST).collect();
    let ends = |boundary: &&str| !memmem(bytes, format!("--{boundary}--").as_bytes());
    let open: Vec<&str> = boundaries.into_iter().filter(ends).collect();
    (!open.is_empty()).then(|| {
        let mut closed = bytes.to_vec();
        open.iter().rev().for_each(|boundary| closed.extend(format!("\r\n--{boundary}--\r\n").bytes()));
        closed
    })
}

/// Parts within parts that are closed for a mail that does not do so itself.
const DEEPEST: usize = 16;

fn memmem(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Markdown is shown as it is by programs that do not know it, unless it is attached or another form of
/// the same text is there.
fn is_shown_markdown(mail: &Message<'_>, places: &[Option<(usize, usize)>], id: usize) -> bool {
    let kind = |id: usize| mail.parts.get(id).and_then(|part| part.content_type()).and_then(|kind| kind.subtype());
    let attached = mail
        .parts
        .get(id)
        .and_then(|part| part.content_disposition())
        .is_some_and(mail_parser::ContentType::is_attachment);
    let alternative = places.get(id).copied().flatten().is_some_and(|(parent, _)| kind(parent) == Some("alternative"));
    kind(id) == Some("markdown") && !attached && (!alternative || mail.html_body.is_empty())
}

/// Any text has lines that look like a header to a lenient parser; a mail says who it is from or
/// to, or what it is.
fn has_header(mail: &Message<'_>) -> bool {
    mail.headers().iter().any(|header| {
        matches!(
            header.name,
            HeaderName::From
                | HeaderName::To
                | HeaderName::Cc
                | HeaderName::Bcc
                | HeaderName::Subject
                | HeaderName::Date
                | HeaderName::MessageId
                | HeaderName::MimeVersion
                | HeaderName::ContentType
                | HeaderName::Received
        )
    })
}

impl MailPart {
    fn of(part: &MessagePart<'_>, number: String) -> Option<Self> {
        let kind = part.content_type();
        let says = |name: &str, value: &str| {
            kind.and_then(|kind| kind.attribute(name)).is_some_and(|said| said.eq_ignore_ascii_case(value))
        };
        let (text, format) = match &part.body {
            PartType::Html(text) => (text, Format::Html),
            PartType::Text(text) if says("format", "flowed") => {
                (text, Format::Flowed { delete_space: says("delsp", "yes") })
            }
            PartType::Text(text) if kind.and_then(|kind| kind.subtype()) == Some("markdown") => {
                (text, Format::Markdown)
            }
            PartType::Text(text) => (text, Format::Text),
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) | PartType::Multipart(_) => {
                return None;
            }
        };
        let damaged = part.is_encoding_problem || text.contains(char::REPLACEMENT_CHARACTER);
        Some(Self { part: number, format, text: text.clone().into_owned(), damaged })
    }

    /// The part as a draft of which nothing else is known.
    pub fn draft(&self) -> Draft<'_> {
        Draft::new(&self.text).with_format(self.format).with_part(&self.part)
    }
}

/// The subject, when the agent wrote it: that of an answer or a forwarded mail is somebody else's.
fn subject(mail: &Message<'_>) -> Option<MailPart> {
    let text = mail.subject()?.trim();
    let answers = |name| mail.header(name).is_some_and(|value: &HeaderValue<'_>| !value.is_empty());
    let own = mail.thread_name() == Some(text) && !answers(HeaderName::InReplyTo) && !answers(HeaderName::References);
    (own && !text.is_empty()).then(|| MailPart {
        part: SUBJECT.to_owned(),
        format: Format::Text,
        text: text.to_owned(),
        damaged: text.contains(char::REPLACEMENT_CHARACTER),
    })
}

/// For every part, the one it is in and its number there; none for the outermost.
fn places(mail: &Message<'_>) -> Vec<Option<(usize, usize)>> {
    let mut places: Vec<Option<(usize, usize)>> = vec![None; mail.parts.len()];
    let mut open = vec![0_usize];
    while let Some(id) = open.pop() {
        let Some(PartType::Multipart(children)) = mail.parts.get(id).map(|part| &part.body) else { continue };
        for (index, child) in children.iter().map(|&child| child as usize).enumerate() {
            // A part is below one parent only, and that has a lower index.
            if let Some(place) = places.get_mut(child).filter(|place| place.is_none() && child > id) {
                *place = Some((id, index + 1));
                open.push(child);
            }
        }
    }
    places
}

/// The number of a part. Written only for those that are shown: of parts within parts without end, all
/// numbers would fill the memory.
fn number(places: &[Option<(usize, usize)>], id: usize) -> String {
    let around = |place: &(usize, usize)| places.get(place.0).copied().flatten();
    let mut path: Vec<String> = std::iter::successors(places.get(id).copied().flatten(), around)
        .map(|(_, number)| number.to_string())
        .collect();
    path.reverse();
    if path.is_empty() { "1".to_owned() } else { path.join(".") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(mail: &str) -> Vec<(String, &'static str, String)> {
        let mail = Mail::parse(mail.replace('\n', "\r\n").as_bytes()).expect("a mail");
        mail.parts.into_iter().map(|part| (part.part, part.format.as_str(), part.text)).collect()
    }

    fn row(part: &str, format: &'static str, text: &str) -> (String, &'static str, String) {
        (part.to_owned(), format, text.replace('\n', "\r\n"))
    }

    #[test]
    fn encodings_and_character_sets_are_taken_off() {
        let mail = "From: a@x.example\nContent-Type: text/plain; charset=koi8-r\n\
                    Content-Transfer-Encoding: base64\n\n9/kg5O/s9u75\n";
        assert_eq!(parts(mail), [row("1", "text", "ВЫ ДОЛЖНЫ")]);
        let mail = "From: a@x.example\nContent-Type: text/plain; charset=utf-8\n\
                    Content-Transfer-Encoding: quoted-printable\n\nYou=C2=A0mu=\nst pay=E2=80=A6\n";
        assert_eq!(parts(mail), [row("1", "text", "You\u{a0}must pay…\n")]);
        let mail = "From: a@x.example\nSubject: =?utf-8?B?0JLRiyDQtNC+0LvQttC90Ys=?=\n =?utf-8?Q?_=D1=81=D0=B5=D0=B9=D1=87=D0=B0=D1=81?=\n\nx\n";
        assert_eq!(parts(mail)[1], row("subject", "text", "Вы должны сейчас"));
    }

    #[test]
    fn the_richest_part_that_is_shown_is_read() {
        let mail = "From: a@x.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\
                    Content-Type: multipart/related; boundary=r\n\n--r\nContent-Type: multipart/alternative; boundary=a\n\n\
                    --a\nContent-Type: text/plain\n\nplain\n--a\nContent-Type: text/html\n\n<p>rich</p>\n--a--\n\
                    --r\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0K\n--r--\n\
                    --m\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nattached\n\
                    --m\nContent-Type: message/rfc822\n\nFrom: b@x.example\n\ntheirs\n\
                    --m\nContent-Type: text/plain\n\nbelow\n--m--\n";
        assert_eq!(parts(mail), [row("1.1.2", "html", "<p>rich</p>"), row("4", "text", "below")]);
    }

    #[test]
    fn a_subject_is_the_agents_only_when_nobody_is_answered() {
        let subject = |header: &str| parts(&format!("From: a@x.example\n{header}\n\nx\n")).len() == 2;
        assert!(subject("Subject: You must pay"));
        assert!(!subject("Subject: Re: you must pay"));
        assert!(!subject("Subject: Fwd: you must pay"));
        assert!(!subject("Subject: You must pay\nIn-Reply-To: <1@x.example>"));
    }

    #[test]
    fn what_is_no_mail_or_says_nothing_is_an_error() {
        assert_eq!(Mail::parse(b""), Err(MailError::NotMail));
        assert_eq!(Mail::parse(b"Hello Anna: you must pay.\n"), Err(MailError::NotMail));
        assert_eq!(Mail::parse(b"\xff\xfe\x00"), Err(MailError::NotMail));
        let encrypted =
            b"From: a@x.example\nContent-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\nAAAA\n";
        assert_eq!(Mail::parse(encrypted), Err(MailError::NoText));
    }

    #[test]
    fn parts_within_parts_take_no_more_than_their_share() {
        let nested = |number| format!("Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n");
        let mail: String = (0..60).map(nested).collect();
        let mail = format!("From: a@x.example\n{mail}Content-Type: text/plain\n\nhi");
        let mail = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
        let places = places(&mail);
        assert_eq!(number(&places, 5), "1.1.1.1.1");
        assert_eq!((number(&places, 0), number(&places, 1)), ("1".to_owned(), "1".to_owned()));
        assert!(places.iter().skip(1).all(|place| matches!(place, Some((_, 1)))));
    }

    #[test]
    fn a_part_that_is_never_closed_is_read_to_its_end() {
        let inner =
            "--m\nContent-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/html\n\n<p>two</p>\n";
        let head = "From: a@x.example\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\none\n";
        assert_eq!(parts(&format!("{head}{inner}")), [row("1", "text", "one"), row("2.1", "html", "<p>two</p>\n")]);
        assert_eq!(
            parts(&format!("{head}--m\nContent-Type: text/markdown\n\n**two**\n--m--\n")),
            [row("1", "text", "one"), row("2", "markdown", "**two**")]
        );
    }

    #[test]
    fn bytes_that_fit_no_character_set_are_told() {
        let mail = Mail::parse(b"From: a@x.example\nContent-Type: text/plain; charset=utf-8\n\nYou \xff must\n");
        assert!(mail.expect("a mail").parts[0].damaged);
    }
}
