//! What the personal link of a proposition opens, for whoever holds it.

use super::super::RendezVousVue;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The page of a personal link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageProposition {
    /// The number of the dossier, where it was filed.
    pub numero: i64,
    /// The title of the démarche.
    pub titre: String,
    /// The service that examines it.
    pub service: String,
    /// Who proposes.
    pub par: String,
    /// When.
    pub proposee_le: NaiveDateTime,
    /// What they wrote besides; may be empty.
    pub mot: String,
    /// Where the proposition stands.
    pub etat: EtatDuLien,
    /// The rendez-vous to come that answer it, the nearest first.
    pub a_venir: Vec<RendezVousVue>,
    /// Those over or cancelled, the latest first.
    pub passes: Vec<RendezVousVue>,
}

/// Where a proposition stands, for whoever holds its link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatDuLien {
    /// A slot is to be chosen.
    AChoisir {
        /// Where.
        lien: String,
        /// Whether that address is theirs alone.
        personnel: bool,
    },
    /// It was answered.
    Prise,
    /// What answered it was cancelled.
    Annulee,
    /// The administration took it back.
    Retiree,
    /// Nobody answered it in time.
    Expiree,
}
