//! A rendez-vous of the platform, as the newest delivery tells it. Never deleted: a row is its own tombstone.
//!
//! A collective one has a row for itself (`participant` 0), that belongs to no dossier, and one for each of its
//! persons.

use sea_orm::entity::prelude::*;

/// A row of `rendez_vous`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rendez_vous")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub organisation: i64,
    pub rdv: i64,
    pub dossier: Option<i64>,
    pub proposition: Option<i64>,
    pub calcule_le: DateTimeUtc,
    pub modifie: bool,
    pub suppression: Option<String>,
    pub statut: String,
    pub debut: DateTimeUtc,
    pub fin: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub contenu: String,
    pub change_le: DateTimeUtc,
    pub participant: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub memoire: Option<String>,
    pub decision: Option<String>,
    pub instructeur: Option<i64>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
