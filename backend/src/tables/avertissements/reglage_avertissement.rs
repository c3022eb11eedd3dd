//! How fast the instructeurs of a démarche are told of something, unless they choose. Absent, the default holds.

use domain::avertissement::{Avertissement, Rythme};
use domain::ids::DemarcheNumero;
use sea_orm::entity::prelude::*;

/// A row of `reglages_avertissements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reglages_avertissements")]
pub struct Model {
    /// Which démarche.
    #[sea_orm(primary_key, auto_increment = false)]
    pub demarche: DemarcheNumero,
    /// What kind of news.
    #[sea_orm(primary_key, auto_increment = false)]
    pub quoi: Avertissement,
    /// How fast.
    pub rythme: Rythme,
    /// When an administrateur settled it.
    pub regle_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
