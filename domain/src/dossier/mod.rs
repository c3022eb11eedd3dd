//! A dossier's état and the tag that sums up its rendez-vous.

pub mod avis;
pub mod conservation;
pub mod consultation;
pub mod correction;
pub mod delais;
pub mod instruction;
mod origine;
pub mod retention;

pub use origine::Origine;

use crate::proposition::EtatProposition;
use serde::{Deserialize, Serialize};

/// Where a dossier stands (a draft is not a dossier yet).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatDossier {
    /// Filed; the usager may still modify it.
    EnConstruction,
    /// Being examined; the usager may not modify it any more.
    EnInstruction,
    /// Accepted.
    Accepte,
    /// Refused.
    Refuse,
    /// Closed without a decision.
    SansSuite,
}

/// Where the instructeurs keep a dossier. Only what was decided on leaves the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the list.
    Liste,
    /// « archivés ».
    Archives,
    /// « supprimés récemment ».
    Supprimes,
}

impl Place {
    /// All of them.
    pub const TOUTES: [Self; 3] = [Self::Liste, Self::Archives, Self::Supprimes];

    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Liste => "liste",
            Self::Archives => "archives",
            Self::Supprimes => "supprimes",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|place| place.code() == code)
    }
}

impl EtatDossier {
    /// All of them, in the order of a dossier's life.
    pub const TOUS: [Self; 5] =
        [Self::EnConstruction, Self::EnInstruction, Self::Accepte, Self::Refuse, Self::SansSuite];

    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EnConstruction => "en_construction",
            Self::EnInstruction => "en_instruction",
            Self::Accepte => "accepte",
            Self::Refuse => "refuse",
            Self::SansSuite => "sans_suite",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|etat| etat.code() == code)
    }

    /// What the badge says (the design system puts it in capitals).
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::EnConstruction => "en construction",
            Self::EnInstruction => "en instruction",
            Self::Accepte => "accepté",
            Self::Refuse => "refusé",
            Self::SansSuite => "classé sans suite",
        }
    }

    /// Whether the dossier still waits for a decision, so that a talk can be useful.
    #[must_use]
    pub const fn en_cours(self) -> bool {
        matches!(self, Self::EnConstruction | Self::EnInstruction)
    }
}

/// The tag that sums up the rendez-vous of a dossier. Derived by [`tag`], never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// A proposition waits for the usager.
    RdvPropose,
    /// A rendez-vous is to come.
    RdvPris,
    /// The last rendez-vous was cancelled and nothing replaces it.
    RdvAnnule,
}

impl Tag {
    /// What the badge says (the design system puts it in capitals).
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::RdvPropose => "RDV proposé",
            Self::RdvPris => "RDV pris",
            Self::RdvAnnule => "RDV annulé",
        }
    }
}

/// Derives the tag of a dossier.
///
/// `rendez_vous_a_venir`: one of its rendez-vous holds and is not over. `dernier_annule`: its latest
/// rendez-vous was cancelled. `proposition`: the état of its open proposition, else of its latest.
///
/// A rendez-vous to come wins: it is what somebody must not miss. An open proposition comes next,
/// because it replaces what was cancelled before it.
#[must_use]
pub fn tag(
    rendez_vous_a_venir: bool,
    proposition: Option<EtatProposition>,
    dernier_annule: bool,
) -> Option<Tag> {
    if rendez_vous_a_venir {
        Some(Tag::RdvPris)
    } else if proposition == Some(EtatProposition::Proposee) {
        Some(Tag::RdvPropose)
    } else if dernier_annule {
        Some(Tag::RdvAnnule)
    } else {
        None
    }
}

/// Whether a dossier waits for somebody to do something about a proposition that nobody answered in time: it is still to
/// be decided on, and nobody is expected. `tag` and `proposition`: as [`tag`] derives and takes them.
#[must_use]
pub fn sans_reponse(
    etat: EtatDossier,
    tag: Option<Tag>,
    proposition: Option<EtatProposition>,
) -> bool {
    etat.en_cours() && tag != Some(Tag::RdvPris) && proposition == Some(EtatProposition::Expiree)
}

/// What the badge of [`sans_reponse`] says.
pub const SANS_REPONSE: &str = "Sans réponse";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        for etat in EtatDossier::TOUS {
            assert_eq!(EtatDossier::from_code(etat.code()), Some(etat));
        }
        assert_eq!(EtatDossier::from_code("brouillon"), None);
    }

    #[test]
    fn a_rendez_vous_to_come_wins_over_everything() {
        for derniere in [None, Some(EtatProposition::Proposee), Some(EtatProposition::Annulee)] {
            assert_eq!(tag(true, derniere, true), Some(Tag::RdvPris));
        }
    }

    #[test]
    fn a_new_proposition_hides_the_cancelled_rendez_vous_before_it() {
        assert_eq!(tag(false, Some(EtatProposition::Proposee), true), Some(Tag::RdvPropose));
        assert_eq!(tag(false, Some(EtatProposition::Annulee), true), Some(Tag::RdvAnnule));
        assert_eq!(tag(false, Some(EtatProposition::Retiree), false), None);
    }

    #[test]
    fn a_proposition_that_expired_leaves_no_tag_and_waits_for_somebody() {
        let (ici, expiree) = (EtatDossier::EnInstruction, Some(EtatProposition::Expiree));
        assert_eq!(tag(false, expiree, false), None);
        assert_eq!(tag(false, expiree, true), Some(Tag::RdvAnnule));
        assert!(
            sans_reponse(ici, None, expiree) && sans_reponse(ici, Some(Tag::RdvAnnule), expiree)
        );
        assert!(!sans_reponse(ici, Some(Tag::RdvPris), expiree), "somebody is expected");
        assert!(!sans_reponse(EtatDossier::Accepte, None, expiree), "it is decided on");
        assert!(!sans_reponse(ici, None, Some(EtatProposition::Proposee)));
    }
}
