//! A rendez-vous that an agent plans by themself for a dossier.

use sea_orm::entity::prelude::*;

/// A row of `plans_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plans_rdv")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub hote: String,
    pub plan: i64,
    pub dossier: i64,
    pub instructeur: i64,
    pub personne: i64,
    #[sea_orm(column_type = "Text")]
    pub url: String,
    pub etat: String,
    pub rdv: Option<i64>,
    pub cree_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
