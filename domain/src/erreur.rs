//! What can go wrong, as people need to read it. One type from the rule to the screen.

use crate::avertissement::Avertissement;
use crate::dossier::EtatDossier;
use crate::fichier::{self, Format};
use crate::francais;
use crate::identite::{Fournisseur, Refus};
use crate::ids::{ChampId, DossierNumero};
use crate::message::LONGUEUR_MAX;
use crate::mot_de_passe;
use crate::plateforme::ErreurPlateforme;
use crate::raccordement::ErreurDistante;
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
    /// « Premier rappel » of a proposition.
    PremiereRelance,
    /// « Second rappel » of a proposition.
    SecondeRelance,
    /// When a proposition expires.
    SansReponse,
    /// « Numéro du dossier » that a rendez-vous is attached to.
    NumeroDossier,
    /// « Nom de la démarche ».
    Titre,
    /// « Description de la démarche ».
    Description,
    /// How long dossiers en construction are kept.
    Conservation,
    /// « Nom du service ».
    ServiceNom,
    /// « Adresse postale » of the service.
    ServiceAdresse,
    /// « Téléphone » of the service.
    ServiceTelephone,
    /// « Adresse électronique » of the service.
    ServiceEmail,
    /// « Horaires » of the service.
    ServiceHoraires,
    /// « Adresse électronique » of the person to add.
    Email,
    /// « Nom du groupe ».
    NomGroupe,
    /// « Libellé du champ ».
    LibelleChamp,
    /// « Aide à la saisie » of a field.
    DescriptionChamp,
    /// « Choix proposés » of a field.
    OptionsChamp,
    /// « Type de champ » of a field.
    GenreChamp,
    /// « Objet » of a mail.
    ObjetCourriel,
    /// « Texte » of a mail.
    CorpsCourriel,
    /// What is to be corrected.
    Correction,
    /// « Décision » on a dossier.
    Decision,
    /// « Motivation » of a decision.
    Motivation,
    /// « Ajouter une pièce jointe ».
    Pieces,
    /// « Mot de passe ».
    MotDePasse,
    /// « Question posée à l'expert ».
    Question,
    /// « Votre avis ».
    Avis,
    /// « Nouveau groupe » of a dossier.
    Groupe,
    /// « Raison » of a change of groupe.
    Raison,
    /// « Annotations privées ».
    Annotation,
    /// « Envoyer le dossier à ».
    Destinataire,
    /// The code of the screen that waits.
    Code,
    /// What is typed to say that one is sure.
    Certitude,
    /// « Plateforme » where a démarche is.
    Plateforme,
    /// « Numéro de la démarche », there.
    NumeroDistant,
    /// « Jeton d'accès », there. Never shown again.
    Jeton,
    /// « Dernier jour du jeton ».
    JetonExpire,
    /// « Compte de la démarche », there.
    Auteur,
    /// « Secret donné par la plateforme ». Never shown again.
    SecretWebhook,
    /// How fast one is told of something.
    Rythme(Avertissement),
}

