//! Times of day, for what is said in the morning and not at night. No dates and no zones: what counts is the
//! clock on the wall of whoever reads the reply, which is what a moment with its offset shows.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;

/// A time of day, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    /// Since midnight.
    minutes: u16,
}

/// What is no time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotATime(String);

impl fmt::Display for NotATime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotATime {}

impl TimeOfDay {
    /// Reads `05:00`. Midnight may be `24:00` too, as the end of a day.
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let two = |digits: &str| {
            let fits = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| digits.parse::<u16>().ok()).flatten()
        };
        let (hours, minutes) = (two(hours)?, two(minutes)?);
        let fits = hours < 24 && minutes < 60 || (hours, minutes) == (24, 0);
        fits.then_some(Self { minutes: (hours * 60 + minutes) % (24 * 60) })
    }

    /// The time of day that a moment such as `2026-11-27T09:30:00+02:00` (RFC 3339) shows, in its own offset.
    ///
    /// # Errors
    ///
    /// When it is no such moment, or has no offset.
    pub fn of_moment(moment: &str) -> Result<Self, NotATime> {
        let wrong = |_| NotATime(format!("`{moment}` is no moment such as 2026-11-27T09:30:00+02:00"));
        let _: Timestamp = moment.parse().map_err(wrong)?;
        // Read without the letter that stands for an offset of nothing, which names no clock.
        let shown: DateTime = moment.trim_end_matches(['Z', 'z']).parse().map_err(wrong)?;
        let (hours, minutes) = (u16::from(shown.hour().unsigned_abs()), u16::from(shown.minute().unsigned_abs()));
        Ok(Self { minutes: hours * 60 + minutes })
    }

    /// Whether it lies from `start` on and before `end`, over midnight when the end is the earlier.
    pub fn is_between(self, start: Self, end: Self) -> bool {
        if start <= end { start <= self && self < end } else { start <= self || self < end }
    }

    /// The time so many minutes after midnight.
    pub(crate) fn of_minutes(minutes: u16) -> Option<Self> {
        (minutes < 24 * 60).then_some(Self { minutes })
    }

    /// How many minutes after midnight it is.
    pub const fn minutes(self) -> u16 {
        self.minutes
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_show_the_time_on_the_wall() {
        for (moment, shown) in [
            ("2026-11-27T09:30:00+02:00", Some("09:30")),
            ("2026-11-27T23:59:59.5-08:00", Some("23:59")),
            ("2026-11-27T09:30:00Z", Some("09:30")),
            ("2026-11-27 09:30:00+0200", Some("09:30")),
            ("2026-11-27T09:30:00", None),
            ("2026-11-31T09:30:00Z", None),
            ("2026-11-27", None),
            ("09:30", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(TimeOfDay::of_moment(moment).ok().map(|time| time.to_string()).as_deref(), shown, "{moment}");
        }
    }

    #[test]
    fn times_of_day_are_read_as_written() {
        for (text, shown) in [("05:00", Some("05:00")), ("24:00", Some("00:00")), ("23:59", Some("23:59"))] {
            assert_eq!(TimeOfDay::parse(text).map(|time| time.to_string()).as_deref(), shown);
        }
        for text in ["5:00", "25:00", "12:60", "24:01", "noon", "+5:00", "", "05:00:00"] {
            assert_eq!(TimeOfDay::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_night_goes_over_midnight() {
        let time = |text| TimeOfDay::parse(text).expect("a time");
        let (evening, morning) = (time("18:00"), time("05:00"));
        for (now, at_night) in [("18:00", true), ("23:59", true), ("00:00", true), ("04:59", true), ("05:00", false)] {
            assert_eq!(time(now).is_between(evening, morning), at_night, "{now}");
            assert_eq!(time(now).is_between(morning, evening), !at_night, "{now}");
        }
    }
}
