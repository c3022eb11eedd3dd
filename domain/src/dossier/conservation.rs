//! How long a dossier en construction is kept: it expires, its usager and its instructeurs having been told before.

use crate::erreur::{Champ, Erreur, Saisie};
use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// How long a dossier en construction is kept after it was filed, in months, until an administrateur says otherwise.
pub const MOIS_PAR_DEFAUT: u32 = 12;

/// The longest that an administrateur may say, in months.
pub const MOIS_MAX: u32 = 60;

/// How long before it expires people are told, in days. Nothing expires without that notice.
pub const PREAVIS_JOURS: u64 = 14;

/// How long an usager may restore what was deleted or has expired, in days.
pub const RESTAURABLE_JOURS: i64 = 30;

/// « Conserver un mois de plus ».
const PROLONGATION: Months = Months::new(1);

/// Takes what an administrateur typed: a number of months.
///
/// # Errors
/// [`Saisie::Vide`] or [`Saisie::PasUneDuree`], about [`Champ::Conservation`].
pub fn lire(mois: &str) -> Result<i32, Erreur> {
    let refus = |saisie| Erreur::champ(Champ::Conservation, saisie);
    let mois = crate::saisie::ligne(Champ::Conservation, mois)?;
    let mois: i32 = mois.parse().map_err(|_| refus(Saisie::PasUneDuree(MOIS_MAX)))?;
    match u32::try_from(mois) {
        Ok(1..=MOIS_MAX) => Ok(mois),
        _ => Err(refus(Saisie::PasUneDuree(MOIS_MAX))),
    }
}

/// What says when a dossier en construction expires. Days are those of Paris.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conservation {
    /// When it was filed.
    pub depose_le: NaiveDate,
    /// How long the démarche keeps it, in months.
    pub mois: u32,
    /// Somebody had it kept longer, or was told that day.
    pub garde_jusqu_au: Option<NaiveDate>,
    /// Whether people were told.
    pub annoncee: bool,
    /// The day of a rendez-vous to come.
    pub rendez_vous: Option<NaiveDate>,
}

/// When a dossier expires, as pages say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expiration {
    /// The day.
    pub le: NaiveDate,
    /// How long the démarche keeps its dossiers, in months.
    pub mois: u32,
    /// Whether it is kept longer than that.
    pub prolongee: bool,
    /// Whether it is near: « Conserver un mois de plus » is offered.
    pub bientot: bool,
}

impl Conservation {
    /// When the démarche alone would have it expire.
    fn duree(&self) -> NaiveDate {
        self.depose_le.checked_add_months(Months::new(self.mois)).unwrap_or(NaiveDate::MAX)
    }

    fn terme(&self) -> NaiveDate {
        self.garde_jusqu_au.map_or(self.duree(), |garde| garde.max(self.duree()))
    }

    /// When it expires. Never before today, nor before the notice is over, nor soon after a rendez-vous to come.
    #[must_use]
    pub fn expiration(&self, aujourdhui: NaiveDate) -> Expiration {
        let plancher = match self.rendez_vous {
            Some(jour) => preavis(jour.max(aujourdhui)),
            None if self.annoncee => aujourdhui,
            None => preavis(aujourdhui),
        };
        let le = self.terme().max(plancher);
        Expiration {
            le,
            mois: self.mois,
            prolongee: le > self.duree(),
            bientot: self.rendez_vous.is_none() && le <= preavis(aujourdhui),
        }
    }

    /// Whether people are to be told today.
    #[must_use]
    pub fn a_annoncer(&self, aujourdhui: NaiveDate) -> bool {
        !self.annoncee && self.expiration(aujourdhui).bientot
    }

    /// Whether what people were told is no longer so: a rendez-vous is to come, or it is kept longer.
    #[must_use]
    pub fn a_taire(&self, aujourdhui: NaiveDate) -> bool {
        self.annoncee && !self.expiration(aujourdhui).bientot
    }

    /// Whether it expires today.
    #[must_use]
    pub fn expire(&self, aujourdhui: NaiveDate) -> bool {
        self.annoncee && self.rendez_vous.is_none() && self.terme() <= aujourdhui
    }

    /// Until when « Conserver un mois de plus » keeps it.
    #[must_use]
    pub fn prolongation(&self, aujourdhui: NaiveDate) -> NaiveDate {
        let le = self.expiration(aujourdhui).le;
        le.checked_add_months(PROLONGATION).unwrap_or(le)
    }
}

