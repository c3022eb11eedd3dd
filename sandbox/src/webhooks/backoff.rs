//! How long to wait between attempts.

use chrono::TimeDelta;

/// A delivery is given up after this many attempts.
pub const MAX_ATTEMPTS: usize = 20;

const JITTER: f64 = 0.15;

/// The wait after the `failures`-th failure: its fourth power in seconds, up to 15 % more, and two
/// seconds, all multiplied by `scale`. `chance` is in `0.0..1.0`.
pub fn wait(failures: usize, chance: f64, scale: f64) -> TimeDelta {
    let power = f64::from(u32::try_from(failures).unwrap_or(u32::MAX)).powi(4);
    let seconds = (power * (1.0 + JITTER * chance) + 2.0) * scale;
    TimeDelta::milliseconds((seconds * 1000.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_those_of_the_contract() {
        let seconds: Vec<_> = (1..=6).map(|n| wait(n, 0.0, 1.0).num_seconds()).collect();
        assert_eq!(seconds, [3, 18, 83, 258, 627, 1298]);
        let total: i64 = (1..MAX_ATTEMPTS).map(|n| wait(n, 0.5, 1.0).num_seconds()).sum();
        assert!((6..8).contains(&(total / 86_400)), "{total} s is about a week");
    }

    #[test]
    fn the_scale_shortens_them() {
        assert_eq!(wait(1, 0.0, 0.01), TimeDelta::milliseconds(30));
        assert_eq!(wait(3, 0.0, 0.0), TimeDelta::zero());
    }
}
