//! What RDV Service Public says, and what comes of it.

use crate::outils::monde::{
    AUTRE_DOSSIER, DOSSIER, Monde, ORGANISATION, lire_echantillon, raconter, signer,
};
use backend::dossier::entete;
use backend::rendez_vous::arrivee::inbox::{self, Refus};
use backend::rendez_vous::onglet;
use backend::tables::notification::EtatNotification;
use backend::tables::{notification, rendez_vous as table};
use domain::dossier::Tag;
use domain::ids::{OrganisationId, RdvId};
use domain::rendez_vous::{Genre, Situation};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};

const TOUS: [&str; 12] = [
    "01_rdv_created_visio",
    "02_rdv_created_public_office",
    "03_rdv_created_phone",
    "04_rdv_created_home",
    "05_rdv_updated_rescheduled_by_user",
    "06_rdv_updated_cancelled_by_user_excused",
    "07_rdv_updated_revoked_by_agent",
    "08_rdv_updated_reinstated_unknown",
    "09_rdv_updated_noshow",
    "10_rdv_updated_seen",
    "11_rdv_destroyed_by_agent",
    "12_rdv_destroyed_rgpd",
];

async fn onglet(monde: &Monde) -> domain::vues::OngletRendezVous {
    let (camille, t) = (&monde.camille, monde.maintenant());
    let db = monde.contexte.base.lire();
    let onglet::Onglet { vue, non_vu } = onglet::onglet(db, camille, DOSSIER, t).await.unwrap();
    if let Some(change_le) = non_vu {
        let voir = monde.changer(camille, async |c| onglet::voir(c, DOSSIER, change_le).await);
        voir.await.unwrap();
    }
    vue
}

#[tokio::test]
async fn a_video_booking_reaches_everybody() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.courriels().await;
        monde.le("2024-05-27 18:21:08 +0200");
        monde.recevoir("01_rdv_created_visio").await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(
            monde.dernier_message(DOSSIER).await,
            "Rendez-vous pris en visioconférence le 7 juin 2024 à 15h30 (durée\u{a0}: 30 minutes)"
        );
        let lien = async || monde.messages(DOSSIER).await.pop().unwrap().lien;
        assert!(lien().await.unwrap().starts_with("https://webconf.numerique.gouv.fr/"));
        let dernier = monde.courriels().await.pop().unwrap();
        assert_eq!(dernier.0, "tom.instructeur@exemple.gouv.fr");
        assert_eq!(dernier.1, "Confirmation de prise de rendez-vous par l'utilisateur concernant le dossier n°17606854");
        let entete = async || {
            let db = monde.contexte.base.lire();
            entete::de_l_usager(db, &monde.camille, DOSSIER, monde.maintenant()).await.unwrap()
        };
        assert!(entete().await.rendez_vous_non_vu);
        let rdv = onglet(&monde).await.a_venir.remove(0);
        assert!(!entete().await.rendez_vous_non_vu, "seen once shown");
        assert_eq!(
            rdv.visio.as_deref(),
            Some("https://webconf.numerique.gouv.fr/RdvServicePublic6f0b2c1e5f6e4a579c0e1f4f1f0a7d11")
        );
        assert_eq!(rdv.infos, "https://rdv.anct.gouv.fr/users/rdvs/296828");
        assert_eq!(rdv.duree_minutes, 30);
        monde.le("2024-06-07 16:00:00 +0200");
        assert_eq!(lien().await, None, "nobody is expected in that room any more");
    })
    .await;
}

#[tokio::test]
async fn each_kind_has_its_place() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("02_rdv_created_public_office").await;
        monde.recevoir("03_rdv_created_phone").await;
        let [telephone, mairie] = &onglet(&monde).await.a_venir[..] else { panic!() };
        assert_eq!(telephone.genre, Genre::Telephone);
        assert!(telephone.adresse.is_empty() && telephone.visio.is_none());
        assert_eq!(mairie.genre, Genre::SurPlace);
        assert_eq!(
            mairie.adresse,
            ["Mairie de Saint-Péray", "Rue de la Mairie", "07130 Saint-Péray"]
        );
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        monde.recevoir("04_rdv_created_home").await;
        assert_eq!(
            monde.dernier_message(AUTRE_DOSSIER).await,
            "Rendez-vous pris à domicile le 20 juin 2024 à 14h00 (durée\u{a0}: 1 heure)"
        );
    })
    .await;
}

