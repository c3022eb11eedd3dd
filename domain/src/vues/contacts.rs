//! « Contacter les usagers (brouillon) ».

use crate::cle::CleDeFormulaire;
use crate::ids::{ContactId, DemarcheNumero};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The page from which those who have only a draft are written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// How many people would be written to now.
    pub combien: u64,
    /// The address of the service, which gets the answers; empty when nobody gave it.
    pub reponses_a: String,
    /// What was sent before, the latest first.
    pub passes: Vec<ContactVu>,
    /// Unique to the form of the page shown.
    pub cle: CleDeFormulaire,
}

/// A message that was sent to all those who had only a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactVu {
    /// Its row.
    pub id: ContactId,
    /// When.
    pub le: NaiveDateTime,
    /// Who sent it.
    pub par: String,
    /// What it said.
    pub texte: String,
    /// To how many people.
    pub prevus: u64,
    /// To how many of them a mail left.
    pub envoyes: u64,
    /// How many had filed their dossier or deleted their draft meanwhile.
    pub ecartes: u64,
    /// How many could not be written to.
    pub echecs: u64,
}

impl ContactVu {
    /// How many are still to be written to.
    #[must_use]
    pub const fn en_attente(&self) -> u64 {
        self.prevus.saturating_sub(self.envoyes + self.ecartes + self.echecs)
    }
}

impl Contacts {
    /// Whether a message is still being sent.
    #[must_use]
    pub fn en_cours(&self) -> bool {
        self.passes.iter().any(|contact| contact.en_attente() > 0)
    }
}
