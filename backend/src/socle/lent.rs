//! Nothing slow happens inside a change, for which others wait: on SQLite, all of them.
//!
//! Use cases are kept from it by what they are given: hashing, requests to the platform and mails are reached through
//! [`Contexte`](crate::Contexte), which neither [`Changement`](crate::Changement) nor [`Outils`](crate::Outils) holds.
//! What is given a `Contexte` and begins a change by itself is watched: in builds that are made to be tried, each slow
//! door calls [`hors_ecriture`], which stops whoever comes to it with a change under way.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use tokio::task;

/// Whether it is watched.
const VEILLE: bool = cfg!(debug_assertions);

/// Who works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ouvrage {
    /// What was set apart in a task.
    APart(u64),
    Tache(task::Id),
    /// What belongs to no task: the main part of a test.
    Fil(ThreadId),
}

impl Ouvrage {
    fn en_cours() -> Self {
        match (A_PART.try_with(|numero| *numero), task::try_id()) {
            (Ok(numero), _) => Self::APart(numero),
            (Err(_), Some(id)) => Self::Tache(id),
            (Err(_), None) => Self::Fil(thread::current().id()),
        }
    }
}

tokio::task_local! {
    static A_PART: u64;
}

/// Who holds each change under way.
static TENUES: Mutex<BTreeMap<u64, Ouvrage>> = Mutex::new(BTreeMap::new());

fn tenues() -> MutexGuard<'static, BTreeMap<u64, Ouvrage>> {
    TENUES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn numero() -> u64 {
    static SUIVANT: AtomicU64 = AtomicU64::new(0);
    SUIVANT.fetch_add(1, Ordering::Relaxed)
}

/// A change under way, held by whoever used it last.
#[derive(Debug)]
pub(crate) struct Tenue(u64);

impl Tenue {
    /// Held from now on.
    pub(crate) fn commencer() -> Self {
        let tenue = Self(numero());
        tenue.suivre();
        tenue
    }

    /// Used: it may have been given to another task.
    pub(crate) fn suivre(&self) {
        if VEILLE {
            tenues().insert(self.0, Ouvrage::en_cours());
        }
    }
}

impl Drop for Tenue {
    fn drop(&mut self) {
        if VEILLE {
            tenues().remove(&self.0);
        }
    }
}

/// The door of what is slow: nobody comes to it with a change under way.
///
/// # Panics
/// Whoever works holds one, in a build that is made to be tried.
#[track_caller]
pub fn hors_ecriture() {
    if !VEILLE {
        return;
    }
    let ouvrage = Ouvrage::en_cours();
    // Not held while it panics.
    let tenue = tenues().values().any(|tenue| *tenue == ouvrage);
    assert!(!tenue, "something slow inside a change");
}

/// Sets `travail` apart from what else its task does at the same time: a change of one is none of the other.
pub async fn a_part<T>(travail: impl Future<Output = T>) -> T {
    A_PART.scope(numero(), travail).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    #[should_panic(expected = "something slow inside a change")]
    async fn what_is_slow_is_stopped_inside_a_change() {
        let _tenue = Tenue::commencer();
        hors_ecriture();
    }

    #[tokio::test]
    async fn it_is_let_through_before_after_and_beside_a_change() {
        hors_ecriture();
        let tenue = Tenue::commencer();
        tokio::spawn(async { hors_ecriture() }).await.unwrap();
        a_part(async { hors_ecriture() }).await;
        drop(tenue);
        hors_ecriture();
    }

    #[tokio::test]
    async fn a_change_is_held_by_the_task_that_it_was_given_to() {
        let tenue = Tenue::commencer();
        let (dire, dit) = tokio::sync::oneshot::channel();
        let ailleurs = tokio::spawn(async move {
            tenue.suivre();
            dire.send(()).unwrap();
            std::future::pending::<()>().await;
            drop(tenue);
        });
        dit.await.unwrap();
        hors_ecriture();
        ailleurs.abort();
        let ailleurs = tokio::spawn(async {
            let _tenue = Tenue::commencer();
            hors_ecriture();
        });
        assert!(ailleurs.await.unwrap_err().is_panic());
        hors_ecriture();
    }
}
