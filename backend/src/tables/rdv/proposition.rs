//! A proposition of rendez-vous. At most one is « proposee » for a dossier (a partial unique index).

use sea_orm::entity::prelude::*;

/// A row of `propositions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "propositions")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dossier: i64,
    pub instructeur: i64,
    pub organisation: i64,
    pub etat: String,
    #[sea_orm(column_type = "Text")]
    pub url_agenda: String,
    pub cle: String,
    pub proposee_le: DateTimeUtc,
    pub rdv_user: Option<i64>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
