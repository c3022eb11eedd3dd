//! Files.

use crate::fichier::{Analyse, Format};
use crate::ids::{ChampId, PieceId};
use serde::{Deserialize, Serialize};

/// A file that somebody attached, to be downloaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceVue {
    /// Its id.
    pub id: PieceId,
    /// The field of the form that it answers, if that is what it is for.
    pub champ: Option<ChampId>,
    /// Its name.
    pub nom: String,
    /// What it is.
    pub format: Format,
    /// How large, in octets.
    pub taille: usize,
    /// What the antivirus said of it.
    pub analyse: Analyse,
}
