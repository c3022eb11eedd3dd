//! A word by which a dossier is found.

use domain::ids::DossierNumero;
use sea_orm::entity::prelude::*;

/// A row of `mots_dossiers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mots_dossiers")]
pub struct Model {
    /// A word, folded as [`domain::recherche`] does.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mot: String,
    /// Where it stands.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier: DossierNumero,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
