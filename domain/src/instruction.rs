//! What an instructeur does with the état of a dossier.

use crate::dossier::EtatDossier;
use crate::erreur::{Champ, Erreur};
use crate::journal::Action;
use crate::message::{texte_facultatif, texte_requis};
use serde::{Deserialize, Serialize};

/// A change of état that an instructeur makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Geste {
    /// « Passer en instruction »: the usager may not modify the dossier any more.
    PasserEnInstruction,
    /// « Accepter ».
    Accepter,
    /// « Classer sans suite ».
    ClasserSansSuite,
    /// « Refuser ».
    Refuser,
    /// « Repasser en construction »: the usager may modify the dossier again.
    RepasserEnConstruction,
    /// « Repasser en instruction »: the decision no longer holds.
    RepasserEnInstruction,
}

impl Geste {
    /// All of them.
    pub const TOUS: [Self; 6] = [
        Self::PasserEnInstruction,
        Self::Accepter,
        Self::ClasserSansSuite,
        Self::Refuser,
        Self::RepasserEnConstruction,
        Self::RepasserEnInstruction,
    ];

    /// The word of forms and of the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PasserEnInstruction => "passer_en_instruction",
            Self::Accepter => "accepter",
            Self::ClasserSansSuite => "classer_sans_suite",
            Self::Refuser => "refuser",
            Self::RepasserEnConstruction => "repasser_en_construction",
            Self::RepasserEnInstruction => "repasser_en_instruction",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|geste| geste.code() == code)
    }

    /// What its button says.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::PasserEnInstruction => "Passer en instruction",
            Self::Accepter => "Accepter",
            Self::ClasserSansSuite => "Classer sans suite",
            Self::Refuser => "Refuser",
            Self::RepasserEnConstruction => "Repasser en construction",
            Self::RepasserEnInstruction => "Repasser en instruction",
        }
    }

    /// What the journal says.
    #[must_use]
    pub const fn journal(self) -> Action {
        match self {
            Self::PasserEnInstruction => Action::DossierPasseEnInstruction,
            Self::Accepter => Action::DossierAccepte,
            Self::ClasserSansSuite => Action::DossierClasseSansSuite,
            Self::Refuser => Action::DossierRefuse,
            Self::RepasserEnConstruction => Action::DossierRepasseEnConstruction,
            Self::RepasserEnInstruction => Action::DossierRepasseEnInstruction,
        }
    }

    /// The état of a dossier once it is done.
    #[must_use]
    pub const fn vers(self) -> EtatDossier {
        match self {
            Self::PasserEnInstruction | Self::RepasserEnInstruction => EtatDossier::EnInstruction,
            Self::Accepter => EtatDossier::Accepte,
            Self::ClasserSansSuite => EtatDossier::SansSuite,
            Self::Refuser => EtatDossier::Refuse,
            Self::RepasserEnConstruction => EtatDossier::EnConstruction,
        }
    }

    /// Whether it may be done to a dossier in `etat`.
    #[must_use]
    pub const fn permis(self, etat: EtatDossier) -> bool {
        match self {
            Self::PasserEnInstruction => matches!(etat, EtatDossier::EnConstruction),
            Self::Accepter
            | Self::ClasserSansSuite
            | Self::Refuser
            | Self::RepasserEnConstruction => matches!(etat, EtatDossier::EnInstruction),
            Self::RepasserEnInstruction => !etat.en_cours(),
        }
    }

    /// The état of a dossier in `etat` once it is done.
    ///
    /// # Errors
    /// [`Erreur::EtatChange`] when the dossier is no longer where it must be for that.
    pub fn appliquer(self, etat: EtatDossier) -> Result<EtatDossier, Erreur> {
        if self.permis(etat) { Ok(self.vers()) } else { Err(Erreur::EtatChange(etat)) }
    }

    /// Whether the person must be told why.
    #[must_use]
    pub const fn motivation_requise(self) -> bool {
        matches!(self, Self::Refuser | Self::ClasserSansSuite)
    }

    /// Takes the motivation typed for it; `None` when there is none. Only a decision has one.
    ///
    /// # Errors
    /// [`crate::Saisie`], about [`Champ::Motivation`].
    pub fn motivation(self, texte: &str) -> Result<Option<String>, Erreur> {
        if self.vers().en_cours() {
            return Ok(None);
        }
        let texte = if self.motivation_requise() {
            texte_requis(Champ::Motivation, texte)?
        } else {
            texte_facultatif(Champ::Motivation, texte)?
        };
        Ok((!texte.is_empty()).then_some(texte))
    }

    /// The automatic message of the messagerie. The motivation is part of it.
    #[must_use]
    pub fn message(self, motivation: Option<&str>) -> String {
        let phrase = match self {
            Self::PasserEnInstruction => {
                "Votre dossier est passé en instruction\u{a0}: l'administration l'examine. Vous ne pouvez plus le modifier."
            }
            Self::Accepter => "Votre dossier a été accepté.",
            Self::ClasserSansSuite => "Votre dossier a été classé sans suite.",
            Self::Refuser => "Votre dossier a été refusé.",
            Self::RepasserEnConstruction => {
                "Votre dossier est repassé en construction\u{a0}: vous pouvez à nouveau le modifier."
            }
            Self::RepasserEnInstruction => {
                "Votre dossier est repassé en instruction\u{a0}: l'administration l'examine à nouveau. La décision précédente ne vaut plus."
            }
        };
        match motivation {
            Some(motivation) => format!("{phrase}\n\nMotivation\u{a0}:\n{motivation}"),
            None => phrase.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::erreur::Saisie;
    use proptest::prelude::*;
    use proptest::sample::select;

    #[test]
    fn every_code_reads_back() {
        for geste in Geste::TOUS {
            assert_eq!(Geste::from_code(geste.code()), Some(geste));
        }
        assert_eq!(Geste::from_code("supprimer"), None);
    }

    #[test]
    fn a_dossier_is_decided_on_from_en_instruction_only() {
        for geste in [Geste::Accepter, Geste::Refuser, Geste::ClasserSansSuite] {
            for etat in EtatDossier::TOUS {
                assert_eq!(geste.permis(etat), etat == EtatDossier::EnInstruction, "{etat:?}");
            }
        }
    }

    #[test]
    fn a_refusal_says_why_and_an_acceptance_may() {
        for geste in [Geste::Refuser, Geste::ClasserSansSuite] {
            let vide = Err(Erreur::champ(Champ::Motivation, Saisie::Vide));
            assert_eq!(geste.motivation(" \n"), vide);
        }
        assert_eq!(Geste::Accepter.motivation("  "), Ok(None));
        assert_eq!(Geste::Accepter.motivation(" Bravo "), Ok(Some("Bravo".to_owned())));
        assert_eq!(Geste::PasserEnInstruction.motivation("oublié"), Ok(None));
    }

    proptest! {
        /// Done twice, it is refused the second time: what another window did is never done again unseen.
        #[test]
        fn nothing_can_be_done_twice_in_a_row(
            geste in select(Geste::TOUS.to_vec()),
            etat in select(EtatDossier::TOUS.to_vec()),
        ) {
            if let Ok(apres) = geste.appliquer(etat) {
                prop_assert_ne!(apres, etat);
                prop_assert_eq!(geste.appliquer(apres), Err(Erreur::EtatChange(apres)));
            }
        }

        /// No état is a dead end.
        #[test]
        fn something_can_be_done_in_every_etat(etat in select(EtatDossier::TOUS.to_vec())) {
            prop_assert!(Geste::TOUS.into_iter().any(|geste| geste.permis(etat)));
        }
    }
}
