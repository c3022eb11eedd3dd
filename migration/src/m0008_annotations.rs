//! « Annotations privées », and dossiers that an instructeur sends to another one.

use crate::outils::{index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_pk_auto, integer, string, text, timestamp_with_time_zone,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(annotations()).await?;
        m.create_table(envois()).await?;
        // Two people who save from the same version can't both be the next one.
        let colonnes = ["dossier", "version"];
        let mut une_suivante = index("annotations_dossier_version", "annotations", &colonnes);
        m.create_index(une_suivante.unique().to_owned()).await?;
        m.create_index(index("envois_dossier", "envois", &["dossier"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["envois", "annotations"] {
            supprimer(m, table).await?;
        }
        Ok(())
    }
}

/// A row is never changed: saving adds one, with the next version.
fn annotations() -> TableCreateStatement {
    table("annotations")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(integer("version"))
        .col(big_integer("instructeur"))
        .col(text("texte"))
        .col(timestamp_with_time_zone("le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .to_owned()
}

fn envois() -> TableCreateStatement {
    table("envois")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(big_integer("expediteur"))
        .col(big_integer("destinataire"))
        .col(string("cle").unique_key())
        .col(timestamp_with_time_zone("le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("expediteur", "comptes", "id"))
        .foreign_key(&mut vers("destinataire", "comptes", "id"))
        .to_owned()
}
