//! « Demander une correction ».

use crate::outils::{index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_pk_auto, string, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(corrections()).await?;
        m.create_index(index("corrections_dossier", "corrections", &["dossier", "id"])).await?;
        m.get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX corrections_une_demandee ON corrections (dossier) \
                 WHERE etat = 'demandee'",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        supprimer(m, "corrections").await
    }
}

fn corrections() -> TableCreateStatement {
    table("corrections")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(big_integer("instructeur"))
        .col(string("etat"))
        .col(string("cle").unique_key())
        .col(timestamp_with_time_zone("demandee_le"))
        .col(timestamp_with_time_zone_null("finie_le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .to_owned()
}
