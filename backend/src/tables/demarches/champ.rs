//! A field of a démarche's form, or a private one.

use sea_orm::entity::prelude::*;

/// A row of `champs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "champs")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub demarche: i64,
    pub position: i32,
    pub genre: String,
    #[sea_orm(column_type = "Text")]
    pub libelle: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub requis: bool,
    pub prive: bool,
    #[sea_orm(column_type = "Text")]
    pub options: String,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
