//! Forms of démarches, files, drafts, and what an usager does with a dossier.

use crate::outils::{ajouter, index, nom, retirer, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, boolean, integer, string, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Numbers of dossiers filed here begin after it: those that came with the first version are below.
const PREMIER_NUMERO: i64 = 30_000_000;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [champs(), pieces_jointes(), contenus(), brouillons()] {
            m.create_table(table).await?;
        }
        let colonnes = [
            integer("version").default(0).to_owned(),
            timestamp_with_time_zone_null("modifie_le"),
            timestamp_with_time_zone_null("supprime_le"),
        ];
        ajouter(m, "dossiers", colonnes).await?;
        for (table, colonnes) in [
            ("champs", &["demarche", "position"][..]),
            ("pieces_jointes", &["dossier"]),
            ("brouillons", &["usager", "demarche"]),
        ] {
            m.create_index(index(&nom(table, colonnes), table, colonnes)).await?;
        }
        let commencer = match m.get_database_backend() {
            DbBackend::Postgres => {
                format!("ALTER SEQUENCE brouillons_numero_seq RESTART WITH {}", PREMIER_NUMERO + 1)
            }
            _ => format!(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ('brouillons', {PREMIER_NUMERO})"
            ),
        };
        m.get_connection().execute_unprepared(&commencer).await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        retirer(m, "dossiers", &["supprime_le", "modifie_le", "version"]).await?;
        for table in ["brouillons", "contenus", "pieces_jointes", "champs"] {
            supprimer(m, table).await?;
        }
        Ok(())
    }
}

fn champs() -> TableCreateStatement {
    table("champs")
        .col(big_pk_auto("id"))
        .col(big_integer("demarche"))
        .col(integer("position"))
        .col(string("genre"))
        .col(text("libelle"))
        .col(text("description"))
        .col(boolean("requis"))
        .col(text("options"))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .to_owned()
}

/// `dossier` is the number of a dossier or of a draft, which keeps its number when it is filed: no foreign
/// key can say that. `champ` outlives the field that it answers.
fn pieces_jointes() -> TableCreateStatement {
    table("pieces_jointes")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(big_integer_null("champ"))
        .col(big_integer_null("message"))
        .col(big_integer("compte"))
        .col(text("nom"))
        .col(string("format"))
        .col(big_integer("taille"))
        .col(timestamp_with_time_zone("jointe_le"))
        .foreign_key(&mut vers("message", "messages", "id"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

/// The content of a file, apart from what is read to show its name.
fn contenus() -> TableCreateStatement {
    table("contenus")
        .col(big_integer("piece").primary_key())
        .col(binary("scelle"))
        .foreign_key(vers("piece", "pieces_jointes", "id").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

fn brouillons() -> TableCreateStatement {
    table("brouillons")
        .col(big_pk_auto("numero"))
        .col(big_integer("demarche"))
        .col(big_integer("usager"))
        .col(string("prenom"))
        .col(string("nom"))
        .col(text("champs"))
        .col(timestamp_with_time_zone("cree_le"))
        .col(timestamp_with_time_zone("modifie_le"))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .foreign_key(&mut vers("usager", "comptes", "id"))
        .to_owned()
}
