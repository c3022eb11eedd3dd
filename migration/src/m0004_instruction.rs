//! What instructeurs do with dossiers: followers, changes of état.

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
            ("suivis_compte", "suivis", vec!["compte", "dossier"]),
            ("traitements_dossier", "traitements", vec!["dossier", "id"]),
            // « Personnes impliquées »: who did what on a dossier.
            ("journal_objet", "journal", vec!["objet", "id"]),
        ] {
            let mut index = Index::create();
            index.name(nom).table(Alias::new(table));
            for colonne in colonnes {
                index.col(Alias::new(colonne));
            }
            m.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_index(Index::drop().name("journal_objet").table(Alias::new("journal")).to_owned())
            .await?;
        for table in ["traitements", "suivis"] {
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

fn suivis() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("suivis"))
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
    Table::create()
        .table(Alias::new("traitements"))
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
