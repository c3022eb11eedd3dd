//! What an instructeur chose to be told of, and how fast. Absent, they follow the démarche.

use domain::avertissement::{Avertissement, Rythme};
use domain::ids::{CompteId, DemarcheNumero};
use sea_orm::entity::prelude::*;

/// A row of `choix_avertissements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "choix_avertissements")]
pub struct Model {
    /// For which démarche.
    #[sea_orm(primary_key, auto_increment = false)]
    pub demarche: DemarcheNumero,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
    /// What kind of news.
    #[sea_orm(primary_key, auto_increment = false)]
    pub quoi: Avertissement,
    /// How fast.
    pub rythme: Rythme,
    /// When they chose it.
    pub choisi_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
