//! What was looked at, until it is written.

use chrono::{DateTime, Duration, Utc};
use domain::consultation::{Acte, MEME_MINUTES};
use domain::ids::{CompteId, DossierNumero, PieceId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many wait at most, while the database does not answer.
const PLACE: usize = 50_000;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Objet {
    /// A dossier.
    Dossier(DossierNumero),
    /// A file, whose dossier is known by the database.
    Piece(PieceId),
}

/// That somebody looked at something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vue {
    /// Who.
    pub compte: CompteId,
    /// What.
    pub objet: Objet,
    /// How.
    pub acte: Acte,
    /// When.
    pub le: DateTime<Utc>,
}

/// What waits, in the memory of a process.
#[derive(Debug, Clone, Default)]
pub struct Tampon(Arc<Mutex<Contenu>>);

#[derive(Debug, Default)]
struct Contenu {
    en_attente: Vec<Vue>,
    /// When each was last noted, so that a page that is read again is not noted again.
    derniers: HashMap<(CompteId, Objet, Acte), DateTime<Utc>>,
    perdues: u64,
}

impl Tampon {
    /// Notes that somebody looked at something, unless they did a moment ago.
    pub fn noter(&self, vue: Vue) {
        let mut contenu = self.contenu();
        let cle = (vue.compte, vue.objet, vue.acte);
        let encore = Duration::minutes(MEME_MINUTES);
        if contenu.derniers.get(&cle).is_some_and(|le| *le <= vue.le && vue.le - *le < encore) {
            return;
        }
        if contenu.en_attente.len() >= PLACE {
            contenu.perdues += 1;
            metrics::counter!("consultations_perdues_total").increment(1);
            return;
        }
        contenu.derniers.insert(cle, vue.le);
        contenu.en_attente.push(vue);
    }

    /// The first `combien` that wait, once, and how many were lost.
    pub(super) fn prendre(&self, combien: usize, maintenant: DateTime<Utc>) -> (Vec<Vue>, u64) {
        let mut contenu = self.contenu();
        let depuis = maintenant - Duration::minutes(MEME_MINUTES);
        contenu.derniers.retain(|_, le| *le > depuis);
        let combien = combien.min(contenu.en_attente.len());
        let prises = contenu.en_attente.drain(..combien).collect();
        (prises, std::mem::take(&mut contenu.perdues))
    }

    /// Puts back what could not be written.
    pub(super) fn rendre(&self, vues: Vec<Vue>, perdues: u64) {
        let mut contenu = self.contenu();
        contenu.en_attente.splice(0..0, vues);
        contenu.perdues += perdues;
    }

    fn contenu(&self) -> MutexGuard<'_, Contenu> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
