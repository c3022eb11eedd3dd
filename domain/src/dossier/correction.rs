//! « Demander une correction »: the instructeur asks, the usager corrects and declares it.

use crate::erreur::Erreur;
use serde::{Deserialize, Serialize};

/// Where a request for corrections stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatCorrection {
    /// Waits for the usager: À CORRIGER.
    Demandee,
    /// The usager declared it done: CORRIGÉ.
    Corrigee,
    /// The instructeur deleted the request.
    Retiree,
    /// The dossier went on without it: nobody waits any more.
    Close,
}

impl EtatCorrection {
    /// All of them.
    pub const TOUS: [Self; 4] = [Self::Demandee, Self::Corrigee, Self::Retiree, Self::Close];

    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Demandee => "demandee",
            Self::Corrigee => "corrigee",
            Self::Retiree => "retiree",
            Self::Close => "close",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|etat| etat.code() == code)
    }

    /// What the badge says (the design system puts it in capitals); `None` when there is none.
    #[must_use]
    pub const fn badge(self) -> Option<&'static str> {
        match self {
            Self::Demandee => Some("à corriger"),
            Self::Corrigee => Some("corrigé"),
            Self::Retiree | Self::Close => None,
        }
    }

    /// The état once it becomes `vers`. Only what waits can change.
    ///
    /// # Errors
    /// [`Erreur::CorrectionFinie`].
    pub const fn devenir(self, vers: Self) -> Result<Self, Erreur> {
        match self {
            Self::Demandee => Ok(vers),
            Self::Corrigee | Self::Retiree | Self::Close => Err(Erreur::CorrectionFinie),
        }
    }
}

/// The message that asks, around the instructeur's own words.
#[must_use]
pub fn message(texte: &str) -> String {
    format!(
        "Bonjour,\n\nVotre dossier doit être corrigé pour que son examen se poursuive\u{a0}:\n\n{texte}\n\nUne fois votre dossier corrigé, indiquez-le avec le bouton «\u{a0}J'ai corrigé mon dossier\u{a0}»."
    )
}

/// The message that says it is done.
#[must_use]
pub const fn declaration() -> &'static str {
    "J'ai corrigé mon dossier."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_request_that_waits_can_change() {
        for etat in EtatCorrection::TOUS {
            assert_eq!(EtatCorrection::from_code(etat.code()), Some(etat));
            for vers in EtatCorrection::TOUS {
                let attendu = if etat == EtatCorrection::Demandee {
                    Ok(vers)
                } else {
                    Err(Erreur::CorrectionFinie)
                };
                assert_eq!(etat.devenir(vers), attendu);
            }
        }
    }

    #[test]
    fn a_badge_shows_while_somebody_must_know() {
        assert_eq!(EtatCorrection::Demandee.badge(), Some("à corriger"));
        assert_eq!(EtatCorrection::Corrigee.badge(), Some("corrigé"));
        assert_eq!(EtatCorrection::Retiree.badge(), None);
    }
}
