//! « Avis externes »: an instructeur asks an expert, who answers by a personal link.

use crate::erreur::{Champ, Erreur, Saisie};
use crate::journal::Action;
use crate::message::texte_requis;
use crate::saisie;
use serde::{Deserialize, Serialize};

/// How long the link that a mail brings opens the page, in days. A reminder begins it again.
pub const VALIDITE_JOURS: i64 = 30;

/// Where a request for an opinion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EtatAvis {
    /// Waits for the expert.
    EnAttente,
    /// The expert answered, and may still correct their answer.
    Rendu,
    /// The expert answered; an instructeur took note of it: the answer stays as it is.
    Clos,
    /// An instructeur withdrew the request: the link opens nothing.
    Revoque,
}

impl EtatAvis {
    /// All of them.
    pub const TOUS: [Self; 4] = [Self::EnAttente, Self::Rendu, Self::Clos, Self::Revoque];

    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EnAttente => "en_attente",
            Self::Rendu => "rendu",
            Self::Clos => "clos",
            Self::Revoque => "revoque",
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
            Self::EnAttente => "en attente",
            Self::Rendu | Self::Clos => "rendu",
            Self::Revoque => "révoqué",
        }
    }

    /// Whether the expert answered.
    #[must_use]
    pub const fn rendu(self) -> bool {
        matches!(self, Self::Rendu | Self::Clos)
    }

    /// The état once `geste` is done.
    ///
    /// # Errors
    /// [`Erreur::AvisChange`]: what is asked is no longer possible; [`Erreur::AvisClos`] for the expert.
    pub const fn apres(self, geste: GesteAvis) -> Result<Self, Erreur> {
        match (geste, self) {
            (GesteAvis::Relancer, Self::EnAttente) => Ok(Self::EnAttente),
            (GesteAvis::Revoquer, Self::EnAttente) => Ok(Self::Revoque),
            (GesteAvis::Repondre, Self::EnAttente | Self::Rendu) => Ok(Self::Rendu),
            (GesteAvis::Clore, Self::Rendu) => Ok(Self::Clos),
            (GesteAvis::Repondre, Self::Clos) => Err(Erreur::AvisClos),
            // Its page does not exist any more.
            (GesteAvis::Repondre, Self::Revoque) => Err(Erreur::Introuvable),
            _ => Err(Erreur::AvisChange),
        }
    }
}

/// What is done with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GesteAvis {
    /// The instructeur reminds the expert.
    Relancer,
    /// The instructeur withdraws the request.
    Revoquer,
    /// The instructeur takes note of the answer.
    Clore,
    /// The expert answers, or corrects their answer.
    Repondre,
}

impl GesteAvis {
    /// What the journal says.
    #[must_use]
    pub const fn journal(self) -> Action {
        match self {
            Self::Relancer => Action::AvisRelance,
            Self::Revoquer => Action::AvisRevoque,
            Self::Clore => Action::AvisClos,
            Self::Repondre => Action::AvisRendu,
        }
    }
}

/// What an instructeur asks, once it was found to be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemandeAvis {
    /// Where the link is sent.
    pub email: String,
    /// What is asked.
    pub question: String,
}

/// Reads a request. `usagers`: the e-mails of the person who filed the dossier and of those whom they invited, as
/// they are stored. Nobody asks them here: opinions are not shown to them.
///
/// # Errors
/// An error about [`Champ::Email`] or [`Champ::Question`].
pub fn lire(email: &str, question: &str, usagers: &[String]) -> Result<DemandeAvis, Erreur> {
    let email = saisie::email(Champ::Email, email)?;
    if usagers.contains(&email) {
        return Err(Erreur::champ(Champ::Email, Saisie::UsagerDuDossier));
    }
    Ok(DemandeAvis { email, question: texte_requis(Champ::Question, question)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GESTES: [GesteAvis; 4] =
        [GesteAvis::Relancer, GesteAvis::Revoquer, GesteAvis::Clore, GesteAvis::Repondre];

    #[test]
    fn the_word_of_the_database_reads_back() {
        for etat in EtatAvis::TOUS {
            assert_eq!(EtatAvis::from_code(etat.code()), Some(etat));
        }
        assert_eq!(EtatAvis::from_code("autre"), None);
    }

    #[test]
    fn an_answer_is_corrected_until_it_is_closed() {
        let rendu = EtatAvis::EnAttente.apres(GesteAvis::Repondre).unwrap();
        assert_eq!(rendu.apres(GesteAvis::Repondre), Ok(EtatAvis::Rendu));
        let clos = rendu.apres(GesteAvis::Clore).unwrap();
        assert_eq!(clos.apres(GesteAvis::Repondre), Err(Erreur::AvisClos));
        assert_eq!(rendu.apres(GesteAvis::Revoquer), Err(Erreur::AvisChange), "it was given");
    }

    proptest! {
        #[test]
        fn nothing_changes_what_was_withdrawn_nor_takes_an_answer_back(
            suite in proptest::collection::vec(0usize..4, 0..12)
        ) {
            let (mut etat, mut rendu, mut revoque) = (EtatAvis::EnAttente, false, false);
            for rang in suite {
                let geste = GESTES[rang];
                let Ok(apres) = etat.apres(geste) else { continue };
                prop_assert!(!revoque, "{geste:?} after it was withdrawn");
                rendu |= geste == GesteAvis::Repondre;
                revoque |= geste == GesteAvis::Revoquer;
                prop_assert_eq!(apres.rendu(), rendu);
                etat = apres;
            }
        }
    }

    #[test]
    fn a_request_needs_an_address_and_a_question_and_is_not_for_the_usager() {
        let usagers = ["usager@demo.example", "invite@demo.example"].map(str::to_owned);
        let lu = |email, question| lire(email, question, &usagers);
        assert_eq!(
            lu(" Expert@Exemple.fr", " Qu'en pensez-vous\u{a0}? ").unwrap().email,
            "expert@exemple.fr"
        );
        assert_eq!(lu("", "x"), Err(Erreur::champ(Champ::Email, Saisie::Vide)));
        assert_eq!(lu("a@b", "x"), Err(Erreur::champ(Champ::Email, Saisie::PasUnEmail)));
        assert_eq!(lu("a@b.fr", " \n"), Err(Erreur::champ(Champ::Question, Saisie::Vide)));
        for usager in ["USAGER@demo.example ", "invite@demo.example"] {
            let refus = Erreur::champ(Champ::Email, Saisie::UsagerDuDossier);
            assert_eq!(lu(usager, "x"), Err(refus));
        }
    }
}
