//! « Rendez-vous à rattacher »: those of the agenda whose dossier a person must tell.

use crate::dossier::{EtatDossier, Tag};
use crate::ids::{DemarcheNumero, DossierNumero, GesteId};
use crate::vues::RendezVousVue;
use serde::{Deserialize, Serialize};

/// The page « Rendez-vous à rattacher » of a démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RendezVousARattacher {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Those to come, the nearest first.
    pub a_venir: Vec<CarteARattacher>,
    /// Those over since a short time, the latest first.
    pub passes: Vec<CarteARattacher>,
    /// Those that somebody said concern no dossier.
    pub ecartes: Vec<CarteARattacher>,
    /// The dossiers that the reader looked for by name.
    pub trouves: Vec<DossierSuggere>,
    /// What the reader has just done, that can be undone.
    pub geste: Option<GesteAnnulable>,
}

/// A rendez-vous whose dossier is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarteARattacher {
    /// The rendez-vous.
    pub rendez_vous: RendezVousVue,
    /// Who takes part, as the platform says it.
    pub personnes: Vec<PersonneVue>,
    /// Whether somebody of a service made it, not the person.
    pub par_le_service: bool,
    /// Its page for the agents, on RDV Service Public.
    pub agents: String,
    /// Dossiers that it may belong to, the likeliest first.
    pub suggestions: Vec<DossierSuggere>,
}

/// Somebody who takes part in a rendez-vous.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonneVue {
    /// « MARTIN Camille ».
    pub nom: String,
    /// Their e-mail, or that of the person responsible for them.
    pub email: Option<String>,
    /// Their telephone.
    pub telephone: Option<String>,
}

/// A dossier that a rendez-vous may belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierSuggere {
    /// Its number.
    pub numero: DossierNumero,
    /// Title of its démarche.
    pub titre: String,
    /// Who files it.
    pub demandeur: String,
    /// Where it stands.
    pub etat: EtatDossier,
    /// Its tag.
    pub tag: Option<Tag>,
    /// Why it is suggested, the strongest reason first.
    pub raisons: Vec<String>,
}

/// What the reader did to a rendez-vous a moment ago, and may undo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GesteAnnulable {
    /// Which.
    pub id: GesteId,
    /// « Vous avez rattaché le rendez-vous du … au dossier n° … ».
    pub phrase: String,
}
