//! The columns that somebody chose to see in the list of a démarche.

use domain::ids::{CompteId, DemarcheNumero};
use sea_orm::entity::prelude::*;

/// A row of `colonnes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "colonnes")]
pub struct Model {
    /// The démarche whose list it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub demarche: DemarcheNumero,
    /// Who chose them.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
    /// Codes of [`domain::liste::Colonne`], in their order, separated by spaces.
    pub choix: String,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
