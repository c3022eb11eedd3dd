//! Writing how something ended that was done elsewhere, even when the database is away just then.

use super::Base;
use crate::socle::erreur::Echec;
use std::time::Duration;
use tokio::time::Instant;

/// Between two tries.
const PAUSE: Duration = Duration::from_secs(1);

impl Base {
    /// What `geste` gives, tried again as long as the database fails and `patience` lasts. For what says how something ended that
    /// can neither be undone nor be done twice without harm: a mail that left, a token that serves once, a lease for which
    /// others wait. Nobody may wait for it meanwhile but whoever holds what it ends.
    ///
    /// # Errors
    /// Those of `geste`: at once when it is not the database that failed.
    pub(crate) async fn insister<T, F>(
        &self,
        patience: Duration,
        geste: impl Fn() -> F,
    ) -> Result<T, Echec>
    where
        F: Future<Output = Result<T, Echec>>,
    {
        let fin = Instant::now() + patience;
        loop {
            match geste().await {
                Err(erreur @ Echec::Base(_)) if Instant::now() < fin => {
                    tracing::warn!(%erreur, "what was done is not written yet");
                    tokio::time::sleep(PAUSE).await;
                    // Away for longer, it is tried once more, for its error.
                    let _ = tokio::time::timeout_at(fin, self.attendre()).await;
                }
                resultat => return resultat,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Erreur;
    use sea_orm::DbErr;
    use std::sync::atomic::{AtomicUsize, Ordering};

    async fn base() -> Base {
        Base::ouvrir("sqlite::memory:").await.unwrap()
    }

    /// How many times a gesture is tried that fails `echecs` times with `erreur`, and what it gives.
    async fn essais(echecs: usize, erreur: fn() -> Echec) -> (usize, Result<(), Echec>) {
        let faits = AtomicUsize::new(0);
        let base = base().await;
        tokio::time::pause();
        let resultat = base
            .insister(Duration::from_secs(10), || async {
                let fait = faits.fetch_add(1, Ordering::Relaxed);
                if fait < echecs { Err(erreur()) } else { Ok(()) }
            })
            .await;
        (faits.into_inner(), resultat)
    }

    fn panne() -> Echec {
        Echec::Base(DbErr::Custom("away".to_owned()))
    }

    #[tokio::test]
    async fn it_is_tried_until_the_database_is_back() {
        let (essais, resultat) = essais(4, panne).await;
        assert_eq!((essais, resultat.is_ok()), (5, true));
    }

    #[tokio::test]
    async fn patience_has_an_end() {
        let (essais, resultat) = essais(usize::MAX, panne).await;
        assert!(matches!(resultat, Err(Echec::Base(_))));
        assert_eq!(essais, 11, "at once, then each second");
    }

    #[tokio::test]
    async fn what_a_rule_refuses_is_not_tried_again() {
        let (essais, resultat) = essais(usize::MAX, || Erreur::Introuvable.into()).await;
        assert!(matches!(resultat, Err(Echec::Metier(_))));
        assert_eq!(essais, 1);
    }
}
