//! What the platform's own list makes up for.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, lire_echantillon, raconter};
use crate::outils::plateforme::Plateforme;
use backend::Echec;
use backend::rendez_vous::{reconciliations, tuile_rdv};
use backend::tables::rendez_vous;
use domain::Erreur;
use domain::dossier::Tag;
use domain::vues::{EchecSynchronisation, Synchronisation};
use sandbox::embedded::FailureKind;
use sea_orm::EntityTrait;
use serde_json::Value;

const PRIS: &str = "01_rdv_created_visio";
/// The number of both.
const RDV: i64 = 296_828;
const ANNULE: &str = "06_rdv_updated_cancelled_by_user_excused";

/// `data` of a sample: what the list would say.
fn data(echantillon: &str) -> Value {
    let corps: Value = serde_json::from_slice(&lire_echantillon(echantillon)).unwrap();
    corps["data"].clone()
}

/// A proposition waits, and the administrateur has connected an account.
async fn attendre(monde: &mut Monde) -> Plateforme {
    let plateforme = Plateforme::ouvrir(monde).await;
    plateforme.connecter(monde, &monde.admin).await;
    monde.proposer(DOSSIER, "a").await.unwrap();
    monde.courriels().await;
    monde.le("2024-05-28 09:00:00 +0200");
    plateforme
}

async fn comparer(monde: &Monde) {
    reconciliations::tout_comparer(&monde.contexte).await.unwrap();
}

async fn vue(monde: &Monde) -> Synchronisation {
    let (db, outils) = (monde.contexte.base.lire(), &monde.contexte.outils);
    let reglage = tuile_rdv::lire(db, outils, &monde.admin, DEMARCHE, monde.maintenant()).await;
    reglage.unwrap().webhook.unwrap().synchronisation
}

async fn demander(monde: &Monde, qui: &domain::role::Acteur) -> Result<(), Echec> {
    monde.changer(qui, async |c| reconciliations::demander(c, DEMARCHE).await).await
}

#[tokio::test]
async fn a_booking_whose_notification_was_lost_is_found_and_said_once() {
    raconter(async |mut monde: Monde| {
        let plateforme = attendre(&mut monde).await;
        plateforme.bac.remember(&data(PRIS)).unwrap();
        comparer(&monde).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert!(monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous pris"));
        let (messages, courriels) = (monde.messages(DOSSIER).await.len(), monde.courriels().await);
        assert_eq!(vue(&monde).await.reparees, 1);
        // The notification comes after all, then the next comparison: nothing is said again.
        monde.recevoir(PRIS).await;
        monde.le("2024-05-28 09:20:00 +0200");
        comparer(&monde).await;
        assert_eq!(vue(&monde).await.reparees, 0);
        assert_eq!(monde.messages(DOSSIER).await.len(), messages);
        assert_eq!(monde.courriels().await, courriels);
    })
    .await;
}

#[tokio::test]
async fn a_lost_cancellation_is_found() {
    raconter(async |mut monde: Monde| {
        let plateforme = attendre(&mut monde).await;
        monde.recevoir(PRIS).await;
        plateforme.bac.remember(&data(ANNULE)).unwrap();
        comparer(&monde).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
        assert!(monde.dernier_message(DOSSIER).await.contains("annulé par l'utilisateur"));
    })
    .await;
}

#[tokio::test]
async fn one_that_vanished_is_cancelled_only_on_the_word_of_who_sees_everything() {
    raconter(async |mut monde: Monde| {
        let plateforme = attendre(&mut monde).await;
        monde.recevoir(PRIS).await;
        plateforme.bac.administers_territory(false);
        comparer(&monde).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris), "somebody else may see it");
        monde.le("2024-05-28 09:30:00 +0200");
        plateforme.bac.administers_territory(true);
        plateforme.bac.remember(&data(PRIS)).unwrap();
        plateforme.bac.leaves_out_of_lists(true);
        comparer(&monde).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris), "it is there, by its number");
        monde.le("2024-05-28 10:00:00 +0200");
        plateforme.bac.destroy(RDV);
        comparer(&monde).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
        assert!(monde.dernier_message(DOSSIER).await.contains("annulé par le service"));
        // The platform speaks of it again: the conclusion was wrong, it is back.
        monde.le("2024-05-28 10:30:00 +0200");
        plateforme.bac.leaves_out_of_lists(false);
        plateforme.bac.remember(&data(PRIS)).unwrap();
        comparer(&monde).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
    })
    .await;
}

