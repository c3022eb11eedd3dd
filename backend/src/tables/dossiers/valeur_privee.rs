//! What a private field of a dossier held from a moment on. The row of the highest version holds.

use domain::champs::TypeChamp;
use domain::ids::{ChampId, CompteId, DossierNumero};
use sea_orm::entity::prelude::*;

/// A row of `valeurs_privees`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "valeurs_privees")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Of which dossier.
    pub dossier: DossierNumero,
    /// Which field; it may be deleted since.
    pub champ: ChampId,
    /// 1, 2, 3…: two people who save from the same version are not both the next one.
    pub version: i32,
    /// Who saved it.
    pub instructeur: CompteId,
    /// What the field was called then.
    #[sea_orm(column_type = "Text")]
    pub libelle: String,
    /// What was typed in it then.
    pub genre: TypeChamp,
    /// What was typed; empty once it was emptied.
    #[sea_orm(column_type = "Text")]
    pub valeur: String,
    /// When.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
