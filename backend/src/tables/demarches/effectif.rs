//! How many dossiers more, or less, a groupe has of a kind.

use domain::ids::GroupeId;
use sea_orm::entity::prelude::*;

/// A row of `effectifs`, which the database writes by itself; the sum of rows says how many there are.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "effectifs")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose dossiers.
    pub groupe: GroupeId,
    /// An état's code, a place's, or [`SUIVI`].
    pub quoi: String,
    /// How many more; negative for fewer.
    pub combien: i64,
}

/// Still to be decided on, and followed by somebody.
pub const SUIVI: &str = "suivi";

/// It refers to nothing: a groupe that goes has no dossier left.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
