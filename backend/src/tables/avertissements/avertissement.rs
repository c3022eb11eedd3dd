//! Something that an instructeur is to be told of in a summary.

use domain::avertissement::Avertissement;
use domain::ids::{AvertissementId, CompteId, DossierNumero, RecapitulatifId};
use sea_orm::entity::prelude::*;

/// A row of `avertissements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "avertissements")]
pub struct Model {
    /// In the order in which things happened.
    #[sea_orm(primary_key)]
    pub id: AvertissementId,
    /// Who is to be told.
    pub compte: CompteId,
    /// Of which dossier.
    pub dossier: DossierNumero,
    /// What kind of news.
    pub quoi: Avertissement,
    /// The row that it is about, of a table that depends on `quoi`: rendez-vous, message or opinion.
    pub reference: Option<i64>,
    /// JSON: what happened to the rendez-vous.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
    /// When it happened.
    pub le: DateTimeUtc,
    /// The summary that tells it; absent while it waits.
    pub recapitulatif: Option<RecapitulatifId>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
