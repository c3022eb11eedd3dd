//! Asks RDV Service Public what is due.

use super::execution::{self, Atelier, BAIL, Essai};
use crate::contexte::Contexte;
use crate::rendez_vous::liens_personnels;
use crate::rendez_vous::plans_rdv;
use crate::socle::erreur::Echec;
use crate::taches::Demande;
use domain::ids::TacheId;
use tokio_util::sync::CancellationToken;

/// Does what is to be asked of RDV Service Public until `arret`; what is under way then is finished.
pub async fn travailler(contexte: Contexte, arret: CancellationToken) {
    let mut reveil = contexte.base.reveil();
    while !arret.is_cancelled() {
        arret.run_until_cancelled(contexte.base.attendre()).await;
        execution::dire(execution::tout_faire(&contexte, &Guichet, BAIL, &arret).await);
        execution::attendre(&mut reveil, &arret).await;
    }
}

/// Asks RDV Service Public all that is due; gives how many were tried.
///
/// # Errors
/// The database failed.
pub async fn tout_demander(contexte: &Contexte) -> Result<usize, Echec> {
    execution::tout_faire(contexte, &Guichet, BAIL, &CancellationToken::new()).await
}

struct Guichet;

impl Atelier for Guichet {
    type Tache = Demande;

    async fn faire(&self, contexte: &Contexte, demande: Demande, _id: TacheId) -> Essai {
        let fait = match demande {
            Demande::LienPersonnel { proposition } => {
                liens_personnels::preparer(contexte, proposition).await
            }
            Demande::Plan { plan } => plans_rdv::confirmer(contexte, plan).await,
        };
        match fait {
            Ok(()) => Essai { resultat: Ok(true), a: None },
            Err(echec) => Essai { resultat: Err(echec.into()), a: None },
        }
    }
}
