//! The outbox: what a change causes, written with it and carried out after it.

use domain::ids::{DemarcheNumero, DossierNumero, TacheId};
use sea_orm::entity::prelude::*;

/// A row of `taches`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "taches")]
pub struct Model {
    /// The order in which they were written.
    #[sea_orm(primary_key)]
    pub id: TacheId,
    /// The stored name of its variant.
    pub genre: String,
    /// JSON: a [`crate::taches::Courriel`], a [`crate::taches::Demande`] or a [`crate::taches::EnvoiDistant`].
    #[sea_orm(column_type = "Text")]
    pub charge: String,
    /// How many times it was begun.
    pub essais: i32,
    /// How many of these tries failed otherwise than because nobody answered.
    pub refus: i32,
    /// When it is next to be tried.
    pub a_partir_de: DateTimeUtc,
    /// Until when a worker has it in hand.
    pub prise_jusqu_a: Option<DateTimeUtc>,
    /// When it was done.
    pub faite_le: Option<DateTimeUtc>,
    /// Why the last try failed, without personal data.
    #[sea_orm(column_type = "Text", nullable)]
    pub erreur: Option<String>,
    /// The dossier that it is about; absent in rows of older versions.
    pub dossier: Option<DossierNumero>,
    /// The démarche whose administrateurs hear of what fails.
    pub demarche: Option<DemarcheNumero>,
    /// Those that have the same leave in the order in which they were written.
    pub suite: Option<String>,
    /// Why no mail left: a code of [`domain::courriel::RaisonEchec`], or that it had lost its reason. Also, of what is to be
    /// written on another platform, why it is not there yet.
    pub raison: Option<String>,
    /// Whether the last try met no server, so that nothing is known of the mail itself.
    pub panne: bool,
    /// When it was written; absent in rows of older versions.
    pub ecrite_le: Option<DateTimeUtc>,
    /// When it was given up.
    pub abandonnee_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
