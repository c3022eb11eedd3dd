//! « Annotations privées ».

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The private annotation of a dossier, for the instructeurs of its groupe alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotations {
    /// What it says now; empty until somebody writes something.
    pub texte: String,
    /// How many times it was saved.
    pub version: i32,
    /// Its latest versions, the one that holds first.
    pub historique: Vec<VersionAnnotation>,
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
