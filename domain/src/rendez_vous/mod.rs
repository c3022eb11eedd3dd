//! What is known of a rendez-vous, and how what RDV Service Public says changes it.
//!
//! This file holds the words; [`Etat`] joins what arrives, [`changement`] tells what people must hear of,
//! [`participations`] makes of a collective rendez-vous one for each of its persons.

pub mod agenda;
pub mod calendrier;
mod changement;
mod etat;
pub mod mise_de_cote;
mod participation;
pub mod plateforme;
pub mod proposition;
pub mod rapprochement;
pub mod reconciliation;
pub mod relances;
pub mod statistiques;
pub mod visio;

pub use changement::{Changement, changement};
pub use etat::{Cle, Etat, Rang};
pub use participation::{meme_personne, participations, retiree};

use crate::ids::{OrganisationId, RdvId, RdvUserId};
use chrono::{DateTime, Duration, Months, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

/// Where a rendez-vous takes place (`motif.location_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// `visio`
    Visio,
    /// `phone`
    Telephone,
    /// `public_office`
    SurPlace,
    /// `home`
    Domicile,
}

impl Genre {
    /// All of them.
    pub const TOUS: [Self; 4] = [Self::Visio, Self::Telephone, Self::SurPlace, Self::Domicile];

    /// The platform's word, also stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Visio => "visio",
            Self::Telephone => "phone",
            Self::SurPlace => "public_office",
            Self::Domicile => "home",
        }
    }

    /// Reads [`Self::code`] back; `None` for a word that this version does not know.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|genre| genre.code() == code)
    }

    /// « en visioconférence », in a sentence after « rendez-vous ».
    #[must_use]
    pub const fn comment(self) -> &'static str {
        match self {
            Self::Visio => "en visioconférence",
            Self::Telephone => "par téléphone",
            Self::SurPlace => "sur place",
            Self::Domicile => "à domicile",
        }
    }

    /// « RDV par visioconférence », as the cards say it.
    #[must_use]
    pub const fn intitule(self) -> &'static str {
        match self {
            Self::Visio => "RDV par visioconférence",
            Self::Telephone => "RDV par téléphone",
            Self::SurPlace => "RDV sur place",
            Self::Domicile => "RDV à domicile",
        }
    }
}

/// The platform's status (`data.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statut {
    /// To come, or past and not filled in: `unknown`.
    Inconnu,
    /// It took place: `seen`.
    Honore,
    /// The usager did not come: `noshow`.
    Absence,
    /// Cancelled by the usager: `excused`.
    Excuse,
    /// Cancelled by the service: `revoked`.
    Revoque,
}

impl Statut {
    /// All of them.
    pub const TOUS: [Self; 5] =
        [Self::Inconnu, Self::Honore, Self::Absence, Self::Excuse, Self::Revoque];

    /// The platform's word, also stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inconnu => "unknown",
            Self::Honore => "seen",
            Self::Absence => "noshow",
            Self::Excuse => "excused",
            Self::Revoque => "revoked",
        }
    }

    /// Reads [`Self::code`] back; `None` for a word that this version does not know.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|statut| statut.code() == code)
    }
}

/// How long after its end the persons of a rendez-vous are known: the platform then erases them.
pub const CONSERVATION: Months = Months::new(24);

/// Why the platform deleted a rendez-vous. Should it say both, what was erased stays erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suppression {
    /// An agent deleted it: for the usager it is a cancellation by the service.
    Agent,
    /// Two years have passed: the person's data is erased, what happened stays true.
    Rgpd,
}

impl Suppression {
    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rgpd => "rgpd",
            Self::Agent => "agent",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Rgpd, Self::Agent].into_iter().find(|s| s.code() == code)
    }
}

/// When a rendez-vous starts, as its people read it on their clock.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Horaire {
    /// Date and time on the wall where it takes place.
    pub local: NaiveDateTime,
    /// IANA name of the zone, when the platform said it; otherwise the digits are shown as received.
    pub fuseau: Option<String>,
}

/// A person who takes part in a rendez-vous, as the platform knows them. Personal data: never logged.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Personne {
    /// The platform's id.
    pub id: RdvUserId,
    /// Their e-mail, or that of the person responsible for them; absent for many.
    pub email: Option<String>,
    /// First name.
    pub prenom: String,
    /// Last name.
    pub nom: String,
    /// Their telephone, or that of the person responsible for them, as the platform wrote it.
    #[serde(default)]
    pub telephone: Option<String>,
    /// Where their own participation stands: in a collective rendez-vous each has one.
    #[serde(default)]
    pub statut: Option<Statut>,
    /// Who put them there.
    #[serde(default)]
    pub createur: Option<Createur>,
    /// Whether the platform surely tells them nothing by mail: it has no address of theirs, or was asked not to write.
    #[serde(default)]
    pub sans_nouvelles: bool,
}

/// What the file of a rendez-vous says, for a calendar, that nothing else here needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fiche {
    /// How the platform's own files name it, in lower case; never changes.
    pub uuid: Option<String>,
    /// Name of its motif.
    pub motif: Option<String>,
}

/// Who made a rendez-vous, or put somebody in it (`created_by_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Createur {
    /// The person, on the booking pages.
    Usager,
    /// Somebody else for them: an agent, a prescripteur.
    Service,
}

/// A dossier of a platform that runs Démarches Simplifiées, as its address there names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DossierCite {
    /// The platform: `https://` and its name.
    pub site: String,
    /// The number of its démarche there.
    pub demarche: i64,
    /// Its number there.
    pub dossier: i64,
}

