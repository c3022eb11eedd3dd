//! What waits to be sent to one open window.

use backend::socle::direct::Annonce;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// How much may wait: a window that reads more slowly is told that everything may have changed.
const PLACES: usize = 32;

/// Why nothing more is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fin {
    /// It makes place for others.
    Place,
    /// Its session is over.
    Session,
}

/// What comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suivant {
    /// Something changed.
    Annonce(Annonce),
    /// More than could be kept: everything may have.
    Tout,
    /// Nothing more comes.
    Fin(Fin),
}

/// A queue that makes nobody wait. Empty, it holds no memory.
#[derive(Debug, Default)]
pub struct File {
    attente: Mutex<Attente>,
    sonnette: Notify,
}

#[derive(Debug, Default)]
struct Attente {
    annonces: VecDeque<Annonce>,
    deborde: bool,
    fin: Option<Fin>,
}

impl File {
    /// Adds something that changed.
    pub fn deposer(&self, annonce: Annonce) {
        let mut attente = self.attente();
        if attente.annonces.len() < PLACES {
            attente.annonces.push_back(annonce);
        } else {
            attente.annonces.clear();
            attente.deborde = true;
        }
        drop(attente);
        self.sonnette.notify_one();
    }

    /// Everything may have changed.
    pub fn tout(&self) {
        self.attente().deborde = true;
        self.sonnette.notify_one();
    }

    /// Nothing more will come, and what waits is of no use any more.
    pub fn finir(&self, fin: Fin) {
        self.attente().fin.get_or_insert(fin);
        self.sonnette.notify_one();
    }

    /// Waits for what comes next. For one reader.
    pub async fn suivant(&self) -> Suivant {
        loop {
            if let Some(suivant) = self.attente().prendre() {
                return suivant;
            }
            self.sonnette.notified().await;
        }
    }

    fn attente(&self) -> MutexGuard<'_, Attente> {
        self.attente.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attente {
    fn prendre(&mut self) -> Option<Suivant> {
        if let Some(fin) = self.fin {
            return Some(Suivant::Fin(fin));
        }
        if std::mem::take(&mut self.deborde) {
            self.annonces = VecDeque::new();
            return Some(Suivant::Tout);
        }
        let annonce = self.annonces.pop_front()?;
        if self.annonces.is_empty() {
            // Most of the time nothing waits, in thousands of windows.
            self.annonces = VecDeque::new();
        }
        Some(Suivant::Annonce(annonce))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::DossierNumero;
    use domain::sujet::Sujet;
    use futures_util::FutureExt;

    fn annonce(id: i64) -> Annonce {
        Annonce { id, sujet: Sujet::Dossier(DossierNumero(1)) }
    }

    #[tokio::test]
    async fn what_comes_goes_out_in_order() {
        let file = File::default();
        assert!(file.suivant().now_or_never().is_none());
        file.deposer(annonce(1));
        file.deposer(annonce(2));
        assert_eq!(file.suivant().await, Suivant::Annonce(annonce(1)));
        assert_eq!(file.suivant().await, Suivant::Annonce(annonce(2)));
        assert!(file.suivant().now_or_never().is_none());
    }

    #[tokio::test]
    async fn whoever_reads_too_slowly_is_told_that_everything_may_have_changed() {
        let file = File::default();
        for id in 0..100 {
            file.deposer(annonce(id));
        }
        assert_eq!(file.suivant().await, Suivant::Tout);
        assert!(file.suivant().now_or_never().is_none());
        file.deposer(annonce(100));
        assert_eq!(file.suivant().await, Suivant::Annonce(annonce(100)));
    }

    #[tokio::test]
    async fn the_end_comes_before_what_waits_and_stays() {
        let file = File::default();
        file.deposer(annonce(1));
        file.finir(Fin::Session);
        file.finir(Fin::Place);
        assert_eq!(file.suivant().await, Suivant::Fin(Fin::Session));
        assert_eq!(file.suivant().await, Suivant::Fin(Fin::Session));
    }
}
