//! What becomes of a proposition that nobody answers: its usager is reminded, then it expires.
//!
//! Times are those of the clocks of Paris, so that « in three days » is the same hour whatever the season.

use crate::erreur::{Champ, Erreur, Saisie};
use crate::saisie;
use chrono::{Days, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

/// When the first reminder leaves after a proposition, in days, until an administrateur says otherwise.
pub const PREMIERE_PAR_DEFAUT: u32 = 3;

/// The same of the second one.
pub const SECONDE_PAR_DEFAUT: u32 = 7;

/// When a proposition expires, in days, until an administrateur says otherwise.
pub const EXPIRATION_PAR_DEFAUT: u32 = 30;

/// The longest that an administrateur may say, in days.
pub const JOURS_MAX: u32 = 365;

/// Nothing happens to a proposition sooner than that after a reminder of it, in days: neither another one, nor its end.
pub const REPIT_JOURS: u32 = 2;

/// Nobody is written to before this hour, nor from the other one on.
const MATIN: NaiveTime = heure(8);
const SOIR: NaiveTime = heure(20);

const fn heure(heures: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(heures, 0, 0) {
        Some(heure) => heure,
        None => NaiveTime::MIN,
    }
}

/// What a démarche does with propositions that nobody answers. In days after the proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reglage {
    /// The first reminder; `None` when it is off.
    pub premiere: Option<u32>,
    /// The second one; `None` when it is off.
    pub seconde: Option<u32>,
    /// When it expires.
    pub expiration: u32,
}

impl Default for Reglage {
    fn default() -> Self {
        Self {
            premiere: Some(PREMIERE_PAR_DEFAUT),
            seconde: Some(SECONDE_PAR_DEFAUT),
            expiration: EXPIRATION_PAR_DEFAUT,
        }
    }
}

impl Reglage {
    /// Takes what an administrateur typed: numbers of days, nothing for a reminder that is off.
    ///
    /// # Errors
    /// [`Saisie::PasDesJours`], about [`Champ::PremiereRelance`], [`Champ::SecondeRelance`] or [`Champ::SansReponse`];
    /// [`Saisie::Vide`] about the last one.
    pub fn lire(premiere: &str, seconde: &str, expiration: &str) -> Result<Self, Erreur> {
        let premiere = jours(Champ::PremiereRelance, premiere, 1)?;
        let seconde = jours(Champ::SecondeRelance, seconde, apres(premiere))?;
        let derniere = seconde.or(premiere);
        let expiration = jours(Champ::SansReponse, expiration, apres(derniere))?;
        let expiration = expiration.ok_or(Erreur::champ(Champ::SansReponse, Saisie::Vide))?;
        Ok(Self { premiere, seconde, expiration })
    }

    /// The reminders that are on: which, and after how many days.
    fn relances(self) -> impl Iterator<Item = (u32, u32)> {
        let toutes = [(1, self.premiere), (2, self.seconde)];
        toutes.into_iter().filter_map(|(rang, jours)| Some((rang, jours?)))
    }

    /// When a proposition expires, if nobody answers it.
    #[must_use]
    pub fn expire_le(self, attente: &Attente) -> NaiveDateTime {
        attente.apres_le_repit(plus_tard(attente.depuis, self.expiration))
    }

    /// What is to be done now of a proposition that waits. Of several reminders that are late, the last one only is
    /// sent, and none once it has expired.
    #[must_use]
    pub fn geste(self, attente: &Attente, maintenant: NaiveDateTime) -> Geste {
        let expire_le = self.expire_le(attente);
        let relances: Vec<(u32, NaiveDateTime)> = self
            .relances()
            .filter(|(rang, _)| *rang > attente.faites)
            .map(|(rang, jours)| (rang, attente.apres_le_repit(plus_tard(attente.depuis, jours))))
            .filter(|(_, le)| *le < expire_le)
            .collect();
        let due = relances.iter().rev().find(|(_, le)| *le <= maintenant);
        let geste = match due {
            _ if expire_le <= maintenant => Geste::Expirer,
            Some((rang, _)) => Geste::Relancer(*rang),
            None => {
                let prochaine = relances.first().map_or(expire_le, |(_, le)| *le);
                return Geste::Attendre(prochaine);
            }
        };
        // What is due at night waits for the morning.
        let matin = de_jour(maintenant);
        if matin > maintenant { Geste::Attendre(matin) } else { geste }
    }
}

/// A proposition that waits for its usager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attente {
    /// Since when.
    pub depuis: NaiveDateTime,
    /// Which reminder was sent last, from 1; 0 for none.
    pub faites: u32,
    /// When.
    pub relancee_le: Option<NaiveDateTime>,
}

