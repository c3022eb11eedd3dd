//! « Rendez-vous avec les usagers »: searched, filtered, laid out.

use crate::outils::monde::{DOSSIER, Monde, raconter};
use backend::Echec;
use domain::Erreur;
use domain::ids::CompteId;
use domain::rendez_vous::Genre;
use domain::role::Acteur;
use domain::vues::{FiltresRdv, RendezVousDemarche, VueRdv};

async fn lire(monde: &Monde, acteur: &Acteur, filtres: FiltresRdv) -> RendezVousDemarche {
    monde.planning(acteur, &filtres).await.unwrap()
}

/// How many are to come with these filters, for the instructeur of the dossier.
async fn combien(monde: &Monde, filtres: FiltresRdv) -> usize {
    lire(monde, &monde.instructeur, filtres).await.a_venir.len()
}

#[tokio::test]
async fn a_rendez_vous_is_found_by_what_people_know_of_it() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        let chercher = |recherche: &str| FiltresRdv {
            recherche: recherche.to_owned(),
            ..FiltresRdv::default()
        };
        for (recherche, attendu) in [
            ("", 1),
            ("17 606 854", 1),
            ("17606855", 0),
            ("martin CAMILLE", 1),
            ("martin Jean", 0),
            ("camille.martin@", 1),
            ("marlene", 0),
            ("%", 0),
            ("'; DROP TABLE dossiers; --", 0),
        ] {
            assert_eq!(combien(&monde, chercher(recherche)).await, attendu, "{recherche}");
        }
        monde.renommer("Marlène", "KOVAČ-Nguyễn").await;
        for recherche in ["Marlène", "marlene", "MARLENE", "kovac", "nguyen marlene", "N° 17606854"]
        {
            assert_eq!(combien(&monde, chercher(recherche)).await, 1, "{recherche}");
        }
        let genre = |genre| FiltresRdv { genre: Some(genre), ..FiltresRdv::default() };
        assert_eq!(combien(&monde, genre(Genre::Visio)).await, 1);
        assert_eq!(combien(&monde, genre(Genre::SurPlace)).await, 0);
        let de = |compte| FiltresRdv { instructeur: Some(compte), ..FiltresRdv::default() };
        assert_eq!(combien(&monde, de(monde.instructeur.compte)).await, 1);
        assert_eq!(combien(&monde, de(monde.instructeur_ailleurs.compte)).await, 0);
        assert_eq!(combien(&monde, de(CompteId(99_999))).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_week_and_a_day_show_what_starts_in_them_on_the_clock_of_the_place() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        // On 7 June 2024, a Friday.
        monde.recevoir("01_rdv_created_visio").await;
        let vue = |vue, le: &str| FiltresRdv {
            vue,
            le: Some(le.parse().unwrap()),
            ..FiltresRdv::default()
        };
        for (filtres, attendu) in [
            (vue(VueRdv::Semaine, "2024-06-03"), 1),
            (vue(VueRdv::Semaine, "2024-06-09"), 1),
            (vue(VueRdv::Semaine, "2024-06-10"), 0),
            (vue(VueRdv::Jour, "2024-06-07"), 1),
            (vue(VueRdv::Jour, "2024-06-06"), 0),
        ] {
            assert_eq!(combien(&monde, filtres.clone()).await, attendu, "{filtres:?}");
        }
        // Today's week, when the address says none.
        let semaine = FiltresRdv { vue: VueRdv::Semaine, ..FiltresRdv::default() };
        assert_eq!(combien(&monde, semaine.clone()).await, 0);
        monde.le("2024-06-05 09:00:00 +0200");
        assert_eq!(combien(&monde, semaine.clone()).await, 1);
        // Cancelled, nobody is expected any more.
        monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
        assert_eq!(combien(&monde, semaine).await, 0);
        let liste = lire(&monde, &monde.instructeur, FiltresRdv::default()).await;
        assert_eq!((liste.a_venir.len(), liste.passes.len()), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn on_the_week_end_the_week_that_comes_is_shown_once_nobody_is_expected_in_this_one() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        // On 7 June 2024, a Friday.
        monde.recevoir("01_rdv_created_visio").await;
        let semaine = FiltresRdv { vue: VueRdv::Semaine, ..FiltresRdv::default() };
        for (maintenant, jour, attendu) in [
            ("2024-06-02 10:00:00 +0200", "2024-06-09", 1),
            ("2024-06-07 20:00:00 +0200", "2024-06-07", 1),
            ("2024-06-08 10:00:00 +0200", "2024-06-15", 0),
            ("2024-06-10 10:00:00 +0200", "2024-06-10", 0),
        ] {
            monde.le(maintenant);
            let lue = lire(&monde, &monde.instructeur, semaine.clone()).await;
            assert_eq!((lue.jour.to_string().as_str(), lue.a_venir.len()), (jour, attendu));
        }
        let le = Some("2024-06-08".parse().unwrap());
        let choisie = lire(&monde, &monde.instructeur, FiltresRdv { le, ..semaine.clone() }).await;
        assert_eq!(choisie.jour.to_string(), "2024-06-08", "the address says which one");
    })
    .await;
}

#[tokio::test]
async fn the_number_to_call_is_said_as_long_as_somebody_is_to_be_called() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("03_rdv_created_phone").await;
        let numero = "06\u{a0}12\u{a0}34\u{a0}56\u{a0}78";
        let liste = lire(&monde, &monde.instructeur, FiltresRdv::default()).await;
        assert_eq!(liste.a_venir[0].rendez_vous.telephone.as_deref(), Some(numero));
        let lien = async || monde.messages(DOSSIER).await.pop().unwrap().lien;
        assert_eq!(lien().await, Some(format!("tel:{numero}")));
        monde.le("2024-06-10 12:00:00 +0200");
        let liste = lire(&monde, &monde.instructeur, FiltresRdv::default()).await;
        assert_eq!(liste.passes[0].rendez_vous.telephone, None);
        assert_eq!(lien().await, None);
    })
    .await;
}

#[tokio::test]
async fn what_the_dot_announced_is_marked_the_first_time_it_is_seen() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        for nouveau in [true, false] {
            let liste = lire(&monde, &monde.instructeur, FiltresRdv::default()).await;
            assert_eq!(liste.a_venir[0].nouveau, nouveau);
            monde.le("2024-05-29 09:00:00 +0200");
        }
    })
    .await;
}

#[tokio::test]
async fn those_of_other_groupes_are_never_shown() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        let ailleurs = &monde.instructeur_ailleurs;
        for vue in VueRdv::TOUTES {
            let le = Some("2024-06-07".parse().unwrap());
            let vu = lire(&monde, ailleurs, FiltresRdv { vue, le, ..FiltresRdv::default() }).await;
            assert!(vu.a_venir.is_empty() && vu.passes.is_empty());
            assert!(vu.instructeurs.iter().all(|membre| membre.compte == ailleurs.compte));
        }
        let filtres = FiltresRdv::default();
        let refus = monde.planning(&monde.camille, &filtres).await;
        assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))));
    })
    .await;
}
