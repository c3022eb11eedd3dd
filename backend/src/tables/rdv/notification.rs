//! The inbox: every verified webhook, stored before it is answered, applied later.

use crate::tables::mots::mots;
use domain::ids::{AgendaId, NotificationId};
use domain::mise_de_cote::Raison;
use sea_orm::entity::prelude::*;

/// A row of `notifications`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notifications")]
pub struct Model {
    /// The order in which they were stored.
    #[sea_orm(primary_key)]
    pub id: NotificationId,
    /// The agenda whose address it came to.
    pub organisation: AgendaId,
    /// Digest of the body: delivered twice, it is stored once.
    pub empreinte: String,
    /// The body, sealed, as it was signed.
    pub corps_scelle: Vec<u8>,
    /// Where it stands.
    pub etat: EtatNotification,
    /// Why it was set aside, when it was.
    pub raison: Option<Raison>,
    /// How many times it failed.
    pub essais: i32,
    /// When it came.
    pub recue_le: DateTimeUtc,
    /// When it is next to be applied.
    pub a_partir_de: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mots! {
    /// Where a notification stands.
    enum EtatNotification in ("notifications") {
        /// Stored, to be applied.
        Recue = "recue",
        /// Applied.
        Appliquee = "appliquee",
        /// About something that this application does not follow.
        Ignoree = "ignoree",
        /// Not understood, or not recorded after many tries: kept with its reason, changes nothing.
        MiseDeCote = "mise_de_cote",
    }
}
