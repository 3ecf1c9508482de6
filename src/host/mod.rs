//! Layer 5: the machine. The only code that opens files, asks the environment or starts threads;
//! everything below is handed its texts. It does not know what a command line is.

#![allow(clippy::disallowed_methods, reason = "this is the layer that opens files")]

#[cfg(feature = "lsp")]
mod builtin;
mod cache;
mod disk;
mod input;
mod lexicons;
mod lines;
mod ordered;
mod output;
mod pieces;
mod pushed;
mod rows;
mod search;
#[cfg(unix)]
mod socket;
mod stored;
mod today;
mod watch;

#[cfg(feature = "lsp")]
pub use builtin::{builtin_copy, is_builtin_copy};
pub use disk::{Disk, Unsaved, canonical, plain, read_from};
pub use input::{Inputs, Limits, Raw, ReadError, Sought, Unread};
pub use lexicons::{Cache, Ready, ready};
pub use lines::Lines;
pub use ordered::ordered;
pub use output::{create, replace};
pub use pieces::{Batch, Cut, Fault, Held, Piece, Pieces};
pub use pushed::Pushed;
pub use rows::{Rows, rows_of};
pub use search::{in_force, in_force_at};
#[cfg(unix)]
pub use socket::{NoSocket, SocketFile};
pub use today::today;
pub use watch::Watch;
