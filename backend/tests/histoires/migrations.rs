//! The schema.

use crate::monde::{DOSSIER, Monde, raconter};
use backend::entities::rendez_vous;
use migration::{Migrator, MigratorTrait};
use sea_orm::EntityTrait;

#[tokio::test]
async fn the_second_version_can_be_undone_and_made_again_without_losing_a_rendez_vous() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        let db = monde.contexte.base.lire();
        let avant = rendez_vous::Entity::find().one(db).await.unwrap().unwrap();
        let suivantes = Migrator::migrations().len() - 1;
        Migrator::down(db, Some(u32::try_from(suivantes).unwrap())).await.unwrap();
        Migrator::up(db, None).await.unwrap();
        let apres = rendez_vous::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!((apres.id, apres.rdv, apres.dossier), (avant.id, avant.rdv, avant.dossier));
        monde.recevoir("05_rdv_updated_rescheduled_by_user").await;
        assert!(monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous déplacé"));
    })
    .await;
}
