//! Makes the summaries of the morning.

use crate::contexte::Contexte;
use crate::demarche::avertissements::recapitulatifs;
use chrono::NaiveDate;
use std::time::Duration;

/// Every minute, for ever; those of a day once. A process that was down at seven makes them when it is back, unless another
/// one did, or it is too late.
pub(super) async fn travailler(contexte: Contexte) {
    let mut fait: Option<NaiveDate> = None;
    loop {
        contexte.base.attendre().await;
        let jour = recapitulatifs::jour(contexte.horloge.maintenant());
        if jour.is_some() && jour != fait {
            match recapitulatifs::passer(&contexte).await {
                Ok(combien) => {
                    tracing::info!(combien, "summaries made");
                    fait = jour;
                }
                Err(erreur) => tracing::warn!(%erreur, "summaries interrupted"),
            }
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}
