//! For those who run the service: alive, ready, counters.

use super::Etat;
use axum::extract::State;
use axum::http::StatusCode;
use sea_orm::ConnectionTrait;

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
    etat.metriques.render()
}
