//! Has files looked at by the antivirus, and takes away the contents that are no file's any more.

use super::execution;
use crate::contexte::Contexte;
use crate::dossier::pieces::{analyse, contenus};
use crate::socle::erreur::Echec;
use tokio_util::sync::CancellationToken;

/// Does so until `arret`; the file under way then is looked at again by another process.
pub async fn travailler(contexte: Contexte, arret: CancellationToken) {
    let mut reveil = contexte.base.reveil();
    while !arret.is_cancelled() {
        arret.run_until_cancelled(contexte.base.attendre()).await;
        if let Err(erreur) = un_tour(&contexte, &arret).await {
            tracing::warn!(%erreur, "files interrupted");
        }
        execution::attendre(&mut reveil, &arret).await;
    }
}

async fn un_tour(contexte: &Contexte, arret: &CancellationToken) -> Result<(), Echec> {
    match contexte.outils.fichiers.antivirus {
        Some(_) => analyse::tout_analyser(contexte, arret).await.map(drop)?,
        None => contenus::liberer(&contexte.base).await?,
    }
    contenus::effacer_les_orphelins(contexte).await?;
    Ok(())
}

/// Has all the files looked at that wait for it; gives how many were.
///
/// # Errors
/// The database failed.
pub async fn tout_analyser(contexte: &Contexte) -> Result<usize, Echec> {
    analyse::tout_analyser(contexte, &CancellationToken::new()).await
}
