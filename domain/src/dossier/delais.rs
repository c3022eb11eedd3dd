//! How long a decision takes, estimated from the dossiers of a démarche that were decided not long ago.

use serde::{Deserialize, Serialize};

/// How far back one looks, in days.
pub const JOURS: i64 = 30;

/// Fewer decisions than this say nothing about the next ones.
pub const DECISIONS_MIN: usize = 10;

/// What is told of it, in whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delais {
    /// Half of the dossiers were decided within it.
    pub median: u32,
    /// Nine out of ten were.
    pub neuf_sur_dix: u32,
}

/// Estimates from how many days each decision took. `None` when there are too few of them.
#[must_use]
pub fn estimer(mut jours: Vec<u32>) -> Option<Delais> {
    if jours.len() < DECISIONS_MIN {
        return None;
    }
    jours.sort_unstable();
    let centile = |pour_cent: usize| {
        let rang = (jours.len() * pour_cent).div_ceil(100).max(1);
        jours.get(rang - 1).copied()
    };
    Some(Delais { median: centile(50)?, neuf_sur_dix: centile(90)? })
}

/// « 1 jour », « 18 jours », « 3 mois »: days up to two months, rounded to months beyond.
#[must_use]
pub fn dire(jours: u32) -> String {
    match jours {
        0 | 1 => "1 jour".to_owned(),
        2..60 => format!("{jours} jours"),
        _ => format!("{} mois", (jours + 15) / 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_said_of_too_few_decisions() {
        assert_eq!(estimer(vec![5; DECISIONS_MIN - 1]), None);
        assert_eq!(estimer(vec![5; DECISIONS_MIN]), Some(Delais { median: 5, neuf_sur_dix: 5 }));
    }

    #[test]
    fn half_and_nine_tenths_are_those_of_the_dossiers() {
        let jours = (1..=100).rev().collect();
        assert_eq!(estimer(jours), Some(Delais { median: 50, neuf_sur_dix: 90 }));
    }

    proptest! {
        #[test]
        fn an_estimate_is_one_of_the_delays_and_covers_what_it_says(
            jours in proptest::collection::vec(0u32..2_000, DECISIONS_MIN..80),
        ) {
            let delais = estimer(jours.clone()).unwrap();
            let couverts = |limite| jours.iter().filter(|j| **j <= limite).count();
            prop_assert!(jours.contains(&delais.median) && jours.contains(&delais.neuf_sur_dix));
            prop_assert!(couverts(delais.median) * 2 >= jours.len());
            prop_assert!(couverts(delais.neuf_sur_dix) * 10 >= jours.len() * 9);
        }
    }

    #[test]
    fn delays_are_said_in_days_then_in_months() {
        for (jours, dit) in [
            (0, "1 jour"),
            (1, "1 jour"),
            (18, "18 jours"),
            (59, "59 jours"),
            (60, "2 mois"),
            (92, "3 mois"),
            (400, "13 mois"),
        ] {
            assert_eq!(dire(jours), dit);
        }
    }
}
