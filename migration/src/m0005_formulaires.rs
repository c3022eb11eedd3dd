//! Forms of démarches, files, drafts, and what an usager does with a dossier.

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
        // One column a statement: SQLite takes no more.
        for colonne in [
            integer("version").default(0).to_owned(),
            timestamp_with_time_zone_null("modifie_le").to_owned(),
            timestamp_with_time_zone_null("supprime_le").to_owned(),
        ] {
            let mut ajout = Table::alter();
            ajout.table(Alias::new("dossiers")).add_column(colonne);
            m.alter_table(ajout.to_owned()).await?;
        }
        for (table, colonnes) in [
            ("champs", vec!["demarche", "position"]),
            ("pieces_jointes", vec!["dossier"]),
            ("brouillons", vec!["usager", "demarche"]),
        ] {
            let mut index = Index::create();
            index.name(format!("{table}_{}", colonnes.join("_"))).table(Alias::new(table));
            for colonne in colonnes {
                index.col(Alias::new(colonne));
            }
            m.create_index(index).await?;
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
        for colonne in ["supprime_le", "modifie_le", "version"] {
            let mut retrait = Table::alter();
            retrait.table(Alias::new("dossiers")).drop_column(Alias::new(colonne));
            m.alter_table(retrait.to_owned()).await?;
        }
        for table in ["brouillons", "contenus", "pieces_jointes", "champs"] {
            m.drop_table(Table::drop().table(Alias::new(table)).to_owned()).await?;
        }
        Ok(())
    }
}

fn table(nom: &'static str) -> TableCreateStatement {
    Table::create().table(Alias::new(nom)).to_owned()
}

fn vers(
    colonne: &'static str,
    table: &'static str,
    cle: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from_col(Alias::new(colonne))
        .to(Alias::new(table), Alias::new(cle))
        .to_owned()
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
