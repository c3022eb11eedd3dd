//! Of whom a démarche demands ProConnect.

use crate::outils::{ajouter, retirer};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string;

#[derive(DeriveMigrationName)]
pub struct Migration;

const DEMARCHES: &str = "demarches";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        ajouter(m, DEMARCHES, [string("proconnect").default("aucune").take()]).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        retirer(m, DEMARCHES, &["proconnect"]).await
    }
}