impl Champ {
    /// The HTML name of the field.
    #[must_use]
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Complement => "complement",
            Self::Corps => "corps",
            Self::UrlAgenda => "url_agenda",
            Self::PremiereRelance => "premiere_relance",
            Self::SecondeRelance => "seconde_relance",
            Self::SansReponse => "sans_reponse",
            Self::NumeroDossier => "numero",
            Self::Titre => "titre",
            Self::Description => "description",
            Self::Conservation => "conservation",
            Self::ServiceNom => "service_nom",
            Self::ServiceAdresse => "service_adresse",
            Self::ServiceTelephone => "service_telephone",
            Self::ServiceEmail => "service_email",
            Self::ServiceHoraires => "service_horaires",
            Self::Email => "email",
            Self::NomGroupe => "nom_groupe",
            Self::LibelleChamp => "libelle_champ",
            Self::DescriptionChamp => "description_champ",
            Self::OptionsChamp => "options_champ",
            Self::GenreChamp => "genre",
            Self::ObjetCourriel => "objet_courriel",
            Self::CorpsCourriel => "corps_courriel",
            Self::Correction => "correction",
            Self::Decision => "geste",
            Self::Motivation => "motivation",
            Self::Pieces => "pieces",
            Self::MotDePasse => "password",
            Self::Question => "question",
            Self::Avis => "reponse",
            Self::Groupe => "groupe",
            Self::Raison => "raison",
            Self::Annotation => "annotation",
            Self::Destinataire => "destinataire",
            Self::Code => "code",
            Self::Certitude => "certitude",
            Self::Plateforme => "plateforme",
            Self::NumeroDistant => "numero_distant",
            Self::Jeton => "jeton",
            Self::JetonExpire => "jeton_expire",
            Self::Auteur => "auteur",
            Self::SecretWebhook => "secret_webhook",
            Self::Rythme(quoi) => quoi.champ(),
        }
    }

    /// Whether what was typed in the field of this HTML name may be shown again: secrets may not.
    #[must_use]
    pub fn se_montre(nom: &str) -> bool {
        ![Self::Jeton, Self::SecretWebhook].iter().any(|secret| secret.nom() == nom)
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
    /// More characters than this field takes.
    TropLongPour {
        /// How many it takes.
        max: usize,
        /// How many there are.
        longueur: usize,
    },
    /// More lines than this field takes; holds how many it takes.
    TropDeLignes(usize),
    /// Not an e-mail address that could receive anything.
    PasUnEmail,
    /// No account has this e-mail; holds it.
    CompteInconnu(String),
    /// The person is already in the list; holds their e-mail.
    DejaMembre(String),
    /// Another one of the same démarche has this name.
    NomDejaPris,
    /// A mail's text names a variable that does not exist; holds its name.
    VariableInconnue(String),
    /// Not the address of a web page.
    PasUneAdresse,
    /// The address is not `https`.
    PasHttps,
    /// The address is of a site that is not RDV Service Public; holds its host.
    HoteRefuse(String),
    /// The address is of RDV Service Public, but not of an organisation's booking page.
    PasUnAgenda,
    /// Other démarches use this agenda, and nothing says that it is theirs too.
    AgendaDAutrui,
    /// Not the number of a dossier.
    PasUnNumero,
    /// No such dossier among those that one examines.
    DossierInconnu(DossierNumero),
    /// The dossier is of a démarche that uses another agenda than that of the rendez-vous.
    AutreAgenda(DossierNumero),
    /// Not a number of months from one to that many.
    PasUneDuree(u32),
    /// Not a number of days between these, both in.
    PasDesJours {
        /// The fewest.
        min: u32,
        /// The most.
        max: u32,
    },
    /// Not a number.
    PasUnNombre,
    /// Not a day of the calendar.
    PasUneDate,
    /// None of the choices offered.
    HorsChoix,
    /// A box that must be ticked.
    NonCoche,
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
    /// The person is invited already; holds their e-mail.
    DejaInvite(String),
    /// One's own address.
    PropreAdresse,
    /// As many people as may be are invited; holds how many.
    TropDInvites(usize),
    /// A password of too few characters; holds how many there are.
    MotDePasseCourt(usize),
    /// A password of more characters than anybody types.
    MotDePasseLong,
    /// A password that anybody would try.
    MotDePasseDevinable,
    /// The address is that of the person who filed the dossier, or of somebody whom they invited.
    UsagerDuDossier,
    /// Another instructeur saved another value of a private field since it was shown.
    ValeurChangee,
    /// The administrateur took the private field away since it was shown.
    ChampRetire,
    /// Not the code of the screen that waits.
    CodeFaux,
    /// Not the words that say that one is sure.
    PasCertain,
    /// Not the number of a démarche of another platform.
    PasUnNumeroDeDemarche,
    /// Not a token as the platform makes them.
    PasUnJeton,
    /// Not a day from today to a year from now.
    PasDansLAnnee,
    /// No site that this service accepts.
    PlateformeInconnue,
    /// Another démarche here is joined to it.
    DejaRaccordee,
    /// Not the address of an instructeur of the démarche, there.
    PasInstructeurLaBas,
    /// Not a secret as the platform makes them.
    PasUnSecret,
    /// The platform said no, because of what this field holds.
    Distante(ErreurDistante),
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
            Self::TropLongPour { max, longueur } => write!(
                f,
                "Le texte ne doit pas dépasser {} caractères. Il en compte {}.",
                francais::nombre(*max),
                francais::nombre(*longueur)
            ),
            Self::TropDeLignes(max) => {
                write!(f, "Ce champ prend {max} lignes au plus, une par choix.")
            }
            Self::PasUnEmail => f.write_str(
                "Cette adresse électronique n'est pas valide\u{a0}: aucun courriel ne lui parviendrait. Format attendu\u{a0}: nom@domaine.fr. Avant le @, ni espace, ni accent, ni point au début, à la fin ou deux fois de suite.",
            ),
            Self::CompteInconnu(email) => write!(
                f,
                "Aucun compte n'utilise l'adresse {email}. Vérifiez-la auprès de la personne."
            ),
            Self::DejaMembre(email) => write!(f, "{email} est déjà dans la liste."),
            Self::NomDejaPris => {
                f.write_str("Ce nom est déjà pris. Choisissez-en un autre.")
            }
            Self::VariableInconnue(nom) => write!(
                f,
                "La variable «\u{a0}--{nom}--\u{a0}» n'existe pas ici. Utilisez celles de la liste."
            ),
            Self::PasUneAdresse => f.write_str(
                "Cette adresse n'est pas valide. Copiez l'adresse complète de votre page de prise de rendez-vous, par exemple «\u{a0}https://rdv.anct.gouv.fr/org/100/demarches-simplifiees\u{a0}».",
            ),
            Self::PasHttps => f.write_str("L'adresse doit commencer par «\u{a0}https://\u{a0}»."),
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
                "Le site «\u{a0}{hote}\u{a0}» n'est pas une adresse de RDV Service Public."
            ),
            Self::PasUnAgenda => f.write_str(
                "Cette adresse n'est pas celle d'une page de prise de rendez-vous. Elle doit ressembler à «\u{a0}https://rdv.anct.gouv.fr/org/100/demarches-simplifiees\u{a0}».",
            ),
            Self::AgendaDAutrui => f.write_str(
                "Cet agenda est déjà utilisé par une autre démarche. Pour l'utiliser aussi, connectez votre compte RDV Service Public et choisissez votre organisation dans la liste, ou demandez à un administrateur de l'autre démarche de vous y ajouter.",
            ),
            autre => autre.dire(f),
        }
    }
}

