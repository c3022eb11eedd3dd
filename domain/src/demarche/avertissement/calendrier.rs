//! When summaries leave: at seven in Paris, on working days; those of the week on its first one.
//!
//! Working days are neither Saturdays, nor Sundays, nor the public holidays of the whole country (article L. 3133-1 of the
//! code du travail). Those of Alsace, of Moselle and of overseas only are not counted.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike, Weekday};

/// The hour at which summaries leave, in Paris.
pub const HEURE: u32 = 7;

/// The hour from which they do not leave any more: the next ones tell what they would have told.
pub const FIN: u32 = 12;

/// Month and day of the holidays that have the same date each year.
const FIXES: [(u32, u32); 8] =
    [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];

/// Days after Easter Sunday: Easter Monday, Ascension, Whit Monday.
const APRES_PAQUES: [u64; 3] = [1, 39, 50];

/// Easter Sunday of a year of the Gregorian calendar (the anonymous computation of 1876). `None` out of the calendar.
#[must_use]
pub fn paques(annee: i32) -> Option<NaiveDate> {
    let (siecle, reste) = (annee.div_euclid(100), annee.rem_euclid(100));
    let or = annee.rem_euclid(19);
    let lune = (19 * or + siecle - siecle / 4 - (siecle - (siecle + 8) / 25 + 1) / 3 + 15) % 30;
    let dimanche = (32 + 2 * (siecle % 4) + 2 * (reste / 4) - lune - reste % 4) % 7;
    let correction = (or + 11 * lune + 22 * dimanche) / 451;
    let rang = lune + dimanche - 7 * correction + 114;
    let (mois, jour) = (u32::try_from(rang / 31).ok()?, u32::try_from(rang % 31 + 1).ok()?);
    NaiveDate::from_ymd_opt(annee, mois, jour)
}

/// Whether a day is a public holiday in the whole country.
#[must_use]
pub fn ferie(jour: NaiveDate) -> bool {
    let mobile = |apres: u64| {
        paques(jour.year()).and_then(|paques| paques.checked_add_days(Days::new(apres)))
            == Some(jour)
    };
    FIXES.contains(&(jour.month(), jour.day())) || APRES_PAQUES.into_iter().any(mobile)
}

/// Whether people work on that day.
#[must_use]
pub fn ouvre(jour: NaiveDate) -> bool {
    !matches!(jour.weekday(), Weekday::Sat | Weekday::Sun) && !ferie(jour)
}

/// The day on which the summaries of the week leave: the first working day of the week of `jour`; a week without any has
/// none.
#[must_use]
pub fn jour_de_la_semaine(jour: NaiveDate) -> Option<NaiveDate> {
    jour.week(Weekday::Mon).first_day().iter_days().take(5).find(|jour| ouvre(*jour))
}

/// When the summaries of a day leave, on the clocks of Paris: what happened from then on is for the next ones. No hour
/// is skipped nor comes twice there: clocks change between two and three.
#[must_use]
pub fn depart(jour: NaiveDate) -> NaiveDateTime {
    jour.and_hms_opt(HEURE, 0, 0).unwrap_or_default()
}

/// The day whose summaries may leave at `paris`, on the clocks of Paris.
#[must_use]
pub fn a_envoyer(paris: NaiveDateTime) -> Option<NaiveDate> {
    let jour = paris.date();
    ((HEURE..FIN).contains(&paris.hour()) && ouvre(jour)).then_some(jour)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn le(texte: &str) -> NaiveDate {
        texte.parse().unwrap()
    }

    /// As the ministry of the interior and every almanac give them.
    #[test]
    fn the_holidays_of_known_years() {
        for (annee, mobiles) in [
            (2000, ["2000-04-24", "2000-06-01", "2000-06-12"]),
            (2008, ["2008-03-24", "2008-05-01", "2008-05-12"]),
            (2016, ["2016-03-28", "2016-05-05", "2016-05-16"]),
            (2019, ["2019-04-22", "2019-05-30", "2019-06-10"]),
            (2024, ["2024-04-01", "2024-05-09", "2024-05-20"]),
            (2025, ["2025-04-21", "2025-05-29", "2025-06-09"]),
            (2026, ["2026-04-06", "2026-05-14", "2026-05-25"]),
            (2027, ["2027-03-29", "2027-05-06", "2027-05-17"]),
            (2038, ["2038-04-26", "2038-06-03", "2038-06-14"]),
        ] {
            let fixes = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
            let mut attendus: Vec<NaiveDate> = mobiles.into_iter().map(le).collect();
            attendus.extend(fixes.into_iter().map(|jour| le(&format!("{annee}-{jour}"))));
            attendus.sort_unstable();
            attendus.dedup();
            let feries: Vec<NaiveDate> = le(&format!("{annee}-01-01"))
                .iter_days()
                .take_while(|jour| jour.year() == annee)
                .filter(|jour| ferie(*jour))
                .collect();
            assert_eq!(feries, attendus, "{annee}");
        }
    }

    #[test]
    fn what_is_a_holiday_somewhere_only_is_a_working_day() {
        // Good Friday and Saint Stephen's (Alsace, Moselle), the abolition of slavery (Martinique).
        for jour in ["2024-03-29", "2024-12-26", "2024-05-22"] {
            assert!(ouvre(le(jour)), "{jour}");
        }
    }

    #[test]
    fn easter_is_a_sunday_of_spring() {
        for annee in 1583..2500 {
            let paques = paques(annee).unwrap();
            assert_eq!(paques.weekday(), Weekday::Sun, "{annee}");
            let (tot, tard) = (le("2000-03-22").ordinal0(), le("2000-04-25").ordinal0());
            let bissextile = u32::from(NaiveDate::from_ymd_opt(annee, 2, 29).is_none());
            assert!((tot..=tard).contains(&(paques.ordinal0() + bissextile)), "{paques}");
        }
    }

    #[test]
    fn the_week_is_told_on_its_first_working_day() {
        for (jour, attendu) in [
            ("2024-05-27", Some("2024-05-27")),
            ("2024-05-31", Some("2024-05-27")),
            ("2024-06-02", Some("2024-05-27")),
            // Whit Monday, then Easter Monday.
            ("2024-05-23", Some("2024-05-21")),
            ("2024-04-01", Some("2024-04-02")),
            // Christmas is a Monday.
            ("2023-12-29", Some("2023-12-26")),
        ] {
            assert_eq!(jour_de_la_semaine(le(jour)), attendu.map(le), "{jour}");
        }
    }

    #[test]
    fn summaries_leave_in_the_morning_of_working_days() {
        for (quand, part) in [
            ("2024-05-28T06:59:59", false),
            ("2024-05-28T07:00:00", true),
            ("2024-05-28T11:59:59", true),
            ("2024-05-28T12:00:00", false),
            ("2024-05-25T07:00:00", false),
            ("2024-05-20T07:00:00", false),
        ] {
            let paris: NaiveDateTime = quand.parse().unwrap();
            assert_eq!(a_envoyer(paris), part.then(|| paris.date()), "{quand}");
        }
        assert_eq!(depart(le("2024-05-28")).to_string(), "2024-05-28 07:00:00");
    }
}
