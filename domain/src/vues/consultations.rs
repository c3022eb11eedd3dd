//! « Consultations »: who looked at the dossiers of a démarche.

use super::Page;
use crate::ids::{DemarcheNumero, DossierNumero};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultations {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// What was looked for.
    pub filtres: FiltresConsultations,
    /// The latest first.
    pub lignes: Page<ConsultationVue>,
}

/// What is looked for, as it was typed; empty for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiltresConsultations {
    /// The number of a dossier.
    pub dossier: String,
    /// The address of a person.
    pub personne: String,
}

/// That somebody looked at a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationVue {
    /// Its rank in the journal.
    pub id: i64,
    /// When, in Paris.
    pub le: NaiveDateTime,
    /// E-mail of who did.
    pub qui: String,
    /// Which dossier.
    pub dossier: Option<DossierNumero>,
    /// How.
    pub acte: String,
}
