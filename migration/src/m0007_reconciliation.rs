//! When each organisation was last compared with the platform's own list, and what came of it.

use crate::outils::{supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, string_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            table("reconciliations")
                .col(big_integer("organisation").primary_key())
                .col(timestamp_with_time_zone("a_partir_de"))
                .col(timestamp_with_time_zone_null("prise_jusqu_a"))
                .col(timestamp_with_time_zone_null("tentee_le"))
                .col(timestamp_with_time_zone_null("reussie_le"))
                .col(integer("reparees"))
                .col(string_null("erreur"))
                .col(timestamp_with_time_zone_null("silence_depuis"))
                .foreign_key(&mut vers("organisation", "organisations", "id"))
                .to_owned(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        supprimer(m, "reconciliations").await
    }
}
