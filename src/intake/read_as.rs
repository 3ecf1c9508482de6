//! What a draft is written in, as its maker says it. A whole mail is no format of a draft, since each of its parts has
//! its own.

use crate::text::Format;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadAs {
    Text,
    Markdown,
    Html,
    /// A whole mail, with its header.
    Mime,
}

impl ReadAs {
    /// All of them, the usual one first.
    pub(crate) const ALL: [Self; 4] = [Self::Text, Self::Markdown, Self::Html, Self::Mime];

    /// The format of the draft itself; none for a mail, whose parts say it.
    pub(crate) const fn format(self) -> Option<Format> {
        match self {
            Self::Text => Some(Format::Text),
            Self::Markdown => Some(Format::Markdown),
            Self::Html => Some(Format::Html),
            Self::Mime => None,
        }
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Mime => "mime",
        }
    }

    /// What else it is called.
    pub(crate) const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Markdown => &["md"],
            Self::Html => &["htm"],
            Self::Mime => &["eml", "mail"],
        }
    }

    /// The one of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name || format.aliases().contains(&name))
    }
}
