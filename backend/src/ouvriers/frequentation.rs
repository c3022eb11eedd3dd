//! Writes which sessions were seen, apart from the pages that they saw.

use crate::acces::sessions;
use crate::contexte::Contexte;
use std::time::Duration;

/// How often it is written.
const PERIODE: Duration = Duration::from_secs(60);

/// Writes it from time to time, for ever.
pub(super) async fn travailler(contexte: Contexte) {
    loop {
        tokio::time::sleep(PERIODE).await;
        contexte.base.attendre().await;
        if let Err(erreur) = sessions::ecrire_les_vues(&contexte).await {
            tracing::warn!(%erreur, "which sessions were seen could not be written");
        }
    }
}
