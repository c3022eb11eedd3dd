//! What the platform's webhooks tell: that a dossier changed, and nothing more. Kept until it is read.

use domain::ids::{RaccordementId, SignalementId};
use sea_orm::entity::prelude::*;

/// A row of `signalements_distants`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signalements_distants")]
pub struct Model {
    /// The order in which they came.
    #[sea_orm(primary_key)]
    pub id: SignalementId,
    /// By which raccordement.
    pub raccordement: RaccordementId,
    /// The number of the dossier there.
    pub numero_distant: i64,
    /// When it came.
    pub recu_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
