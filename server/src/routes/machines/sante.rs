//! For those who run the service: alive, ready.

use crate::routes::Etat;
use axum::extract::State;
use axum::http::StatusCode;
use sea_orm::ConnectionTrait;
use std::time::Duration;
use tokio::time::timeout;

/// How long the database may take to say that it is there: whoever asks gives us two seconds.
const LIMITE_PRET: Duration = Duration::from_millis(1_500);

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
