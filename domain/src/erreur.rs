//! What can go wrong, as people need to read it. One type from the rule to the screen.

use crate::dossier::EtatDossier;
use crate::message::LONGUEUR_MAX;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The field of a form that a [`Saisie`] error is about. Its [`Champ::nom`] is the field's HTML name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Champ {
    /// « Message complémentaire » of a proposition.
    Complement,
    /// « Votre message » of the messagerie.
    Corps,
    /// « URL de votre agenda ».
    UrlAgenda,
    /// What is to be corrected.
    Correction,
    /// « Décision » on a dossier.
    Decision,
    /// « Motivation » of a decision.
    Motivation,
}

impl Champ {
    /// The HTML name of the field.
    #[must_use]
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Complement => "complement",
            Self::Corps => "corps",
            Self::UrlAgenda => "url_agenda",
            Self::Correction => "correction",
            Self::Decision => "geste",
            Self::Motivation => "motivation",
        }
    }
}

/// Why what was typed can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saisie {
    /// Nothing, or only spaces, where something is needed.
    Vide,
    /// More than [`LONGUEUR_MAX`] characters; holds how many there are.
    TropLong(usize),
    /// Not the address of a web page.
    PasUneAdresse,
    /// The address is not `https`.
    PasHttps,
    /// The address is of a site that is not RDV Service Public; holds its host.
    HoteRefuse(String),
    /// The address is of RDV Service Public, but not of an organisation's booking page.
    PasUnAgenda,
}

impl fmt::Display for Saisie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vide => f.write_str("Ce champ doit être rempli."),
            Self::TropLong(longueur) => write!(
                f,
                "Le texte ne doit pas dépasser {} caractères. Il en compte {}.",
                crate::francais::nombre(LONGUEUR_MAX),
                crate::francais::nombre(*longueur)
            ),
            Self::PasUneAdresse => f.write_str(
                "Cette adresse n'est pas valide. Copiez l'adresse complète de votre page de prise de rendez-vous, par exemple « https://rdv.anct.gouv.fr/org/100/demarches-simplifiees ».",
            ),
            Self::PasHttps => f.write_str("L'adresse doit commencer par « https:// »."),
            Self::HoteRefuse(hote) => write!(
                f,
                "Le site « {hote} » n'est pas une adresse de RDV Service Public."
            ),
            Self::PasUnAgenda => f.write_str(
                "Cette adresse n'est pas celle d'une page de prise de rendez-vous. Elle doit ressembler à « https://rdv.anct.gouv.fr/org/100/demarches-simplifiees ».",
            ),
        }
    }
}

/// Why a use case did nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Erreur {
    /// Nobody is signed in.
    #[error("Votre session a expiré. Connectez-vous pour continuer.")]
    NonConnecte,
    /// It does not exist, or the person may not see it: both look the same.
    #[error("Cette page n'existe pas, ou vous n'y avez pas accès.")]
    Introuvable,
    /// A field of the form can't be taken as it is.
    #[error("{probleme}")]
    Champ {
        /// Which field.
        champ: Champ,
        /// What is wrong with it.
        probleme: Saisie,
    },
    /// A proposition already waits for the usager.
    #[error("Une proposition de rendez-vous est déjà en attente pour ce dossier.")]
    PropositionDejaOuverte,
    /// A rendez-vous is already to come.
    #[error("Un rendez-vous est déjà prévu pour ce dossier.")]
    RendezVousDejaPris,
    /// The usager has booked since the page was shown.
    #[error(
        "L'utilisateur a déjà pris rendez-vous : la proposition ne peut plus être supprimée. Pour annuler le rendez-vous, rendez-vous sur RDV Service Public."
    )]
    PropositionDejaPrise,
    /// Withdrawn in another window.
    #[error("Cette proposition de rendez-vous a déjà été supprimée.")]
    PropositionDejaRetiree,
    /// The administrateur switched the feature off.
    #[error("La prise de rendez-vous n'est pas activée pour cette démarche.")]
    FonctionDesactivee,
    /// The dossier was decided on since the page was shown.
    #[error("Ce dossier est terminé : il n'est plus possible de proposer un rendez-vous.")]
    DossierTermine,
    /// The état of the dossier is no longer the one that the page showed; holds what it is now.
    #[error(
        "Entre-temps, ce dossier est passé à l'état « {} » dans une autre fenêtre ou par un autre instructeur. Rien n'a été modifié.",
        .0.libelle()
    )]
    EtatChange(EtatDossier),
    /// The usager is already asked to correct.
    #[error("Une correction est déjà demandée pour ce dossier.")]
    CorrectionDejaDemandee,
    /// Answered or withdrawn since the page was shown.
    #[error("Aucune correction n'est plus attendue pour ce dossier.")]
    CorrectionFinie,
    /// The dossier still waits for a decision: it can be neither archived nor deleted.
    #[error("Ce dossier n'est pas terminé : il ne peut être ni archivé ni supprimé.")]
    DossierEnCours,
    /// The e-mail or the password is wrong; which one is not said.
    #[error("L'adresse électronique ou le mot de passe est incorrect.")]
    IdentifiantsRefuses,
    /// Something on our side failed; nothing was changed.
    #[error(
        "Le service est momentanément indisponible. Rien n'a été modifié. Réessayez dans quelques instants."
    )]
    Indisponible,
}

impl Erreur {
    /// An error about a field.
    #[must_use]
    pub const fn champ(champ: Champ, probleme: Saisie) -> Self {
        Self::Champ { champ, probleme }
    }

    /// The problem with `champ`, if that is what this error is about.
    #[must_use]
    pub fn sur(&self, champ: Champ) -> Option<&Saisie> {
        match self {
            Self::Champ { champ: autre, probleme } if *autre == champ => Some(probleme),
            _ => None,
        }
    }

    /// The HTTP status that says the same to a program.
    #[must_use]
    pub const fn statut_http(&self) -> u16 {
        match self {
            Self::NonConnecte | Self::IdentifiantsRefuses => 401,
            Self::Introuvable => 404,
            Self::Champ { .. } => 422,
            Self::PropositionDejaOuverte
            | Self::RendezVousDejaPris
            | Self::PropositionDejaPrise
            | Self::PropositionDejaRetiree
            | Self::FonctionDesactivee
            | Self::DossierTermine
            | Self::EtatChange(_)
            | Self::DossierEnCours
            | Self::CorrectionDejaDemandee
            | Self::CorrectionFinie => 409,
            Self::Indisponible => 503,
        }
    }
}
