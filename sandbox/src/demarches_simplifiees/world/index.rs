//! In which order the dossiers of a démarche are listed: a page looks at what it gives, not at all of them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::demarches_simplifiees::model::Dossier;

/// An instant, then a number.
pub type Key = (DateTime<Utc>, i64);

/// Of one démarche.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The visible ones, by their last change.
    pub by_update: BTreeSet<Key>,
    /// The visible ones, by their filing.
    pub by_filing: BTreeSet<Key>,
    /// Those whose deletion is pending, by when it was asked.
    pub pending: BTreeSet<Key>,
}

impl Index {
    /// Adds a dossier where it is to be found.
    pub fn add(&mut self, dossier: &Dossier) {
        if dossier.is_visible() {
            self.by_update.insert((dossier.updated_at, dossier.number));
            self.by_filing.insert((dossier.depose_at, dossier.number));
        }
        if let Some(at) = dossier.pending_deletion() {
            self.pending.insert((at, dossier.number));
        }
    }

    /// Takes it out, as it was.
    pub fn remove(&mut self, dossier: &Dossier) {
        self.by_update.remove(&(dossier.updated_at, dossier.number));
        self.by_filing.remove(&(dossier.depose_at, dossier.number));
        if let Some(at) = dossier.pending_deletion() {
            self.pending.remove(&(at, dossier.number));
        }
    }
}
