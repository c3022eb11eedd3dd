//! That a dossier went from one groupe to another.

use domain::ids::{CompteId, DossierNumero, GroupeId, ReaffectationId};
use sea_orm::entity::prelude::*;

/// A row of `reaffectations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reaffectations")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: ReaffectationId,
    /// Which dossier.
    pub dossier: DossierNumero,
    /// By whom.
    pub instructeur: CompteId,
    /// From which groupe; it may be deleted since.
    pub de: GroupeId,
    /// To which groupe; it may be deleted since.
    pub vers: GroupeId,
    /// What the first one was called.
    #[sea_orm(column_type = "Text")]
    pub nom_de: String,
    /// What the second one was called.
    #[sea_orm(column_type = "Text")]
    pub nom_vers: String,
    /// Why; empty when nobody said.
    #[sea_orm(column_type = "Text")]
    pub raison: String,
    /// That of the form: sent twice, it happens once.
    pub cle: String,
    /// When.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
