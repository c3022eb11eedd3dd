//! Workers: each is started again when it falls, and all are told to stop, then waited for.

use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long a worker that fell is left alone before it is started again.
const RELEVE: Duration = Duration::from_secs(1);

/// Those of a process.
#[derive(Debug, Clone, Default)]
pub struct Ouvriers {
    en_poste: TaskTracker,
    arret: CancellationToken,
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
        let arret = self.arret();
        self.en_poste.spawn(async move {
            while !arret.is_cancelled() {
                // One that panics leaves no change half done: a change is a transaction.
                if AssertUnwindSafe(travail(arret.clone())).catch_unwind().await.is_err() {
                    metrics::counter!("ouvriers_releves_total", "ouvrier" => nom).increment(1);
                    tracing::error!(ouvrier = nom, "a worker fell and is started again");
                    let _ = tokio::time::timeout(RELEVE, arret.cancelled()).await;
                }
            }
        });
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
}
