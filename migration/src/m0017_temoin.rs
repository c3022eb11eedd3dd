//! What tells whether the key of the application is the one that sealed this database.

use crate::outils::{supprimer, table};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let temoins = table("temoins")
            .col(big_integer("id").primary_key())
            .col(binary("scelle"))
            .col(timestamp_with_time_zone("scelle_le"))
            .to_owned();
        m.create_table(temoins).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        supprimer(m, "temoins").await
    }
}
