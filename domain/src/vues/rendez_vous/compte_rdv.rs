//! The account of RDV Service Public that somebody connects.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// Where one's account of RDV Service Public stands, as every page knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatCompteRdv {
    /// There is nothing to connect: an usager, or this application is not known to RDV Service Public.
    Indisponible,
    /// Not connected.
    Aucun,
    /// Connected.
    Connecte,
    /// It was connected; RDV Service Public does not accept it any more.
    Perdu,
}

/// « Mon compte RDV Service Public ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompteRdv {
    /// Where it stands.
    pub etat: EtatCompteRdv,
    /// The site, as people read it: « rdv.anct.gouv.fr ».
    pub site: String,
    /// The e-mail of the account there, when it is or was connected.
    pub email: String,
    /// When it was connected, or lost.
    pub depuis: Option<NaiveDateTime>,
}
