//! One reply as it came in: its text and what is known about it. It holds no findings and
//! owns nothing; what is read out of it lives in [`Prose`](super::Prose) and
//! [`Folded`](super::Folded).

use super::{Format, Language, Span, Talk};

/// A reply before it is sent.
#[derive(Debug, Clone)]
pub struct Draft<'t> {
    /// The text, every byte as it came in. All spans of a review point into it.
    pub text: &'t str,
    /// How it is written down.
    pub format: Format,
    /// Whose words of it are read.
    pub scope: Scope,
    /// The language it is in, when somebody said so; else it is detected. [`Language::undetermined`] says that
    /// nobody can tell, and all lexicons look at it.
    pub language: Option<Language>,
    /// Where it will be sent, such as `email`, when known.
    pub channel: Option<&'t str>,
    /// Which part of a mail or turn of a talk it is. Without a [`window`](Self::window) lines and offsets are then
    /// those of that part, which was decoded, and not of a file.
    pub part: Option<&'t str>,
    /// Which bytes of the text are the reply, when the others are somebody else's, such as the other turns of
    /// a talk. Both ends lie on character borders.
    pub window: Option<Span>,
    /// What is known of the talk it belongs to.
    pub talk: Talk<'t>,
}

/// Whose words of a draft are read. Code, addresses, placeholders and markup never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// The agent's own: no quotations, no signatures.
    #[default]
    Own,
    /// Everybody's: quotations and signatures are read like the agent's own words.
    Quoted,
}

impl<'t> Draft<'t> {
    /// A draft of plain text of which nothing else is known.
    pub const fn new(text: &'t str) -> Self {
        let talk = Talk { customer: None, before: None, turn: None, situation: None, sent_at: None };
        let (format, scope) = (Format::Text, Scope::Own);
        Self { text, format, scope, language: None, channel: None, part: None, window: None, talk }
    }

    /// The same draft, in another format.
    #[must_use]
    pub fn with_format(self, format: Format) -> Self {
        Self { format, ..self }
    }

    /// The same draft, with other words of it read.
    #[must_use]
    pub fn with_scope(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// The same draft, in a stated language.
    #[must_use]
    pub fn with_language(self, language: Language) -> Self {
        Self { language: Some(language), ..self }
    }

    /// The same draft, for a stated channel.
    #[must_use]
    pub fn with_channel(self, channel: &'t str) -> Self {
        Self { channel: Some(channel), ..self }
    }

    /// The same draft, of which only some bytes are the reply.
    #[must_use]
    pub fn with_window(self, window: Span) -> Self {
        Self { window: Some(window), ..self }
    }

    /// The same draft, in a talk of which something is known.
    #[must_use]
    pub fn with_talk(self, talk: Talk<'t>) -> Self {
        Self { talk, ..self }
    }

    /// The same draft with something changed within the reply: `text` is all of it anew.
    #[must_use]
    pub fn changed<'n>(&self, text: &'n str) -> Draft<'n>
    where
        't: 'n,
    {
        let behind = |window: Span| self.text.len() - window.end;
        let window = self.window.map(|window| Span::new(window.start, text.len() - behind(window)));
        Draft { text, window, ..self.clone() }
    }

    /// The bytes that are the reply.
    pub(crate) fn reply(&self) -> Span {
        self.window.unwrap_or(Span::new(0, self.text.len()))
    }

    /// What a person is told of the part it is, in brackets.
    pub fn part_name(&self) -> Option<String> {
        // Parts of a mail have numbers.
        let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
        self.part.map(|part| if is_number(part) { format!("(part {part})") } else { format!("({part})") })
    }

    /// Whether lines and offsets are those of what it came from.
    pub fn has_places(&self) -> bool {
        self.part.is_none() || self.window.is_some()
    }

    /// The same draft, as a stated part of a mail.
    #[must_use]
    pub fn with_part(self, part: &'t str) -> Self {
        Self { part: Some(part), ..self }
    }
}
