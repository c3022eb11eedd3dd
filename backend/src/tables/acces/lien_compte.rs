//! A link sent by mail: whoever opens it reads the mails of that address, and may choose a password.

use crate::tables::mots::mots;
use domain::ids::{DemarcheNumero, LienCompteId};
use sea_orm::entity::prelude::*;

/// A row of `liens_compte`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liens_compte")]
pub struct Model {
    /// The task of its mail names it.
    #[sea_orm(primary_key)]
    pub id: LienCompteId,
    /// Digest of its token, by which it is found.
    pub empreinte: String,
    /// The token, sealed, for the mail that carries it.
    pub jeton_scelle: Vec<u8>,
    /// Whom it is sent to.
    pub email: String,
    /// Why.
    pub motif: Motif,
    /// The démarche that they now look after, when that is why.
    pub demarche: Option<DemarcheNumero>,
    /// The page to come to afterwards; empty for none.
    #[sea_orm(column_type = "Text")]
    pub retour: String,
    /// When it was asked for.
    pub cree_le: DateTimeUtc,
    /// Until when it opens something.
    pub expire_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mots! {
    /// Why a link is sent.
    enum Motif in ("liens_compte") {
        /// Somebody asked for it.
        Demande = "demande",
        /// They were made instructeur of a démarche.
        Instructeur = "instructeur",
        /// They were made administrateur of a démarche.
        Administrateur = "administrateur",
    }
}
