//! Who belongs to a groupe.

use domain::ids::{CompteId, GroupeId};
use sea_orm::entity::prelude::*;

/// A row of `instructeurs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instructeurs")]
pub struct Model {
    /// The groupe.
    #[sea_orm(primary_key, auto_increment = false)]
    pub groupe: GroupeId,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
