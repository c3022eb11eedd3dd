//! Words are folded otherwise: those of the dossiers that are already there are to be written again, by the process
//! that serves (`backend::recherche::rattraper`), for the rule is not the database's. And forms that came without a
//! session wait for their person to sign in (`backend::attente`).

use crate::outils::{index, nom, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary, string, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What is looked for, and what is cleaned up.
const INDEX: [&[&str]; 2] = [&["compte", "expire_le"], &["expire_le"]];

const FORMULAIRES: &str = "formulaires_en_attente";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let numero = big_integer("dossier").primary_key().take();
        m.create_table(table("dossiers_a_indexer").col(numero).to_owned()).await?;
        m.get_connection()
            .execute_unprepared(
                "INSERT INTO dossiers_a_indexer (dossier) SELECT numero FROM dossiers",
            )
            .await?;
        m.create_table(formulaires_en_attente()).await?;
        for colonnes in INDEX {
            m.create_index(index(&nom(FORMULAIRES, colonnes), FORMULAIRES, colonnes)).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        supprimer(m, FORMULAIRES).await?;
        supprimer(m, "dossiers_a_indexer").await
    }
}

fn formulaires_en_attente() -> TableCreateStatement {
    table(FORMULAIRES)
        .col(string("empreinte").primary_key())
        .col(big_integer("compte"))
        .col(binary("scelle"))
        .col(timestamp_with_time_zone("expire_le"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}
