//! What can go wrong, as people need to read it. One type from the rule to the screen.

use crate::fichier::{self, Format};
use crate::francais;
use crate::ids::{ChampId, DossierNumero};
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
    /// « Numéro du dossier » that a rendez-vous is attached to.
    NumeroDossier,
    /// « Ajouter une pièce jointe ».
    Pieces,
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
            Self::Pieces => "pieces",
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
    /// Longer than this field takes.
    PlusLongQue {
        /// How many characters it takes.
        max: usize,
        /// How many there are.
        longueur: usize,
    },
    /// Not a number.
    PasUnNombre,
    /// Not a day of the calendar.
    PasUneDate,
    /// None of the choices offered.
    HorsChoix,
    /// A box that must be ticked.
    NonCoche,
    /// No mail could reach this address.
    PasUnCourriel,
    /// Nobody can be called at this number.
    PasUnTelephone,
    /// A file is needed.
    FichierManquant,
    /// More files than may be joined at once; holds how many there are.
    TropDeFichiers(usize),
    /// The file holds nothing; holds its name.
    FichierVide(String),
    /// The file is too large; holds its name.
    FichierTropGros(String),
    /// A file of a kind that is not taken; holds its name.
    FichierRefuse(String),
    /// The content of the file is not what its name says.
    FichierDeguise {
        /// Its name.
        nom: String,
        /// What its name says.
        annonce: Format,
    },
    /// Pieces of the request were lost: the files must be chosen again.
    FichierIllisible,
}

impl fmt::Display for Saisie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vide => f.write_str("Ce champ doit être rempli."),
            Self::TropLong(longueur) => write!(
                f,
                "Le texte ne doit pas dépasser {} caractères. Il en compte {}.",
                francais::nombre(LONGUEUR_MAX),
                francais::nombre(*longueur)
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
            autre => autre.dire(f),
        }
    }
}

impl Saisie {
    /// The sentences about the fields of a démarche's form, and about files.
    fn dire(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlusLongQue { max, longueur } => write!(
                f,
                "La réponse ne doit pas dépasser {} caractères. Elle en compte {}.",
                francais::nombre(*max),
                francais::nombre(*longueur)
            ),
            Self::PasUnNombre => f.write_str("Saisissez un nombre, par exemple «\u{a0}42\u{a0}» ou «\u{a0}3,5\u{a0}»."),
            Self::PasUneDate => f.write_str("Cette date n'existe pas. Saisissez-la sous la forme «\u{a0}31/12/2024\u{a0}»."),
            Self::HorsChoix => f.write_str("Choisissez une des réponses proposées."),
            Self::NonCoche => f.write_str("Cette case doit être cochée."),
            Self::PasUnCourriel => f.write_str("Cette adresse électronique n'est pas valide. Format attendu\u{a0}: nom@domaine.fr"),
            Self::PasUnTelephone => f.write_str("Ce numéro de téléphone n'est pas valide. Format attendu\u{a0}: 01 22 33 44 55 ou +33 1 22 33 44 55"),
            Self::FichierManquant => f.write_str("Ajoutez au moins un fichier."),
            Self::TropDeFichiers(combien) => write!(
                f,
                "Vous pouvez joindre {} fichiers au plus. Il y en a {combien}.",
                fichier::NOMBRE_MAX
            ),
            Self::FichierVide(nom) => write!(f, "Le fichier «\u{a0}{nom}\u{a0}» est vide."),
            Self::FichierTropGros(nom) => write!(
                f,
                "Le fichier «\u{a0}{nom}\u{a0}» est trop gros. La taille maximale est de {}.",
                francais::taille(fichier::TAILLE_MAX)
            ),
            Self::FichierRefuse(nom) => write!(
                f,
                "Le fichier «\u{a0}{nom}\u{a0}» n'est pas d'un format accepté. Formats acceptés\u{a0}: {}.",
                fichier::formats_acceptes()
            ),
            Self::FichierDeguise { nom, annonce } => write!(
                f,
                "Le contenu du fichier «\u{a0}{nom}\u{a0}» n'est pas celui d'un fichier {}. Vérifiez le fichier, ou donnez-lui son vrai nom.",
                annonce.nom()
            ),
            Self::FichierIllisible => f.write_str("Les fichiers n'ont pas été reçus en entier. Choisissez-les à nouveau."),
            _ => Ok(()),
        }
    }
}

/// A question of a démarche's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// First name of the person concerned.
    Prenom,
    /// Their name.
    Nom,
    /// A field of the démarche.
    Champ(ChampId),
}

impl Question {
    /// The HTML name of the field.
    #[must_use]
    pub fn nom(self) -> String {
        match self {
            Self::Prenom => "prenom".to_owned(),
            Self::Nom => "nom".to_owned(),
            Self::Champ(champ) => format!("champs[{champ}]"),
        }
    }

    /// The id of the field in the page.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Prenom => "question-prenom".to_owned(),
            Self::Nom => "question-nom".to_owned(),
            Self::Champ(champ) => format!("question-{champ}"),
        }
    }
}

/// What is wrong with an answer of a démarche's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probleme {
    /// Which question.
    pub question: Question,
    /// What is wrong with it.
    pub probleme: Saisie,
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
    /// Answers of a démarche's form can't be taken as they are; never empty.
    #[error("Le formulaire n'a pas été enregistré : certaines réponses sont à corriger.")]
    Reponses(Vec<Probleme>),
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
    /// The dossier is being examined, or was decided on, since the page was shown.
    #[error("L'administration examine ce dossier\u{a0}: il ne peut plus être modifié ni supprimé.")]
    PlusModifiable,
    /// Somebody would wait for a person whose dossier is gone.
    #[error(
        "Un rendez-vous est prévu pour ce dossier. Annulez-le d'abord sur RDV Service Public, puis supprimez le dossier."
    )]
    RendezVousAAnnuler,
    /// The dossier was modified in another window since the form was shown.
    #[error(
        "Ce dossier a été modifié entre-temps dans une autre fenêtre. Vos réponses ci-dessous ne sont pas enregistrées. Pour les garder, enregistrez à nouveau\u{a0}: elles remplaceront les autres."
    )]
    Perime,
    /// The démarche receives no dossier any more.
    #[error("Cette démarche ne reçoit plus de dossiers. Votre brouillon est conservé.")]
    DemarcheFermee,
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
            Self::Champ { .. } | Self::Reponses(_) => 422,
            Self::PropositionDejaOuverte
            | Self::RendezVousDejaPris
            | Self::PropositionDejaPrise
            | Self::PropositionDejaRetiree
            | Self::FonctionDesactivee
            | Self::RendezVousDejaRattache
            | Self::RendezVousDetache
            | Self::GesteDepasse
            | Self::PlusModifiable
            | Self::RendezVousAAnnuler
            | Self::Perime
            | Self::DemarcheFermee
            | Self::DossierTermine => 409,
            Self::Indisponible => 503,
        }
    }
}
