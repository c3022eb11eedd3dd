//! The time the platform believes in: the real one, or the one a test has set.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How the platform's time follows from the machine's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Clock {
    /// The machine's time.
    #[default]
    Real,
    /// The machine's time, moved by a constant: it keeps flowing.
    Shifted {
        /// Milliseconds added to the machine's time.
        by_ms: i64,
    },
    /// Always the same instant.
    Frozen {
        /// That instant.
        at: DateTime<Utc>,
    },
}

impl Clock {
    /// What this clock shows when the machine's shows `real`.
    pub fn read(self, real: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Real => real,
            Self::Shifted { by_ms } => {
                real.checked_add_signed(TimeDelta::milliseconds(by_ms)).unwrap_or(real)
            }
            Self::Frozen { at } => at,
        }
    }

    /// A clock that shows `now` when the machine's shows `real`, and flows from there.
    pub fn starting_at(now: DateTime<Utc>, real: DateTime<Utc>) -> Self {
        Self::Shifted { by_ms: (now - real).num_milliseconds() }
    }
}

/// The machine's time: the only place that reads it.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock of the binary; everything else is handed the time"
)]
pub fn wall_clock() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shifted_clock_flows_and_a_frozen_one_does_not() {
        let real = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let set = DateTime::from_timestamp(1_600_000_000, 0).unwrap();
        let later = real + TimeDelta::seconds(5);
        assert_eq!(Clock::starting_at(set, real).read(later), set + TimeDelta::seconds(5));
        assert_eq!(Clock::Frozen { at: set }.read(later), set);
        assert_eq!(Clock::Real.read(later), later);
    }
}
