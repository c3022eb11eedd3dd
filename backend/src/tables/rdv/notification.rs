//! The inbox: every verified webhook, stored before it is answered, applied later.

use sea_orm::entity::prelude::*;

/// A row of `notifications`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notifications")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub organisation: i64,
    pub empreinte: String,
    pub corps_scelle: Vec<u8>,
    pub etat: String,
    pub raison: Option<String>,
    pub essais: i32,
    pub recue_le: DateTimeUtc,
    pub a_partir_de: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a notification stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtatNotification {
    /// Stored, to be applied.
    Recue,
    /// Applied.
    Appliquee,
    /// About something that this application does not follow.
    Ignoree,
    /// Not understood, or not recorded after many tries: kept with its reason, changes nothing.
    MiseDeCote,
}

impl EtatNotification {
    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Recue => "recue",
            Self::Appliquee => "appliquee",
            Self::Ignoree => "ignoree",
            Self::MiseDeCote => "mise_de_cote",
        }
    }
}
