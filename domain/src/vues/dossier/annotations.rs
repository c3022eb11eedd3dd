//! « Annotations privées ».

use crate::champs::Reponse;
use crate::vues::ChampVue;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// What the instructeurs of the groupe of a dossier share, and nobody else sees: a text, and the private fields of
/// the démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotations {
    /// What it says now; empty until somebody writes something.
    pub texte: String,
    /// How many times it was saved.
    pub version: i32,
    /// Its latest versions, the one that holds first.
    pub historique: Vec<VersionAnnotation>,
    /// The private fields, in order.
    pub champs: Vec<ChampPrive>,
    /// What was answered to fields that are no longer there.
    pub retires: Vec<Reponse>,
    /// The year in Paris.
    pub annee: i32,
}

/// What an annotation said from a moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionAnnotation {
    /// Its number, from 1.
    pub version: i32,
    /// Who saved it.
    pub auteur: String,
    /// Whether that is the reader.
    pub moi: bool,
    /// When.
    pub le: NaiveDateTime,
    /// What it said.
    pub texte: String,
}

/// A private field of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChampPrive {
    /// The field and its value.
    pub champ: ChampVue,
    /// How many times it was saved.
    pub version: i32,
    /// Who saved it last, once somebody did.
    pub dernier: Option<Changement>,
}

/// That somebody saved a private field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changement {
    /// Who.
    pub auteur: String,
    /// Whether that is the reader.
    pub moi: bool,
    /// When.
    pub le: NaiveDateTime,
    /// What they saved, as people read it; empty when they wiped it.
    pub valeur: String,
}
