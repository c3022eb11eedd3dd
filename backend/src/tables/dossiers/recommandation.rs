//! That an instructeur sent a dossier to another one of its groupe.

use domain::ids::{CompteId, DossierNumero, RecommandationId};
use sea_orm::entity::prelude::*;

/// A row of `envois`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "envois")]
pub struct Model {
    /// The task of its mail names it.
    #[sea_orm(primary_key)]
    pub id: RecommandationId,
    /// Which dossier.
    pub dossier: DossierNumero,
    /// By whom.
    pub expediteur: CompteId,
    /// To whom.
    pub destinataire: CompteId,
    /// That of the form: sent twice, it is one mail.
    pub cle: String,
    /// When.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
