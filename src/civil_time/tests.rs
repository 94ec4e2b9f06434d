//! Known dates, every format, and the way there and back.

use super::{CivilTime, days_in_month, is_leap_year};
use proptest::prelude::*;

const SAMPLE_MS: i64 = 1_795_262_645_000;

#[test]
fn a_time_in_every_format() {
    let time = CivilTime::from_epoch_ms(SAMPLE_MS);
    assert_eq!(time.iso8601(), "2026-11-21T12:04:05Z");
    assert_eq!(time.clf(), "21/Nov/2026:12:04:05 +0000");
    assert_eq!(time.http_date(), "Sat, 21 Nov 2026 12:04:05 GMT");
    assert_eq!(time.java_date(), "Sat Nov 21 12:04:05 UTC 2026");
    assert_eq!(time.short_time(), "12:04");
    assert_eq!(time.console(), "Nov 21, 2026, 12:04 (UTC)");
    assert_eq!(time.to_string(), time.iso8601());
}

#[test]
fn known_moments() {
    let moments = [
        (0, "1970-01-01T00:00:00Z", "Thu"),
        (-1, "1969-12-31T23:59:59Z", "Wed"),
        (951_782_400_000, "2000-02-29T00:00:00Z", "Tue"),
        (-2_203_891_200_000, "1900-03-01T00:00:00Z", "Thu"),
        (4_107_542_400_000, "2100-03-01T00:00:00Z", "Mon"),
        (253_402_300_799_000, "9999-12-31T23:59:59Z", "Fri"),
        (-62_135_596_800_000, "0001-01-01T00:00:00Z", "Mon"),
    ];
    for (ms, iso, weekday) in moments {
        let time = CivilTime::from_epoch_ms(ms);
        assert_eq!(time.iso8601(), iso, "{ms}");
        assert_eq!(time.java_date().get(..3), Some(weekday), "{ms}");
        let whole_seconds = ms - ms.rem_euclid(1_000);
        assert_eq!(CivilTime::parse_iso8601(iso).map(CivilTime::epoch_ms), Some(whole_seconds), "{iso}");
    }
}

#[test]
fn the_edges_of_time_do_not_panic() {
    for ms in [i64::MIN, i64::MAX, i64::MIN + 1, -62_135_596_800_001] {
        assert!(!CivilTime::from_epoch_ms(ms).http_date().is_empty());
    }
}

#[test]
fn leap_years() {
    for (year, leap) in [(1900, false), (2000, true), (2023, false), (2024, true), (2100, false), (2400, true)] {
        assert_eq!(is_leap_year(year), leap, "{year}");
        assert_eq!(days_in_month(year, 2), if leap { 29 } else { 28 }, "{year}");
    }
    assert_eq!(days_in_month(2026, 13), 0);
}

#[test]
fn what_is_no_date_is_refused() {
    let texts = [
        "",
        "2026-11-21",
        "2026-11-21T12:04:05",
        "2026-11-21T12:04:05+01:00",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T12:04:05.Z",
        "2026-11-21 12:04:05Z",
        "+026-11-21T12:04:05Z",
        "2026-11-21T12:04:05éZ",
    ];
    for text in texts {
        assert_eq!(CivilTime::parse_iso8601(text), None, "{text}");
    }
    assert_eq!(CivilTime::parse_iso8601("2026-11-21T12:04:05.25Z").map(CivilTime::epoch_ms), Some(SAMPLE_MS + 250));
}

proptest! {
    #[test]
    fn milliseconds_survive_the_way_there_and_back(ms in -62_135_596_800_000_i64..253_402_300_800_000) {
        let time = CivilTime::from_epoch_ms(ms);
        prop_assert_eq!(time.epoch_ms(), ms);
        let (date, (hour, minute, second)) = (time.date(), time.time());
        let millisecond = u16::try_from(ms.rem_euclid(1_000)).unwrap_or(0);
        prop_assert_eq!(CivilTime::new(date, (hour, minute, second), millisecond), Some(time));
        prop_assert_eq!(CivilTime::parse_iso8601(&time.iso8601()).map(CivilTime::epoch_ms), Some(ms - ms.rem_euclid(1_000)));
        let next_day = CivilTime::from_epoch_ms(ms + 86_400_000);
        prop_assert_eq!(next_day.weekday(), (time.weekday() + 1) % 7);
    }
}