#[tokio::test]
async fn a_move_then_a_cancellation_by_the_usager_are_each_said_once() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.courriels().await;
        monde.recevoir("01_rdv_created_visio").await;
        monde.courriels().await;
        monde.recevoir("05_rdv_updated_rescheduled_by_user").await;
        monde.courriels().await;
        assert!(monde.dernier_message(DOSSIER).await.starts_with(
            "Rendez-vous déplacé\u{a0}: il aura lieu en visioconférence le 10 juin 2024 à 10h00"
        ));
        monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
        assert!(
            monde
                .dernier_message(DOSSIER)
                .await
                .starts_with("Rendez-vous annulé par l'utilisateur")
        );
        let avant = monde.messages(DOSSIER).await.len();
        for encore in [TOUS[0], TOUS[4], TOUS[5]] {
            monde.recevoir(encore).await;
        }
        assert_eq!(monde.messages(DOSSIER).await.len(), avant);
        assert_eq!(monde.courriels().await.len(), 4, "proposition, booking, move, cancellation");
    })
    .await;
}

#[tokio::test]
async fn revoked_then_reinstated_then_seen_then_erased() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("02_rdv_created_public_office").await;
        monde.recevoir("07_rdv_updated_revoked_by_agent").await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
        let courriels = monde.courriels().await;
        assert!(courriels.iter().any(|(a, sujet)| a == "camille.martin@exemple.fr"
            && sujet.starts_with("Votre rendez-vous est annulé")));
        monde.recevoir("08_rdv_updated_reinstated_unknown").await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        monde.le("2024-06-18 12:30:00 +0200");
        assert_eq!(monde.tag(DOSSIER).await, None);
        let dits = monde.messages(DOSSIER).await.len();
        monde.recevoir("10_rdv_updated_seen").await;
        monde.recevoir("12_rdv_destroyed_rgpd").await;
        assert_eq!(onglet(&monde).await.passes[0].situation, Situation::Honore);
        assert_eq!(monde.messages(DOSSIER).await.len(), dits);
        let ligne = table::Entity::find().one(monde.contexte.base.lire()).await.unwrap().unwrap();
        assert!(!ligne.contenu.contains("MARTIN"), "nothing of the person is kept");
    })
    .await;
}

#[tokio::test]
async fn an_absence_and_a_deletion_are_told_apart() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("03_rdv_created_phone").await;
        monde.le("2024-06-10 10:03:00 +0200");
        monde.recevoir("09_rdv_updated_noshow").await;
        assert_eq!(onglet(&monde).await.passes[0].situation, Situation::Absence);
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        monde.recevoir("04_rdv_created_home").await;
        monde.recevoir("11_rdv_destroyed_by_agent").await;
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, Some(Tag::RdvAnnule));
        monde.recevoir("04_rdv_created_home").await;
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, Some(Tag::RdvAnnule), "it never comes back");
    })
    .await;
}

#[tokio::test]
async fn the_end_is_the_same_in_any_order_and_any_number() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        // Backwards, each three times: the last delivered is the oldest.
        for nom in TOUS.iter().rev() {
            for _ in 0..3 {
                monde.recevoir(nom).await;
            }
        }
        let db = monde.contexte.base.lire();
        let lignes = table::Entity::find().order_by_asc(table::Column::Rdv).all(db).await.unwrap();
        let situations: Vec<Situation> =
            lignes.iter().map(|l| table::lire(l).unwrap().situation()).collect();
        assert_eq!(
            situations,
            [
                Situation::AnnuleParUsager,
                Situation::Honore,
                Situation::Absence,
                Situation::AnnuleParService
            ]
        );
        let recues = notification::Entity::find().count(db).await.unwrap();
        assert_eq!(recues, 12, "repeats are recognised");
    })
    .await;
}