impl DossierCite {
    /// Those whose addresses are in a free text: `https://site/procedures/1/dossiers/2`, and what may follow.
    #[must_use]
    pub fn dans(texte: &str) -> Vec<Self> {
        let mut cites: Vec<Self> = texte
            .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '(' | ')' | ','))
            .filter_map(Self::lire)
            .collect();
        cites.sort_unstable();
        cites.dedup();
        cites
    }

    fn lire(adresse: &str) -> Option<Self> {
        let url =
            Url::parse(adresse).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
        let mut morceaux = url.path_segments()?;
        let mut apres = |nom: &str| -> Option<i64> {
            (morceaux.next()? == nom).then_some(())?;
            let chiffres = morceaux.next()?.trim_end_matches(|c: char| !c.is_ascii_digit());
            chiffres.parse().ok()
        };
        let (demarche, dossier) = (apres("procedures")?, apres("dossiers")?);
        Some(Self { site: url.origin().ascii_serialization(), demarche, dossier })
    }
}

/// What one notification says of a rendez-vous.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Contenu {
    /// Status of the rendez-vous.
    pub statut: Statut,
    /// Where.
    pub genre: Genre,
    /// The instant it starts.
    pub debut: DateTime<Utc>,
    /// The same, as its people read it.
    pub horaire: Horaire,
    /// How long, in minutes.
    pub duree_minutes: i64,
    /// Address of the place or of the home; empty for phone and video.
    pub adresse: String,
    /// Name of the place, for [`Genre::SurPlace`].
    pub lieu: Option<String>,
    /// Link to the video room, already checked ([`crate::visio::lien`]).
    pub visio: Option<String>,
    /// What the service asks people to prepare.
    pub instruction: Option<String>,
    /// Who takes part.
    pub personnes: Vec<Personne>,
    /// E-mails of the agents who hold it.
    pub agents: Vec<String>,
    /// Whether several persons who do not know each other take part, each with a status of their own.
    #[serde(default)]
    pub collectif: bool,
    /// Who made it, when the platform says it.
    #[serde(default)]
    pub createur: Option<Createur>,
    /// When it was made, when the platform says it (since 2025).
    #[serde(default)]
    pub cree_le: Option<DateTime<Utc>>,
    /// Numbers that an agent wrote down beside it and that may be a dossier's.
    #[serde(default)]
    pub numeros_cites: Vec<i64>,
    /// Dossiers of another platform, whose addresses are written beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dossiers_cites: Vec<DossierCite>,
    /// What its file says of it, for a calendar. Empty in rows of the versions that had no such file.
    #[serde(default)]
    pub fiche: Fiche,
}

impl Contenu {
    /// The instant it ends.
    #[must_use]
    pub fn fin(&self) -> DateTime<Utc> {
        self.debut + Duration::minutes(self.duree_minutes.clamp(0, 7 * 24 * 60))
    }

    /// Whether somebody else than the usager made it.
    #[must_use]
    pub fn par_le_service(&self) -> bool {
        self.createur == Some(Createur::Service)
    }

    /// Whether the platform surely tells nothing of it by mail to any of those who take part.
    #[must_use]
    pub fn sans_nouvelles(&self) -> bool {
        !self.personnes.is_empty() && self.personnes.iter().all(|personne| personne.sans_nouvelles)
    }

    /// Erases what tells who it was with: what happened stays. The address of the video room is made of the uuid.
    pub fn oublier(&mut self) {
        self.fiche = Fiche::default();
        self.personnes.clear();
        self.agents.clear();
        self.numeros_cites.clear();
        self.dossiers_cites.clear();
        self.visio = None;
        if self.genre == Genre::Domicile {
            self.adresse.clear();
        }
    }
}

/// What happened on the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evenement {
    /// `created`
    Cree,
    /// `updated`
    Modifie,
    /// `destroyed`
    Supprime(Suppression),
}

/// One verified and decoded notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constat {
    /// Which rendez-vous.
    pub rdv: RdvId,
    /// Whose agenda.
    pub organisation: OrganisationId,
    /// When the platform computed it, to the second.
    pub calcule_le: DateTime<Utc>,
    /// When it happened on the platform: never later than the platform's own mail about it.
    pub change_le: DateTime<Utc>,
    /// What happened.
    pub evenement: Evenement,
    /// What it says.
    pub contenu: Contenu,
}

/// What a rendez-vous means for the people concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Situation {
    /// It holds (or is past and nobody said what came of it).
    Prevu,
    /// It took place.
    Honore,
    /// The usager did not come.
    Absence,
    /// Cancelled by the usager.
    AnnuleParUsager,
    /// Cancelled by the service.
    AnnuleParService,
}

impl Situation {
    /// What a status means, once the platform deleted the rendez-vous or not.
    #[must_use]
    pub const fn de(statut: Statut, suppression: Option<Suppression>) -> Self {
        let supprime = matches!(suppression, Some(Suppression::Agent));
        match statut {
            Statut::Inconnu if supprime => Self::AnnuleParService,
            Statut::Inconnu => Self::Prevu,
            Statut::Honore => Self::Honore,
            Statut::Absence => Self::Absence,
            Statut::Excuse => Self::AnnuleParUsager,
            Statut::Revoque => Self::AnnuleParService,
        }
    }

    /// Whether it was cancelled, by either side.
    #[must_use]
    pub const fn annule(self) -> bool {
        matches!(self, Self::AnnuleParUsager | Self::AnnuleParService)
    }

    /// What the badge of a rendez-vous says.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Prevu => "prévu",
            Self::Honore => "honoré",
            Self::Absence => "absence",
            Self::AnnuleParUsager => "annulé par l'utilisateur",
            Self::AnnuleParService => "annulé par le service",
        }
    }
}

#[cfg(test)]
mod tests;
