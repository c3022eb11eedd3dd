//! Sends the mails that are due.

use super::etat::Veille;
use super::execution::{self, Atelier, BAIL, Essai};
use super::mesure::Mesure;
use crate::contexte::Contexte;
use crate::courriels::{Expediteur, composer};
use crate::socle::erreur::Echec;
use crate::taches::Courriel;
use domain::ids::TacheId;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Sends mails until `arret`; the mail under way then is finished. Measures, for all workers, the tasks that wait.
pub async fn travailler(contexte: Contexte, expediteur: Expediteur, arret: CancellationToken) {
    let mut reveil = contexte.base.reveil();
    let (mut mesure, mut veille) = (Mesure::default(), Veille::default());
    while !arret.is_cancelled() {
        arret.run_until_cancelled(contexte.base.attendre()).await;
        execution::dire(envoyer_jusqu_a(&contexte, &expediteur, BAIL, &arret).await);
        expediteur.raccrocher().await;
        mesure.parfois(&contexte).await;
        veille.parfois(&contexte).await;
        execution::attendre(&mut reveil, &arret).await;
    }
}

/// Sends all mails that are due; gives how many were tried.
///
/// # Errors
/// The database failed.
pub async fn tout_envoyer(contexte: &Contexte, expediteur: &Expediteur) -> Result<usize, Echec> {
    envoyer_jusqu_a(contexte, expediteur, BAIL, &CancellationToken::new()).await
}

/// Sends all mails that are due, unless `arret` comes before the next one; gives how many were tried. `bail`: how long
/// one is held before its holder must say that it still works on it.
///
/// # Errors
/// The database failed.
pub async fn envoyer_jusqu_a(
    contexte: &Contexte,
    expediteur: &Expediteur,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<usize, Echec> {
    execution::tout_faire(contexte, &Poste { expediteur }, bail, arret).await
}

struct Poste<'a> {
    expediteur: &'a Expediteur,
}

impl Atelier for Poste<'_> {
    type Tache = Courriel;

    async fn faire(&self, contexte: &Contexte, courriel: Courriel, id: TacheId) -> Essai {
        match composer(contexte, &courriel, id).await {
            Ok(Some(lettre)) => {
                let maintenant = contexte.horloge.maintenant();
                let parti = self.expediteur.envoyer(&lettre, id, maintenant).await;
                Essai { resultat: parti.map(|()| true), a: Some(lettre.a) }
            }
            Ok(None) => Essai { resultat: Ok(false), a: None },
            Err(erreur) => erreur.into(),
        }
    }
}
