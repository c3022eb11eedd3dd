//! What an administrateur sets: description, closing, the service's details, the words of the mails.

use crate::outils::{ajouter, index, retirer, sans_index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date_null, string, text, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let colonnes = [
            text("description").default("").to_owned(),
            date_null("close_le").to_owned(),
            text("service_adresse").default("").to_owned(),
            text("service_telephone").default("").to_owned(),
            text("service_email").default("").to_owned(),
            text("service_horaires").default("").to_owned(),
        ];
        ajouter(m, "demarches", colonnes).await?;
        m.create_table(modeles()).await?;
        m.create_index(index("journal_objet_id", "journal", &["objet", "id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        sans_index(m, "journal_objet_id", "journal").await?;
        supprimer(m, "modeles_courriels").await?;
        let colonnes = [
            "service_horaires",
            "service_email",
            "service_telephone",
            "service_adresse",
            "close_le",
            "description",
        ];
        retirer(m, "demarches", &colonnes).await
    }
}

fn modeles() -> TableCreateStatement {
    table("modeles_courriels")
        .col(big_integer("demarche"))
        .col(string("modele"))
        .col(text("objet"))
        .col(text("corps"))
        .col(timestamp_with_time_zone("modifie_le"))
        .primary_key(Index::create().col(Alias::new("demarche")).col(Alias::new("modele")))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .to_owned()
}
