//! A change under way, and all that a use case needs to make it.

use crate::socle::base::Ecriture;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use chrono::{DateTime, Utc};
use domain::role::Acteur;

/// What travels together through a change: one transaction, made by one person at one time.
#[derive(Debug)]
pub struct Changement<'a> {
    /// Where rows, messages, lines of the journal and tasks are written, all or none.
    pub tx: Ecriture,
    /// Who makes the change.
    pub acteur: &'a Acteur,
    /// Secrets, randomness, settings.
    pub outils: &'a Outils,
    /// When the change is made: read once, as the transaction began.
    pub maintenant: DateTime<Utc>,
}

impl Changement<'_> {
    /// Commits, then wakes the workers. A change dropped before is as if never begun.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub async fn valider(self) -> Result<(), Echec> {
        self.tx.valider().await
    }
}