impl Saisie {
    /// The sentences about the fields of a démarche's form, and about files.
    fn dire(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PasUneDuree(max) => {
                write!(f, "Saisissez un nombre de mois, de 1 à {max}.")
            }
            Self::PasDesJours { min, max } => {
                write!(f, "Saisissez un nombre entier de jours, de {min} à {max}.")
            }
            Self::PasUnNombre => f.write_str("Saisissez un nombre, par exemple «\u{a0}42\u{a0}» ou «\u{a0}3,5\u{a0}»."),
            Self::PasUneDate => f.write_str("Cette date n'existe pas. Saisissez-la sous la forme «\u{a0}31/12/2024\u{a0}»."),
            Self::HorsChoix => f.write_str("Choisissez une des réponses proposées."),
            Self::NonCoche => f.write_str("Cette case doit être cochée."),
            Self::PasUnTelephone => f.write_str("Ce numéro de téléphone n'est pas valide. Formats acceptés\u{a0}: dix chiffres (01 22 33 44 55)\u{a0}; les numéros à six ou huit chiffres de Nouvelle-Calédonie, Polynésie française, Saint-Pierre-et-Miquelon et Wallis-et-Futuna (75 12 34)\u{a0}; un numéro international qui commence par + ou 00 (+32 2 123 45 67)"),
            Self::ValeurChangee => f.write_str(
                "Un autre instructeur a modifié ce champ entre-temps. Comparez avec la valeur actuelle, puis enregistrez à nouveau\u{a0}: votre saisie la remplacera.",
            ),
            Self::ChampRetire => f.write_str(
                "Ce champ a été retiré par l'administrateur\u{a0}: ce que vous y avez saisi ne sera pas enregistré. Reprenez-le ailleurs si besoin, puis enregistrez à nouveau.",
            ),
            Self::CodeFaux => f.write_str(
                "Ce code n'est pas celui de l'écran qui attend. Vérifiez-le, puis recommencez.",
            ),
            Self::PasCertain => f.write_str("Recopiez l'adresse électronique du compte, telle qu'elle est écrite au-dessus."),
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
            Self::UsagerDuDossier => f.write_str(
                "Cette adresse est celle de l'usager du dossier ou d'une personne qu'il a invitée. Un avis se demande à quelqu'un d'autre.",
            ),
            Self::FichierIllisible => f.write_str("Les fichiers n'ont pas été reçus en entier. Choisissez-les à nouveau."),
            Self::DejaInvite(email) => write!(f, "{email} est déjà invité(e) à modifier ce dossier."),
            Self::PropreAdresse => f.write_str("Cette adresse est celle de votre compte\u{a0}: saisissez celle de la personne à inviter."),
            Self::TropDInvites(max) => write!(
                f,
                "Vous pouvez inviter {max} personnes au plus. Retirez une invitation pour en envoyer une autre."
            ),
            Self::MotDePasseCourt(longueur) => write!(
                f,
                "Le mot de passe doit compter au moins {} caractères. Il en compte {longueur}.",
                mot_de_passe::LONGUEUR_MIN
            ),
            Self::MotDePasseLong => f.write_str("Ce mot de passe est trop long. Choisissez-en un plus court."),
            Self::MotDePasseDevinable => f.write_str("Ce mot de passe est trop facile à deviner. Choisissez par exemple plusieurs mots sans rapport entre eux."),
            Self::PasUnNumeroDeDemarche => f.write_str(
                "Indiquez le numéro de la démarche dans Démarches Simplifiées, par exemple «\u{a0}91234\u{a0}».",
            ),
            Self::PasUnJeton => f.write_str(
                "Ce n'est pas un jeton de Démarches Simplifiées. Copiez-le en entier, tel qu'il est affiché à sa création.",
            ),
            Self::PasDansLAnnee => f.write_str(
                "Indiquez la date d'expiration affichée à la création du jeton\u{a0}: entre aujourd'hui et dans un an.",
            ),
            Self::PlateformeInconnue => f.write_str("Choisissez une des plateformes proposées."),
            Self::DejaRaccordee => f.write_str(
                "Cette démarche est déjà raccordée à ce service. Demandez à ses administrateurs de vous y ajouter.",
            ),
            Self::PasInstructeurLaBas => f.write_str(
                "Cette adresse n'est celle d'aucun instructeur de la démarche. Ajoutez d'abord ce compte à ses groupes dans Démarches Simplifiées, ou laissez ce champ vide.",
            ),
            Self::PasUnSecret => f.write_str(
                "Ce secret n'est pas de la forme attendue\u{a0}: il commence par «\u{a0}whsec_\u{a0}».",
            ),
            Self::Distante(erreur) => write!(f, "{erreur}"),
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
    /// Somebody's session does not prove enough for the rights of an agent.
    #[error("Confirmez d'abord que c'est bien vous, par le lien que nous vous envoyons.")]
    AConfirmer,
    /// The démarche is opened by ProConnect alone.
    #[error(
        "Cette démarche demande de s'identifier avec ProConnect. Votre session a été ouverte autrement\u{a0}: déconnectez-vous, puis revenez avec ProConnect."
    )]
    ProConnectExige,
    /// Nobody could come in by ProConnect: the service is not known to it.
    #[error("Ce service n'est pas relié à ProConnect\u{a0}: une démarche ne peut pas le demander.")]
    ProConnectAbsent,
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
        "L'utilisateur a déjà pris rendez-vous\u{a0}: la proposition ne peut plus être supprimée. Pour annuler le rendez-vous, rendez-vous sur RDV Service Public."
    )]
    PropositionDejaPrise,
    /// Withdrawn in another window.
    #[error("Cette proposition de rendez-vous a déjà été supprimée.")]
    PropositionDejaRetiree,
    /// Nobody answered it in time.
    #[error(
        "Cette proposition de rendez-vous a expiré sans réponse\u{a0}: elle ne peut plus être supprimée. Vous pouvez en faire une nouvelle."
    )]
    PropositionExpiree,
    /// The administrateur switched the feature off.
    #[error("La prise de rendez-vous n'est pas activée pour cette démarche.")]
    FonctionDesactivee,
    /// The dossier was decided on since the page was shown.
    #[error("Ce dossier est terminé\u{a0}: il n'est plus possible de proposer un rendez-vous.")]
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
    /// A démarche keeps at least one administrateur.
    #[error("Une démarche garde toujours au moins un administrateur.")]
    DernierAdministrateur,
    /// A groupe that still has dossiers is not deleted.
    #[error("Ce groupe suit encore des dossiers\u{a0}: il ne peut pas être supprimé.")]
    GroupeOccupe,
    /// A démarche keeps at least one groupe.
    #[error("Une démarche garde toujours au moins un groupe d'instructeurs.")]
    DernierGroupe,
    /// A groupe keeps at least one instructeur once it has some.
    #[error("Un groupe garde toujours au moins un instructeur.")]
    DernierInstructeur,
    /// A form has as many fields as it may.
    #[error("Ce formulaire a déjà le nombre de champs maximal.")]
    TropDeChamps,
    /// Something that people need is missing before the démarche may be published.
    #[error(
        "Pour publier la démarche, complétez d'abord les tuiles «\u{a0}À configurer\u{a0}» de la rubrique «\u{a0}Indispensable avant publication\u{a0}»."
    )]
    DemarcheIncomplete,
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
    /// The usager declares that it is corrected, and has modified nothing since it was asked for.
    #[error(
        "Votre dossier n'a pas été modifié depuis la demande de correction. Modifiez-le d'abord, puis indiquez que vous l'avez corrigé."
    )]
    CorrectionSansModification,
    /// The opinion was given, closed or withdrawn since the page was shown.
    #[error("Entre-temps, cette demande d'avis a changé. Rien n'a été modifié.")]
    AvisChange,
    /// An instructeur took note of the opinion.
    #[error(
        "Votre avis a été pris en compte par l'administration\u{a0}: il ne peut plus être modifié."
    )]
    AvisClos,
    /// Somebody else gave the dossier to another groupe since the page was shown.
    #[error("Entre-temps, ce dossier a été confié à un autre groupe. Rien n'a été modifié.")]
    DejaReaffecte,
    /// The dossier still waits for a decision: it can be neither archived nor deleted.
    #[error("Ce dossier n'est pas terminé : il ne peut être ni archivé ni supprimé.")]
    DossierEnCours,
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
    /// Somebody else saved the same text since the form was shown.
    #[error(
        "Une autre personne a enregistré des modifications pendant que vous remplissiez ce formulaire. Les vôtres ne sont pas enregistrées\u{a0}: comparez-les avec les valeurs actuelles, puis enregistrez à nouveau."
    )]
    TexteChange,
    /// A published démarche keeps at least one field.
    #[error("Une démarche publiée garde toujours au moins un champ.")]
    DernierChamp,
    /// A link was used, replaced or left for too long.
    #[error(
        "Ce lien n'est plus valable\u{a0}: il a déjà servi, ou il a été envoyé il y a trop longtemps. Demandez-en un nouveau."
    )]
    LienPerime,
    /// Somebody else saved the annotation since the page was shown.
    #[error(
        "Un autre instructeur a modifié cette annotation entre-temps. Votre texte ci-dessous n'est pas enregistré. Reprenez-y ce qui doit rester de l'autre version, puis enregistrez à nouveau\u{a0}: il la remplacera."
    )]
    AnnotationPerimee,
    /// Deleted in another window.
    #[error("Ce message a déjà été supprimé.")]
    MessageDejaSupprime,
    /// The message is on the platform that the dossier belongs to, or may be.
    #[error(
        "Ce message est déjà parti dans Démarches Simplifiées\u{a0}: il ne peut plus être supprimé ici."
    )]
    MessageDejaParti,
    /// The démarche receives no dossier any more.
    #[error("Cette démarche ne reçoit plus de dossiers. Votre brouillon est conservé.")]
    DemarcheFermee,
    /// The e-mail or the password is wrong; which one is not said.
    #[error("L'adresse électronique ou le mot de passe est incorrect.")]
    IdentifiantsRefuses,
    /// An account joined as many files as it may for now; holds how many octets that is.
    #[error(
        "Vous avez joint trop de fichiers ces derniers jours\u{a0}: {} au plus en 30 jours. Rien n'a été enregistré. Joignez des fichiers plus légers, ou attendez quelques jours.",
        francais::taille(*.max)
    )]
    TropDeFichiersJoints {
        /// How many octets.
        max: usize,
    },
    /// The antivirus has not looked at the file yet.
    #[error(
        "Ce fichier est en cours d'analyse par l'antivirus. Réessayez dans quelques minutes\u{a0}: il pourra être téléchargé dès que l'analyse sera terminée."
    )]
    FichierEnAnalyse,
    /// The antivirus found something in the file.
    #[error(
        "L'antivirus a trouvé un virus dans ce fichier\u{a0}: personne ne peut le télécharger. Demandez-en un autre à la personne qui l'a joint."
    )]
    FichierInfecte,
    /// As many drafts as an account may have; holds how many.
    #[error(
        "Vous avez déjà {0} brouillons. Déposez-en un ou supprimez-en un avant d'en commencer un autre."
    )]
    TropDeBrouillons(u64),
    /// As many exports as an account may have; holds how many.
    #[error(
        "Vous avez déjà {0} exports. Attendez qu'ils soient effacés, ou supprimez-en un avant d'en demander un autre."
    )]
    TropDExports(u64),
    /// The message before is still being sent.
    #[error(
        "Un message est encore en cours d'envoi pour cette démarche. Attendez qu'il soit parti avant d'en envoyer un autre."
    )]
    ContactEnCours,
    /// Nobody has only a draft any more.
    #[error(
        "Plus personne n'a seulement un brouillon pour cette démarche\u{a0}: aucun message n'a été envoyé."
    )]
    PersonneAContacter,
    /// Too many tries or requests in a short time.
    #[error(
        "Trop de demandes ont été faites en peu de temps. Réessayez dans {}.",
        francais::attente(*.secondes)
    )]
    TropVite {
        /// How long to wait before the next one, in seconds.
        secondes: u32,
    },
    /// Too many people sign in at the same time.
    #[error(
        "Trop de personnes se connectent en même temps. Réessayez dans {}.",
        francais::attente(*.secondes)
    )]
    Encombrement {
        /// How long to wait before the next try, in seconds.
        secondes: u32,
    },
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
    /// Signing in by a platform of the State did not work.
    #[error("{}", .refus.phrase(*.fournisseur))]
    Identite {
        /// Which platform.
        fournisseur: Fournisseur,
        /// Why.
        refus: Refus,
    },
    /// An account keeps one way in.
    #[error(
        "Cette identité est votre seule façon de vous connecter. Pour la détacher, choisissez d'abord un mot de passe, ou rattachez une autre identité."
    )]
    DerniereIdentite,
    /// RDV Service Public did not do what was asked; nothing was changed here.
    #[error(transparent)]
    Plateforme(#[from] ErreurPlateforme),
    /// The platform that a démarche is joined to did not do what was asked; nothing was changed here.
    #[error(transparent)]
    Distante(#[from] ErreurDistante),
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
            Self::AConfirmer | Self::ProConnectExige => 403,
            Self::Introuvable => 404,
            Self::Champ { .. } | Self::Reponses(_) => 422,
            Self::PropositionDejaOuverte
            | Self::RendezVousDejaPris
            | Self::PropositionDejaPrise
            | Self::PropositionDejaRetiree
            | Self::PropositionExpiree
            | Self::FonctionDesactivee
            | Self::EtatChange(_)
            | Self::DossierEnCours
            | Self::CorrectionDejaDemandee
            | Self::CorrectionFinie
            | Self::CorrectionSansModification
            | Self::AvisChange
            | Self::AvisClos
            | Self::DejaReaffecte
            | Self::RendezVousDejaRattache
            | Self::RendezVousDetache
            | Self::GesteDepasse
            | Self::PlusModifiable
            | Self::RendezVousAAnnuler
            | Self::Perime
            | Self::TexteChange
            | Self::DernierChamp
            | Self::AnnotationPerimee
            | Self::MessageDejaSupprime
            | Self::MessageDejaParti
            | Self::DemarcheFermee
            | Self::DernierAdministrateur
            | Self::GroupeOccupe
            | Self::DernierGroupe
            | Self::DernierInstructeur
            | Self::DemarcheIncomplete
            | Self::TropDeChamps
            | Self::TropDeFichiersJoints { .. }
            | Self::FichierEnAnalyse
            | Self::FichierInfecte
            | Self::TropDeBrouillons(_)
            | Self::TropDExports(_)
            | Self::ContactEnCours
            | Self::PersonneAContacter
            | Self::DossierTermine
            | Self::DemandeExpiree
            | Self::DerniereIdentite
            | Self::ProConnectAbsent
            | Self::ConnexionRefusee => 409,
            Self::Identite { refus: Refus::EnPanne, .. } => 502,
            Self::Identite { .. } => 403,
            Self::LienPerime => 410,
            Self::TropVite { .. } => 429,
            Self::Encombrement { .. } => 503,
            Self::Plateforme(erreur) => erreur.statut_http(),
            // Not 502: proxies replace such answers by a page of their own.
            Self::Distante(_) => 424,
            Self::Indisponible => 503,
        }
    }
}
