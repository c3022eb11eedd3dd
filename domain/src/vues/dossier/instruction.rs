//! The decision on a dossier.

use crate::dossier::EtatDossier;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The decision that holds, as both sides read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Accepted, refused or closed.
    pub etat: EtatDossier,
    /// Why, when it was said.
    pub motivation: Option<String>,
    /// When.
    pub le: NaiveDateTime,
}
