//! Layer 5: the disk. The only code that opens files or asks the environment; everything below
//! is handed its texts. It does not know what a command line is.

#![allow(clippy::disallowed_methods, reason = "this is the layer that opens files")]

mod disk;
mod input;
mod lines;
mod output;
mod search;

pub use disk::Disk;
pub use input::{Inputs, Limits, Raw, ReadError};
pub use lines::Lines;
pub use output::replace;
pub use search::in_force;
