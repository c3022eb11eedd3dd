//! The summary of an instructeur, on a day: one at most.

use domain::ids::{CompteId, RecapitulatifId};
use sea_orm::entity::prelude::*;

/// A row of `recapitulatifs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recapitulatifs")]
pub struct Model {
    /// The task of its mail names it.
    #[sea_orm(primary_key)]
    pub id: RecapitulatifId,
    /// Whose.
    pub compte: CompteId,
    /// The day, in Paris.
    pub jour: Date,
    /// When it was decided what it tells.
    pub cree_le: DateTimeUtc,
    /// When its mail was last composed; absent when there was nothing to say.
    pub compose_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