impl Attente {
    fn apres_le_repit(&self, le: NaiveDateTime) -> NaiveDateTime {
        self.relancee_le.map_or(le, |relancee| le.max(plus_tard(relancee, REPIT_JOURS)))
    }
}

/// What is to be done of a proposition that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Geste {
    /// Nothing until then.
    Attendre(NaiveDateTime),
    /// Its usager is reminded, for the first time or for the second.
    Relancer(u32),
    /// It expires.
    Expirer,
}

/// So many days later, at the same hour, unless that is at night.
fn plus_tard(quand: NaiveDateTime, jours: u32) -> NaiveDateTime {
    de_jour(quand.checked_add_days(Days::new(jours.into())).unwrap_or(NaiveDateTime::MAX))
}

/// The first moment from `quand` on when people may be written to.
fn de_jour(quand: NaiveDateTime) -> NaiveDateTime {
    if quand.time() < MATIN {
        quand.date().and_time(MATIN)
    } else if quand.time() < SOIR {
        quand
    } else {
        let demain = quand.date().checked_add_days(Days::new(1));
        demain.map_or(NaiveDateTime::MAX, |jour| jour.and_time(MATIN))
    }
}

/// The fewest days that may be typed for what comes after a reminder.
fn apres(relance: Option<u32>) -> u32 {
    relance.map_or(1, |jours| jours + REPIT_JOURS)
}

