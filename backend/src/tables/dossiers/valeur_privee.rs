//! What a private field of a dossier held from a moment on. The row of the highest version holds.

use sea_orm::entity::prelude::*;

/// A row of `valeurs_privees`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "valeurs_privees")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dossier: i64,
    pub champ: i64,
    pub version: i32,
    pub instructeur: i64,
    #[sea_orm(column_type = "Text")]
    pub libelle: String,
    pub genre: String,
    #[sea_orm(column_type = "Text")]
    pub valeur: String,
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
