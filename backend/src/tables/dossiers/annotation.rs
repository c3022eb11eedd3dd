//! What the private annotation of a dossier said from a moment on. The row of the highest version holds.

use domain::ids::{CompteId, DossierNumero};
use sea_orm::entity::prelude::*;

/// A row of `annotations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "annotations")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Of which dossier.
    pub dossier: DossierNumero,
    /// 1, 2, 3…: two people who save from the same version are not both the next one.
    pub version: i32,
    /// Who saved it.
    pub instructeur: CompteId,
    /// What it says; empty once it was emptied.
    #[sea_orm(column_type = "Text")]
    pub texte: String,
    /// When.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
