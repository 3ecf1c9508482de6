//! The clock of the machine.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::text::Day;

/// The day in Greenwich; none when the clock of the machine was never set.
pub fn today() -> Option<Day> {
    Day::of_seconds(SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs())
}
