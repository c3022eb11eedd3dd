//! Drafts that are saved as one types: which form saved last.

use crate::outils::{ajouter, retirer};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        ajouter(m, "brouillons", [string_null("cle")]).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        retirer(m, "brouillons", &["cle"]).await
    }
}
