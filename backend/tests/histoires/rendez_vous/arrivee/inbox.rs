//! The inbox: stored before it is answered, applied once, kept no longer than needed.

use crate::outils::monde::{
    AUTRE_DOSSIER, DOSSIER, Monde, ORGANISATION, lire_echantillon, raconter, signer,
};
use backend::Contexte;
use backend::rendez_vous::arrivee::inbox::{self, Attente, Guichet, Refus};
use backend::tables::notification::EtatNotification;
use backend::tables::{agenda, notification};
use domain::dossier::Tag;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use std::time::Duration;

async fn recues(contexte: &Contexte) -> Vec<notification::Model> {
    let lignes = notification::Entity::find().order_by_asc(notification::Column::Id);
    lignes.all(contexte.base.lire()).await.unwrap()
}

/// A body of its own for each `n`: what this application does not follow, so that nothing else changes.
fn corps(n: usize) -> Vec<u8> {
    format!(r#"{{"data":{{"id":{n}}},"meta":{{"model":"Absence","event":"created"}}}}"#)
        .into_bytes()
}

/// Sends without waiting for the answer.
fn envoyer(
    contexte: &Contexte,
    secret: &str,
    corps: Vec<u8>,
) -> tokio::task::JoinHandle<Result<(), Refus>> {
    let (contexte, signature) = (contexte.clone(), signer(secret, &corps));
    tokio::spawn(
        async move { inbox::recevoir(&contexte, ORGANISATION, Some(&signature), &corps).await },
    )
}

/// Waits for something that happens in other tasks.
async fn attendre(condition: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if condition() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never happened");
}

/// Keeps everybody from storing notifications until it is dropped.
async fn bloquer(contexte: &Contexte) -> backend::socle::base::Ecriture {
    let tx = contexte.base.ecrire().await.unwrap();
    if !contexte.base.sqlite() {
        tx.execute_unprepared("LOCK TABLE notifications IN EXCLUSIVE MODE").await.unwrap();
    }
    tx
}

#[tokio::test]
async fn notifications_that_come_together_are_all_stored_and_each_once() {
    raconter(async |monde: Monde| {
        let secret = monde.secret().await;
        let envois: Vec<_> =
            (0..60).map(|n| envoyer(&monde.contexte, &secret, corps(n % 20))).collect();
        for envoi in envois {
            envoi.await.unwrap().unwrap();
        }
        assert_eq!(recues(&monde.contexte).await.len(), 20);
        assert_eq!(monde.contexte.guichet.attendent(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_sender_who_hangs_up_takes_no_other_notification_along() {
    raconter(async |monde: Monde| {
        let secret = monde.secret().await;
        let contexte = &monde.contexte;
        let tx = bloquer(contexte).await;
        let premier = envoyer(contexte, &secret, corps(1));
        attendre(|| contexte.guichet.occupe()).await;
        let second = envoyer(contexte, &secret, corps(2));
        premier.abort();
        drop(tx);
        second.await.unwrap().unwrap();
        assert!(!recues(contexte).await.is_empty());
        envoyer(contexte, &secret, corps(3)).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn when_too_many_wait_the_platform_is_asked_to_come_back() {
    raconter(async |mut monde: Monde| {
        monde.contexte.guichet = Guichet::new(2);
        let secret = monde.secret().await;
        let contexte = &monde.contexte;
        let tx = bloquer(contexte).await;
        // One is being stored, two wait.
        let mut envois = vec![envoyer(contexte, &secret, corps(0))];
        attendre(|| contexte.guichet.occupe() && contexte.guichet.attendent() == 0).await;
        envois.extend((1..3).map(|n| envoyer(contexte, &secret, corps(n))));
        attendre(|| contexte.guichet.attendent() == 2).await;
        let refus = envoyer(contexte, &secret, corps(3)).await.unwrap();
        assert!(matches!(refus, Err(Refus::Sature)));
        drop(tx);
        for envoi in envois {
            envoi.await.unwrap().unwrap();
        }
        envoyer(contexte, &secret, corps(3)).await.unwrap().unwrap();
        assert_eq!(recues(contexte).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_secret_renewed_while_a_notification_waits_refuses_it() {
    raconter(async |monde: Monde| {
        let ancien = monde.secret().await;
        let contexte = &monde.contexte;
        envoyer(contexte, &ancien, corps(1)).await.unwrap().unwrap();
        let nouveau = contexte.outils.coffre.sceller(b"nouveau", &contexte.outils.hasard);
        let change = agenda::ActiveModel { secret_scelle: Set(nouveau), ..Default::default() };
        agenda::Entity::update_many().set(change).exec(contexte.base.lire()).await.unwrap();
        // The process still remembers the former one.
        let refus = envoyer(contexte, &ancien, corps(2)).await.unwrap();
        assert!(matches!(refus, Err(Refus::SignatureFausse)));
        envoyer(contexte, "nouveau", corps(3)).await.unwrap().unwrap();
        assert_eq!(recues(contexte).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_same_bytes_from_another_platform_are_another_notification() {
    raconter(async |monde: Monde| {
        let contexte = &monde.contexte;
        let secret = monde.secret().await;
        envoyer(contexte, &secret, corps(1)).await.unwrap().unwrap();
        // The same number, on another site, with its own secret: known after the first notification came.
        let ailleurs = agenda::ActiveModel {
            hote: Set("https://www.rdv-solidarites.fr".to_owned()),
            organisation: Set(ORGANISATION),
            secret_scelle: Set(contexte.outils.coffre.sceller(b"s", &contexte.outils.hasard)),
            cree_le: Set(monde.maintenant()),
            dernier_webhook_le: Set(None),
            ..Default::default()
        };
        agenda::Entity::insert(ailleurs).exec(contexte.base.lire()).await.unwrap();
        envoyer(contexte, "s", corps(1)).await.unwrap().unwrap();
        envoyer(contexte, &secret, corps(1)).await.unwrap().unwrap();
        let recues = recues(contexte).await;
        assert_eq!(recues.len(), 2);
        assert_eq!(recues[0].empreinte, recues[1].empreinte);
        assert_ne!(recues[0].organisation, recues[1].organisation);
    })
    .await;
}

#[tokio::test]
async fn a_notification_that_can_not_be_applied_holds_no_other_up_and_is_set_aside_in_the_end() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        monde.deposer(&lire_echantillon("01_rdv_created_visio")).await.unwrap();
        monde.deposer(&lire_echantillon("04_rdv_created_home")).await.unwrap();
        let db = monde.contexte.base.lire();
        let premiere = recues(&monde.contexte).await.remove(0);
        // Altered in the database: it opens no more.
        notification::Entity::update_many()
            .col_expr(notification::Column::CorpsScelle, Expr::value(vec![0_u8; 40]))
            .filter(notification::Column::Id.eq(premiere.id))
            .exec(db)
            .await
            .unwrap();
        assert_eq!(inbox::appliquer_tout(&monde.contexte).await.unwrap(), 1);
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        let attente = inbox::attente(db).await.unwrap();
        assert_eq!(attente, Attente { nombre: 1, depuis: Some(premiere.recue_le) });
        for jour in 1..=6 {
            assert_eq!(recues(&monde.contexte).await[0].etat, EtatNotification::Recue);
            monde.le(&format!("2024-06-{jour:02} 12:00:00 +0200"));
            assert_eq!(inbox::appliquer_tout(&monde.contexte).await.unwrap(), 0);
        }
        let premiere = recues(&monde.contexte).await.remove(0);
        assert_eq!((premiere.etat, premiere.essais), (EtatNotification::MiseDeCote, 7));
        assert!(premiere.raison.is_some());
        assert_eq!(inbox::attente(db).await.unwrap(), Attente { nombre: 0, depuis: None });
    })
    .await;
}

#[tokio::test]
async fn a_body_is_kept_thirty_days_then_forgotten_unless_it_waits() {
    raconter(async |monde: Monde| {
        monde.recevoir("01_rdv_created_visio").await;
        monde.le("2024-05-28 00:00:00 +0200");
        monde.deposer(&corps(1)).await.unwrap();
        let purger = async |le: &str| {
            monde.le(le);
            let tx = monde.contexte.base.ecrire().await.unwrap();
            inbox::purger(&tx, monde.maintenant()).await.unwrap();
            tx.valider().await.unwrap();
            recues(&monde.contexte).await
        };
        assert_eq!(purger("2024-06-26 16:43:59 +0200").await.len(), 2);
        let restent = purger("2024-06-26 16:44:01 +0200").await;
        assert_eq!(restent.len(), 1);
        assert_eq!(restent[0].etat, EtatNotification::Recue);
        inbox::appliquer_tout(&monde.contexte).await.unwrap();
        assert!(purger("2024-06-27 00:00:01 +0200").await.is_empty());
    })
    .await;
}
