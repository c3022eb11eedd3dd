//! What waits to be written on a platform that runs Démarches Simplifiées.

use super::definition::Tache;
use crate::tables::tache;
use domain::ids::{DossierNumero, MessageId};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::SimpleExpr;
use serde::{Deserialize, Serialize};

/// Something to be written there. The names are those that are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EnvoiDistant {
    /// A message of the messagerie. Those of one dossier leave in order.
    #[serde(rename = "envoi_message")]
    Message {
        /// Which one.
        message: MessageId,
    },
    /// The label of a dossier: the one that its tag calls for when it is put.
    #[serde(rename = "envoi_etiquette")]
    Etiquette {
        /// Which dossier.
        dossier: DossierNumero,
    },
    /// The annotation « Rendez-vous » of a dossier: what is to be said when it is filled.
    #[serde(rename = "envoi_annotation")]
    Annotation {
        /// Which dossier.
        dossier: DossierNumero,
    },
}

impl EnvoiDistant {
    /// The stored names of all of them: that platform keeps neither mails nor RDV Service Public waiting.
    pub(super) const GENRES: [&str; 3] = ["envoi_message", "envoi_etiquette", "envoi_annotation"];

    /// What it is, for whoever looks after those that could not be done.
    #[must_use]
    pub const fn nom(&self) -> &'static str {
        match self {
            Self::Message { .. } => "Message, à envoyer dans Démarches Simplifiées",
            Self::Etiquette { .. } => "Étiquette, à mettre à jour dans Démarches Simplifiées",
            Self::Annotation { .. } => {
                "Annotation «\u{a0}Rendez-vous\u{a0}», à remplir dans Démarches Simplifiées"
            }
        }
    }
}

impl Tache for EnvoiDistant {
    fn lignes() -> SimpleExpr {
        tache::Column::Genre.is_in(Self::GENRES)
    }
}