#[tokio::test]
async fn without_a_proposition_nothing_is_attached_and_nothing_is_lost() {
    raconter(async |monde: Monde| {
        monde.recevoir("01_rdv_created_visio").await;
        assert_eq!(monde.tag(DOSSIER).await, None);
        assert!(monde.messages(DOSSIER).await.is_empty());
        let db = monde.contexte.base.lire();
        let ligne = table::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!((ligne.rdv, ligne.dossier), (RdvId(296_828), None));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_rightly_signed_is_refused_and_leaves_no_trace() {
    raconter(async |monde: Monde| {
        let corps = lire_echantillon(TOUS[0]);
        let recevoir = async |organisation, signature: Option<String>, corps: &[u8]| {
            inbox::recevoir(&monde.contexte, organisation, signature.as_deref(), corps).await
        };
        let secret = monde.secret().await;
        let juste = Some(signer(&secret, &corps));
        assert!(matches!(recevoir(ORGANISATION, None, &corps).await, Err(Refus::SignatureAbsente)));
        let faux = Some(signer("autre", &corps));
        assert!(matches!(recevoir(ORGANISATION, faux, &corps).await, Err(Refus::SignatureFausse)));
        let altere = [&corps[..], b" "].concat();
        assert!(matches!(
            recevoir(ORGANISATION, juste.clone(), &altere).await,
            Err(Refus::SignatureFausse)
        ));
        let ailleurs = OrganisationId(101);
        assert!(matches!(
            recevoir(ailleurs, juste, &corps).await,
            Err(Refus::OrganisationInconnue)
        ));
        let coupe = &corps[..100];
        let signe = Some(signer(&secret, coupe));
        assert!(matches!(recevoir(ORGANISATION, signe, coupe).await, Err(Refus::CorpsIllisible)));
        let db = monde.contexte.base.lire();
        assert_eq!(notification::Entity::find().count(db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_understood_is_set_aside_and_changes_nothing() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let changer = |changer: fn(&mut Value)| {
            let mut corps: Value = serde_json::from_slice(&lire_echantillon(TOUS[0])).unwrap();
            changer(&mut corps);
            serde_json::to_vec(&corps).unwrap()
        };
        type Changer = fn(&mut Value);
        let inconnus: [(Changer, EtatNotification); 5] = [
            (|c| c["meta"]["event"] = json!("merged"), EtatNotification::MiseDeCote),
            (|c| c["data"]["status"] = json!("waiting"), EtatNotification::MiseDeCote),
            (|c| c["data"]["motif"]["location_type"] = json!("moon"), EtatNotification::MiseDeCote),
            (|c| c["data"]["organisation"]["id"] = json!(101), EtatNotification::MiseDeCote),
            (|c| c["meta"]["model"] = json!("Absence"), EtatNotification::Ignoree),
        ];
        for (inconnu, etat) in inconnus {
            monde.deposer(&changer(inconnu)).await.unwrap();
            inbox::appliquer_tout(&monde.contexte).await.unwrap();
            let derniere = notification::Entity::find()
                .order_by_desc(notification::Column::Id)
                .one(monde.contexte.base.lire())
                .await
                .unwrap()
                .unwrap();
            assert_eq!(derniere.etat, etat);
        }
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        let db = monde.contexte.base.lire();
        assert_eq!(table::Entity::find().count(db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_old_rendez_vous_sent_again_tells_nobody() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.courriels().await;
        monde.le("2026-01-01 09:00:00 +0100");
        monde.recevoir("01_rdv_created_visio").await;
        assert_eq!(monde.messages(DOSSIER).await.len(), 1);
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_stored_notification_survives_until_it_is_applied_and_its_body_is_sealed() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.deposer(&lire_echantillon(TOUS[0])).await.unwrap();
        let db = monde.contexte.base.lire();
        let ligne = notification::Entity::find().one(db).await.unwrap().unwrap();
        let clair = ligne.corps_scelle.windows(6).any(|f| f == b"MARTIN");
        assert!(!clair);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose), "stored, not applied yet");
        assert_eq!(inbox::appliquer_tout(&monde.contexte).await.unwrap(), 1);
        assert_eq!(inbox::appliquer_tout(&monde.contexte).await.unwrap(), 0);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
    })
    .await;
}
