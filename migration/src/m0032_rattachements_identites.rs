//! Signing in by a platform of the State, while it is under way: who left for it, and what it said of whom no account is
//! known yet. All of it is forgotten within the hour.

use crate::outils::{index, nom, supprimer, table};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_pk_auto, binary, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const DEMANDES: &str = "demandes_identite";
const RATTACHEMENTS: &str = "rattachements_identite";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let demandes = table(DEMANDES)
            // Digest of `state`.
            .col(string("etat").primary_key())
            // Digest of what the browser holds.
            .col(string("navigateur"))
            .col(string("fournisseur"))
            .col(binary("scelle"))
            .col(timestamp_with_time_zone("faite_le"))
            .col(timestamp_with_time_zone_null("servie_le"))
            .to_owned();
        m.create_table(demandes).await?;
        let rattachements = table(RATTACHEMENTS)
            .col(big_pk_auto("id"))
            .col(string("navigateur"))
            // Digest of the token of its mail.
            .col(string_null("lien").unique_key())
            .col(binary("scelle"))
            .col(timestamp_with_time_zone("cree_le"))
            .col(timestamp_with_time_zone("expire_le"))
            .to_owned();
        m.create_table(rattachements).await?;
        let colonnes = ["navigateur"];
        m.create_index(index(&nom(RATTACHEMENTS, &colonnes), RATTACHEMENTS, &colonnes)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [RATTACHEMENTS, DEMANDES] {
            supprimer(m, table).await?;
        }
        // The older version can't read these.
        m.get_connection()
            .execute_unprepared(
                "DELETE FROM taches WHERE genre IN ('courriel_identite', 'courriel_rattachement')",
            )
            .await?;
        Ok(())
    }
}
