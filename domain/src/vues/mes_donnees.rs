//! « Mes données ».

use crate::cle::CleDeFormulaire;
use crate::export::{Echec, Etat};
use crate::ids::ArchiveId;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The page where one asks for the archive of one's data, sees how far it is, and fetches it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MesDonnees {
    /// The last one that was asked for, if it is not erased.
    pub archive: Option<ArchiveVue>,
    /// Unique to the form of the page shown.
    pub cle: CleDeFormulaire,
}

/// An archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveVue {
    /// Its row.
    pub id: ArchiveId,
    /// When it was asked for.
    pub demandee_le: NaiveDateTime,
    /// Where it stands.
    pub etat: Etat,
    /// How many dossiers are in it.
    pub faits: u64,
    /// How many it will hold; `None` before they are counted.
    pub total: Option<u64>,
    /// In octets.
    pub taille: u64,
    /// When it is erased, once it is ready.
    pub expire_le: Option<NaiveDateTime>,
    /// Why it could not be made.
    pub echec: Option<Echec>,
    /// Whether the session of the reader may fetch it: one without ProConnect may not, when it holds what only ProConnect
    /// opens.
    pub accessible: bool,
}
