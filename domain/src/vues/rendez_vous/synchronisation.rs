//! The last comparison with RDV Service Public's own list, as the administrateur reads it.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where the comparison of an organisation stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synchronisation {
    /// Whether accounts of RDV Service Public can be connected here: without one nothing can be compared.
    pub disponible: bool,
    /// When one last succeeded.
    pub reussie_le: Option<NaiveDateTime>,
    /// How many rendez-vous it corrected.
    pub reparees: u32,
    /// Why the last one failed, if it did.
    pub echec: Option<EchecSynchronisation>,
    /// When the last one failed.
    pub echouee_le: Option<NaiveDateTime>,
    /// Whether one was asked for and has not ended.
    pub en_cours: bool,
    /// Set when no notification came for longer than ever: when the last one came.
    pub silence_depuis: Option<NaiveDateTime>,
}

/// Why a comparison gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EchecSynchronisation {
    /// Nobody of these démarches connected an account of RDV Service Public.
    SansConnexion,
    /// No connected account may see this organisation, or its connection is lost.
    Refuse,
    /// RDV Service Public did not answer.
    Injoignable,
    /// Its answer could not be read.
    Illisible,
}

impl EchecSynchronisation {
    /// All of them.
    pub const TOUS: [Self; 4] =
        [Self::SansConnexion, Self::Refuse, Self::Injoignable, Self::Illisible];

    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SansConnexion => "sans_connexion",
            Self::Refuse => "refuse",
            Self::Injoignable => "injoignable",
            Self::Illisible => "illisible",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|echec| echec.code() == code)
    }
}

impl fmt::Display for EchecSynchronisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SansConnexion => {
                "La synchronisation a besoin d'un compte RDV Service Public\u{a0}: connectez le vôtre, ou demandez à un instructeur de cette démarche de connecter le sien."
            }
            Self::Refuse => {
                "Aucun des comptes RDV Service Public connectés n'a accès à cette organisation. Connectez le compte d'un agent qui en fait partie."
            }
            Self::Injoignable => {
                "RDV Service Public ne répond pas pour le moment. La synchronisation sera tentée à nouveau dans quelques minutes."
            }
            Self::Illisible => {
                "La réponse de RDV Service Public n'a pas pu être lue. La synchronisation sera tentée à nouveau dans quelques minutes."
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stored_read_back() {
        for echec in EchecSynchronisation::TOUS {
            assert_eq!(EchecSynchronisation::from_code(echec.code()), Some(echec));
        }
        assert_eq!(EchecSynchronisation::from_code("autre"), None);
    }
}
