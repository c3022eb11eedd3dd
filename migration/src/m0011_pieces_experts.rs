//! Files that an expert joins to their opinion: they have no account.

use crate::outils::{ajouter, index, nom, retirer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, string, string_null, text,
    timestamp_with_time_zone,
};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Nobody joins a file without an account but the expert of its opinion.
const AUTEUR: &str = "compte IS NOT NULL OR avis IS NOT NULL";

const COLONNES: &str = "id, dossier, champ, message, compte, nom, format, taille, jointe_le, avis";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, and one connection: another one would still see the tables that were replaced.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // What tells the answer that was sent last from another: a double click keeps no file twice.
        ajouter(m, "avis", [string_null("empreinte")]).await?;
        if m.get_database_backend() == DbBackend::Postgres {
            executer(m, "ALTER TABLE pieces_jointes ALTER COLUMN compte DROP NOT NULL").await?;
            let contrainte = format!(
                "ALTER TABLE pieces_jointes ADD CONSTRAINT pieces_jointes_auteur CHECK ({AUTEUR})"
            );
            return executer(m, &contrainte).await;
        }
        let mut neuves = pieces_jointes();
        neuves.col(big_integer_null("compte")).check(Expr::cust(AUTEUR));
        remplacer(m, neuves).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        executer(m, "DELETE FROM pieces_jointes WHERE compte IS NULL").await?;
        if m.get_database_backend() == DbBackend::Postgres {
            executer(m, "ALTER TABLE pieces_jointes DROP CONSTRAINT pieces_jointes_auteur").await?;
            executer(m, "ALTER TABLE pieces_jointes ALTER COLUMN compte SET NOT NULL").await?;
        } else {
            let mut anciennes = pieces_jointes();
            anciennes.col(big_integer("compte"));
            remplacer(m, anciennes).await?;
        }
        retirer(m, "avis", &["empreinte"]).await
    }
}

async fn executer(m: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    m.get_connection().execute_unprepared(sql).await.map(|_| ())
}

/// Puts `neuves` in the place of `pieces_jointes`, for SQLite, which can't change a column. Contents go with the
/// table that they refer to: they are copied first.
async fn remplacer(m: &SchemaManager<'_>, neuves: TableCreateStatement) -> Result<(), DbErr> {
    m.create_table(neuves).await?;
    m.create_table(contenus()).await?;
    for sql in [
        &format!("INSERT INTO pieces_neuves ({COLONNES}) SELECT {COLONNES} FROM pieces_jointes"),
        "INSERT INTO contenus_neufs (piece, scelle) SELECT piece, scelle FROM contenus",
        // The number of a file that was deleted is never given to another.
        "DELETE FROM sqlite_sequence WHERE name = 'pieces_neuves'",
        "INSERT INTO sqlite_sequence (name, seq) \
         SELECT 'pieces_neuves', seq FROM sqlite_sequence WHERE name = 'pieces_jointes'",
        "DROP TABLE contenus",
        "DROP TABLE pieces_jointes",
        "ALTER TABLE pieces_neuves RENAME TO pieces_jointes",
        "ALTER TABLE contenus_neufs RENAME TO contenus",
    ] {
        executer(m, sql).await?;
    }
    for colonnes in [["dossier"], ["avis"]] {
        let nom = nom("pieces_jointes", &colonnes);
        m.create_index(index(&nom, "pieces_jointes", &colonnes)).await?;
    }
    Ok(())
}

/// As they were, without who joined them.
fn pieces_jointes() -> TableCreateStatement {
    table("pieces_neuves")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(big_integer_null("champ"))
        .col(big_integer_null("message"))
        .col(text("nom"))
        .col(string("format"))
        .col(big_integer("taille"))
        .col(timestamp_with_time_zone("jointe_le"))
        .col(big_integer_null("avis"))
        .foreign_key(&mut vers("message", "messages", "id"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

fn contenus() -> TableCreateStatement {
    table("contenus_neufs")
        .col(big_integer("piece").primary_key())
        .col(binary("scelle"))
        .foreign_key(vers("piece", "pieces_neuves", "id").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}
