//! The local mailbox of development and demo.

use sea_orm::entity::prelude::*;

/// A row of `courriels`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "courriels")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub tache: i64,
    pub destinataire: String,
    #[sea_orm(column_type = "Text")]
    pub sujet: String,
    #[sea_orm(column_type = "Text")]
    pub texte: String,
    #[sea_orm(column_type = "Text")]
    pub html: String,
    pub envoye_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
