//! Workers: each is started again when it falls, all are told to stop, then waited for. One that ends before it is told
//! to, or that falls again and again, is lost: the process, which would go on without it, must end.

mod consultations;
pub mod courriels;
mod effectifs;
pub mod envois_distants;
pub mod etat;
mod execution;
pub mod exports;
pub mod fichiers;
mod frequentation;
mod menage;
pub mod mesure;
pub mod miroirs;
pub mod plateforme;
mod raccordements;
mod recapitulatifs;
mod relances;

pub use execution::BAIL;

use crate::contexte::Contexte;
use crate::courriels::Expediteur;
use crate::rendez_vous::arrivee::inbox;
use crate::rendez_vous::reconciliations;
use futures_util::FutureExt;
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long a worker that fell is left alone before it is started again.
const RELEVE: Duration = Duration::from_secs(1);

/// How many times a worker may fall within [`CHUTES_PENDANT`] and be started again.
const CHUTES_MAX: usize = 5;

/// How long a fall counts.
const CHUTES_PENDANT: Duration = Duration::from_secs(60);

/// Those of a process.
#[derive(Debug, Clone, Default)]
pub struct Ouvriers {
    en_poste: TaskTracker,
    arret: CancellationToken,
    perdu: watch::Sender<Option<&'static str>>,
}

impl Ouvriers {
    /// Becomes cancelled when all must stop.
    #[must_use]
    pub fn arret(&self) -> CancellationToken {
        self.arret.clone()
    }

    /// Starts a worker that ends by itself, soon after it is told to stop: what it has in hand, it finishes.
    pub fn employer<R>(
        &self,
        nom: &'static str,
        travail: impl Fn(CancellationToken) -> R + Send + 'static,
    ) where
        R: Future<Output = ()> + Send + 'static,
    {
        let (arret, perdu) = (self.arret(), self.perdu.clone());
        self.en_poste.spawn(async move {
            let mut chutes = Chutes::default();
            while !arret.is_cancelled() {
                // One that panics leaves no change half done: a change is a transaction.
                let fini = AssertUnwindSafe(travail(arret.clone())).catch_unwind().await;
                if arret.is_cancelled() {
                    break;
                }
                if fini.is_ok() || !chutes.encore_une(Instant::now()) {
                    perdu.send_replace(Some(nom));
                    break;
                }
                metrics::counter!("ouvriers_releves_total", "ouvrier" => nom).increment(1);
                tracing::error!(ouvrier = nom, "a worker fell and is started again");
                let _ = tokio::time::timeout(RELEVE, arret.cancelled()).await;
            }
        });
    }

    /// Starts all those that the application needs.
    pub fn employer_tous(&self, contexte: &Contexte, expediteur: &Expediteur) {
        let (c, e) = (contexte.clone(), expediteur.clone());
        self.employer("courriels", move |arret| courriels::travailler(c.clone(), e.clone(), arret));
        let c = contexte.clone();
        self.employer("plateforme", move |arret| plateforme::travailler(c.clone(), arret));
        let c = contexte.clone();
        self.employer("envois_distants", move |arret| {
            envois_distants::travailler(c.clone(), arret)
        });
        let c = contexte.clone();
        self.employer("miroirs", move |arret| miroirs::travailler(c.clone(), arret));
        let c = contexte.clone();
        self.employer("exports", move |arret| exports::travailler(c.clone(), arret));
        let c = contexte.clone();
        self.employer("fichiers", move |arret| fichiers::travailler(c.clone(), arret));
        let c = contexte.clone();
        self.employer("consultations", move |arret| consultations::travailler(c.clone(), arret));
        let c = contexte.clone();
        self.employer_sans_preavis("base", move || c.base.clone().veiller());
        let c = contexte.clone();
        self.employer_sans_preavis("direct", move || c.direct.clone().relayer(c.base.clone()));
        let c = contexte.clone();
        self.employer_sans_preavis("notifications", move || inbox::travailler(c.clone()));
        let c = contexte.clone();
        self.employer_sans_preavis("comparaisons", move || reconciliations::travailler(c.clone()));
        let c = contexte.clone();
        self.employer_sans_preavis("effectifs", move || effectifs::travailler(c.clone()));
        let c = contexte.clone();
        self.employer_sans_preavis("recapitulatifs", move || recapitulatifs::travailler(c.clone()));
        let c = contexte.clone();
        self.employer_sans_preavis("menage", move || menage::travailler(c.clone()));
        let c = contexte.clone();
        self.employer_sans_preavis("frequentation", move || frequentation::travailler(c.clone()));
        let c = contexte.clone();
        self.employer_sans_preavis("raccordements", move || raccordements::travailler(c.clone()));
        let c = contexte.clone();
        self.employer_sans_preavis("relances", move || relances::travailler(c.clone()));
    }

