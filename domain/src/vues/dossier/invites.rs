//! The people invited to a dossier, and the links that open accounts.

use crate::ids::InviteId;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// Somebody who may modify the dossier of somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteVue {
    /// The invitation.
    pub id: InviteId,
    /// The address that was invited.
    pub email: String,
    /// When, in Paris.
    pub le: NaiveDateTime,
}

/// Whose password a link lets choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LienCompte {
    /// The address that it was sent to.
    pub email: String,
    /// Whether the account exists already, with a password.
    pub existe: bool,
}
