//! What instructeurs do with dossiers: followers, changes of état.

use crate::outils::{index, sans_index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_pk_auto, string, text_null, timestamp_with_time_zone,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(suivis()).await?;
        m.create_table(traitements()).await?;
        for (nom, table, colonnes) in [
            ("suivis_compte", "suivis", &["compte", "dossier"]),
            ("traitements_dossier", "traitements", &["dossier", "id"]),
            // « Personnes impliquées »: who did what on a dossier.
            ("journal_objet", "journal", &["objet", "id"]),
        ] {
            m.create_index(index(nom, table, colonnes)).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        sans_index(m, "journal_objet", "journal").await?;
        for table in ["traitements", "suivis"] {
            supprimer(m, table).await?;
        }
        Ok(())
    }
}

fn suivis() -> TableCreateStatement {
    table("suivis")
        .col(big_integer("dossier"))
        .col(big_integer("compte"))
        .col(timestamp_with_time_zone("depuis"))
        // When the follower last looked at the messagerie: what came since has an orange dot.
        .col(timestamp_with_time_zone("vu_le"))
        .primary_key(Index::create().col(Alias::new("dossier")).col(Alias::new("compte")))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

fn traitements() -> TableCreateStatement {
    table("traitements")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(big_integer("instructeur"))
        .col(string("geste"))
        .col(text_null("motivation"))
        .col(string("cle").unique_key())
        .col(timestamp_with_time_zone("le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .to_owned()
}
