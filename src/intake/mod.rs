//! Layer 6: what comes in. A record or a mail, what is known of it, and how it becomes drafts and their reviews; all
//! front ends that take records share it, so that they understand one alike. It does not know who sent it, nor where
//! the reviews go.

mod mail;
mod read_as;
mod record;
mod review;
mod wanted;

pub(crate) use mail::{Part, taken_apart};
pub(crate) use read_as::ReadAs;
pub(crate) use record::{
    AGENT, Asked, KEYS, Parts, Record, Unreadable, format_of, id_of, kind_of, language_of, not_json,
};
pub(crate) use review::Reviewer;
