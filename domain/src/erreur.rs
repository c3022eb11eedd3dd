//! What can go wrong, as people need to read it. One type from the rule to the screen.

use crate::ids::DossierNumero;
use crate::message::LONGUEUR_MAX;
use crate::plateforme::ErreurPlateforme;
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
    /// « Numéro du dossier » that a rendez-vous is attached to.
    NumeroDossier,
}

impl Champ {
    /// The HTML name of the field.
    #[must_use]
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Complement => "complement",
            Self::Corps => "corps",
            Self::UrlAgenda => "url_agenda",
            Self::NumeroDossier => "numero",
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
    /// Not the number of a dossier.
    PasUnNumero,
    /// No such dossier among those that one examines.
    DossierInconnu(DossierNumero),
    /// The dossier is of a démarche that uses another agenda than that of the rendez-vous.
    AutreAgenda(DossierNumero),
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
            Self::PasUnNumero => f.write_str(
                "Indiquez un numéro de dossier, par exemple «\u{a0}17606854\u{a0}».",
            ),
            Self::DossierInconnu(numero) => write!(
                f,
                "Le dossier n°\u{a0}{numero} n'existe pas, ou n'est pas confié à l'un de vos groupes d'instructeurs."
            ),
            Self::AutreAgenda(numero) => write!(
                f,
                "Le dossier n°\u{a0}{numero} est d'une démarche qui n'utilise pas l'agenda où ce rendez-vous a été pris."
            ),
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
    /// Somebody was faster, or chose another dossier.
    #[error(
        "Ce rendez-vous vient d'être rattaché à un autre dossier par un autre instructeur. Rien n'a été modifié."
    )]
    RendezVousDejaRattache,
    /// Somebody detached it, or attached it elsewhere, since the page was shown.
    #[error("Ce rendez-vous n'est plus rattaché à ce dossier. Rien n'a été modifié.")]
    RendezVousDetache,
    /// What was done to the rendez-vous has been changed since.
    #[error(
        "Ce choix ne peut plus être annulé\u{a0}: le rendez-vous a changé depuis. Rien n'a été modifié."
    )]
    GesteDepasse,
    /// The e-mail or the password is wrong; which one is not said.
    #[error("L'adresse électronique ou le mot de passe est incorrect.")]
    IdentifiantsRefuses,
    /// The person came back from RDV Service Public too late, or did not leave from here.
    #[error(
        "La demande de connexion à RDV Service Public a expiré. Recommencez depuis cette page."
    )]
    DemandeExpiree,
    /// The person said no on RDV Service Public.
    #[error(
        "Votre compte n'a pas été connecté\u{a0}: l'autorisation n'a pas été donnée sur RDV Service Public."
    )]
    ConnexionRefusee,
    /// RDV Service Public did not do what was asked; nothing was changed here.
    #[error(transparent)]
    Plateforme(#[from] ErreurPlateforme),
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
            | Self::RendezVousDejaRattache
            | Self::RendezVousDetache
            | Self::GesteDepasse
            | Self::DossierTermine
            | Self::DemandeExpiree
            | Self::ConnexionRefusee => 409,
            Self::Plateforme(erreur) => erreur.statut_http(),
            Self::Indisponible => 503,
        }
    }
}
