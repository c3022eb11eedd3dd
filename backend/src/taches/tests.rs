//! What is stored: rows of earlier versions are read, and each task is found by the workers of its kind.

use super::definition::genre;
use super::*;
use domain::rendez_vous::Changement;

/// Rows of `taches` as the version of 29 November 2026 wrote them.
const COURRIELS: &[&str] = &[
    r#"{"courriel_proposition":{"proposition":12}}"#,
    r#"{"courriel_retrait":{"proposition":12}}"#,
    r#"{"courriel_message":{"dossier":17606854,"instructeur":null}}"#,
    r#"{"courriel_message":{"dossier":17606854,"instructeur":3}}"#,
    r#"{"courriel_traitement":{"traitement":5}}"#,
    r#"{"courriel_correction":{"correction":6}}"#,
    r#"{"courriel_avis":{"avis":7,"relance":0}}"#,
    r#"{"courriel_avis_rendu":{"avis":7,"compte":3}}"#,
    r#"{"courriel_reaffectation":{"compte":3,"reaffectation":8}}"#,
    r#"{"courriel_expiration":{"dossier":17606854}}"#,
    r#"{"courriel_expirants":{"compte":3,"demarche":88454}}"#,
    r#"{"courriel_expire":{"dossier":17606854}}"#,
    r#"{"courriel_envoi":{"envoi":9}}"#,
    r#"{"courriel_depot":{"dossier":17606854}}"#,
    r#"{"courriel_invite":{"invite":10}}"#,
    r#"{"courriel_compte":{"lien":11}}"#,
    r#"{"courriel_rendez_vous":{"a":"usager","changement":"pris","dossier":17606854,"duree_minutes":30,"genre":"visio","horaire":{"fuseau":"Europe/Paris","local":"2024-06-07T15:30:00"},"instructeur":null,"proposition":12,"rendez_vous":4}}"#,
];

const DEMANDES: &[&str] =
    &[r#"{"invitation_rdv":{"proposition":12}}"#, r#"{"plan_rdv":{"plan":2}}"#];

fn relire<T: Tache>(charge: &str) -> Option<T> {
    serde_json::from_str(charge).ok()
}

#[test]
fn what_an_earlier_version_stored_is_read_and_stored_alike() {
    for charge in COURRIELS {
        let lu: Courriel = relire(charge).unwrap_or_else(|| panic!("{charge}"));
        assert_eq!(&lu.charge().unwrap().to_string(), charge, "the same row is found again");
        assert!(relire::<Demande>(charge).is_none(), "{charge}");
    }
    for charge in DEMANDES {
        let lu: Demande = relire(charge).unwrap_or_else(|| panic!("{charge}"));
        assert_eq!(&lu.charge().unwrap().to_string(), charge);
        let genre = genre(&lu.charge().unwrap()).map(|(genre, _)| genre.to_owned());
        assert!(Demande::GENRES.contains(&genre.as_deref().unwrap()), "{charge}");
        assert!(relire::<Courriel>(charge).is_none(), "{charge}");
    }
}

#[test]
fn a_row_that_does_not_say_which_rendez_vous_is_read_too() {
    let charge = r#"{"courriel_rendez_vous":{"dossier":1,"proposition":null,"changement":"annule_par_usager","genre":"visio","horaire":{"local":"2024-06-07T15:30:00","fuseau":null},"duree_minutes":30,"a":"instructeur"}}"#;
    let Some(Courriel::RendezVous(nouvelle)) = relire(charge) else { panic!("not read") };
    assert_eq!((nouvelle.rendez_vous, nouvelle.instructeur), (None, None));
    assert_eq!(nouvelle.changement, Changement::AnnuleParUsager);
}
