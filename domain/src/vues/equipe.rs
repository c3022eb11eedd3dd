//! « Instructeurs » of a démarche, as one of them sees the others.

use super::Membre;
use crate::ids::{DemarcheNumero, GroupeId};
use serde::{Deserialize, Serialize};

/// Who examines the dossiers of a démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equipe {
    /// Its number.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Its groupes, by name: those of the reader first.
    pub groupes: Vec<GroupeDEquipe>,
}

/// A groupe of a démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupeDEquipe {
    /// Its row.
    pub id: GroupeId,
    /// What it is called.
    pub nom: String,
    /// Whether the reader belongs to it.
    pub mien: bool,
    /// Who belongs to it, by e-mail.
    pub membres: Vec<Membre>,
}
