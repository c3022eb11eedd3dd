//! A dossier, and all that is written about it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Civilite, CorrectionReason, DeletedReason, Person, State, TraitementEvent};

/// A dossier.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dossier {
    /// Its number.
    pub number: i64,
    /// The number of its démarche.
    pub demarche: i64,
    /// The form that was filled in.
    pub revision: i64,
    /// Its état.
    pub state: State,
    /// Whose account it is.
    pub usager: Person,
    /// Whether that account is gone.
    pub usager_deleted: bool,
    /// Whether they came by `FranceConnect`.
    pub france_connect: bool,
    /// Who asks.
    pub demandeur: Demandeur,
    /// Who filed it in their place.
    pub mandataire: Option<Mandataire>,
    /// The number of its groupe.
    pub groupe: i64,
    /// Who follows it.
    pub followers: Vec<Person>,
    /// The numbers of its labels.
    pub labels: Vec<i64>,
    /// The oldest first.
    pub messages: Vec<Message>,
    /// What its usager filled in.
    pub champs: Vec<Champ>,
    /// What its instructeurs filled in.
    pub annotations: Vec<Champ>,
    /// What was done to it, the oldest first.
    pub traitements: Vec<Traitement>,
    /// Whether it was put away.
    pub archived: bool,
    /// Why it was decided so.
    pub motivation: Option<String>,
    /// When it was filed.
    pub depose_at: DateTime<Utc>,
    /// When it last became `en_construction`.
    pub en_construction_at: DateTime<Utc>,
    /// When it last became `en_instruction`.
    pub en_instruction_at: Option<DateTime<Utc>>,
    /// When it was last decided.
    pub processed_at: Option<DateTime<Utc>>,
    /// What `updatedSince` and the cursor look at.
    pub updated_at: DateTime<Utc>,
    /// When something was last filled in by its usager.
    pub champs_updated_at: DateTime<Utc>,
    /// When something was last filled in by its instructeurs.
    pub annotations_updated_at: DateTime<Utc>,
    /// How long it is kept; the API says nothing of it `en_instruction`.
    pub expires_at: Option<DateTime<Utc>>,
    /// From whom it is hidden.
    pub hidden: Hidden,
}

/// Since when a dossier is hidden, from its point of view; each may be undone.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Hidden {
    /// By its usager.
    pub by_usager: Option<DateTime<Utc>>,
    /// By its instructeurs.
    pub by_administration: Option<DateTime<Utc>>,
    /// Because it was kept long enough.
    pub by_expiry: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<DeletedReason>,
}

impl Dossier {
    /// Whether the API may say that it exists.
    #[must_use]
    pub fn is_visible(&self) -> bool {
        let hidden_while_new =
            self.state == State::EnConstruction && self.hidden.by_usager.is_some();
        self.state != State::Brouillon
            && self.hidden.by_administration.is_none()
            && self.hidden.by_expiry.is_none()
            && !hidden_while_new
    }

    /// Since when its deletion is pending.
    #[must_use]
    pub fn pending_deletion(&self) -> Option<DateTime<Utc>> {
        match self.state {
            State::Brouillon => None,
            State::EnConstruction => self.hidden.by_usager.or(self.hidden.by_administration),
            _ => self.hidden.by_administration,
        }
    }

    /// Whether somebody may write to its usager.
    #[must_use]
    pub fn takes_messages(&self) -> bool {
        self.is_visible()
            && self.hidden.by_usager.is_none()
            && !self.usager_deleted
            && !self.archived
    }

    /// When a correction was asked that was not made yet.
    #[must_use]
    pub fn pending_correction(&self) -> Option<DateTime<Utc>> {
        let pending =
            self.messages.iter().filter(|m| m.correction.is_some() && m.resolved_at.is_none());
        pending.map(|message| message.created_at).next_back()
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Demandeur {
    /// Somebody.
    Physique {
        /// How they are addressed.
        civilite: Option<Civilite>,
        /// Their first name.
        prenom: String,
        /// Their last name.
        nom: String,
        /// Their own address, when somebody else filed for them.
        #[serde(default)]
        email: Option<String>,
        /// Their date of birth.
        #[serde(default)]
        naissance: Option<NaiveDate>,
    },
    /// An organisation that the register knows.
    Morale {
        /// Its number.
        siret: String,
        /// Its name.
        raison_sociale: String,
    },
    /// An organisation, while the register does not answer.
    MoraleIncomplete {
        /// Its number.
        siret: String,
    },
    /// Something that no client has heard of.
    Inconnu,
}

impl Demandeur {
    /// Somebody, in a few words.
    #[must_use]
    pub fn physique(civilite: Civilite, prenom: &str, nom: &str) -> Self {
        Self::Physique {
            civilite: Some(civilite),
            prenom: prenom.to_owned(),
            nom: nom.to_owned(),
            email: None,
            naissance: None,
        }
    }

    /// As a person reads it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Physique { prenom, nom, .. } => format!("{prenom} {nom}"),
            Self::Morale { raison_sociale, .. } => raison_sociale.clone(),
            Self::MoraleIncomplete { siret } => format!("SIRET {siret}"),
            Self::Inconnu => "Demandeur d’un genre inconnu".to_owned(),
        }
    }
}

/// Who filed a dossier in somebody's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mandataire {
    /// Their first name.
    pub prenom: String,
    /// Their last name.
    pub nom: String,
}

/// A message of the messagerie.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Message {
    /// Its number.
    pub id: i64,
    /// The address of its author: of an instructeur, of the usager, or the platform's own.
    pub email: String,
    /// The number of the instructeur who wrote it.
    pub instructeur: Option<i64>,
    /// Plain text; empty once deleted.
    pub body: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was deleted.
    pub discarded_at: Option<DateTime<Utc>>,
    /// Whether it asks for a correction.
    pub correction: Option<CorrectionReason>,
    /// When that was made.
    pub resolved_at: Option<DateTime<Utc>>,
}

/// What was filled in somewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Champ {
    /// Of its descriptor.
    pub stable_id: i64,
    /// As text, whatever it holds.
    pub value: Option<String>,
    /// When.
    pub updated_at: DateTime<Utc>,
}

/// Something that was done to a dossier.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Traitement {
    /// Its number.
    pub id: i64,
    /// What.
    pub event: TraitementEvent,
    /// The état afterwards.
    pub state: State,
    /// By whom.
    pub email: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub motivation: Option<String>,
}

/// A dossier that is no more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deleted {
    /// The number of the deletion.
    pub id: i64,
    /// The number of the dossier.
    pub number: i64,
    /// The number of its démarche.
    pub demarche: i64,
    /// The number of its groupe.
    pub groupe: i64,
    /// Its last état.
    pub state: State,
    /// Why.
    pub reason: DeletedReason,
    /// When.
    pub at: DateTime<Utc>,
}