#[tokio::test]
async fn what_is_two_years_old_is_erased_though_nothing_said_so_and_nobody_is_connected() {
    raconter(async |mut monde: Monde| {
        let _plateforme = Plateforme::ouvrir(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(PRIS).await;
        let db = monde.contexte.base.lire();
        let ligne = async || rendez_vous::Entity::find().one(db).await.unwrap().unwrap();
        let (messages, courriels) = (monde.messages(DOSSIER).await.len(), monde.courriels().await);
        monde.le("2026-06-07 15:59:00 +0200");
        comparer(&monde).await;
        assert!(format!("{:?}", ligne().await).contains("MARTIN"), "it ended at 16h, not yet");
        monde.le("2026-06-07 16:30:00 +0200");
        comparer(&monde).await;
        let garde = ligne().await;
        assert_eq!(garde.dossier, Some(DOSSIER), "the history stays");
        let garde = format!("{garde:?}");
        assert!(!garde.contains("MARTIN") && !garde.contains("6425"), "{garde}");
        assert_eq!(monde.messages(DOSSIER).await.len(), messages, "it is no cancellation");
        assert_eq!(monde.courriels().await, courriels);
    })
    .await;
}

#[tokio::test]
async fn one_that_can_not_be_read_is_left_as_it_was() {
    raconter(async |mut monde: Monde| {
        let plateforme = attendre(&mut monde).await;
        monde.recevoir(PRIS).await;
        plateforme.bac.remember(&data(PRIS)).unwrap();
        plateforme.bac.says_unknown_statuses();
        comparer(&monde).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
    })
    .await;
}

#[tokio::test]
async fn a_failure_is_said_and_tried_again() {
    raconter(async |mut monde: Monde| {
        let plateforme = attendre(&mut monde).await;
        plateforme.bac.remember(&data(PRIS)).unwrap();
        plateforme.bac.fails(FailureKind::InternalError);
        comparer(&monde).await;
        assert_eq!(vue(&monde).await.echec, Some(EchecSynchronisation::Injoignable));
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose), "nothing is lost");
        plateforme.bac.recovers();
        monde.le("2024-05-28 09:04:00 +0200");
        comparer(&monde).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose), "not yet its turn");
        monde.le("2024-05-28 09:06:00 +0200");
        comparer(&monde).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(vue(&monde).await.echec, None);
    })
    .await;
}

#[tokio::test]
async fn it_is_done_on_demand_by_who_manages_the_demarche() {
    raconter(async |mut monde: Monde| {
        let plateforme = attendre(&mut monde).await;
        comparer(&monde).await;
        assert!(!vue(&monde).await.en_cours);
        let refus = demander(&monde, &monde.instructeur).await;
        assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))), "{refus:?}");
        plateforme.bac.remember(&data(PRIS)).unwrap();
        monde.le("2024-05-28 09:01:00 +0200");
        demander(&monde, &monde.admin).await.unwrap();
        assert!(vue(&monde).await.en_cours);
        comparer(&monde).await;
        assert!(!vue(&monde).await.en_cours);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
    })
    .await;
}

#[tokio::test]
async fn without_a_connected_account_it_says_what_it_needs() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir(&mut monde).await;
        comparer(&monde).await;
        assert_eq!(vue(&monde).await.echec, Some(EchecSynchronisation::SansConnexion));
        assert_eq!(plateforme.bac.count("GET /api/v1/organisations/100/rdvs"), 0);
    })
    .await;
}
