//! How many dossiers more, or less, a groupe has of a kind.

use domain::ids::{CompteId, GroupeId};
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
    /// An état's code, a place's, [`SUIVI`], [`EXPIRANT`], or what [`suivi_par`] says.
    pub quoi: String,
    /// How many more; negative for fewer.
    pub combien: i64,
}

/// Still to be decided on, and followed by somebody.
pub const SUIVI: &str = "suivi";

/// About to expire, and told so.
pub const EXPIRANT: &str = "expirant";

/// Still to be decided on, and followed by `compte`.
#[must_use]
pub fn suivi_par(compte: CompteId) -> String {
    format!("{SUIVI}:{compte}")
}

/// It refers to nothing: a groupe that goes has no dossier left.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
