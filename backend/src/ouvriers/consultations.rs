//! Writes who looked at which dossier, apart from the pages that showed it.

use crate::contexte::Contexte;
use crate::dossier::consultations::ecriture;
use crate::socle::erreur::Echec;
use domain::consultation::Acte;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is written.
const PERIODE: Duration = Duration::from_secs(1);

/// Writes until `arret`, then what is left.
pub(super) async fn travailler(contexte: Contexte, arret: CancellationToken) {
    let processus = contexte.outils.hasard.cle();
    let mut annonce = false;
    while !arret.is_cancelled() {
        arret.run_until_cancelled(contexte.base.attendre()).await;
        if !annonce {
            annonce = signaler(&contexte, Acte::Depart, &processus).await;
        }
        if let Err(erreur) = ecrire(&contexte).await {
            tracing::warn!(%erreur, "who looked at dossiers could not be written yet");
        }
        let _ = tokio::time::timeout(PERIODE, arret.cancelled()).await;
    }
    match ecrire(&contexte).await {
        Ok(_) if annonce => {
            signaler(&contexte, Acte::Arret, &processus).await;
        }
        Ok(_) => {}
        Err(erreur) => tracing::error!(%erreur, "who looked at dossiers last was not written"),
    }
}

async fn ecrire(contexte: &Contexte) -> Result<usize, Echec> {
    let (tampon, maintenant) = (&contexte.acces.consultations, contexte.horloge.maintenant());
    ecriture::tout_ecrire(&contexte.base, tampon, maintenant).await
}

/// Whether it could be.
async fn signaler(contexte: &Contexte, acte: Acte, processus: &str) -> bool {
    let maintenant = contexte.horloge.maintenant();
    match ecriture::signaler(&contexte.base, acte, processus, maintenant).await {
        Ok(()) => true,
        Err(erreur) => {
            tracing::warn!(%erreur, "the journal of readings could not be told of this process");
            false
        }
    }
}
