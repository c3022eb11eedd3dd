//! What the platform's own list of rendez-vous says that its notifications did not.
//!
//! A lost notification is never sent again. The list is read now and then; whatever differs from what is
//! stored is joined to it like a notification, so that nothing else has to know where a fact came from.

use crate::ids::{OrganisationId, RdvId};
use crate::rendez_vous::{Constat, Contenu, Etat, Evenement, Situation, Statut};
use chrono::{DateTime, Duration, DurationRound, SubsecRound, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// How far back the list is read, in days: what happened at a rendez-vous is filled in days later.
pub const RECUL_JOURS: i64 = 30;

/// What the list was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Releve {
    /// Whose agenda.
    pub organisation: OrganisationId,
    /// The platform's time as the reading began: what it says may be older by that much, never newer.
    pub commence_le: DateTime<Utc>,
    /// The list holds all rendez-vous that start from then on.
    pub depuis: DateTime<Utc>,
    /// What it holds; nothing for one that is there and says something that this version can't read.
    pub rendez_vous: BTreeMap<RdvId, Option<Contenu>>,
}

/// What is stored of a rendez-vous.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connu {
    /// Which one.
    pub rdv: RdvId,
    /// Its state.
    pub etat: Etat,
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ecarts {
    /// To be joined to what is stored.
    pub a_integrer: Vec<Constat>,
    /// Expected in the list and not there: to be asked for one by one before anything is concluded.
    pub a_verifier: BTreeSet<RdvId>,
}

impl Releve {
    /// When its content was true, for the order of notifications. A second earlier than the reading: a
    /// notification computed in that very second knows more than the list does.
    #[must_use]
    pub fn date(&self) -> DateTime<Utc> {
        // As both databases keep it.
        self.commence_le.trunc_subsecs(6) - Duration::seconds(1)
    }

    fn constat(&self, rdv: RdvId, contenu: Contenu) -> Constat {
        Constat {
            rdv,
            organisation: self.organisation,
            calcule_le: self.date(),
            change_le: a_la_minute(self.date()),
            evenement: Evenement::Modifie,
            contenu,
        }
    }

    /// What `connus`, the rendez-vous stored for this organisation, has to learn from the list.
    #[must_use]
    pub fn comparer(&self, connus: &[Connu]) -> Ecarts {
        let par_rdv: BTreeMap<RdvId, &Etat> = connus.iter().map(|c| (c.rdv, &c.etat)).collect();
        let a_integrer = self
            .rendez_vous
            .iter()
            .filter_map(|(rdv, contenu)| Some(self.constat(*rdv, contenu.clone()?)))
            .filter(|constat| apprend(par_rdv.get(&constat.rdv).copied(), constat))
            .collect();
        let a_verifier = connus
            .iter()
            .filter(|connu| !self.rendez_vous.contains_key(&connu.rdv))
            .filter(|connu| self.attendu(&connu.etat))
            .map(|connu| connu.rdv)
            .collect();
        Ecarts { a_integrer, a_verifier }
    }

    /// Whether the list should hold it, as far as is known.
    fn attendu(&self, etat: &Etat) -> bool {
        etat.suppression.is_none()
            && etat.situation() == Situation::Prevu
            && etat.contenu.debut >= self.depuis
            && etat.cle.calcule_le < self.date()
    }

    /// That a rendez-vous exists no more, from somebody who would see it if it did.
    ///
    /// Said as a cancellation by the service, not as a deletion: a deletion is never undone, and a
    /// conclusion may be wrong. Should the platform speak of it again, it is back.
    #[must_use]
    pub fn disparu(&self, connu: &Connu) -> Constat {
        let contenu = Contenu { statut: Statut::Revoque, ..connu.etat.contenu.clone() };
        self.constat(connu.rdv, contenu)
    }
}

/// The beginning of its minute: of something that was told at `instant` and happened somewhat before.
#[must_use]
pub fn a_la_minute(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.duration_trunc(Duration::minutes(1)).unwrap_or(instant)
}

/// Whether `constat` changes what is stored, its date apart.
fn apprend(avant: Option<&Etat>, constat: &Constat) -> bool {
    let Some(avant) = avant else { return true };
    let apres = Etat::integrer(Some(avant.clone()), constat);
    apres.contenu != avant.contenu || apres.suppression != avant.suppression
}

