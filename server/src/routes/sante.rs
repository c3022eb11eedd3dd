//! For those who run the service: alive, ready, counters.

use super::Etat;
use axum::extract::State;
use axum::http::StatusCode;
use backend::Contexte;
use backend::rendez_vous::arrivee::inbox;
use sea_orm::{ConnectionTrait, DbErr};
use std::time::Duration;
use tokio::time::timeout;

/// How long the database may take to say that it is there: whoever asks gives us two seconds.
const LIMITE_PRET: Duration = Duration::from_millis(1_500);

/// How long it may take to measure what waits: the counters are needed most when it is away.
const LIMITE_MESURE: Duration = Duration::from_millis(1_000);

/// The process answers.
pub async fn vivant() -> &'static str {
    "ok"
}

/// The process can serve: its database answers.
pub async fn pret(State(etat): State<Etat>) -> (StatusCode, &'static str) {
    let question = etat.contexte.base.lire().execute_unprepared("SELECT 1");
    match timeout(LIMITE_PRET, question).await {
        Ok(Ok(_)) => (StatusCode::OK, "ok"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database"),
    }
}

/// Counters, as Prometheus reads them. No personal data. What the database can't tell now stays as it was last told:
/// `base_repond` says so.
pub async fn metriques(State(etat): State<Etat>) -> String {
    let mesure = timeout(LIMITE_MESURE, mesurer_attente(&etat.contexte)).await;
    if !matches!(mesure, Ok(Ok(()))) && etat.contexte.base.repond() {
        tracing::warn!("the inbox could not be measured");
    }
    etat.metriques.render()
}

/// What waits in the inbox, for all processes that share the database.
async fn mesurer_attente(contexte: &Contexte) -> Result<(), DbErr> {
    let attente = inbox::attente(contexte.base.lire()).await?;
    let age = attente
        .depuis
        .map_or(0, |depuis| (contexte.horloge.maintenant() - depuis).num_milliseconds().max(0));
    metrics::gauge!("webhooks_en_attente").set(attente.nombre as f64);
    metrics::gauge!("webhooks_attente_secondes").set(age as f64 / 1000.0);
    Ok(())
}
