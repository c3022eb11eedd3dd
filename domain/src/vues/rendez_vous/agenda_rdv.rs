//! Choosing the agenda of a démarche, and sending its notifications here, with one's account of RDV Service
//! Public.

use crate::ids::{DemarcheNumero, OrganisationId};
use crate::plateforme::ErreurPlateforme;
use crate::vues::EtatCompteRdv;
use serde::{Deserialize, Serialize};

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaRdv {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Where one's account stands.
    pub compte: EtatCompteRdv,
    /// One's organisations there, or why they can't be read.
    pub organisations: Result<Vec<OrganisationRdv>, ErreurPlateforme>,
    /// Whether the notifications of the agenda chosen are sent here; `None` while there is none on this site.
    pub webhook: Option<EtatWebhook>,
}

/// An organisation of RDV Service Public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationRdv {
    /// Its number.
    pub id: OrganisationId,
    /// Its name.
    pub nom: String,
    /// Whether its agenda is the one of the démarche.
    pub choisie: bool,
    /// How many motifs usagers may book by themselves; `None` when it could not be read.
    pub motifs: Option<usize>,
}

/// Whether notifications are sent here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatWebhook {
    /// They are.
    Present,
    /// The address is there, but not told of rendez-vous.
    SansRendezVous,
    /// The address is not there.
    Absent,
    /// It can't be read.
    Inconnu(ErreurPlateforme),
}
