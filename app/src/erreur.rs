//! The error of every server function: the domain's own, or what went wrong on the way.

use domain::{Champ, Erreur, Saisie};
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a server function gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ErreurApp {
    /// A rule said no, or the server could not answer.
    #[error(transparent)]
    Metier(#[from] Erreur),
    /// A machine failed. Holds what the person may quote: the logs have it.
    #[error("{} Référence\u{a0}: {}.", Erreur::Indisponible, .0)]
    Panne(String),
    /// The request or the answer was lost.
    #[error(
        "La connexion avec le service a été interrompue. Vérifiez votre connexion, puis réessayez."
    )]
    Reseau,
    /// The form was not made by our pages.
    #[error("Le formulaire n'a pas pu être lu. Rechargez la page, puis réessayez.")]
    Formulaire,
}

impl ErreurApp {
    /// The rule that said no, if that is what happened.
    #[must_use]
    pub const fn metier(&self) -> Option<&Erreur> {
        match self {
            Self::Metier(erreur) => Some(erreur),
            Self::Panne(_) | Self::Reseau | Self::Formulaire => None,
        }
    }

    /// The problem with a field, if that is what this is about.
    #[must_use]
    pub fn sur(&self, champ: Champ) -> Option<&Saisie> {
        self.metier().and_then(|erreur| erreur.sur(champ))
    }

    /// How long to wait before the next try, in seconds, when there were too many.
    #[must_use]
    pub const fn attente(&self) -> Option<u32> {
        match self {
            Self::Metier(Erreur::TropVite { secondes } | Erreur::Encombrement { secondes }) => {
                Some(*secondes)
            }
            _ => None,
        }
    }

    /// The HTTP status that says the same to a program.
    #[must_use]
    pub const fn statut_http(&self) -> u16 {
        match self {
            Self::Metier(erreur) => erreur.statut_http(),
            Self::Panne(_) | Self::Reseau => 503,
            Self::Formulaire => 400,
        }
    }
}

impl FromServerFnError for ErreurApp {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(erreur: ServerFnErrorErr) -> Self {
        match erreur {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Formulaire,
            _ => Self::Reseau,
        }
    }
}
