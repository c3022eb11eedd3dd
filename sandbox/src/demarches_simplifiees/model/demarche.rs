//! A démarche, and what its administrateurs have set up.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{DemarcheState, LabelColor, Person, TypeDeChamp};

/// A démarche.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Demarche {
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Its état.
    pub state: DemarcheState,
    /// Whose it is; the API says little of it.
    pub organisme: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Whether its descriptor is for everybody.
    pub opendata: bool,
    /// The addresses of those who set it up.
    pub administrateurs: Vec<Person>,
    /// Those who examine, in the order of their numbers; the first is the one by default.
    pub groupes: Vec<Groupe>,
    /// What may be put on its dossiers.
    pub labels: Vec<Label>,
    /// Its form, the oldest first. The last is the active one.
    pub revisions: Vec<Revision>,
}

impl Demarche {
    /// The form as it is now.
    #[must_use]
    pub fn active_revision(&self) -> &Revision {
        self.revisions.last().expect("a démarche has a form")
    }

    /// The form as it was then.
    #[must_use]
    pub fn revision(&self, id: i64) -> &Revision {
        self.revisions
            .iter()
            .find(|revision| revision.id == id)
            .unwrap_or_else(|| self.active_revision())
    }

    /// A groupe.
    #[must_use]
    pub fn groupe(&self, id: i64) -> Option<&Groupe> {
        self.groupes.iter().find(|groupe| groupe.id == id)
    }

    /// A label.
    #[must_use]
    pub fn label(&self, id: i64) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == id)
    }
}

/// Those who examine the same dossiers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Groupe {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub label: String,
    /// Whether no dossier comes to it any more.
    pub closed: bool,
    /// Its instructeurs.
    pub members: Vec<Person>,
}

impl Groupe {
    /// Its member of this address.
    #[must_use]
    pub fn member(&self, email: &str) -> Option<&Person> {
        self.members.iter().find(|person| person.is(email))
    }
}

/// What may be put on a dossier.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Label {
    /// Its number.
    pub id: i64,
    /// Its name, 30 characters at most.
    pub name: String,
    /// Its colour.
    pub color: LabelColor,
}

/// One state of the form.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Revision {
    /// Its number.
    pub id: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What usagers fill in.
    pub champs: Vec<Descriptor>,
    /// What instructeurs fill in.
    pub annotations: Vec<Descriptor>,
}

/// One thing to be filled in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Descriptor {
    /// The same in every revision.
    pub stable_id: i64,
    /// What it asks.
    pub label: String,
    /// What it holds.
    pub kind: TypeDeChamp,
    /// Whether it must be filled in.
    pub required: bool,
}
