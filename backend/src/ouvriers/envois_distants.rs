//! Writes on Démarches Simplifiées what is due.

use super::execution::{self, Atelier, BAIL, Essai};
use crate::contexte::Contexte;
use crate::demarches_simplifiees::envois;
use crate::socle::erreur::Echec;
use crate::taches::EnvoiDistant;
use domain::ids::TacheId;
use tokio_util::sync::CancellationToken;

/// Writes what is due there until `arret`; what is under way then is finished.
pub async fn travailler(contexte: Contexte, arret: CancellationToken) {
    let mut reveil = contexte.base.reveil();
    while !arret.is_cancelled() {
        arret.run_until_cancelled(contexte.base.attendre()).await;
        execution::dire(execution::tout_faire(&contexte, &Plume, BAIL, &arret).await);
        execution::attendre(&mut reveil, &arret).await;
    }
}

/// Writes all that is due there; gives how many were tried.
///
/// # Errors
/// The database failed.
pub async fn tout_ecrire(contexte: &Contexte) -> Result<usize, Echec> {
    execution::tout_faire(contexte, &Plume, BAIL, &CancellationToken::new()).await
}

struct Plume;

impl Atelier for Plume {
    type Tache = EnvoiDistant;

    async fn faire(&self, contexte: &Contexte, envoi: EnvoiDistant, _id: TacheId) -> Essai {
        Essai { a: None, resultat: envois::faire(contexte, envoi).await }
    }
}
