//! The outbox.

use crate::monde::{DOSSIER, Monde, raconter};
use backend::entities::tache;
use backend::mail::Expediteur;
use backend::taches;
use sea_orm::EntityTrait;

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
        let db = monde.contexte.base.lire();
        let prise = tache::ActiveModel {
            prise_jusqu_a: sea_orm::ActiveValue::Set(Some(
                monde.maintenant() + chrono::Duration::seconds(60),
            )),
            ..Default::default()
        };
        tache::Entity::update_many().set(prise).exec(db).await.unwrap();
        assert!(monde.courriels().await.is_empty(), "somebody holds it");
        monde.le("2024-05-27 16:46:00 +0200");
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}
