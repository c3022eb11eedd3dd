//! Exports that are made aside, in pieces that are sealed one by one; and the messages that are sent to those who have
//! only a draft.

use crate::outils::{index, nom, sans_index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, integer, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const BROUILLONS: &str = "brouillons";

/// What one asked for, what is to be made or erased; who is still to be written to; what was sent for a démarche,
/// and those who have a draft for it.
const INDEX: [(&str, &[&str]); 5] = [
    ("exports", &["compte", "demarche"]),
    ("exports", &["etat", "id"]),
    ("contactes", &["contact", "etat"]),
    ("contacts", &["demarche", "le"]),
    (BROUILLONS, &["demarche", "usager"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(exports()).await?;
        m.create_table(morceaux()).await?;
        m.create_table(contacts()).await?;
        m.create_table(contactes()).await?;
        for (table, colonnes) in INDEX {
            m.create_index(index(&nom(table, colonnes), table, colonnes)).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        sans_index(m, &nom(BROUILLONS, &["demarche", "usager"]), BROUILLONS).await?;
        for table in ["contactes", "contacts", "morceaux_exports", "exports"] {
            supprimer(m, table).await?;
        }
        // The older version can't read these.
        m.get_connection()
            .execute_unprepared(
                "DELETE FROM taches WHERE genre IN ('courriel_export', 'courriel_contact')",
            )
            .await?;
        Ok(())
    }
}

fn exports() -> TableCreateStatement {
    table("exports")
        .col(big_pk_auto("id"))
        .col(big_integer("demarche"))
        .col(big_integer("compte"))
        .col(string("format"))
        .col(text("filtres"))
        .col(string("choix"))
        .col(text("groupes"))
        .col(string("etat"))
        .col(string_null("echec"))
        .col(string("cle").unique_key())
        .col(big_integer("faits"))
        .col(big_integer_null("total"))
        .col(big_integer("taille"))
        .col(integer("morceaux"))
        .col(integer("essais"))
        .col(timestamp_with_time_zone_null("prise_jusqu_a"))
        .col(timestamp_with_time_zone("demande_le"))
        .col(timestamp_with_time_zone_null("pret_le"))
        .col(timestamp_with_time_zone_null("expire_le"))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

fn morceaux() -> TableCreateStatement {
    table("morceaux_exports")
        .col(big_integer("export"))
        .col(integer("essai"))
        .col(integer("rang"))
        .col(binary("scelle"))
        .primary_key(
            Index::create()
                .col(Alias::new("export"))
                .col(Alias::new("essai"))
                .col(Alias::new("rang")),
        )
        .foreign_key(&mut vers("export", "exports", "id"))
        .to_owned()
}

fn contacts() -> TableCreateStatement {
    table("contacts")
        .col(big_pk_auto("id"))
        .col(big_integer("demarche"))
        .col(big_integer("instructeur"))
        .col(text("texte"))
        .col(string("cle").unique_key())
        .col(big_integer("prevus"))
        .col(timestamp_with_time_zone("le"))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .to_owned()
}

fn contactes() -> TableCreateStatement {
    let contact = vers("contact", "contacts", "id").on_delete(ForeignKeyAction::Cascade).to_owned();
    table("contactes")
        .col(big_integer("contact"))
        .col(big_integer("compte"))
        .col(string("etat"))
        .primary_key(Index::create().col(Alias::new("contact")).col(Alias::new("compte")))
        .foreign_key(&mut contact.to_owned())
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}
