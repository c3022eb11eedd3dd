//! Who manages a démarche.

use domain::ids::{CompteId, DemarcheNumero};
use sea_orm::entity::prelude::*;

/// A row of `administrateurs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "administrateurs")]
pub struct Model {
    /// The démarche.
    #[sea_orm(primary_key, auto_increment = false)]
    pub demarche: DemarcheNumero,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
