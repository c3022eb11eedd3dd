//! Dates as the platform writes them on the wire and reads them from forms.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The zone of the platform itself: every instant is written in it unless said otherwise.
pub const PARIS: Tz = chrono_tz::Europe::Paris;

const RUBY: &str = "%Y-%m-%d %H:%M:%S %z";
const WALL_CLOCKS: [&str; 4] =
    ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"];

/// `2024-06-07 15:30:00 +0200`: how Ruby prints a time, and so how webhooks carry it.
pub fn ruby(instant: DateTime<Utc>, zone: Tz) -> String {
    instant.with_timezone(&zone).format(RUBY).to_string()
}

/// The wall clock of `zone` under the offset of Paris. Until 2026 the platform wrote the hours of
/// overseas organisations that way: right digits, wrong offset.
pub fn ruby_mislabelled(instant: DateTime<Utc>, zone: Tz) -> String {
    let digits = instant.with_timezone(&zone).naive_local();
    resolve(digits, PARIS).with_timezone(&PARIS).format(RUBY).to_string()
}

/// `2024-06-07T15:30:00+02:00`.
pub fn iso8601(instant: DateTime<Utc>, zone: Tz) -> String {
    instant.with_timezone(&zone).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// `2024-06-07T15:30`: the value of a `datetime-local` field.
pub fn wall_clock_value(instant: DateTime<Utc>, zone: Tz) -> String {
    instant.with_timezone(&zone).format(WALL_CLOCKS[0]).to_string()
}

/// Reads an instant with its offset (Ruby's or RFC 3339), or a wall clock of `zone`.
pub fn parse(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.to_utc());
    }
    if let Ok(instant) = DateTime::parse_from_str(text, RUBY) {
        return Some(instant.to_utc());
    }
    WALL_CLOCKS
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|digits| resolve(digits, zone))
}

/// The instant at which clocks of `zone` show these digits: the first of two when clocks go back,
/// an hour later when clocks jump over them.
pub fn resolve(digits: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&digits) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant.to_utc(),
        LocalResult::None => zone
            .from_local_datetime(&(digits + TimeDelta::hours(1)))
            .earliest()
            .map_or_else(|| digits.and_utc(), |instant| instant.to_utc()),
    }
}

/// The day it is in `zone`.
pub fn day(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2024, 6, 7, 13, 30, 0).unwrap()
    }

    #[test]
    fn the_wire_carries_ruby_s_format() {
        assert_eq!(ruby(instant(), PARIS), "2024-06-07 15:30:00 +0200");
        assert_eq!(iso8601(instant(), PARIS), "2024-06-07T15:30:00+02:00");
    }

    #[test]
    fn hours_overseas_used_to_be_labelled_with_the_offset_of_paris() {
        let zone = chrono_tz::Indian::Reunion;
        assert_eq!(ruby(instant(), zone), "2024-06-07 17:30:00 +0400");
        assert_eq!(ruby_mislabelled(instant(), zone), "2024-06-07 17:30:00 +0200");
    }

    #[test]
    fn every_way_of_writing_an_instant_is_read() {
        for text in [
            "2024-06-07 15:30:00 +0200",
            "2024-06-07T15:30:00+02:00",
            "2024-06-07T13:30:00Z",
            "2024-06-07T15:30",
            "2024-06-07 15:30:00",
        ] {
            assert_eq!(parse(text, PARIS), Some(instant()), "{text}");
        }
        assert_eq!(parse("demain", PARIS), None);
    }

    #[test]
    fn digits_that_do_not_exist_or_exist_twice_are_still_an_instant() {
        let missing = parse("2024-03-31T02:30", PARIS).unwrap();
        assert_eq!(ruby(missing, PARIS), "2024-03-31 03:30:00 +0200");
        let twice = parse("2024-10-27T02:30", PARIS).unwrap();
        assert_eq!(ruby(twice, PARIS), "2024-10-27 02:30:00 +0200");
    }
}
