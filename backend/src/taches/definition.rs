//! What a task is.

use crate::socle::erreur::Echec;
use crate::tables::tache;
use sea_orm::sea_query::SimpleExpr;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What is to be done: a [`super::Courriel`] or a [`super::Demande`], each for the workers of its kind. Holds ids and facts about
/// rendez-vous, never an address nor a text.
pub trait Tache: Serialize + DeserializeOwned + Send + Sync {
    /// The rows of this kind, among those of `taches`.
    fn lignes() -> SimpleExpr;

    /// As it is stored: an object whose only name is the kind of the task.
    ///
    /// # Errors
    /// It can't be stored.
    fn charge(&self) -> Result<Value, Echec> {
        serde_json::to_value(self).map_err(|_| Echec::Inutilisable("task"))
    }

    /// Reads a row. `None`: another version wrote it, or it is of the other kind.
    #[must_use]
    fn lire(ligne: &tache::Model) -> Option<Self> {
        serde_json::from_str(&ligne.charge).ok()
    }
}

/// The kind of a task, and what it says.
pub(super) fn genre(charge: &Value) -> Option<(&str, &Value)> {
    charge.as_object()?.iter().next().map(|(genre, faits)| (genre.as_str(), faits))
}
