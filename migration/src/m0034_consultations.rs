//! Who looked at which dossier: a chain of rows, each with the digest of the one before.

use crate::outils::{index, supprimer, table};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, string, string_null, timestamp_with_time_zone,
};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

const CONSULTATIONS: &str = "consultations";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Neither accounts nor dossiers are referred to: what was looked at stays said once they are gone.
        let consultations = table(CONSULTATIONS)
            // The rank in the chain, given under a lock: none is left out.
            .col(big_integer("id").primary_key())
            .col(timestamp_with_time_zone("le"))
            .col(string("quoi"))
            .col(big_integer_null("compte"))
            .col(big_integer_null("dossier"))
            .col(big_integer_null("demarche"))
            .col(string_null("detail"))
            .col(string("precedente"))
            .col(string("empreinte"))
            .to_owned();
        m.create_table(consultations).await?;
        for (nom, colonnes) in [
            ("consultations_dossier_compte_le", &["dossier", "compte", "le"][..]),
            ("consultations_demarche_id", &["demarche", "id"]),
            ("consultations_quoi_id", &["quoi", "id"]),
        ] {
            m.create_index(index(nom, CONSULTATIONS, colonnes)).await?;
        }
        let requetes: &[&str] = match m.get_database_backend() {
            DbBackend::Postgres => &[
                "CREATE FUNCTION consultations_immuables() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION 'append-only'; END $$",
                "CREATE TRIGGER consultations_immuables BEFORE UPDATE ON consultations \
                 FOR EACH ROW EXECUTE FUNCTION consultations_immuables()",
            ],
            _ => &["CREATE TRIGGER consultations_immuables BEFORE UPDATE ON consultations \
                 FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'append-only'); END"],
        };
        for requete in requetes {
            m.get_connection().execute_unprepared(requete).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        supprimer(m, CONSULTATIONS).await?;
        if m.get_database_backend() == DbBackend::Postgres {
            m.get_connection()
                .execute_unprepared("DROP FUNCTION consultations_immuables()")
                .await?;
        }
        Ok(())
    }
}
