//! « statistiques », in a world whose numbers are known by hand.

use crate::outils::corps::{VISIO, avec, corps, personne};
use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::demarche::statistiques;
use backend::rendez_vous::propositions::{self, Voulue};
use backend::rendez_vous::relances;
use backend::tables::dossier;
use domain::Erreur;
use domain::ids::DossierNumero;
use domain::proposition::Intention;
use domain::rendez_vous::Genre;
use domain::role::Acteur;
use domain::statistiques::{Comptes, Ligne};
use domain::vues::StatistiquesDemarche;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::json;

async fn lire(monde: &Monde, qui: &Acteur, question: &str) -> Result<StatistiquesDemarche, Erreur> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let lues = statistiques::lire(db, qui, DEMARCHE, question, t).await;
    lues.map_err(Echec::pour_l_ecran)
}

async fn proposer(monde: &Monde, quand: &str, dossier: DossierNumero) {
    monde.le(quand);
    let voulue = Voulue { intention: Intention::Premiere, complement: "", cle: quand.into() };
    monde
        .changer(&monde.instructeur, async |c| {
            propositions::proposer_selon(c, dossier, voulue).await
        })
        .await
        .unwrap();
}

/// The usager of `dossier` books, at the place that `genre` says; or what becomes of it.
async fn dire(
    monde: &Monde,
    quand: &str,
    (rdv, genre): (i64, &str),
    (evenement, statut, debut): (&str, &str, &str),
    email: &str,
) {
    monde.le(quand);
    let mut dit = corps(VISIO);
    dit["meta"]["event"] = json!(evenement);
    dit["meta"]["timestamp"] = json!(quand);
    let data = &mut dit["data"];
    data["id"] = json!(rdv);
    data["status"] = json!(statut);
    data["starts_at"] = json!(debut);
    data["ends_at"] = json!(null);
    data["motif"]["location_type"] = json!(genre);
    let id = if email.starts_with("camille") { 7_000 } else { 7_001 };
    avec(data, &json!([personne(id, Some(email))]));
    monde.livrer(&dit).await;
}

/// May: a booking that took place, one withdrawn. June: a booking by telephone to which nobody came, one cancelled, then
/// one without an answer. July: one that waits.
async fn peupler(monde: &Monde) {
    let (camille, jean) = ("camille.martin@exemple.fr", "jean.robert@exemple.fr");
    let visio = (501, "visio");
    proposer(monde, "2024-05-02 10:00:00 +0200", DOSSIER).await;
    let pris = ("created", "unknown", "2024-05-06 10:00:00 +0200");
    dire(monde, "2024-05-02 12:00:00 +0200", visio, pris, camille).await;
    let honore = ("updated", "seen", "2024-05-06 10:00:00 +0200");
    dire(monde, "2024-05-06 11:00:00 +0200", visio, honore, camille).await;
    proposer(monde, "2024-05-31 23:30:00 +0200", AUTRE_DOSSIER).await;
    let message = monde.messages(AUTRE_DOSSIER).await.pop().unwrap();
    monde.retirer(message.id).await.unwrap();

    let telephone = (502, "phone");
    proposer(monde, "2024-06-01 00:30:00 +0200", DOSSIER).await;
    let pris = ("created", "unknown", "2024-06-03 00:30:00 +0200");
    dire(monde, "2024-06-01 06:30:00 +0200", telephone, pris, camille).await;
    let absent = ("updated", "noshow", "2024-06-03 00:30:00 +0200");
    dire(monde, "2024-06-03 11:00:00 +0200", telephone, absent, camille).await;
    let domicile = (503, "home");
    proposer(monde, "2024-06-04 10:00:00 +0200", AUTRE_DOSSIER).await;
    let pris = ("created", "unknown", "2024-06-20 10:00:00 +0200");
    dire(monde, "2024-06-04 20:00:00 +0200", domicile, pris, jean).await;
    let annule = ("updated", "excused", "2024-06-20 10:00:00 +0200");
    dire(monde, "2024-06-05 11:00:00 +0200", domicile, annule, jean).await;
    proposer(monde, "2024-06-06 10:00:00 +0200", DOSSIER).await;
    monde.le("2024-07-06 10:00:00 +0200");
    let bilan = relances::passer(&monde.contexte.base, monde.maintenant()).await.unwrap();
    assert_eq!((bilan.relances, bilan.expirees), (0, 1));
    proposer(monde, "2024-07-10 10:00:00 +0200", AUTRE_DOSSIER).await;
}

