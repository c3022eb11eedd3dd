//! For those who run the service: alive, ready, counters.

use super::Etat;
use axum::extract::State;
use axum::http::StatusCode;
use backend::Contexte;
use backend::rdv_service_public::inbox;
use sea_orm::{ConnectionTrait, DbErr};

/// The process answers.
pub async fn vivant() -> &'static str {
    "ok"
}

/// The process can serve: its database answers.
pub async fn pret(State(etat): State<Etat>) -> (StatusCode, &'static str) {
    match etat.contexte.base.lire().execute_unprepared("SELECT 1").await {
        Ok(_) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database"),
    }
}

/// Counters, as Prometheus reads them. No personal data.
pub async fn metriques(State(etat): State<Etat>) -> String {
    if let Err(erreur) = mesurer_attente(&etat.contexte).await {
        tracing::warn!(%erreur, "the inbox could not be measured");
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
