//! Notifications sent as fast as, or as often as, a measure wants.

use crate::appels::{self, Modele};
use crate::programmes::client;
use reqwest::Client;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;

/// Notifications for one server, each of another rendez-vous.
#[derive(Debug)]
pub struct Envoi {
    client: Client,
    racine: String,
    modele: Modele,
    prochaine: AtomicI64,
}

impl Envoi {
    /// For the server at `adresse`, from the first rendez-vous on.
    #[must_use]
    pub fn new(adresse: &str, modele: Modele) -> Self {
        let racine = format!("http://{adresse}");
        Self { client: client(), racine, modele, prochaine: AtomicI64::new(0) }
    }

    /// The next one is of the rendez-vous `n`.
    pub fn reprendre_a(&self, n: i64) {
        self.prochaine.store(n, Ordering::Relaxed);
    }

    /// Sends the next notification, and waits for the answer.
    pub async fn envoyer(&self) {
        let corps = self.modele.corps(self.prochaine.fetch_add(1, Ordering::Relaxed));
        let statut = appels::notifier(&self.client, &self.racine, corps).await;
        assert_eq!(statut, Some(204));
    }

    /// `cadence` notifications a second, whatever the answers: their times in order, in milliseconds, counted from when each
    /// should have left.
    pub async fn a_cadence(self: &Arc<Self>, cadence: u32, duree: Duration) -> Vec<f64> {
        let mut horloge = tokio::time::interval(Duration::from_secs(1) / cadence);
        let mut envois = JoinSet::new();
        for _ in 0..cadence * duree.as_secs() as u32 {
            let prevu = horloge.tick().await;
            let envoi = Arc::clone(self);
            envois.spawn(async move {
                envoi.envoyer().await;
                prevu.elapsed().as_secs_f64() * 1_000.0
            });
        }
        let mut temps = envois.join_all().await;
        temps.sort_by(f64::total_cmp);
        temps
    }
}

/// The value below which `part` per cent of `temps` are, which are in order.
#[must_use]
pub fn centile(temps: &[f64], part: usize) -> f64 {
    temps[(temps.len() * part / 100).min(temps.len() - 1)]
}
