//! How many dossiers more, or less, a groupe has of a kind.

use sea_orm::entity::prelude::*;

/// A row of `effectifs`, which the database writes by itself; the sum of rows says how many there are.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "effectifs")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub groupe: i64,
    /// An état's code, a place's, or [`SUIVI`].
    pub quoi: String,
    pub combien: i64,
}

/// Still to be decided on, and followed by somebody.
pub const SUIVI: &str = "suivi";

/// It refers to nothing: a groupe that goes has no dossier left.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
