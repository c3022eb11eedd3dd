//! When each organisation was last compared with the platform's own list, and what came of it.

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
            Table::create()
                .table(Alias::new("reconciliations"))
                .col(big_integer("organisation").primary_key())
                .col(timestamp_with_time_zone("a_partir_de"))
                .col(timestamp_with_time_zone_null("prise_jusqu_a"))
                .col(timestamp_with_time_zone_null("tentee_le"))
                .col(timestamp_with_time_zone_null("reussie_le"))
                .col(integer("reparees"))
                .col(string_null("erreur"))
                .col(timestamp_with_time_zone_null("silence_depuis"))
                .foreign_key(
                    ForeignKey::create()
                        .from_col(Alias::new("organisation"))
                        .to(Alias::new("organisations"), Alias::new("id")),
                )
                .to_owned(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table(Alias::new("reconciliations")).to_owned()).await
    }
}
