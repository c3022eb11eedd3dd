//! What is known of a rendez-vous, and how what RDV Service Public says changes it.
//!
//! Deliveries arrive twice, late and in any order. [`Etat::integrer`] is a join: commutative, associative
//! and idempotent, so that the final state depends on what was received, never on the order.

use crate::ids::{OrganisationId, RdvId, RdvUserId};
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

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

/// Why the platform deleted a rendez-vous.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suppression {
    /// Two years have passed: the person's data is erased, what happened stays true.
    Rgpd,
    /// An agent deleted it: for the usager it is a cancellation by the service.
    Agent,
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
}

/// What one delivery says of a rendez-vous.
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
}

impl Contenu {
    /// The instant it ends.
    #[must_use]
    pub fn fin(&self) -> DateTime<Utc> {
        self.debut + Duration::minutes(self.duree_minutes.clamp(0, 7 * 24 * 60))
    }
}

/// What happened on the platform. The order of the variants decides between two deliveries computed
/// in the same second: a creation precedes any change.
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

/// One verified and decoded delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constat {
    /// Which rendez-vous.
    pub rdv: RdvId,
    /// Whose agenda.
    pub organisation: OrganisationId,
    /// When the platform computed it, to the second.
    pub calcule_le: DateTime<Utc>,
    /// What happened.
    pub evenement: Evenement,
    /// What it says.
    pub contenu: Contenu,
}

/// Decides which of two deliveries is the newer one, the same way in any order of arrival.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cle {
    /// When the platform computed the content kept.
    pub calcule_le: DateTime<Utc>,
    /// Whether it is a creation (`false` precedes `true`).
    pub modifie: bool,
}

/// What is stored of a rendez-vous: the newest content received, and whether it was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Etat {
    /// Orders the content kept among all those received.
    pub cle: Cle,
    /// The newest content received.
    pub contenu: Contenu,
    /// Set once deleted, and never unset: the platform does not reuse its ids.
    pub suppression: Option<Suppression>,
}

impl From<&Constat> for Etat {
    fn from(constat: &Constat) -> Self {
        let suppression = match constat.evenement {
            Evenement::Supprime(raison) => Some(raison),
            Evenement::Cree | Evenement::Modifie => None,
        };
        Self {
            cle: Cle {
                calcule_le: constat.calcule_le,
                modifie: constat.evenement != Evenement::Cree,
            },
            contenu: constat.contenu.clone(),
            suppression,
        }
    }
}

impl Etat {
    /// The state once `constat` is known as well as all that `avant` already holds.
    #[must_use]
    pub fn integrer(avant: Option<Self>, constat: &Constat) -> Self {
        let nouveau = Self::from(constat);
        match avant {
            None => nouveau,
            Some(avant) => avant.joindre(nouveau),
        }
    }

    /// Joins two states: the newest content wins, a deletion is never undone. Contents of the same
    /// second are told apart by their own order, arbitrary but always the same.
    #[must_use]
    pub fn joindre(self, autre: Self) -> Self {
        let suppression = self.suppression.max(autre.suppression);
        let garde =
            if (&autre.cle, &autre.contenu) > (&self.cle, &self.contenu) { autre } else { self };
        Self { suppression, ..garde }
    }

    /// What it means for the people concerned.
    #[must_use]
    pub const fn situation(&self) -> Situation {
        if matches!(self.suppression, Some(Suppression::Agent)) {
            return match self.contenu.statut {
                Statut::Honore => Situation::Honore,
                Statut::Absence => Situation::Absence,
                Statut::Excuse => Situation::AnnuleParUsager,
                Statut::Inconnu | Statut::Revoque => Situation::AnnuleParService,
            };
        }
        match self.contenu.statut {
            Statut::Inconnu => Situation::Prevu,
            Statut::Honore => Situation::Honore,
            Statut::Absence => Situation::Absence,
            Statut::Excuse => Situation::AnnuleParUsager,
            Statut::Revoque => Situation::AnnuleParService,
        }
    }

    /// Whether somebody is expected: it holds and is not over at `maintenant`.
    #[must_use]
    pub fn a_venir(&self, maintenant: DateTime<Utc>) -> bool {
        self.situation() == Situation::Prevu && self.contenu.fin() > maintenant
    }
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

/// A change that people must hear of. Many deliveries cause none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changement {
    /// Booked.
    Pris,
    /// Moved to another time.
    Deplace {
        /// When it should have been.
        avant: Horaire,
    },
    /// Same time, other place, way or link.
    ModalitesChangees,
    /// Cancelled by the usager.
    AnnuleParUsager,
    /// Cancelled by the service.
    AnnuleParService,
    /// Cancelled, then restored.
    Retabli,
}

/// The change of meaning between two states of one rendez-vous, if people must hear of it.
///
/// None for a rendez-vous already over at `maintenant` (the platform sends thousands of old ones again
/// when an endpoint is set up), nor for what is only kept in the books (honoré, absence).
#[must_use]
pub fn changement(
    avant: Option<&Etat>,
    apres: &Etat,
    maintenant: DateTime<Utc>,
) -> Option<Changement> {
    if apres.contenu.fin() <= maintenant
        && avant.is_none_or(|avant| avant.contenu.fin() <= maintenant)
    {
        return None;
    }
    let annulation = match apres.situation() {
        Situation::AnnuleParUsager => Some(Changement::AnnuleParUsager),
        Situation::AnnuleParService => Some(Changement::AnnuleParService),
        Situation::Honore | Situation::Absence => return None,
        Situation::Prevu => None,
    };
    let Some(avant) = avant else {
        return Some(annulation.unwrap_or(Changement::Pris));
    };
    let etait_annule = avant.situation().annule();
    match annulation {
        Some(_) if etait_annule => None,
        Some(annulation) => Some(annulation),
        None if etait_annule => Some(Changement::Retabli),
        None if avant.contenu.debut != apres.contenu.debut
            || avant.contenu.horaire.local != apres.contenu.horaire.local =>
        {
            Some(Changement::Deplace { avant: avant.contenu.horaire.clone() })
        }
        None if modalites(&avant.contenu) != modalites(&apres.contenu) => {
            Some(Changement::ModalitesChangees)
        }
        None => None,
    }
}

fn modalites(contenu: &Contenu) -> (Genre, &str, Option<&str>, Option<&str>) {
    (contenu.genre, contenu.adresse.trim(), contenu.lieu.as_deref(), contenu.visio.as_deref())
}

#[cfg(test)]
mod tests;
