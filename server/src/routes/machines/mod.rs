//! What programs ask: RDV Service Public, and those who run the service.

pub mod metriques;
mod sante;
mod webhooks;

use super::Etat;
use axum::Router;
use axum::routing::{get, post};
pub use webhooks::Rarement;

/// The webhooks, and whether all is well.
pub fn routes() -> Router<Etat> {
    Router::new()
        .route(
            "/webhooks/rdv-service-public/{organisation}",
            post(webhooks::recevoir).layer(webhooks::taille_maximale()),
        )
        .route("/healthz", get(sante::vivant))
        .route("/readyz", get(sante::pret))
}
