//! Somebody to whom a message to those who have only a draft is sent. Nobody is shown who they are.

use crate::tables::mots::mots;
use domain::ids::{CompteId, ContactId};
use sea_orm::entity::prelude::*;

/// A row of `contactes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contactes")]
pub struct Model {
    /// Which message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact: ContactId,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
    /// What became of their mail.
    pub etat: Sort,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mots! {
    /// What became of a mail.
    enum Sort in ("contactes") {
        /// It is still to leave.
        EnAttente = "en_attente",
        /// It left.
        Envoye = "envoye",
        /// The draft was filed or deleted before it left.
        Ecarte = "ecarte",
        /// It could not leave.
        Echec = "echec",
    }
}
