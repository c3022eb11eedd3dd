//! The personal link of a proposition, or why there is none.

use crate::tables::mots::mots;
use domain::ids::{PropositionId, RdvUserId};
use sea_orm::entity::prelude::*;

/// A row of `invitations_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations_rdv")]
pub struct Model {
    /// Of which proposition.
    #[sea_orm(primary_key, auto_increment = false)]
    pub proposition: PropositionId,
    /// Where it stands.
    pub etat: EtatLien,
    /// The number of the usager on the site.
    pub personne: Option<RdvUserId>,
    /// The link, sealed, once it is there.
    pub lien_scelle: Option<Vec<u8>>,
    /// Why it could not be had: a code of [`domain::ErreurPlateforme`], without its details.
    pub echec: Option<String>,
    /// When this last changed.
    pub changee_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mots! {
    /// Where a personal link stands.
    enum EtatLien in ("invitations_rdv") {
        /// To be prepared; it may have failed already, and will be tried again.
        AFaire = "a_faire",
        /// The link is there.
        Faite = "faite",
        /// It can't be had.
        Echouee = "echouee",
    }
}
