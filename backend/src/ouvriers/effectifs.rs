//! Puts together what changes add to the numbers of dossiers.

use crate::contexte::Contexte;
use crate::liste::effectifs;
use crate::socle::erreur::Echec;
use std::time::Duration;

/// Every minute, for ever: what is left to be summed when a list is opened is what changed within one.
pub(super) async fn travailler(contexte: Contexte) {
    loop {
        contexte.base.attendre().await;
        if let Err(erreur) = regrouper(&contexte).await {
            tracing::warn!(%erreur, "numbers of dossiers not put together");
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}

async fn regrouper(contexte: &Contexte) -> Result<(), Echec> {
    if !effectifs::a_regrouper(contexte.base.lire()).await? {
        return Ok(());
    }
    let tx = contexte.base.ecrire().await?;
    effectifs::regrouper(&tx).await?;
    tx.valider().await
}
