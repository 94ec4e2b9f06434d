//! Milliseconds since 1970 as dates and times in UTC, and back, and the few formats that API Gateway writes.
//!
//! It reads no clock and knows no other time zone.

use std::fmt;

const MS_PER_DAY: i64 = 86_400_000;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// A date and time of day in UTC, in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilTime {
    year: i64,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    millisecond: u16,
}

impl CivilTime {
    /// Returns the time that many milliseconds after the start of 1970. What lies outside the years −100,000 to 100,000 is
    /// taken as their edge.
    #[must_use]
    pub fn from_epoch_ms(ms: i64) -> Self {
        let bound = 36_525_000 * MS_PER_DAY;
        let ms = ms.clamp(-bound, bound);
        let (days, rest) = (ms.div_euclid(MS_PER_DAY), ms.rem_euclid(MS_PER_DAY));
        let (year, month, day) = date_of(days);
        Self {
            year,
            month,
            day,
            hour: small(rest / 3_600_000),
            minute: small(rest / 60_000 % 60),
            second: small(rest / 1_000 % 60),
            millisecond: u16::try_from(rest % 1_000).unwrap_or(0),
        }
    }

    /// Returns a time of the years 1 to 9999; `None` when there is no such date or time of day.
    #[must_use]
    pub fn new(date: (i64, u8, u8), time: (u8, u8, u8), millisecond: u16) -> Option<Self> {
        let ((year, month, day), (hour, minute, second)) = (date, time);
        let valid = (1..=9999).contains(&year)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60
            && millisecond < 1_000;
        valid.then_some(Self { year, month, day, hour, minute, second, millisecond })
    }

    /// Reads `2026-11-21T12:04:05Z`, with or without a fraction of the second.
    #[must_use]
    pub fn parse_iso8601(text: &str) -> Option<Self> {
        let (seconds, fraction) = match text.strip_suffix('Z')?.split_once('.') {
            Some((seconds, fraction)) => (seconds, fraction),
            None => (text.strip_suffix('Z')?, "0"),
        };
        let part = |start: usize, end: usize| -> Option<u16> {
            let digits = seconds.get(start..end)?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        let separated = separators.iter().all(|(place, byte)| seconds.as_bytes().get(*place) == Some(byte));
        let digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
        if !separated || !digits || seconds.len() != 19 {
            return None;
        }
        let small = |start: usize| part(start, start + 2).and_then(|number| u8::try_from(number).ok());
        let millisecond = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
        let date = (i64::from(part(0, 4)?), small(5)?, small(8)?);
        Self::new(date, (small(11)?, small(14)?, small(17)?), millisecond)
    }

    /// Milliseconds since the start of 1970.
    #[must_use]
    pub fn epoch_ms(self) -> i64 {
        let seconds = i64::from(self.hour) * 3_600 + i64::from(self.minute) * 60 + i64::from(self.second);
        days_of(self.year, self.month, self.day) * MS_PER_DAY + seconds * 1_000 + i64::from(self.millisecond)
    }

    /// Writes `21/Nov/2026:12:04:05 +0000`, as `$context.requestTime` (recorded).
    #[must_use]
    pub fn clf(self) -> String {
        let Self { year, hour, minute, second, day, .. } = self;
        format!("{day:02}/{}/{year:04}:{hour:02}:{minute:02}:{second:02} +0000", self.month_name())
    }

    /// Writes `2026-11-21T12:04:05Z`, as control-plane answers give times.
    #[must_use]
    pub fn iso8601(self) -> String {
        let Self { year, month, day, hour, minute, second, .. } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// Writes `Sat, 21 Nov 2026 12:04:05 GMT`, as the `Date` header of HTTP (RFC 7231).
    #[must_use]
    pub fn http_date(self) -> String {
        let Self { year, day, hour, minute, second, .. } = self;
        let (weekday, month) = (self.weekday_name(), self.month_name());
        format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
    }

    /// Writes `Sat Nov 21 12:04:05 UTC 2026`, as Java prints a date and execution logs begin a line.
    #[must_use]
    pub fn java_date(self) -> String {
        let Self { year, day, hour, minute, second, .. } = self;
        let (weekday, month) = (self.weekday_name(), self.month_name());
        format!("{weekday} {month} {day:02} {hour:02}:{minute:02}:{second:02} UTC {year:04}")
    }

    /// Returns the day of the month, from 1.
    #[must_use]
    pub fn day_of_month(self) -> u8 {
        self.day
    }

    /// Writes `12:04`.
    #[must_use]
    pub fn short_time(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// Writes `Nov 21, 2026, 12:04 (UTC)`, as the console shows when a deployment was made.
    #[must_use]
    pub fn console(self) -> String {
        let Self { year, day, hour, minute, .. } = self;
        format!("{} {day}, {year}, {hour:02}:{minute:02} (UTC)", self.month_name())
    }

    /// Returns the year, month (from 1) and day of the month (from 1).
    #[must_use]
    pub const fn date(self) -> (i64, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// Returns the hour, minute and second.
    #[must_use]
    pub const fn time(self) -> (u8, u8, u8) {
        (self.hour, self.minute, self.second)
    }

    /// Returns the day of the week, from Sunday = 0.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1 January 1970 was a Thursday.
        small((days_of(self.year, self.month, self.day) + 4).rem_euclid(7))
    }

    fn month_name(self) -> &'static str {
        MONTHS.get(usize::from(self.month).wrapping_sub(1)).copied().unwrap_or("")
    }

    fn weekday_name(self) -> &'static str {
        WEEKDAYS.get(usize::from(self.weekday())).copied().unwrap_or("")
    }
}

impl fmt::Display for CivilTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.iso8601())
    }
}

/// Tells whether a year of the Gregorian calendar has a 29 February.
#[must_use]
pub const fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Returns how many days a month (from 1) has; 0 when there is no such month.
#[must_use]
pub const fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 0,
    }
}

fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or(0)
}

/// Days from 1970-01-01 to a date. Years are counted from March, so that the leap day is the last of its year.
fn days_of(year: i64, month: u8, day: u8) -> i64 {
    let from_march = (i64::from(month) + 9) % 12;
    let year = if month <= 2 { year - 1 } else { year };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // Days before each month from March on: 0, 31, 61, 92, 122, 153 … follow this straight line.
    let days_before_month = (153 * from_march + 2) / 5;
    year * 365 + leap_days + days_before_month + i64::from(day) - 1 - 719_468
}

/// Returns the date of a number of days since 1970-01-01.
fn date_of(days: i64) -> (i64, u8, u8) {
    // 146,097 days are 400 years exactly; a first guess at the year is off by one at most.
    let since_march_0000 = days + 719_468;
    let mut year = since_march_0000 * 400 / 146_097;
    let start_of = |year: i64| days_of(year, 3, 1) + 719_468;
    while start_of(year) > since_march_0000 {
        year -= 1;
    }
    while start_of(year + 1) <= since_march_0000 {
        year += 1;
    }
    let day_of_year = since_march_0000 - start_of(year);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let (month, year) = if from_march < 10 { (from_march + 3, year) } else { (from_march - 9, year + 1) };
    (year, small(month), small(day))
}

#[cfg(test)]
mod tests;