fn jours(champ: Champ, texte: &str, min: u32) -> Result<Option<u32>, Erreur> {
    let texte = saisie::ligne_facultative(champ, texte)?;
    if texte.is_empty() {
        return Ok(None);
    }
    match texte.parse() {
        Ok(jours) if (min..=JOURS_MAX).contains(&jours) => Ok(Some(jours)),
        _ => Err(Erreur::champ(champ, Saisie::PasDesJours { min, max: JOURS_MAX })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn le(texte: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(texte, "%Y-%m-%d %H:%M").unwrap()
    }

    fn attente(depuis: &str) -> Attente {
        Attente { depuis: le(depuis), faites: 0, relancee_le: None }
    }

    #[test]
    fn reminders_leave_after_three_and_seven_days_and_it_expires_after_thirty() {
        let (reglage, mut attente) = (Reglage::default(), attente("2024-05-27 16:44"));
        let premiere = le("2024-05-30 16:44");
        assert_eq!(reglage.geste(&attente, le("2024-05-30 16:43")), Geste::Attendre(premiere));
        assert_eq!(reglage.geste(&attente, premiere), Geste::Relancer(1));
        (attente.faites, attente.relancee_le) = (1, Some(premiere));
        let seconde = le("2024-06-03 16:44");
        assert_eq!(reglage.geste(&attente, premiere), Geste::Attendre(seconde));
        assert_eq!(reglage.geste(&attente, seconde), Geste::Relancer(2));
        (attente.faites, attente.relancee_le) = (2, Some(seconde));
        let fin = le("2024-06-26 16:44");
        assert_eq!(reglage.geste(&attente, seconde), Geste::Attendre(fin));
        assert_eq!(reglage.geste(&attente, fin), Geste::Expirer);
    }

    #[test]
    fn nobody_is_written_to_at_night() {
        let reglage = Reglage::default();
        for (depuis, premiere) in [
            ("2024-05-27 07:59", "2024-05-30 08:00"),
            ("2024-05-27 08:00", "2024-05-30 08:00"),
            ("2024-05-27 19:59", "2024-05-30 19:59"),
            ("2024-05-27 20:00", "2024-05-31 08:00"),
            ("2024-05-27 23:30", "2024-05-31 08:00"),
            // Both changes of the clocks of Paris.
            ("2024-03-29 09:15", "2024-04-01 09:15"),
            ("2024-03-28 02:30", "2024-03-31 08:00"),
            ("2024-10-25 09:15", "2024-10-28 09:15"),
            ("2024-10-24 02:30", "2024-10-27 08:00"),
        ] {
            let attente = attente(depuis);
            let attendu = Geste::Attendre(le(premiere));
            assert_eq!(reglage.geste(&attente, attente.depuis), attendu, "{depuis}");
        }
        let tard = reglage.geste(&attente("2024-05-27 16:44"), le("2024-05-30 22:10"));
        assert_eq!(tard, Geste::Attendre(le("2024-05-31 08:00")), "the process was down");
    }

    #[test]
    fn a_process_that_was_down_sends_the_last_one_only_and_leaves_time_to_answer() {
        let (reglage, mut attente) = (Reglage::default(), attente("2024-05-27 16:44"));
        let retour = le("2024-06-06 10:00");
        assert_eq!(reglage.geste(&attente, retour), Geste::Relancer(2));
        assert_eq!(reglage.geste(&attente, le("2024-06-26 16:44")), Geste::Expirer);
        // Late, so that the next one waits.
        (attente.faites, attente.relancee_le) = (1, Some(le("2024-06-03 10:00")));
        let seconde = Geste::Attendre(le("2024-06-05 10:00"));
        assert_eq!(reglage.geste(&attente, le("2024-06-03 16:44")), seconde);
        (attente.faites, attente.relancee_le) = (2, Some(le("2024-06-26 15:00")));
        assert_eq!(reglage.expire_le(&attente), le("2024-06-28 15:00"));
    }

    #[test]
    fn each_reminder_may_be_off() {
        let depuis = attente("2024-05-27 16:44");
        let seule = Reglage { premiere: None, ..Reglage::default() };
        let seconde = le("2024-06-03 16:44");
        assert_eq!(seule.geste(&depuis, depuis.depuis), Geste::Attendre(seconde));
        assert_eq!(seule.geste(&depuis, seconde), Geste::Relancer(2));
        let aucune = Reglage { premiere: None, seconde: None, expiration: 30 };
        let fin = le("2024-06-26 16:44");
        assert_eq!(aucune.geste(&depuis, seconde), Geste::Attendre(fin));
    }

    #[test]
    fn what_is_typed_keeps_its_order_and_its_bounds() {
        let ok = |a, b, c| Reglage::lire(a, b, c);
        assert_eq!(ok("3", "7", "30"), Ok(Reglage::default()));
        let aucune = Reglage { premiere: None, seconde: None, expiration: 1 };
        assert_eq!(ok(" ", "", "1"), Ok(aucune));
        let refus =
            |champ, min| Err(Erreur::champ(champ, Saisie::PasDesJours { min, max: JOURS_MAX }));
        for (a, b, c, attendu) in [
            ("0", "7", "30", refus(Champ::PremiereRelance, 1)),
            ("trois", "7", "30", refus(Champ::PremiereRelance, 1)),
            ("-3", "7", "30", refus(Champ::PremiereRelance, 1)),
            ("366", "", "30", refus(Champ::PremiereRelance, 1)),
            ("3", "4", "30", refus(Champ::SecondeRelance, 5)),
            ("3", "7", "8", refus(Champ::SansReponse, 9)),
            ("3", "", "4", refus(Champ::SansReponse, 5)),
            ("", "", "99999999999", refus(Champ::SansReponse, 1)),
            ("3", "7", "", Err(Erreur::champ(Champ::SansReponse, Saisie::Vide))),
        ] {
            assert_eq!(ok(a, b, c), attendu, "{a} {b} {c}");
        }
    }

    fn reglages() -> impl Strategy<Value = Reglage> {
        (prop::option::of(1..20_u32), prop::option::of(2..20_u32), 2..20_u32).prop_map(
            |(premiere, ecart, fin)| {
                let seconde = ecart.map(|ecart| apres(premiere) - 1 + ecart);
                let expiration = apres(seconde.or(premiere)) + fin;
                Reglage { premiere, seconde, expiration }
            },
        )
    }

    proptest! {
        /// Whatever a démarche is set to and whenever the processes run, a proposition is reminded of at most as often as
        /// it is set to, by day, never twice within the respite, and expires by day.
        #[test]
        fn whenever_the_processes_run(
            reglage in reglages(),
            minute in 0..1_440_i64,
            pas in prop::collection::vec(1..20_000_i64, 1..60),
        ) {
            let depuis = le("2024-03-20 00:00") + chrono::Duration::minutes(minute);
            let mut attente = Attente { depuis, faites: 0, relancee_le: None };
            let (mut maintenant, mut relances) = (depuis, 0_usize);
            for attendre in pas {
                maintenant += chrono::Duration::minutes(attendre);
                let geste = reglage.geste(&attente, maintenant);
                if let Geste::Attendre(jusqu_a) = geste {
                    prop_assert!(jusqu_a > maintenant);
                    prop_assert_eq!(de_jour(jusqu_a), jusqu_a);
                    // Looked at then, there is something to do.
                    prop_assert!(!matches!(reglage.geste(&attente, jusqu_a), Geste::Attendre(_)));
                    continue;
                }
                prop_assert_eq!(de_jour(maintenant), maintenant);
                match geste {
                    Geste::Relancer(rang) => {
                        prop_assert!(rang > attente.faites && maintenant < reglage.expire_le(&attente));
                        if let Some(avant) = attente.relancee_le {
                            prop_assert!(maintenant - avant >= chrono::Duration::days(REPIT_JOURS.into()));
                        }
                        (attente.faites, attente.relancee_le) = (rang, Some(maintenant));
                        relances += 1;
                        prop_assert!(relances <= reglage.relances().count());
                    }
                    _ => {
                        prop_assert!(maintenant >= plus_tard(depuis, reglage.expiration));
                        break;
                    }
                }
            }
        }
    }
}
