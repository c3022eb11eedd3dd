//! When somebody last proved, in a session, that it is theirs; and what a link that was mailed proves.

use crate::outils::{ajouter, retirer};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, timestamp_with_time_zone_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        ajouter(m, "sessions", [timestamp_with_time_zone_null("prouvee_le")]).await?;
        let preuve = boolean("preuve").default(false).to_owned();
        ajouter(m, "confirmations", [preuve]).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        retirer(m, "sessions", &["prouvee_le"]).await?;
        retirer(m, "confirmations", &["preuve"]).await
    }
}
