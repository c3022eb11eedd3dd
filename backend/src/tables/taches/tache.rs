//! The outbox: what a change causes, written with it and carried out after it.

use sea_orm::entity::prelude::*;

/// A row of `taches`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "taches")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub genre: String,
    #[sea_orm(column_type = "Text")]
    pub charge: String,
    pub essais: i32,
    pub a_partir_de: DateTimeUtc,
    pub prise_jusqu_a: Option<DateTimeUtc>,
    pub faite_le: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub erreur: Option<String>,
    pub dossier: Option<i64>,
    pub demarche: Option<i64>,
    pub suite: Option<String>,
    pub raison: Option<String>,
    pub panne: bool,
    pub ecrite_le: Option<DateTimeUtc>,
    pub abandonnee_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
