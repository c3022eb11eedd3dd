//! Who acts.

use crate::ids::CompteId;
use serde::{Deserialize, Serialize};

/// The side of the product somebody uses. One account may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Files dossiers and books rendez-vous.
    Usager,
    /// Examines the dossiers of the groupes they belong to.
    Instructeur,
    /// Manages démarches.
    Administrateur,
}

/// The signed-in person on whose behalf a use case runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acteur {
    /// Their account.
    pub compte: CompteId,
    /// Their e-mail, as they typed it when the account was made.
    pub email: String,
}
