//! Makes exports and the archives of one's data, and erases those that nobody sees any more: apart from the mails, which must not wait for them.

use super::execution;
use crate::contexte::Contexte;
use crate::dossier::telechargement::exports::{self, fabrication};
use crate::dossier::telechargement::mes_donnees;
use crate::socle::erreur::Echec;
use tokio_util::sync::CancellationToken;

/// Makes exports until `arret`; the one under way then is left for another process.
pub async fn travailler(contexte: Contexte, arret: CancellationToken) {
    let mut reveil = contexte.base.reveil();
    while !arret.is_cancelled() {
        arret.run_until_cancelled(contexte.base.attendre()).await;
        if let Err(erreur) = un_tour(&contexte, &arret).await {
            tracing::warn!(%erreur, "exports interrupted");
        }
        execution::attendre(&mut reveil, &arret).await;
    }
}

async fn un_tour(contexte: &Contexte, arret: &CancellationToken) -> Result<(), Echec> {
    exports::effacer(&contexte.base).await?;
    mes_donnees::effacer(&contexte.base).await?;
    // The shorter first: who asks for their own data watches the page.
    mes_donnees::tout_faire(contexte, fabrication::BAIL, arret).await?;
    fabrication::tout_faire(contexte, fabrication::BAIL, arret).await?;
    Ok(())
}

/// Makes all the exports and archives that wait, and erases those that nobody sees any more; gives how many were begun.
///
/// # Errors
/// The database failed.
pub async fn tout_preparer(contexte: &Contexte) -> Result<usize, Echec> {
    exports::effacer(&contexte.base).await?;
    mes_donnees::effacer(&contexte.base).await?;
    let arret = CancellationToken::new();
    let archives = mes_donnees::tout_faire(contexte, fabrication::BAIL, &arret).await?;
    Ok(archives + fabrication::tout_faire(contexte, fabrication::BAIL, &arret).await?)
}
