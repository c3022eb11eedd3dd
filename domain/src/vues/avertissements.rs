//! « Gestion des notifications », and what the links under mails let stop.

use crate::avertissement::{Avertissement, Reglage, Rythme};
use crate::ids::DemarcheNumero;
use serde::{Deserialize, Serialize};

/// « Gestion des notifications » of an instructeur for a démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notifications {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Where the mails go.
    pub email: String,
    /// What holds, for each kind of news.
    pub reglages: Vec<Reglage>,
}

impl Notifications {
    /// Whether RDV Service Public writes to the reader itself when somebody books.
    #[must_use]
    pub fn connecte(&self) -> bool {
        self.reglages.iter().any(|reglage| reglage.connecte)
    }
}

/// « Notifications des instructeurs » of a démarche, for its administrateurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvertissementsDemarche {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// What is settled, for each kind of news.
    pub reglages: Vec<(Avertissement, Option<Rythme>)>,
}

/// Which mails a link lets stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Portee {
    /// Those of one kind of news of a démarche.
    Avertissement(Avertissement, DemarcheNumero),
    /// The summaries, of all démarches.
    Recapitulatifs,
}

/// Whether the mails are stopped already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DejaFait {
    /// They are not sent any more.
    Oui,
    /// They still are.
    Non,
}

/// What the link under a mail lets stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desabonnement {
    /// The address whose mails they are.
    pub email: String,
    /// Which mails.
    pub portee: Portee,
    /// Each démarche concerned: its number, its title, and the kinds of news that would not be told any more.
    pub demarches: Vec<(DemarcheNumero, String, Vec<Avertissement>)>,
    /// Whether it is done already.
    pub deja: DejaFait,
}
