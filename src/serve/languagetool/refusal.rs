//! What is wrong with a request of a client of LanguageTool. Made like every refusal of the server, and brought into
//! the form that such clients know by [`super::manners`].

use axum::http::StatusCode;

use super::form::Garbled;
use crate::serve::errors::Refusal;

/// A request that cannot be understood.
pub(super) fn bad(message: impl Into<String>, help: &'static str) -> Refusal {
    Refusal { status: StatusCode::BAD_REQUEST, code: "bad-form", message: message.into().into(), help }
}

/// A language that no lexicon in force is for.
pub(super) fn unserved(message: String) -> Refusal {
    let help = "send one of them, or 'auto'";
    Refusal { status: StatusCode::BAD_REQUEST, code: "unserved-language", message: message.into(), help }
}

impl From<Garbled> for Refusal {
    fn from(garbled: Garbled) -> Self {
        match garbled {
            Garbled::Escape(at) => bad(
                format!("byte {at} of the form is a percent sign without two hexadecimal digits behind it"),
                "write it as %25",
            ),
            Garbled::NotUtf8(at) => bad(
                format!("what begins at byte {at} of the form is not UTF-8"),
                "encode the text as UTF-8, and then escape it",
            ),
        }
    }
}

/// As a client of LanguageTool is told.
#[cfg(test)]
pub(super) fn said(refusal: &Refusal) -> String {
    super::manners::line(&refusal.message, refusal.help)
}
