//! What is counted before more is taken: the files of an account, its drafts, the links asked for in an hour.

use crate::outils::index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEX: [(&str, &str, &[&str]); 3] = [
    ("pieces_jointes_compte_jointe_le", "pieces_jointes", &["compte", "jointe_le"]),
    ("brouillons_usager", "brouillons", &["usager"]),
    ("liens_compte_cree_le", "liens_compte", &["cree_le"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (nom, table, colonnes) in INDEX {
            m.create_index(index(nom, table, colonnes).if_not_exists().to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (nom, table, _) in INDEX {
            let index = Index::drop().name(nom).table(Alias::new(table)).if_exists().to_owned();
            m.drop_index(index).await?;
        }
        Ok(())
    }
}
