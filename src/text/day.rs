//! Days of the calendar, for what somebody is to look at again. No times and no zones; what day it is today is
//! for whoever asks to say.

use std::fmt;

use jiff::civil::Date;

/// A day, such as 2026-12-01. The order is that of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day of these three, if the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `2026-12-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut digits = |count: usize| {
            let part = parts.next()?;
            let fits = part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (year, month, day) = (digits(4)?, digits(2)?, digits(2)?);
        if parts.next().is_some() {
            return None;
        }
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day on which so many seconds have passed since 1970 began in Greenwich; none beyond the calendar.
    pub fn of_seconds(seconds: u64) -> Option<Self> {
        let moment = jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
        Some(Self(jiff::tz::Offset::UTC.to_datetime(moment).date()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_written() {
        for text in ["2026-12-01", "2024-02-29", "0001-01-01"] {
            assert_eq!(Day::parse(text).map(|day| day.to_string()).as_deref(), Some(text));
        }
        for text in
            ["", "2026", "2026-12", "2026-12-1", "2026-02-29", "2026-13-01", "2026-12-01-", "01.12.2026", "+026-12-01"]
        {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert!(Day::parse("2026-11-30") < Day::parse("2026-12-01"));
        assert_eq!(Day::of_seconds(1_764_547_199), Day::parse("2025-11-30"));
        assert_eq!(Day::of_seconds(1_764_547_200), Day::parse("2025-12-01"));
        assert_eq!(Day::of_seconds(u64::MAX), None);
    }
}
