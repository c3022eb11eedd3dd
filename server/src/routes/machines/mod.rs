//! What programs ask: RDV Service Public, Démarches Simplifiées, and those who run the service.

mod agenda;
mod demarches_simplifiees;
pub mod metriques;
mod sante;
pub mod signalement;
mod webhooks;

use super::Etat;
use super::gardes::provenance;
use axum::routing::{get, post};
use axum::{Router, middleware};
pub use webhooks::Rarement;

/// The webhooks, the feeds of calendars, whether all is well, and whom to tell when it is not.
pub fn routes(etat: &Etat) -> Router<Etat> {
    let agenda = get(agenda::lire).fallback(agenda::introuvable);
    Router::new()
        .route("/agenda/{fichier}", agenda)
        .route(
            "/webhooks/rdv-service-public/{organisation}",
            post(webhooks::recevoir).layer(webhooks::taille_maximale()),
        )
        .route(
            "/webhooks/demarches-simplifiees/{raccordement}",
            post(demarches_simplifiees::recevoir).layer(demarches_simplifiees::taille_maximale()),
        )
        .route_layer(middleware::from_fn_with_state(etat.clone(), provenance::reconnaitre))
        .route("/healthz", get(sante::vivant))
        .route("/readyz", get(sante::pret))
        .route(signalement::ADRESSE, get(signalement::lire))
}
