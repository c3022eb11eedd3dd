//! A dossier that the platform fails to give: set aside, so that the others are read.

use domain::ids::RaccordementId;
use sea_orm::entity::prelude::*;

/// A row of `dossiers_ecartes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossiers_ecartes")]
pub struct Model {
    /// By which raccordement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub raccordement: RaccordementId,
    /// Its number there.
    #[sea_orm(primary_key, auto_increment = false)]
    pub numero_distant: i64,
    /// Why: a code of [`domain::raccordement::ErreurDistante`].
    pub raison: String,
    /// How many times it was asked for.
    pub essais: i32,
    /// Since when.
    pub depuis: DateTimeUtc,
    /// When it was last asked for.
    pub essaye_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
