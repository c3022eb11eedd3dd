//! Whose an agenda is: what proves it, the secrets that still hold after a renewal, to whom a new one is shown.

use crate::outils::{ajouter, index, nom, retirer, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, boolean, timestamp_with_time_zone,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const ORGANISATION: &[&str] = &["organisation"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        ajouter(m, "demarches", [boolean("agenda_prouve").default(false).to_owned()]).await?;
        ajouter(m, "organisations", [big_integer_null("secret_pour")]).await?;
        m.create_table(anciens_secrets()).await?;
        let nom = nom("anciens_secrets", ORGANISATION);
        m.create_index(index(&nom, "anciens_secrets", ORGANISATION)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        supprimer(m, "anciens_secrets").await?;
        retirer(m, "organisations", &["secret_pour"]).await?;
        retirer(m, "demarches", &["agenda_prouve"]).await
    }
}

/// A secret that was renewed, and until when what it signs is still taken.
fn anciens_secrets() -> TableCreateStatement {
    table("anciens_secrets")
        .col(big_pk_auto("id"))
        .col(big_integer("organisation"))
        .col(binary("secret_scelle"))
        .col(timestamp_with_time_zone("jusqu_a"))
        .foreign_key(&mut vers("organisation", "organisations", "id"))
        .to_owned()
}
