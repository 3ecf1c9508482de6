//! Layer 0: a draft and its prose. Where the agent's own words are, what they look like once
//! spelling differences are folded away, where words and sentences end, and how an offset is
//! written in other units. Nothing here knows what a lexicon is.

mod attribution;
mod borders;
mod chars;
mod draft;
mod elements;
mod entity;
mod flowed;
mod fold;
mod folded;
mod format;
mod headers;
mod history;
mod html;
mod introduction;
mod language;
mod lao;
mod line;
mod lines;
mod lookalike;
mod mail_words;
mod markdown;
mod mime;
mod open;
mod ordinary;
mod placeholder;
mod plain;
mod prose;
mod reading;
mod run;
mod scan;
mod sentence;
mod sentences;
mod signature;
mod span;
mod speakers;
mod talk;
mod time;
mod transcript;
mod turns;
mod visible;
mod words;
mod written;

pub use borders::Borders;
pub use chars::Style;
pub use draft::{Draft, Scope};
pub use folded::{BREAK, Folded, OPAQUE, PLACEHOLDER};
pub use format::Format;
pub use language::Language;
pub use lines::{LineIndex, Position};
#[cfg(feature = "cli")]
pub(crate) use mime::SUBJECT;
pub use mime::{Mail, MailError, MailPart};
pub use prose::{Comment, Piece, Prose, Skip, Skipped};
pub use reading::{Reading, Room};
pub use sentences::Sentences;
pub use span::Span;
pub use speakers::{Speaker, Speakers};
pub use talk::Talk;
pub use time::{NotATime, TimeOfDay};
pub use transcript::{Doubt, MOST_TURNS, Transcript, TranscriptError};
pub use turns::{Answer, Turn, answers};
pub use words::{is_border, is_spaced, is_spaceless, is_word, splits_character, words};
