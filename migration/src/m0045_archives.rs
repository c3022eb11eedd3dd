//! The archives of one's data that are made aside, in pieces that are sealed one by one.

use crate::outils::{index, nom, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, boolean, integer, string, string_null,
    text, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What one asked for; what is to be made or erased.
const INDEX: [(&str, &[&str]); 2] =
    [("archives_comptes", &["compte"]), ("archives_comptes", &["etat", "id"])];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(archives()).await?;
        m.create_table(morceaux()).await?;
        for (table, colonnes) in INDEX {
            m.create_index(index(&nom(table, colonnes), table, colonnes)).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["morceaux_archives", "archives_comptes"] {
            supprimer(m, table).await?;
        }
        // The older version can't read these.
        m.get_connection()
            .execute_unprepared("DELETE FROM taches WHERE genre = 'courriel_mes_donnees'")
            .await?;
        Ok(())
    }
}

fn archives() -> TableCreateStatement {
    table("archives_comptes")
        .col(big_pk_auto("id"))
        .col(big_integer("compte"))
        .col(boolean("proconnect"))
        .col(text("demarches"))
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
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

fn morceaux() -> TableCreateStatement {
    table("morceaux_archives")
        .col(big_integer("archive"))
        .col(integer("essai"))
        .col(integer("rang"))
        .col(binary("scelle"))
        .primary_key(
            Index::create()
                .col(Alias::new("archive"))
                .col(Alias::new("essai"))
                .col(Alias::new("rang")),
        )
        .foreign_key(&mut vers("archive", "archives_comptes", "id"))
        .to_owned()
}
