//! What somebody decided about a rendez-vous, and what it was before: it can be undone.

use sea_orm::entity::prelude::*;

/// A row of `gestes_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gestes_rdv")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub rendez_vous: i64,
    pub compte: i64,
    pub genre: String,
    pub dossier_avant: Option<i64>,
    pub proposition_avant: Option<i64>,
    pub instructeur_avant: Option<i64>,
    pub decision_avant: Option<String>,
    pub dossier_apres: Option<i64>,
    pub le: DateTimeUtc,
    pub annule_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
