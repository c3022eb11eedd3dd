//! « Pièces jointes ».

use crate::ids::MessageId;
use crate::vues::PieceVue;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// All the files of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PiecesDuDossier {
    /// The latest first.
    pub pieces: Vec<PieceDuDossier>,
    /// Whether experts were asked: the archive then has what they answered.
    pub avis: bool,
    /// The year in Paris.
    pub annee: i32,
}

/// A file of a dossier, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceDuDossier {
    /// The file.
    pub piece: PieceVue,
    /// What it came with.
    pub origine: OriginePiece,
    /// Who attached it.
    pub par: String,
    /// When.
    pub le: NaiveDateTime,
    /// Whether it came since the reader, who follows the dossier, last looked.
    pub nouvelle: bool,
}

/// What a file came with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginePiece {
    /// An answer of the form; holds the words of its question.
    Formulaire(String),
    /// A message.
    Messagerie(MessageId),
    /// A request for an opinion, or the opinion: only the instructeurs and experts have it.
    Avis,
}