#[tokio::test]
async fn the_numbers_are_those_that_are_known_by_hand() {
    raconter(async |monde: Monde| {
        peupler(&monde).await;
        let lues = lire(&monde, &monde.instructeur, "").await.unwrap();
        assert_eq!(lues.groupes, ["tom.instructeur@exemple.gouv.fr"]);
        let statistiques = &lues.statistiques;
        let total = Comptes {
            propositions: 6,
            reservees: 3,
            en_attente: 1,
            sans_reponse: 1,
            retirees: 1,
            honores: 1,
            annules: 1,
            absences: 1,
            prevus: 0,
        };
        // Booked after 2, 6 and 10 hours; held after 4 and 2 days.
        let attendu =
            Ligne { comptes: total, reservation: Some(6 * 60), rendez_vous: Some(3 * 24 * 60) };
        assert_eq!(statistiques.total, attendu);
        assert_eq!(statistiques.par_mois.len(), 12);
        let du_mois = |nom: &str| {
            let trouve = statistiques.par_mois.iter().find(|(mois, _)| mois.to_string() == nom);
            let c = trouve.unwrap().1.comptes;
            [c.propositions, c.reservees, c.en_attente, c.sans_reponse, c.retirees]
        };
        assert_eq!(du_mois("2024-04"), [0; 5]);
        assert_eq!(du_mois("2024-05"), [2, 1, 0, 0, 1], "by the month in Paris");
        assert_eq!(du_mois("2024-06"), [3, 2, 0, 1, 0]);
        assert_eq!(du_mois("2024-07"), [1, 0, 1, 0, 0]);
        let du_genre = |voulu: Genre| {
            let trouve = statistiques.par_genre.iter().find(|(genre, _)| *genre == Some(voulu));
            let c = trouve.unwrap().1.comptes;
            [c.reservees, c.honores, c.absences, c.annules]
        };
        assert_eq!(statistiques.par_genre.len(), 4, "each kind is known");
        assert_eq!(du_genre(Genre::Visio), [1, 1, 0, 0]);
        assert_eq!(du_genre(Genre::Telephone), [1, 0, 1, 0]);
        assert_eq!(du_genre(Genre::Domicile), [1, 0, 0, 1]);
        assert_eq!(du_genre(Genre::SurPlace), [0; 4]);
        let juin = lire(&monde, &monde.instructeur, "?du=2024-06&au=2024-06").await.unwrap();
        assert_eq!(juin.statistiques.total.comptes.propositions, 3);
        assert_eq!(juin.statistiques.par_mois.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn one_counts_the_dossiers_of_one_s_groupes_and_nothing_else_can_be_told() {
    raconter(async |monde: Monde| {
        let ailleurs = &monde.instructeur_ailleurs;
        // The months that one may choose end with the one that runs.
        monde.le("2024-07-10 09:00:00 +0200");
        let avant = lire(&monde, ailleurs, "au=2024-07").await.unwrap();
        peupler(&monde).await;
        let apres = lire(&monde, ailleurs, "au=2024-07").await.unwrap();
        assert_eq!(apres, avant, "what happens in other groupes changes nothing");
        for qui in [&monde.admin, &monde.camille] {
            assert_eq!(lire(&monde, qui, "").await.unwrap_err(), Erreur::Introuvable);
        }
        // What its usager deleted is no longer there.
        let db = monde.contexte.base.lire();
        let sien = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
        let mut supprime = sien.into_active_model();
        supprime.supprime_le = Set(Some(monde.maintenant()));
        supprime.update(db).await.unwrap();
        let restent = lire(&monde, &monde.instructeur, "").await.unwrap().statistiques;
        assert_eq!(restent.total.comptes.propositions, 3);
    })
    .await;
}
