//! What an instructeur sees of what is written on the platform that a dossier belongs to.

use serde::{Deserialize, Serialize};

/// Where a message that was written here stands between here and there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnvoiDistantVue {
    /// It is there.
    Remis,
    /// It is to be there: why it is not yet, when something keeps it.
    EnAttente(Option<String>),
    /// It could not be written there: why.
    Refuse(String),
}
