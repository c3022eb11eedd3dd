//! What an administrateur sets: description, closing, the service's details, the words of the mails.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date_null, string, text, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for colonne in [
            text("description").default("").to_owned(),
            date_null("close_le").to_owned(),
            text("service_adresse").default("").to_owned(),
            text("service_telephone").default("").to_owned(),
            text("service_email").default("").to_owned(),
            text("service_horaires").default("").to_owned(),
        ] {
            let mut ajout = Table::alter();
            ajout.table(Alias::new("demarches")).add_column(colonne);
            m.alter_table(ajout.to_owned()).await?;
        }
        m.create_table(modeles()).await?;
        let par_objet = Index::create()
            .name("journal_objet_id")
            .table(Alias::new("journal"))
            .col(Alias::new("objet"))
            .col(Alias::new("id"))
            .to_owned();
        m.create_index(par_objet).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name("journal_objet_id").table(Alias::new("journal")).to_owned();
        m.drop_index(index).await?;
        m.drop_table(Table::drop().table(Alias::new("modeles_courriels")).to_owned()).await?;
        for colonne in [
            "service_horaires",
            "service_email",
            "service_telephone",
            "service_adresse",
            "close_le",
            "description",
        ] {
            let mut retrait = Table::alter();
            retrait.table(Alias::new("demarches")).drop_column(Alias::new(colonne));
            m.alter_table(retrait.to_owned()).await?;
        }
        Ok(())
    }
}

fn modeles() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("modeles_courriels"))
        .col(big_integer("demarche"))
        .col(string("modele"))
        .col(text("objet"))
        .col(text("corps"))
        .col(timestamp_with_time_zone("modifie_le"))
        .primary_key(Index::create().col(Alias::new("demarche")).col(Alias::new("modele")))
        .foreign_key(
            ForeignKey::create()
                .from_col(Alias::new("demarche"))
                .to(Alias::new("demarches"), Alias::new("numero")),
        )
        .to_owned()
}
