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
    /// What their session proves beyond the account.
    pub assurance: Assurance,
}

/// What a session proves of who opened it, beyond the account. Without it some rights of an agent are as if they did not
/// exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assurance {
    /// It was opened by ProConnect.
    pub proconnect: bool,
    /// Two factors were proven, its browser is trusted, or the service asks for neither.
    pub confirmee: bool,
}

impl Assurance {
    /// That of the application, which goes on with what somebody had the right to ask for.
    pub const INTERNE: Self = Self { proconnect: true, confirmee: true };

    /// A password, in a browser that is trusted or where none has to be.
    pub const ORDINAIRE: Self = Self { proconnect: false, confirmee: true };
}

impl Acteur {
    /// Somebody who came in by [`Assurance::ORDINAIRE`].
    #[must_use]
    pub const fn ordinaire(compte: CompteId, email: String) -> Self {
        Self { compte, email, assurance: Assurance::ORDINAIRE }
    }

    /// Somebody in whose name the application goes on, by [`Assurance::INTERNE`].
    #[must_use]
    pub const fn interne(compte: CompteId, email: String) -> Self {
        Self { compte, email, assurance: Assurance::INTERNE }
    }
}
