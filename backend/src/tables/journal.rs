//! Who did what and when.

use sea_orm::entity::prelude::*;

/// A row of `journal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journal")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub le: DateTimeUtc,
    pub compte: Option<i64>,
    pub action: String,
    pub objet: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
