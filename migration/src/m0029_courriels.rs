//! How many tries of a task were refused: those that met nobody are no reason to give it up.

use crate::outils::{ajouter, retirer};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::integer;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        ajouter(m, "taches", [integer("refus").default(0).to_owned()]).await?;
        // Until then all were counted together.
        let essais = "UPDATE taches SET refus = essais WHERE NOT panne AND faite_le IS NULL";
        m.get_connection().execute_unprepared(essais).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        retirer(m, "taches", &["refus"]).await
    }
}
