//! A change under way, and all that a use case needs to make it.

use crate::socle::base::Ecriture;
use crate::socle::cle::Cle;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal::{self, Objet};
use crate::socle::outils::Outils;
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use std::fmt;

/// What travels together through a change: one transaction, made by one person at one time.
///
/// What it causes elsewhere is added to it by [`Changement::prevoir`], in [`crate::taches`].
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
    /// Notes in the journal that the person did `action` to `objet`.
    pub(crate) async fn noter(&self, action: Action, objet: impl Into<Objet>) -> Result<(), Echec> {
        self.noter_avec(action, objet, None).await
    }

    /// The same, with a detail that holds no personal data.
    pub(crate) async fn noter_avec(
        &self,
        action: Action,
        objet: impl Into<Objet>,
        detail: impl Into<Option<String>>,
    ) -> Result<(), Echec> {
        let (qui, detail) = (Some(self.acteur.compte), detail.into());
        Ok(journal::noter(&self.tx, qui, action, objet, detail, self.maintenant).await?)
    }

    /// Tells the pages that show `sujets` to look again.
    pub(crate) async fn annoncer(&self, sujets: &[Sujet]) -> Result<(), Echec> {
        Ok(direct::annoncer(&self.tx, sujets, self.maintenant).await?)
    }

    /// The key of the form that the person sent about `objet`, the number of a dossier, or that of a démarche.
    pub(crate) fn cle(&self, objet: impl fmt::Display, cle: &CleDeFormulaire) -> Cle {
        Cle::de(self.acteur, objet, cle, self.maintenant)
    }

    /// Commits, then wakes the workers. A change dropped before is as if never begun.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub async fn valider(self) -> Result<(), Echec> {
        self.tx.valider().await
    }
}
