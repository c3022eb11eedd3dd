//! The life of a proposition of rendez-vous.
//!
//! proposée → prise → (annulée | honorée | absence), or retirée by the instructeur while proposée.

use crate::erreur::Erreur;
use crate::rendez_vous::Situation;
use serde::{Deserialize, Serialize};

/// Where a proposition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatProposition {
    /// Waits for the usager.
    Proposee,
    /// The usager booked a slot.
    Prise,
    /// The rendez-vous was cancelled by either side.
    Annulee,
    /// The rendez-vous took place.
    Honoree,
    /// The usager did not come.
    Absence,
    /// The instructeur withdrew it before anything was booked.
    Retiree,
}

impl EtatProposition {
    /// All of them.
    pub const TOUS: [Self; 6] =
        [Self::Proposee, Self::Prise, Self::Annulee, Self::Honoree, Self::Absence, Self::Retiree];

    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposee => "proposee",
            Self::Prise => "prise",
            Self::Annulee => "annulee",
            Self::Honoree => "honoree",
            Self::Absence => "absence",
            Self::Retiree => "retiree",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|etat| etat.code() == code)
    }

    /// The état once the instructeur withdraws the proposition.
    ///
    /// # Errors
    /// [`Erreur::PropositionDejaPrise`] once the usager has booked (cancelling is then done on
    /// RDV Service Public), [`Erreur::PropositionDejaRetiree`] the second time.
    pub const fn retirer(self) -> Result<Self, Erreur> {
        match self {
            Self::Proposee => Ok(Self::Retiree),
            Self::Retiree => Err(Erreur::PropositionDejaRetiree),
            Self::Prise | Self::Annulee | Self::Honoree | Self::Absence => {
                Err(Erreur::PropositionDejaPrise)
            }
        }
    }

    /// The état once its rendez-vous is in `situation`.
    ///
    /// A proposition already retirée stays so: the rendez-vous that came late stands by itself.
    #[must_use]
    pub const fn suivre(self, situation: Situation) -> Self {
        if matches!(self, Self::Retiree) {
            return Self::Retiree;
        }
        match situation {
            Situation::Prevu => Self::Prise,
            Situation::Honore => Self::Honoree,
            Situation::Absence => Self::Absence,
            Situation::AnnuleParUsager | Situation::AnnuleParService => Self::Annulee,
        }
    }

    /// The état once the rendez-vous that answered it was found to belong to another dossier, and none is
    /// left: it waits again, unless another one does (`autre_ouverte`).
    #[must_use]
    pub const fn liberer(self, autre_ouverte: bool) -> Self {
        match self {
            Self::Retiree => Self::Retiree,
            _ if autre_ouverte => Self::Annulee,
            _ => Self::Proposee,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proposition_still_open_can_be_withdrawn() {
        assert_eq!(EtatProposition::Proposee.retirer(), Ok(EtatProposition::Retiree));
        for etat in EtatProposition::TOUS {
            assert_eq!(EtatProposition::from_code(etat.code()), Some(etat));
            if etat != EtatProposition::Proposee {
                assert!(etat.retirer().is_err());
            }
        }
    }

    #[test]
    fn a_late_booking_does_not_reopen_a_withdrawn_proposition() {
        assert_eq!(EtatProposition::Retiree.suivre(Situation::Prevu), EtatProposition::Retiree);
    }

    #[test]
    fn a_proposition_answered_by_mistake_waits_again() {
        assert_eq!(EtatProposition::Prise.liberer(false), EtatProposition::Proposee);
        assert_eq!(EtatProposition::Prise.liberer(true), EtatProposition::Annulee);
        assert_eq!(EtatProposition::Retiree.liberer(false), EtatProposition::Retiree);
    }

    #[test]
    fn a_reinstated_rendez_vous_makes_the_proposition_prise_again() {
        assert_eq!(EtatProposition::Annulee.suivre(Situation::Prevu), EtatProposition::Prise);
    }
}
