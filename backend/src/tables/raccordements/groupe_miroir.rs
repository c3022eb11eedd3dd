//! A groupe that belongs to another platform.

use domain::ids::{GroupeId, RaccordementId};
use sea_orm::entity::prelude::*;

/// A row of `groupes_miroirs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "groupes_miroirs")]
pub struct Model {
    /// The groupe, as it is here.
    #[sea_orm(primary_key, auto_increment = false)]
    pub groupe: GroupeId,
    /// By which raccordement it is read.
    pub raccordement: RaccordementId,
    /// The platform's own id of it.
    pub id_distant: String,
    /// Its number there.
    pub numero_distant: i64,
    /// Whether it is closed there.
    pub ferme: bool,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
