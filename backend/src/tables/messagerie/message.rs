//! A message of a messagerie. Deleted ones keep their place, without their text.

use sea_orm::entity::prelude::*;

/// A row of `messages`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dossier: i64,
    pub role_auteur: String,
    pub auteur: i64,
    pub genre: String,
    #[sea_orm(column_type = "Text")]
    pub corps: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub lien: Option<String>,
    pub proposition: Option<i64>,
    pub cle: Option<String>,
    pub ecrit_le: DateTimeUtc,
    pub supprime_le: Option<DateTimeUtc>,
    pub rendez_vous: Option<i64>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
