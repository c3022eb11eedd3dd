//! That an instructeur follows a dossier, and when they last looked at its messagerie, its form and its opinions.

use sea_orm::entity::prelude::*;

/// A row of `suivis`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suivis")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: i64,
    pub depuis: DateTimeUtc,
    pub vu_le: DateTimeUtc,
    pub demande_vue_le: Option<DateTimeUtc>,
    pub avis_vu_le: Option<DateTimeUtc>,
    pub pieces_vues_le: Option<DateTimeUtc>,
    pub annotation_vue_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
