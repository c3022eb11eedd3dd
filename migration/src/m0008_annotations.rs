//! « Annotations privées », and dossiers that an instructeur sends to another one.

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
        m.create_index(
            Index::create()
                .name("annotations_dossier_version")
                .table(Alias::new("annotations"))
                .col(Alias::new("dossier"))
                .col(Alias::new("version"))
                .unique()
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("envois_dossier")
                .table(Alias::new("envois"))
                .col(Alias::new("dossier"))
                .to_owned(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["envois", "annotations"] {
            m.drop_table(Table::drop().table(Alias::new(table)).to_owned()).await?;
        }
        Ok(())
    }
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

/// A row is never changed: saving adds one, with the next version.
fn annotations() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("annotations"))
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
    Table::create()
        .table(Alias::new("envois"))
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
