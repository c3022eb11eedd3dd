//! When the end of a token is told of.

use chrono::NaiveDate;

/// How many days before its end it is told of.
const JOURS: [i32; 3] = [30, 7, 1];

/// How many days a token has left: 0 on its last day, less once it is over.
#[must_use]
pub fn jours_restants(expire_le: NaiveDate, aujourd_hui: NaiveDate) -> i64 {
    (expire_le - aujourd_hui).num_days()
}

/// What is to be told of now, of a token that was last told of `deja` days before its end: the days of the reminder. Of
/// several that were missed, the last one alone; once it is over, nothing: the platform will say so.
#[must_use]
pub fn rappel(expire_le: NaiveDate, aujourd_hui: NaiveDate, deja: Option<i32>) -> Option<i32> {
    let restants = jours_restants(expire_le, aujourd_hui);
    if restants < 0 {
        return None;
    }
    let du = JOURS.into_iter().rfind(|jours| restants <= i64::from(*jours))?;
    deja.is_none_or(|deja| du < deja).then_some(du)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    const FIN: NaiveDate = NaiveDate::from_ymd_opt(2025, 5, 27).unwrap();

    fn avant(jours: u64) -> NaiveDate {
        FIN.checked_sub_days(Days::new(jours)).unwrap()
    }

    #[test]
    fn it_is_told_thirty_seven_and_one_day_before_and_once_each() {
        let mut deja = None;
        let mut dits = Vec::new();
        for jours in (0..=365).rev() {
            if let Some(du) = rappel(FIN, avant(jours), deja) {
                deja = Some(du);
                dits.push((jours, du));
            }
        }
        assert_eq!(dits, [(30, 30), (7, 7), (1, 1)]);
    }

    #[test]
    fn a_token_that_is_over_is_not_announced() {
        assert_eq!(rappel(FIN, FIN.succ_opt().unwrap(), None), None);
        assert_eq!(rappel(FIN, FIN, None), Some(1));
    }

    proptest! {
        #[test]
        fn whatever_days_nobody_looked_no_reminder_comes_twice(
            regards in proptest::collection::vec(0_u64..60, 0..40),
        ) {
            let mut jours = regards;
            jours.sort_unstable_by(|a, b| b.cmp(a));
            let (mut deja, mut dits) = (None, Vec::new());
            for jours in jours {
                if let Some(du) = rappel(FIN, avant(jours), deja) {
                    deja = Some(du);
                    dits.push(du);
                }
            }
            prop_assert!(dits.windows(2).all(|paire| paire[0] > paire[1]), "{dits:?}");
        }
    }
}
