//! Reminds usagers of the propositions that they have not answered, and lets these expire.

use crate::contexte::Contexte;
use crate::rendez_vous::relances::{self, Bilan};
use std::time::Duration;

/// How often what is due is looked for.
const PAUSE: Duration = Duration::from_secs(300);

/// For ever.
pub(super) async fn travailler(contexte: Contexte) {
    loop {
        contexte.base.attendre().await;
        match relances::passer(&contexte.base, contexte.horloge.maintenant()).await {
            Ok(Bilan { relances: 0, expirees: 0 }) => {}
            Ok(Bilan { relances, expirees }) => {
                tracing::info!(relances, expirees, "propositions without an answer");
            }
            Err(erreur) => tracing::warn!(%erreur, "reminders interrupted"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
