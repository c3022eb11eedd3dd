//! « Annotations privées », dossiers that an instructeur sends to another one, and when a follower last looked at the
//! annotation and at the files.

use crate::outils::{ajouter, index, retirer, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_pk_auto, integer, string, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const VERSIONS: &str = "annotations_dossier_version";
const ENVOIS: &str = "envois_dossier";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(annotations()).await?;
        m.create_table(envois()).await?;
        // Two people who save from the same version can't both be the next one.
        m.create_index(index(VERSIONS, "annotations", &["dossier", "version"]).unique().to_owned())
            .await?;
        m.create_index(index(ENVOIS, "envois", &["dossier"])).await?;
        let vues = ["pieces_vues_le", "annotation_vue_le"].map(timestamp_with_time_zone_null);
        ajouter(m, "suivis", vues).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        retirer(m, "suivis", &["annotation_vue_le", "pieces_vues_le"]).await?;
        supprimer(m, "envois").await?;
        supprimer(m, "annotations").await
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
