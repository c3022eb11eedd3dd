//! A dossier that is not filed yet. It keeps its number when it is.

use sea_orm::entity::prelude::*;

/// A row of `brouillons`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "brouillons")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub numero: i64,
    pub demarche: i64,
    pub usager: i64,
    pub prenom: String,
    pub nom: String,
    #[sea_orm(column_type = "Text")]
    pub champs: String,
    pub cree_le: DateTimeUtc,
    pub modifie_le: DateTimeUtc,
    pub version: i32,
    pub cle: Option<String>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
