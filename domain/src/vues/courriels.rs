//! The mails that could not leave, for the administrateur. No personal data.

use crate::ids::{DemarcheNumero, DossierNumero, TacheId};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The page of the mails that could not leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourrielsNonEnvoyes {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Those given up, the latest first, as many as a page holds.
    pub courriels: Vec<CourrielNonEnvoye>,
    /// How many were given up in all.
    pub total: u64,
    /// How many wait for another try.
    pub en_attente: u64,
    /// When the oldest of those that wait was written.
    pub attend_depuis: Option<NaiveDateTime>,
}

/// A mail given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourrielNonEnvoye {
    /// Its task.
    pub id: TacheId,
    /// « Proposition de rendez-vous, à l'usager ».
    pub quoi: String,
    /// The dossier that it is about.
    pub dossier: Option<DossierNumero>,
    /// When it was given up.
    pub le: NaiveDateTime,
    /// Why.
    pub raison: String,
    /// How many times it was tried.
    pub essais: i32,
}
