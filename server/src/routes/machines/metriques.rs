//! Counters, at an address of their own: they are for those who run the service, not for the public.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use backend::Contexte;
use backend::rendez_vous::arrivee::inbox;
use metrics_exporter_prometheus::PrometheusHandle;
use sea_orm::DbErr;
use std::time::Duration;
use tokio::time::timeout;

/// How long it may take to measure what waits: the counters are needed most when the database is away.
const LIMITE_MESURE: Duration = Duration::from_millis(1_000);

/// `/metrics`, alone.
pub fn routes(contexte: Contexte, compteurs: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(lire)).with_state((contexte, compteurs))
}

/// As Prometheus reads them. No personal data. What the database can't tell now stays as it was last told:
/// `base_repond` says so.
async fn lire(State((contexte, compteurs)): State<(Contexte, PrometheusHandle)>) -> String {
    let mesure = timeout(LIMITE_MESURE, mesurer_attente(&contexte)).await;
    if !matches!(mesure, Ok(Ok(()))) && contexte.base.repond() {
        tracing::warn!("the inbox could not be measured");
    }
    compteurs.render()
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
