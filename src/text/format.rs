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
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Text, Self::Markdown, Self::Html];

    /// The name on the command line and in records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// What the extension of a file, without its dot, says; text for one that says nothing.
    pub fn of_extension(extension: &str) -> Self {
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "mkd" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            _ => Self::Text,
        }
    }
}
