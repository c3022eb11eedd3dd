//! What a task is.

use crate::socle::erreur::Echec;
use crate::tables::tache;
use sea_orm::sea_query::SimpleExpr;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What is to be done: a [`super::Courriel`], a [`super::Demande`] or a [`super::EnvoiDistant`], each for the workers of its
/// kind. Holds ids and facts about rendez-vous, never an address nor a text.
pub trait Tache: Serialize + DeserializeOwned + Send + Sync {
    /// The rows of this kind, among those of `taches`.
    fn lignes() -> SimpleExpr;

    /// Whether it writes to whoever filed the dossier that it is about, or to those whom they chose: never done for a dossier
    /// that belongs to another platform, where they are written to.
    fn a_l_usager(&self) -> bool {
        false
    }

    /// As it is stored: an object whose only name is the kind of the task.
    ///
    /// # Errors
    /// It can't be stored.
    fn charge(&self) -> Result<Value, Echec> {
        serde_json::to_value(self).map_err(|_| Echec::Inutilisable("task"))
    }

    /// Reads a row. `None`: another version wrote it, or it is of another kind.
    #[must_use]
    fn lire(ligne: &tache::Model) -> Option<Self> {
        serde_json::from_str(&ligne.charge).ok()
    }
}

/// The kind of a task, and what it says.
pub(super) fn genre(charge: &Value) -> Option<(&str, &Value)> {
    charge.as_object()?.iter().next().map(|(genre, faits)| (genre.as_str(), faits))
}
