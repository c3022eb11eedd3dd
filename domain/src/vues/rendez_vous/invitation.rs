//! The personal link of a proposition, as each side reads it.

use crate::plateforme::ErreurPlateforme;
use serde::{Deserialize, Serialize};

/// What is known of the personal link of a proposition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invitation {
    /// The link itself: for the usager only.
    Lien(String),
    /// It is being prepared.
    EnPreparation,
    /// The usager has it.
    Faite,
    /// It could not be prepared yet; another try is planned.
    Retardee(ErreurPlateforme),
    /// It can't be prepared: the usager has the agenda's link.
    Echouee(ErreurPlateforme),
}