/// An organisation that used to speak and is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// When it was last heard.
    pub depuis: DateTime<Utc>,
    /// The longest it was silent before, in hours, at least [`SILENCE_MINIMAL_HEURES`].
    pub habituel_heures: i64,
}

/// Nobody worries about a silence shorter than this, in hours.
pub const SILENCE_MINIMAL_HEURES: i64 = 72;

/// How many times an organisation must have spoken before its silence means anything.
const RECEPTIONS_MINIMALES: usize = 10;

/// Whether an organisation has been silent for longer than it ever was. `receptions`: when its notifications
/// of the last weeks came, in order.
#[must_use]
pub fn silence(receptions: &[DateTime<Utc>], maintenant: DateTime<Utc>) -> Option<Silence> {
    let depuis = *receptions.last()?;
    if receptions.len() < RECEPTIONS_MINIMALES {
        return None;
    }
    let plus_long = receptions.windows(2).map(|paire| paire[1] - paire[0]).max()?;
    let habituel = plus_long.max(Duration::hours(SILENCE_MINIMAL_HEURES));
    (maintenant - depuis > habituel)
        .then(|| Silence { depuis, habituel_heures: habituel.num_hours() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rendez_vous::{Genre, Horaire, Suppression};
    use chrono::TimeZone;
    use proptest::prelude::*;

    fn instant(heures: i64) -> DateTime<Utc> {
        Utc.timestamp_opt(1_700_000_000 + heures * 3_600, 0).unwrap()
    }

    fn contenu(statut: Statut, heures: i64) -> Contenu {
        Contenu {
            statut,
            genre: Genre::Telephone,
            debut: instant(heures),
            horaire: Horaire { local: instant(heures).naive_utc(), fuseau: None },
            duree_minutes: 30,
            adresse: String::new(),
            lieu: None,
            visio: None,
            instruction: None,
            personnes: Vec::new(),
            agents: Vec::new(),
            collectif: false,
            createur: None,
            cree_le: None,
            numeros_cites: Vec::new(),
            dossiers_cites: Vec::new(),
            fiche: Default::default(),
        }
    }

    fn constat(rdv: i64, calcule: i64, evenement: Evenement, contenu: Contenu) -> Constat {
        Constat {
            rdv: RdvId(rdv),
            organisation: OrganisationId(100),
            calcule_le: instant(calcule),
            change_le: instant(calcule),
            evenement,
            contenu,
        }
    }

    fn connu(rdv: i64, constats: &[Constat]) -> Connu {
        let etat = constats.iter().fold(None, |etat, c| Some(Etat::integrer(etat, c)));
        Connu { rdv: RdvId(rdv), etat: etat.unwrap() }
    }

    fn releve(commence: i64, rendez_vous: &[(i64, Contenu)]) -> Releve {
        Releve {
            organisation: OrganisationId(100),
            commence_le: instant(commence),
            depuis: instant(0),
            rendez_vous: rendez_vous
                .iter()
                .map(|(rdv, c)| (RdvId(*rdv), Some(c.clone())))
                .collect(),
        }
    }

    fn pris(rdv: i64, heures: i64) -> Connu {
        connu(rdv, &[constat(rdv, 0, Evenement::Cree, contenu(Statut::Inconnu, heures))])
    }

    #[test]
    fn a_lost_booking_a_lost_move_and_a_lost_cancellation_are_found() {
        let connus = [pris(2, 50), pris(3, 50), pris(4, 50)];
        let releve = releve(
            10,
            &[
                (1, contenu(Statut::Inconnu, 40)),
                (2, contenu(Statut::Inconnu, 60)),
                (3, contenu(Statut::Excuse, 50)),
                (4, contenu(Statut::Inconnu, 50)),
            ],
        );
        let ecarts = releve.comparer(&connus);
        let rdvs: Vec<i64> = ecarts.a_integrer.iter().map(|c| c.rdv.0).collect();
        assert_eq!(rdvs, [1, 2, 3]);
        assert!(ecarts.a_verifier.is_empty());
    }

    #[test]
    fn a_notification_newer_than_the_list_is_left_alone() {
        let annule = connu(
            1,
            &[
                constat(1, 0, Evenement::Cree, contenu(Statut::Inconnu, 50)),
                constat(1, 10, Evenement::Modifie, contenu(Statut::Excuse, 50)),
            ],
        );
        let releve = releve(10, &[(1, contenu(Statut::Inconnu, 50))]);
        assert_eq!(releve.comparer(&[annule]), Ecarts::default());
    }

    #[test]
    fn what_should_be_there_and_is_not_is_asked_for() {
        let annule = connu(3, &[constat(3, 0, Evenement::Cree, contenu(Statut::Revoque, 50))]);
        let efface = connu(
            4,
            &[constat(4, 0, Evenement::Supprime(Suppression::Agent), contenu(Statut::Inconnu, 50))],
        );
        let trop_ancien = pris(5, -1);
        let tout_neuf = connu(6, &[constat(6, 10, Evenement::Cree, contenu(Statut::Inconnu, 50))]);
        let connus = [pris(2, 50), annule, efface, trop_ancien, tout_neuf];
        let ecarts = releve(10, &[]).comparer(&connus);
        assert_eq!(ecarts.a_verifier, BTreeSet::from([RdvId(2)]));
    }

    #[test]
    fn one_that_can_not_be_read_is_not_one_that_vanished() {
        let mut releve = releve(10, &[]);
        releve.rendez_vous.insert(RdvId(2), None);
        assert_eq!(releve.comparer(&[pris(2, 50)]), Ecarts::default());
    }

    #[test]
    fn a_vanished_rendez_vous_is_cancelled_and_comes_back_if_spoken_of_again() {
        let avant = pris(1, 50);
        let disparu = releve(10, &[]).disparu(&avant);
        let etat = Etat::integrer(Some(avant.etat), &disparu);
        assert_eq!(etat.situation(), Situation::AnnuleParService);
        let retour = constat(1, 20, Evenement::Modifie, contenu(Statut::Inconnu, 50));
        assert_eq!(Etat::integrer(Some(etat), &retour).situation(), Situation::Prevu);
    }

    #[test]
    fn a_silence_longer_than_ever_is_told() {
        let parle: Vec<_> = (0..12).map(|jour| instant(jour * 24)).collect();
        let fin = 11 * 24;
        assert_eq!(silence(&parle, instant(fin + 72)), None);
        let silence_ = silence(&parle, instant(fin + 73)).unwrap();
        assert_eq!(silence_, Silence { depuis: instant(fin), habituel_heures: 72 });
    }

    #[test]
    fn an_organisation_that_often_pauses_or_never_spoke_much_worries_nobody() {
        assert_eq!(silence(&[], instant(0)), None);
        let peu: Vec<_> = (0..9).map(instant).collect();
        assert_eq!(silence(&peu, instant(10_000)), None);
        let mut pause: Vec<_> = (0..12).map(instant).collect();
        pause.push(instant(300));
        assert_eq!(silence(&pause, instant(500)), None);
        assert!(silence(&pause, instant(600)).is_some());
    }

    proptest! {
        /// Whatever was lost, one comparison repairs it, and a second one finds nothing left to say.
        #[test]
        fn one_comparison_is_enough(
            statuts in proptest::collection::vec((0..5_usize, 0..100_i64), 1..8),
            perdus in proptest::collection::vec(any::<bool>(), 8),
        ) {
            let verite: Vec<Contenu> =
                statuts.iter().map(|(s, heures)| contenu(Statut::TOUS[*s], *heures)).collect();
            let recus: Vec<Constat> = verite
                .iter()
                .enumerate()
                .filter(|(rang, _)| !perdus[*rang])
                .map(|(rang, contenu)| {
                    let calcule = i64::try_from(rang).unwrap();
                    constat(1, calcule, Evenement::Modifie, contenu.clone())
                })
                .collect();
            let derniere = verite.last().unwrap().clone();
            let connus: Vec<Connu> =
                if recus.is_empty() { Vec::new() } else { vec![connu(1, &recus)] };
            let releve = releve(100, &[(1, derniere.clone())]);
            let ecarts = releve.comparer(&connus);
            let mut etat = connus.first().map(|connu| connu.etat.clone());
            for constat in &ecarts.a_integrer {
                etat = Some(Etat::integrer(etat, constat));
            }
            let etat = etat.unwrap();
            prop_assert_eq!(&etat.contenu, &derniere);
            prop_assert_eq!(
                releve.comparer(&[Connu { rdv: RdvId(1), etat }]),
                Ecarts::default()
            );
        }
    }
}
