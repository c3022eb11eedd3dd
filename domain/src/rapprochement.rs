//! Which dossier does a rendez-vous belong to? No webhook says it.
//!
//! A rendez-vous is attached only when exactly one dossier is left. Otherwise a person decides: a wrong
//! guess would send somebody to another person's appointment.

use crate::ids::{DossierNumero, PropositionId, RdvUserId};
use crate::proposition::EtatProposition;
use crate::rendez_vous::Personne;
use chrono::{DateTime, Utc};

/// A dossier of a démarche whose agenda is that of the rendez-vous, with its latest proposition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidat {
    /// The dossier.
    pub dossier: DossierNumero,
    /// Its latest proposition.
    pub proposition: PropositionId,
    /// Where that proposition stands.
    pub etat: EtatProposition,
    /// When it was made.
    pub proposee_le: DateTime<Utc>,
    /// E-mail of the person who filed the dossier.
    pub email: String,
    /// The platform's ids of the persons of earlier rendez-vous of this dossier.
    pub connus: Vec<RdvUserId>,
}

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rapprochement {
    /// Exactly one dossier.
    Unique {
        /// The dossier.
        dossier: DossierNumero,
        /// The proposition that the rendez-vous answers.
        proposition: PropositionId,
    },
    /// Several dossiers, equally likely: somebody must choose.
    Ambigu(Vec<DossierNumero>),
    /// None.
    Aucun,
}

/// How surely a candidate is the one, best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Preuve {
    Email,
    IdentifiantConnu,
}

/// Looks for the dossier of a rendez-vous among `candidats`.
///
/// The person's platform id, known from an earlier rendez-vous, is stronger than an equal e-mail. Among
/// the candidates with the strongest proof, those whose proposition still waits come first: a booking
/// answers what was asked. Names alone never attach.
#[must_use]
pub fn rapprocher(personnes: &[Personne], candidats: &[Candidat]) -> Rapprochement {
    let prouves: Vec<(Preuve, &Candidat)> =
        candidats.iter().filter_map(|c| Some((preuve(personnes, c)?, c))).collect();
    let Some(meilleure) = prouves.iter().map(|(preuve, _)| *preuve).max() else {
        return Rapprochement::Aucun;
    };
    let retenus: Vec<&Candidat> =
        prouves.into_iter().filter(|(preuve, _)| *preuve == meilleure).map(|(_, c)| c).collect();
    let en_attente: Vec<&Candidat> =
        retenus.iter().filter(|c| c.etat == EtatProposition::Proposee).copied().collect();
    let restants = if en_attente.is_empty() { retenus } else { en_attente };
    match restants.as_slice() {
        [seul] => Rapprochement::Unique { dossier: seul.dossier, proposition: seul.proposition },
        plusieurs => Rapprochement::Ambigu(plusieurs.iter().map(|c| c.dossier).collect()),
    }
}

fn preuve(personnes: &[Personne], candidat: &Candidat) -> Option<Preuve> {
    if personnes.iter().any(|p| candidat.connus.contains(&p.id)) {
        return Some(Preuve::IdentifiantConnu);
    }
    let attendu = normaliser(&candidat.email)?;
    personnes
        .iter()
        .filter_map(|p| normaliser(p.email.as_deref()?))
        .any(|email| email == attendu)
        .then_some(Preuve::Email)
}

/// The e-mail as it is compared. `None` when empty or when it stands for a deleted person.
fn normaliser(email: &str) -> Option<String> {
    let email = email.trim().to_lowercase();
    let efface = email.ends_with("@deleted.rdv-solidarites.fr");
    (!email.is_empty() && !efface).then_some(email)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn personne(id: i64, email: Option<&str>) -> Personne {
        Personne {
            id: RdvUserId(id),
            email: email.map(ToOwned::to_owned),
            prenom: "Camille".to_owned(),
            nom: "MARTIN".to_owned(),
        }
    }

    fn candidat(dossier: i64, etat: EtatProposition, email: &str, connus: &[i64]) -> Candidat {
        Candidat {
            dossier: DossierNumero(dossier),
            proposition: PropositionId(dossier * 10),
            etat,
            proposee_le: Utc.timestamp_opt(0, 0).unwrap(),
            email: email.to_owned(),
            connus: connus.iter().copied().map(RdvUserId).collect(),
        }
    }

    fn unique(dossier: i64) -> Rapprochement {
        Rapprochement::Unique {
            dossier: DossierNumero(dossier),
            proposition: PropositionId(dossier * 10),
        }
    }

    use EtatProposition::{Annulee, Prise, Proposee, Retiree};

    #[test]
    fn the_email_of_the_dossier_attaches_whatever_its_case() {
        let candidats = [
            candidat(1, Proposee, "Camille.Martin@exemple.fr", &[]),
            candidat(2, Proposee, "a@b.fr", &[]),
        ];
        let personnes = [personne(9, Some(" camille.martin@EXEMPLE.fr "))];
        assert_eq!(rapprocher(&personnes, &candidats), unique(1));
    }

    #[test]
    fn two_dossiers_of_one_person_are_left_to_a_person() {
        let candidats =
            [candidat(1, Proposee, "a@b.fr", &[]), candidat(2, Proposee, "a@b.fr", &[])];
        assert_eq!(
            rapprocher(&[personne(9, Some("a@b.fr"))], &candidats),
            Rapprochement::Ambigu(vec![DossierNumero(1), DossierNumero(2)])
        );
    }

    #[test]
    fn the_dossier_that_waits_for_an_answer_comes_first() {
        for etat in [Prise, Annulee, Retiree] {
            let candidats =
                [candidat(1, etat, "a@b.fr", &[]), candidat(2, Proposee, "a@b.fr", &[])];
            assert_eq!(rapprocher(&[personne(9, Some("a@b.fr"))], &candidats), unique(2));
        }
    }

    #[test]
    fn a_late_booking_finds_its_withdrawn_proposition() {
        let candidats = [candidat(1, Retiree, "a@b.fr", &[])];
        assert_eq!(rapprocher(&[personne(9, Some("a@b.fr"))], &candidats), unique(1));
    }

    #[test]
    fn a_known_person_wins_over_an_equal_email() {
        let candidats =
            [candidat(1, Proposee, "a@b.fr", &[]), candidat(2, Annulee, "c@d.fr", &[9])];
        assert_eq!(rapprocher(&[personne(9, Some("a@b.fr"))], &candidats), unique(2));
    }

    #[test]
    fn neither_a_name_nor_an_erased_email_attaches() {
        let candidats = [
            candidat(1, Proposee, "", &[]),
            candidat(2, Proposee, "user_1@deleted.rdv-solidarites.fr", &[]),
        ];
        for personnes in [
            vec![],
            vec![personne(9, None)],
            vec![personne(9, Some(""))],
            vec![personne(9, Some("user_1@deleted.rdv-solidarites.fr"))],
        ] {
            assert_eq!(rapprocher(&personnes, &candidats), Rapprochement::Aucun);
        }
    }
}
