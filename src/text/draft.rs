//! One reply as it came in: its text and what is known about it. It holds no findings and
//! owns nothing; what is read out of it lives in [`Prose`](super::Prose) and
//! [`Folded`](super::Folded).

use super::mime::SUBJECT;
use super::{Format, Language};

/// A reply before it is sent.
#[derive(Debug, Clone)]
pub struct Draft<'t> {
    /// The text, every byte as it came in. All spans of a review point into it.
    pub text: &'t str,
    /// How it is written down.
    pub format: Format,
    /// Whose words of it are read.
    pub scope: Scope,
    /// The language it is in, when somebody said so; else it is detected.
    pub language: Option<Language>,
    /// Where it will be sent, such as `email`, when known.
    pub channel: Option<&'t str>,
    /// Which part of a mail it is, when it was decoded from one; then lines and offsets are those of
    /// that part, not of a file.
    pub part: Option<&'t str>,
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
        Self { text, format: Format::Text, scope: Scope::Own, language: None, channel: None, part: None }
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

    /// What a person is told of the part it is, in brackets.
    pub fn part_name(&self) -> Option<String> {
        self.part.map(|part| if part == SUBJECT { format!("({part})") } else { format!("(part {part})") })
    }

    /// The same draft, as a stated part of a mail.
    #[must_use]
    pub fn with_part(self, part: &'t str) -> Self {
        Self { part: Some(part), ..self }
    }
}