    /// Waits for a worker to be lost, and gives its name.
    pub async fn perdu(&self) -> &'static str {
        let mut perdu = self.perdu.subscribe();
        // The sender is ours: it is there as long as we wait.
        let nom = perdu.wait_for(Option::is_some).await.ok().and_then(|nom| *nom);
        match nom {
            Some(nom) => nom,
            None => std::future::pending().await,
        }
    }

    /// The worker that was lost, if one was.
    #[must_use]
    pub fn deja_perdu(&self) -> Option<&'static str> {
        *self.perdu.borrow()
    }

    /// Starts a worker that may be dropped at any moment: whatever it was doing is undone, or done again later.
    pub fn employer_sans_preavis<R>(
        &self,
        nom: &'static str,
        travail: impl Fn() -> R + Send + 'static,
    ) where
        R: Future<Output = ()> + Send + 'static,
    {
        self.employer(nom, move |arret| {
            let travail = travail();
            async move {
                arret.run_until_cancelled(travail).await;
            }
        });
    }

    /// Tells all to stop and waits for them, as long as `patience`; gives whether they have all stopped.
    pub async fn arreter(&self, patience: Duration) -> bool {
        self.arret.cancel();
        self.en_poste.close();
        tokio::time::timeout(patience, self.en_poste.wait()).await.is_ok()
    }
}

/// The latest falls of a worker.
#[derive(Debug, Default)]
struct Chutes(VecDeque<Instant>);

impl Chutes {
    /// Counts one more; gives whether the worker may be started again.
    fn encore_une(&mut self, maintenant: Instant) -> bool {
        self.0.retain(|chute| maintenant.duration_since(*chute) < CHUTES_PENDANT);
        self.0.push_back(maintenant);
        self.0.len() <= CHUTES_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test(start_paused = true)]
    async fn a_worker_that_falls_is_started_again() {
        let (ouvriers, fois) = (Ouvriers::default(), Arc::new(AtomicUsize::new(0)));
        let compte = Arc::clone(&fois);
        ouvriers.employer("essai", move |arret| {
            let premiere = compte.fetch_add(1, Ordering::SeqCst) == 0;
            async move {
                assert!(!premiere, "the first one falls");
                arret.cancelled().await;
            }
        });
        tokio::time::sleep(RELEVE * 2).await;
        assert_eq!(fois.load(Ordering::SeqCst), 2);
        assert!(ouvriers.arreter(RELEVE).await);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_in_hand_is_finished_unless_it_may_be_dropped() {
        let (ouvriers, faits) = (Ouvriers::default(), Arc::new(AtomicUsize::new(0)));
        let long = |faits: &Arc<AtomicUsize>, poids: usize| {
            let faits = Arc::clone(faits);
            async move {
                tokio::time::sleep(Duration::from_secs(7)).await;
                faits.fetch_add(poids, Ordering::SeqCst);
            }
        };
        let (a, b) = (Arc::clone(&faits), Arc::clone(&faits));
        ouvriers.employer("finit", move |_| long(&a, 1));
        ouvriers.employer_sans_preavis("lâche", move || long(&b, 10));
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(!ouvriers.arreter(Duration::from_secs(2)).await, "not finished yet");
        assert!(ouvriers.arreter(Duration::from_secs(10)).await);
        assert_eq!(faits.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_worker_that_ends_or_falls_again_and_again_is_lost() {
        let ouvriers = Ouvriers::default();
        ouvriers.employer("finit", async |_| {});
        assert_eq!(ouvriers.perdu().await, "finit");
        let ouvriers = Ouvriers::default();
        let fois = Arc::new(AtomicUsize::new(0));
        let compte = Arc::clone(&fois);
        ouvriers.employer("tombe", move |_| {
            compte.fetch_add(1, Ordering::SeqCst);
            async { panic!("each time") }
        });
        assert_eq!(ouvriers.perdu().await, "tombe");
        assert_eq!(fois.load(Ordering::SeqCst), CHUTES_MAX + 1);
        assert_eq!(ouvriers.deja_perdu(), Some("tombe"));
    }
}
