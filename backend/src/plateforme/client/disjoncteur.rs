//! A breaker per site: when it has failed several times in a row, it is left alone for a while, so that
//! our people do not wait for what will not come, and so that it can stand up again.

use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How many failures in a row open it.
const SEUIL: u32 = 5;
/// How long it stays open the first time, in seconds; doubled each time the trial fails.
const OUVERT_SECONDES: i64 = 15;
/// The longest it stays open, in seconds.
const OUVERT_MAX_SECONDES: i64 = 300;
/// How long a trial may take before another one is let through, in seconds.
const ESSAI_SECONDES: i64 = 30;

/// The breaker of one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disjoncteur {
    /// Requests pass. Holds how many failed in a row.
    Ferme(u32),
    /// None passes before that time.
    Ouvert { jusqu_a: DateTime<Utc>, duree: i64 },
    /// One is on its way, to see. Nobody else passes before that time.
    Essai { jusqu_a: DateTime<Utc>, duree: i64 },
}

impl Default for Disjoncteur {
    fn default() -> Self {
        Self::Ferme(0)
    }
}

impl Disjoncteur {
    /// Whether a request may pass now; it is then expected to tell how it went.
    pub(super) fn laisser_passer(&mut self, maintenant: DateTime<Utc>) -> bool {
        match *self {
            Self::Ferme(_) => true,
            Self::Ouvert { jusqu_a, duree } | Self::Essai { jusqu_a, duree } => {
                let passe = maintenant >= jusqu_a;
                if passe {
                    let jusqu_a = maintenant + Duration::seconds(ESSAI_SECONDES);
                    *self = Self::Essai { jusqu_a, duree };
                }
                passe
            }
        }
    }

    /// The site answered, whatever it said.
    pub(super) const fn reussite(&mut self) {
        *self = Self::Ferme(0);
    }

    /// The site did not answer, or is out of order.
    pub(super) fn echec(&mut self, maintenant: DateTime<Utc>) {
        *self = match *self {
            Self::Ferme(echecs) if echecs + 1 < SEUIL => Self::Ferme(echecs + 1),
            Self::Ferme(_) => Self::ouvert(OUVERT_SECONDES, maintenant),
            Self::Essai { duree, .. } => {
                Self::ouvert((duree * 2).min(OUVERT_MAX_SECONDES), maintenant)
            }
            // A request sent before it opened.
            ouvert @ Self::Ouvert { .. } => ouvert,
        };
    }

    fn ouvert(duree: i64, maintenant: DateTime<Utc>) -> Self {
        Self::Ouvert { jusqu_a: maintenant + Duration::seconds(duree), duree }
    }
}

/// Those of all sites.
#[derive(Debug, Default)]
pub(super) struct Disjoncteurs(Mutex<HashMap<String, Disjoncteur>>);

impl Disjoncteurs {
    pub(super) fn sur<T>(&self, site: &str, geste: impl FnOnce(&mut Disjoncteur) -> T) -> T {
        let mut tous = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        geste(tous.entry(site.to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn a(secondes: i64) -> DateTime<Utc> {
        Utc.timestamp_opt(1_716_800_000 + secondes, 0).unwrap()
    }

    fn ouvert_a(instant: i64) -> Disjoncteur {
        let mut disjoncteur = Disjoncteur::default();
        for _ in 0..SEUIL {
            assert!(disjoncteur.laisser_passer(a(instant)));
            disjoncteur.echec(a(instant));
        }
        disjoncteur
    }

    #[test]
    fn it_opens_after_failures_in_a_row_only() {
        let mut disjoncteur = Disjoncteur::default();
        for _ in 0..10 {
            for _ in 0..SEUIL - 1 {
                disjoncteur.echec(a(0));
            }
            assert!(disjoncteur.laisser_passer(a(0)));
            disjoncteur.reussite();
        }
        assert!(!ouvert_a(0).laisser_passer(a(OUVERT_SECONDES - 1)));
    }

    #[test]
    fn one_request_tries_then_all_pass_or_none() {
        let mut disjoncteur = ouvert_a(0);
        assert!(disjoncteur.laisser_passer(a(15)));
        assert!(!disjoncteur.laisser_passer(a(15)), "one at a time");
        disjoncteur.echec(a(16));
        assert!(!disjoncteur.laisser_passer(a(16 + 29)), "longer the second time");
        assert!(disjoncteur.laisser_passer(a(16 + 30)));
        disjoncteur.reussite();
        assert_eq!(disjoncteur, Disjoncteur::Ferme(0));
    }

    #[test]
    fn a_trial_that_never_came_back_does_not_close_the_way_for_ever() {
        let mut disjoncteur = ouvert_a(0);
        assert!(disjoncteur.laisser_passer(a(15)));
        assert!(!disjoncteur.laisser_passer(a(15 + ESSAI_SECONDES - 1)));
        assert!(disjoncteur.laisser_passer(a(15 + ESSAI_SECONDES)));
    }

    #[test]
    fn a_late_failure_does_not_keep_it_open_longer() {
        let mut disjoncteur = ouvert_a(0);
        disjoncteur.echec(a(14));
        assert!(disjoncteur.laisser_passer(a(15)));
    }
}