impl Expiration {
    /// « Expirera le 27/05/2025 (12 mois après le dépôt du dossier) ».
    #[must_use]
    pub fn phrase(&self) -> String {
        let suite = if self.prolongee { ", durée prolongée" } else { "" };
        format!(
            "Expirera le {} ({} mois après le dépôt du dossier{suite})",
            crate::francais::date_courte(self.le),
            self.mois
        )
    }
}

fn preavis(jour: NaiveDate) -> NaiveDate {
    jour.checked_add_days(Days::new(PREAVIS_JOURS)).unwrap_or(jour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn jour(a: i32, m: u32, j: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(a, m, j).unwrap()
    }

    fn depose(a: i32, m: u32, j: u32) -> Conservation {
        Conservation {
            depose_le: jour(a, m, j),
            mois: MOIS_PAR_DEFAUT,
            garde_jusqu_au: None,
            annoncee: false,
            rendez_vous: None,
        }
    }

    #[test]
    fn a_dossier_expires_twelve_months_after_it_was_filed_even_on_a_leap_day() {
        let le = |dossier: Conservation| dossier.expiration(jour(2024, 6, 1));
        assert_eq!(le(depose(2024, 2, 29)).le, jour(2025, 2, 28));
        assert_eq!(
            le(depose(2024, 5, 27)).phrase(),
            "Expirera le 27/05/2025 (12 mois après le dépôt du dossier)"
        );
    }

    #[test]
    fn people_are_told_two_weeks_before_and_only_then_does_it_expire() {
        let dossier = depose(2024, 5, 27);
        assert!(!dossier.a_annoncer(jour(2025, 5, 12)));
        assert!(dossier.a_annoncer(jour(2025, 5, 13)));
        assert!(!dossier.expire(jour(2025, 5, 27)), "nobody was told");
        let annonce = Conservation { annoncee: true, ..dossier };
        assert!(!annonce.expire(jour(2025, 5, 26)));
        assert!(annonce.expire(jour(2025, 5, 27)));
    }

    #[test]
    fn what_should_have_expired_long_ago_has_its_two_weeks_of_notice() {
        let vieux = depose(2024, 4, 25);
        let aujourdhui = jour(2026, 11, 29);
        let expiration = vieux.expiration(aujourdhui);
        assert_eq!((expiration.le, expiration.bientot), (jour(2026, 12, 13), true));
        assert_eq!(
            expiration.phrase(),
            "Expirera le 13/12/2026 (12 mois après le dépôt du dossier, durée prolongée)"
        );
    }

    #[test]
    fn nothing_expires_while_a_rendez_vous_is_to_come() {
        let aujourdhui = jour(2025, 5, 27);
        let attendu = Conservation {
            annoncee: true,
            rendez_vous: Some(jour(2025, 6, 7)),
            ..depose(2024, 5, 27)
        };
        assert!(!attendu.expire(aujourdhui));
        assert!(attendu.a_taire(aujourdhui));
        assert_eq!(attendu.expiration(aujourdhui).le, jour(2025, 6, 21));
    }

    #[test]
    fn a_duration_is_a_number_of_months_within_reason() {
        assert_eq!(lire(" 24 "), Ok(24));
        for faux in ["0", "61", "-3", "12,5", "un an"] {
            let refus = Erreur::champ(Champ::Conservation, Saisie::PasUneDuree(MOIS_MAX));
            assert_eq!(lire(faux), Err(refus), "{faux}");
        }
    }

    #[test]
    fn a_month_more_counts_from_when_it_would_have_expired() {
        let annonce = Conservation { annoncee: true, ..depose(2024, 5, 27) };
        assert_eq!(annonce.prolongation(jour(2025, 5, 20)), jour(2025, 6, 27));
    }

    proptest! {
        #[test]
        fn a_living_dossier_never_says_that_it_expired(
            depot in 0_u64..4_000, aujourdhui in 0_u64..4_000, mois in 1..=MOIS_MAX,
            garde in proptest::option::of(0_u64..4_000),
            rendez_vous in proptest::option::of(0_u64..4_000), annoncee: bool,
        ) {
            let le = |jours| jour(2020, 1, 1) + Days::new(jours);
            let dossier = Conservation {
                depose_le: le(depot), mois, garde_jusqu_au: garde.map(le), annoncee,
                rendez_vous: rendez_vous.map(le),
            };
            let aujourdhui = le(aujourdhui);
            let expiration = dossier.expiration(aujourdhui);
            prop_assert!(expiration.le >= aujourdhui);
            prop_assert!(!(dossier.expire(aujourdhui) && dossier.a_taire(aujourdhui)));
            if dossier.expire(aujourdhui) {
                prop_assert_eq!(expiration.le, aujourdhui);
            }
            prop_assert!(dossier.prolongation(aujourdhui) > expiration.le);
        }
    }
}
