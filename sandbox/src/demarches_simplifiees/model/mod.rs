//! What the platform knows, as its public schema names it.

mod demarche;
mod dossier;
mod faults;
mod token;
mod webhook;
mod words;

pub use self::demarche::{Demarche, Descriptor, Groupe, Label, Revision};
pub use self::dossier::{
    Champ, Deleted, Demandeur, Dossier, Hidden, Mandataire, Message, Traitement,
};
pub use self::faults::{Fault, FaultKind, Requests};
pub use self::token::{Network, NewToken, Token};
pub use self::webhook::{DsAttempt, Endpoint, EventKind, Queued, WebhookMode};
pub use self::words::{
    Civilite, CorrectionReason, DeletedReason, DemarcheState, LabelColor, State, TraitementEvent,
    TypeDeChamp,
};

use serde::{Deserialize, Serialize};

/// Somebody, by their address; the number is of one kind of account (`Instructeur-12`, `User-12`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The number of the account.
    pub id: i64,
    /// The address of the account.
    pub email: String,
}

impl Person {
    /// Whether this is their address, however it is written.
    #[must_use]
    pub fn is(&self, email: &str) -> bool {
        self.email.eq_ignore_ascii_case(email.trim())
    }
}
