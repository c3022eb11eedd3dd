//! « Personnes impliquées ».

use crate::avis::EtatAvis;
use crate::cle::CleDeFormulaire;
use crate::ids::{RecommandationId, TraitementId};
use crate::instruction::Geste;
use crate::vues::{InviteVue, Membre};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Those who have to do with a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonnesImpliquees {
    /// Who files it: « KLOK Marlène ».
    pub demandeur: String,
    /// The account that filed it.
    pub usager: Membre,
    /// Those whom the usager invited to modify it, the first invited first.
    pub invites: Vec<InviteVue>,
    /// The addresses of those asked for their opinion, with where it stands, the first asked first.
    pub experts: Vec<(String, EtatAvis)>,
    /// The addresses of all these people that could not receive our mails, each with why.
    pub refusees: BTreeMap<String, String>,
    /// The name of the groupe that examines it.
    pub groupe: String,
    /// The instructeurs of the groupe, by e-mail.
    pub instructeurs: Vec<InstructeurImplique>,
    /// What was decided, the latest first.
    pub traitements: Vec<TraitementVue>,
    /// To whom the dossier was sent, the latest first.
    pub envois: Vec<EnvoiVue>,
    /// The year in Paris.
    pub annee: i32,
    /// Unique to the form of the page shown: what is sent twice with it counts once.
    pub cle: CleDeFormulaire,
}

/// An instructeur who may see the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstructeurImplique {
    /// Who.
    pub membre: Membre,
    /// Whether they follow the dossier.
    pub suit: bool,
    /// Whether it is the reader.
    pub moi: bool,
}

/// A change of état.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraitementVue {
    /// Its id.
    pub id: TraitementId,
    /// What was done.
    pub geste: Geste,
    /// By whom.
    pub par: String,
    /// When.
    pub le: NaiveDateTime,
}

/// That the dossier was sent to an instructeur by another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvoiVue {
    /// Its id.
    pub id: RecommandationId,
    /// By whom.
    pub de: String,
    /// To whom.
    pub a: String,
    /// When.
    pub le: NaiveDateTime,
}
