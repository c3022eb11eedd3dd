//! The life of a proposition of rendez-vous.
//!
//! proposée → prise → (annulée | honorée | absence), or retirée by the instructeur while proposée, or expirée when nobody
//! answers it ([`super::relances`]).

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
    /// Nobody answered it in time.
    Expiree,
}

impl EtatProposition {
    /// All of them.
    pub const TOUS: [Self; 7] = [
        Self::Proposee,
        Self::Prise,
        Self::Annulee,
        Self::Honoree,
        Self::Absence,
        Self::Retiree,
        Self::Expiree,
    ];

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
            Self::Expiree => "expiree",
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
    /// RDV Service Public), [`Erreur::PropositionDejaRetiree`] the second time, [`Erreur::PropositionExpiree`].
    pub const fn retirer(self) -> Result<Self, Erreur> {
        match self {
            Self::Proposee => Ok(Self::Retiree),
            Self::Retiree => Err(Erreur::PropositionDejaRetiree),
            Self::Expiree => Err(Erreur::PropositionExpiree),
            Self::Prise | Self::Annulee | Self::Honoree | Self::Absence => {
                Err(Erreur::PropositionDejaPrise)
            }
        }
    }

    /// The état once its rendez-vous is in `situation`.
    ///
    /// A proposition already retirée stays so: the rendez-vous that came late stands by itself. One that had expired is
    /// answered all the same: nobody had taken its link back.
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
    /// left: it waits again, unless it had expired (`expiree`) or another one does (`autre_ouverte`).
    #[must_use]
    pub const fn liberer(self, expiree: bool, autre_ouverte: bool) -> Self {
        match self {
            Self::Retiree => Self::Retiree,
            _ if expiree => Self::Expiree,
            _ if autre_ouverte => Self::Annulee,
            _ => Self::Proposee,
        }
    }
}

/// What proposing a rendez-vous is meant to be, as the panel said it to whoever proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intention {
    /// Nothing waits, and nobody is expected.
    Premiere,
    /// The proposition that waits is withdrawn.
    Remplacer,
    /// Besides the rendez-vous that is booked, which stays.
    EnPlus,
}

impl Intention {
    /// All of them.
    pub const TOUTES: [Self; 3] = [Self::Premiere, Self::Remplacer, Self::EnPlus];

    /// The word of forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Premiere => "premiere",
            Self::Remplacer => "remplacer",
            Self::EnPlus => "en_plus",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|intention| intention.code() == code)
    }

    /// Whether it can be done: what happened since the panel was shown must not be undone unknowingly.
    ///
    /// # Errors
    /// [`Erreur::PropositionDejaOuverte`] when one waits (`attend`) and is not to be replaced,
    /// [`Erreur::RendezVousDejaPris`] when somebody is expected (`pris`) and that was not known.
    pub const fn permettre(self, attend: bool, pris: bool) -> Result<(), Erreur> {
        match (self, attend, pris) {
            (Self::Remplacer, true, _) | (Self::EnPlus, false, _) | (_, false, false) => Ok(()),
            (_, true, _) => Err(Erreur::PropositionDejaOuverte),
            (_, false, true) => Err(Erreur::RendezVousDejaPris),
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
        assert_eq!(EtatProposition::Prise.liberer(false, false), EtatProposition::Proposee);
        assert_eq!(EtatProposition::Prise.liberer(false, true), EtatProposition::Annulee);
        assert_eq!(EtatProposition::Retiree.liberer(false, false), EtatProposition::Retiree);
    }

    #[test]
    fn one_that_expired_is_answered_late_and_never_waits_again() {
        let expiree = EtatProposition::Expiree;
        assert_eq!(expiree.suivre(Situation::Prevu), EtatProposition::Prise);
        for autre_ouverte in [false, true] {
            assert_eq!(EtatProposition::Prise.liberer(true, autre_ouverte), expiree);
        }
        assert_eq!(expiree.retirer(), Err(Erreur::PropositionExpiree));
    }

    #[test]
    fn a_reinstated_rendez_vous_makes_the_proposition_prise_again() {
        assert_eq!(EtatProposition::Annulee.suivre(Situation::Prevu), EtatProposition::Prise);
    }

    #[test]
    fn nothing_is_replaced_or_added_unknowingly() {
        use Intention::{EnPlus, Premiere, Remplacer};
        let (ouverte, pris) =
            (Err(Erreur::PropositionDejaOuverte), Err(Erreur::RendezVousDejaPris));
        for (attend, deja_pris, attendu) in [
            (false, false, [Ok(()), Ok(()), Ok(())]),
            (true, false, [ouverte.clone(), Ok(()), ouverte.clone()]),
            (false, true, [pris.clone(), pris.clone(), Ok(())]),
            (true, true, [ouverte.clone(), Ok(()), ouverte.clone()]),
        ] {
            let lu = [Premiere, Remplacer, EnPlus].map(|i| i.permettre(attend, deja_pris));
            assert_eq!(lu, attendu, "{attend} {deja_pris}");
        }
        for intention in Intention::TOUTES {
            assert_eq!(Intention::from_code(intention.code()), Some(intention));
        }
    }
}
