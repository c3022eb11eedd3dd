//! The clock, and time as people in Paris read it.

use chrono::{DateTime, Datelike, Duration, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Paris;
use std::fmt;
use std::sync::Arc;

/// Where the time comes from. Passed in, so that a test decides it.
#[derive(Clone)]
pub struct Horloge(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl fmt::Debug for Horloge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Horloge")
    }
}

impl Horloge {
    /// A clock that says what `lire` says.
    pub fn new(lire: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(lire))
    }

    /// A clock that always says `instant`.
    #[must_use]
    pub fn fixe(instant: DateTime<Utc>) -> Self {
        Self::new(move || instant)
    }

    /// The time.
    #[must_use]
    pub fn maintenant(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

/// The date and time on the wall in Paris.
#[must_use]
pub fn a_paris(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&Paris).naive_local()
}

/// The instant of a date and time on the wall in Paris: the first of two when it comes twice, in autumn; an hour later when
/// it is skipped, in spring.
#[must_use]
pub fn de_paris(mur: NaiveDateTime) -> DateTime<Utc> {
    match Paris.from_local_datetime(&mur).earliest() {
        Some(instant) => instant.to_utc(),
        None => mur.and_utc() - Duration::hours(1),
    }
}

/// The year in Paris.
#[must_use]
pub fn annee(instant: DateTime<Utc>) -> i32 {
    a_paris(instant).year()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_in_paris_is_not_the_same_hour_in_summer() {
        for (mur, instant) in [
            ("2024-03-29T07:00:00", "2024-03-29T06:00:00Z"),
            ("2024-03-31T02:30:00", "2024-03-31T01:30:00Z"),
            ("2024-04-02T07:00:00", "2024-04-02T05:00:00Z"),
            ("2024-10-25T07:00:00", "2024-10-25T05:00:00Z"),
            ("2024-10-27T02:30:00", "2024-10-27T00:30:00Z"),
            ("2024-10-28T07:00:00", "2024-10-28T06:00:00Z"),
        ] {
            let attendu: DateTime<Utc> = instant.parse().unwrap();
            assert_eq!(de_paris(mur.parse().unwrap()), attendu, "{mur}");
        }
    }

    #[test]
    fn the_clocks_of_paris_change_twice_a_year() {
        for (instant, mur) in [
            ("2024-03-31T00:59:00Z", "2024-03-31 01:59:00"),
            ("2024-03-31T01:00:00Z", "2024-03-31 03:00:00"),
            ("2024-10-27T00:30:00Z", "2024-10-27 02:30:00"),
            ("2024-10-27T01:30:00Z", "2024-10-27 02:30:00"),
            ("2024-12-31T23:30:00Z", "2025-01-01 00:30:00"),
        ] {
            let instant: DateTime<Utc> = instant.parse().unwrap();
            assert_eq!(a_paris(instant).to_string(), mur, "{instant}");
            let relu = de_paris(a_paris(instant));
            assert!(relu == instant || relu == instant - Duration::hours(1), "{relu}");
        }
        assert_eq!(annee("2024-12-31T23:30:00Z".parse().unwrap()), 2025);
    }
}
