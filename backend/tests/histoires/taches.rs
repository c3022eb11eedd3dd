//! The outbox.

use crate::monde::{AUTRE_DOSSIER, DOSSIER, Monde, instant, raconter};
use crate::serveur_smtp::ServeurSmtp;
use backend::entities::tache;
use backend::mail::Expediteur;
use backend::ouvriers::Ouvriers;
use backend::temps::Horloge;
use backend::{Contexte, taches};
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_mail_that_can_not_leave_is_tried_again_and_leaves_once() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let contexte = &monde.contexte;
        // Nobody listens on this port.
        let casse = Expediteur::smtp("smtp://127.0.0.1:9", "a@exemple.fr").unwrap();
        assert_eq!(taches::faire_tout(contexte, &casse).await.unwrap(), 1);
        assert_eq!(taches::faire_tout(contexte, &casse).await.unwrap(), 0, "not before its time");
        let ligne = tache::Entity::find().one(contexte.base.lire()).await.unwrap().unwrap();
        assert!(ligne.faite_le.is_none() && ligne.essais == 1);
        assert!(!ligne.erreur.unwrap().contains("camille"));
        monde.le("2024-05-27 16:45:00 +0200");
        assert_eq!(monde.courriels().await.len(), 1);
        monde.le("2024-05-28 16:45:00 +0200");
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_task_whose_worker_died_is_taken_again() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        // Years away from both clocks, that of the story and that of the database.
        tenue_jusqu_a(&monde, "2100-01-01 00:00:00 +0000").await;
        assert!(monde.courriels().await.is_empty(), "somebody holds it");
        tenue_jusqu_a(&monde, "2000-01-01 00:00:00 +0000").await;
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}

async fn tenue_jusqu_a(monde: &Monde, fin: &str) {
    let prise = tache::ActiveModel { prise_jusqu_a: Set(Some(instant(fin))), ..Default::default() };
    let db = monde.contexte.base.lire();
    tache::Entity::update_many().set(prise).exec(db).await.unwrap();
}

/// The same world, whose clock goes on from `avance` after its own.
fn ailleurs(monde: &Monde, avance: Duration) -> Contexte {
    let (depart, debut) = (monde.maintenant() + avance, Instant::now());
    Contexte { horloge: Horloge::new(move || depart + debut.elapsed()), ..monde.contexte.clone() }
}

async fn par(contexte: &Contexte, serveur: &ServeurSmtp, bail: Duration) -> usize {
    let expediteur = Expediteur::smtp(&serveur.url, "a@exemple.fr").unwrap();
    taches::envoyer_jusqu_a(contexte, &expediteur, bail, &CancellationToken::new()).await.unwrap()
}

#[tokio::test]
async fn a_mail_is_sent_once_by_two_machines_whose_clocks_differ() {
    raconter(async |monde: Monde| {
        // A SQLite file is on one machine, which has one clock.
        if monde.contexte.base.sqlite() {
            return;
        }
        monde.proposer(DOSSIER, "a").await.unwrap();
        let serveur = ServeurSmtp::ouvrir(Duration::from_millis(600)).await;
        let (ici, la) = (monde.contexte.clone(), ailleurs(&monde, Duration::from_secs(180)));
        let ensuite = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            par(&la, &serveur, taches::BAIL).await
        };
        let (envoyes, ailleurs) = tokio::join!(par(&ici, &serveur, taches::BAIL), ensuite);
        assert_eq!((envoyes, ailleurs, serveur.recus()), (1, 0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_takes_longer_than_a_lease_is_sent_once() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let (bail, lenteur) = (Duration::from_millis(600), Duration::from_millis(2_000));
        let serveur = ServeurSmtp::ouvrir(lenteur).await;
        let contexte = ailleurs(&monde, Duration::ZERO);
        let ensuite = async {
            let mut autres = 0;
            for _ in 0..8 {
                tokio::time::sleep(Duration::from_millis(200)).await;
                autres += par(&contexte, &serveur, bail).await;
            }
            autres
        };
        let (envoyes, autres) = tokio::join!(par(&contexte, &serveur, bail), ensuite);
        assert_eq!((envoyes, autres, serveur.recus()), (1, 0, 1));
        let ligne = tache::Entity::find().one(contexte.base.lire()).await.unwrap().unwrap();
        assert!(ligne.faite_le.is_some() && ligne.prise_jusqu_a.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_mail_under_way_is_finished_when_the_process_is_asked_to_stop() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let serveur = ServeurSmtp::ouvrir(Duration::from_millis(1_000)).await;
        let expediteur = Expediteur::smtp(&serveur.url, "a@exemple.fr").unwrap();
        let (ouvriers, contexte) = (Ouvriers::default(), monde.contexte.clone());
        ouvriers.employer("courriels", move |arret| {
            taches::travailler(contexte.clone(), expediteur.clone(), arret)
        });
        while serveur.recus() == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(ouvriers.arreter(Duration::from_secs(10)).await, "it stopped by itself");
        let ligne = tache::Entity::find().one(monde.contexte.base.lire()).await.unwrap().unwrap();
        assert!(ligne.faite_le.is_some(), "and knows that the mail left");
        // What comes afterwards is for another process.
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(serveur.recus(), 1);
    })
    .await;
}
