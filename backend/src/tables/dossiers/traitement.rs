//! A change of état made by an instructeur. The latest decision of a dossier is the one that holds.

use sea_orm::entity::prelude::*;

/// A row of `traitements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "traitements")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dossier: i64,
    pub instructeur: i64,
    pub geste: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub motivation: Option<String>,
    pub cle: String,
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
