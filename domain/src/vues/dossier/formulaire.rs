//! The form of a démarche, to be filled in.

use crate::champs::DefinitionChamp;
use crate::cle::CleDeFormulaire;
use crate::ids::{DemarcheNumero, DossierNumero};
use crate::vues::PieceVue;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// A field, its answer and its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChampVue {
    /// The field.
    pub definition: DefinitionChamp,
    /// The answer.
    pub valeur: String,
    /// The files.
    pub pieces: Vec<PieceVue>,
}

/// The form of a dossier or of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formulaire {
    /// Number of the dossier or of the draft.
    pub numero: DossierNumero,
    /// Title of its démarche.
    pub titre: String,
    /// First name of the person concerned.
    pub prenom: String,
    /// Their name.
    pub nom: String,
    /// The fields, in order.
    pub champs: Vec<ChampVue>,
    /// What the dossier was when the form was shown: it may have been modified since.
    pub version: i32,
    /// Unique to the form shown: what it saved itself is not out of date for it.
    pub cle: CleDeFormulaire,
    /// When a draft was last saved; `None` for one that is still empty, and for a dossier.
    pub enregistre_le: Option<NaiveDateTime>,
    /// Whether it is somebody else's, who invited the reader.
    pub invite: bool,
}

/// A file that a démarche asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceDemandee {
    /// What it is.
    pub libelle: String,
    /// What helps to find it; may be empty.
    pub description: String,
    /// Whether it must be there.
    pub requise: bool,
}

/// What somebody reads before they begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresentationDepot {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// What it is for, on one or more lines; may be empty.
    pub description: String,
    /// The files to have at hand.
    pub pieces: Vec<PieceDemandee>,
    /// The service in charge, on one or more lines.
    pub service: String,
    /// Whether dossiers may be filed.
    pub ouverte: bool,
    /// Whether somebody is signed in.
    pub connecte: bool,
    /// The person's drafts of this démarche.
    pub brouillons: Vec<DossierNumero>,
}

/// What is said of a draft once its saving was tried, while one types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Garde {
    /// « Brouillon enregistré à 14h05. »
    pub phrase: String,
    /// Whether it is not saved.
    pub echec: bool,
    /// Whether it must not be tried again.
    pub fini: bool,
}
