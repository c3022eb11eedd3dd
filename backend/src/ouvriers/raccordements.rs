//! Looks after the raccordements: tells of the tokens that will end.

use crate::contexte::Contexte;
use crate::demarches_simplifiees::raccordement::expirations;
use std::time::Duration;

/// How often tokens are looked at: what is told of is days away.
const PAUSE: Duration = Duration::from_hours(1);

/// For ever.
pub(super) async fn travailler(contexte: Contexte) {
    loop {
        contexte.base.attendre().await;
        match expirations::annoncer(&contexte).await {
            Ok(0) => {}
            Ok(annonces) => tracing::info!(annonces, "tokens that will end were told of"),
            Err(erreur) => tracing::warn!(%erreur, "tokens that will end could not be told of"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
