//! A dossier to keep or to print.

use crate::vues::{Demande, Entete, MessageVue};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// All that one side may read of a dossier, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierImprime {
    /// Its header.
    pub entete: Entete,
    /// What the usager filled in.
    pub demande: Demande,
    /// The thread, from the oldest to the newest.
    pub messages: Vec<MessageVue>,
    /// When it was read.
    pub le: NaiveDateTime,
}
