//! That a dossier went from one groupe to another.

use sea_orm::entity::prelude::*;

/// A row of `reaffectations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reaffectations")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dossier: i64,
    pub instructeur: i64,
    pub de: i64,
    pub vers: i64,
    #[sea_orm(column_type = "Text")]
    pub nom_de: String,
    #[sea_orm(column_type = "Text")]
    pub nom_vers: String,
    #[sea_orm(column_type = "Text")]
    pub raison: String,
    pub cle: String,
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
