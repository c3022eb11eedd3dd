//! Feeds that calendars read: one for the rendez-vous of an usager, one for each démarche of an instructeur.

use crate::outils::{supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, string, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const ABONNEMENTS: &str = "abonnements";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut comptes = vers("compte", "comptes", "id");
        let abonnements = table(ABONNEMENTS)
            .col(string("empreinte").primary_key())
            .col(big_integer("compte"))
            // 0: those of the usager, of whatever démarche.
            .col(big_integer("demarche"))
            .col(timestamp_with_time_zone("cree_le"))
            .col(timestamp_with_time_zone_null("utilise_le"))
            .foreign_key(comptes.on_delete(ForeignKeyAction::Cascade))
            .to_owned();
        m.create_table(abonnements).await?;
        let unique = Index::create()
            .name("abonnements_compte_demarche")
            .table(Alias::new(ABONNEMENTS))
            .col(Alias::new("compte"))
            .col(Alias::new("demarche"))
            .unique()
            .to_owned();
        m.create_index(unique).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        supprimer(m, ABONNEMENTS).await
    }
}
