//! How long to wait before asking again.

use crate::socle::secrets::hasard::Hasard;
use chrono::{DateTime, Utc};
use std::time::Duration;

/// The wait before the second try, doubled each time.
const BASE: Duration = Duration::from_millis(400);
/// The longest wait inside one request: beyond it, whoever asked decides what to do.
pub(super) const MAX: Duration = Duration::from_secs(5);

/// The wait after try number `essai` (from 1): between half and the whole of a time that doubles, drawn at
/// random so that all who were refused together do not come back together.
pub(super) fn avant_l_essai_suivant(essai: u32, hasard: &Hasard) -> Duration {
    let pleine =
        BASE.saturating_mul(2_u32.saturating_pow(essai.saturating_sub(1).min(10))).min(MAX);
    let tirage = u32::from(u16::from_be_bytes(hasard.octets()));
    pleine / 2 + (pleine / 2).saturating_mul(tirage) / u32::from(u16::MAX)
}

/// Reads `Retry-After`: seconds, or a date.
pub(super) fn jusqu_a(entete: &str, maintenant: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let entete = entete.trim();
    if let Ok(secondes) = entete.parse::<u32>() {
        return Some(maintenant + chrono::Duration::seconds(i64::from(secondes)));
    }
    DateTime::parse_from_rfc2822(entete).ok().map(|date| date.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn waits_double_and_spread() {
        let hasard = Hasard::graine(3);
        let mut tirees = Vec::new();
        for essai in 1..=4 {
            let pleine = BASE * 2_u32.pow(essai - 1);
            for _ in 0..50 {
                let attente = avant_l_essai_suivant(essai, &hasard);
                assert!(attente >= pleine / 2 && attente <= pleine, "{essai} {attente:?}");
                tirees.push(attente);
            }
        }
        tirees.sort();
        tirees.dedup();
        assert!(tirees.len() > 100, "they do not spread: {}", tirees.len());
        assert!(avant_l_essai_suivant(u32::MAX, &hasard) <= MAX);
    }

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let maintenant = Utc.with_ymd_and_hms(2024, 5, 27, 14, 0, 0).unwrap();
        let dans = |s| Some(maintenant + chrono::Duration::seconds(s));
        assert_eq!(jusqu_a(" 30 ", maintenant), dans(30));
        assert_eq!(jusqu_a("Mon, 27 May 2024 14:01:00 GMT", maintenant), dans(60));
        for faux in ["", "-1", "bientôt", "99999999999999"] {
            assert_eq!(jusqu_a(faux, maintenant), None, "{faux}");
        }
    }
}
