//! How a draft is written down. Which bytes of each format are prose is found in
//! [`Prose`](super::Prose).

/// The format of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Format {
    /// Plain text, with what mail programs and helpdesks put into it.
    #[default]
    Text,
    /// Markdown, as chats and macros have it.
    Markdown,
    /// HTML, as the editor of a helpdesk writes it.
    Html,
    /// Plain text of a mail whose lines a mail program may wrap anew (`format=flowed`).
    Flowed {
        /// The blank that says so is no part of the text (`delsp=yes`).
        delete_space: bool,
    },
}

impl Format {
    /// The formats that somebody can say a draft is in.
    pub const ALL: [Self; 3] = [Self::Text, Self::Markdown, Self::Html];

    /// The name on the command line and in records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Flowed { .. } => "flowed",
        }
    }
}
