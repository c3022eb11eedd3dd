//! Who comes in: passwords, sessions, accounts of RDV Service Public.

mod compte;
mod compte_rdv;
pub mod confirmation;
pub mod connecte;
pub mod connexion;
pub mod cookies;
mod desabonnement;
mod plan;

use super::Etat;
use app::api::compte::ADRESSE_MOT_DE_PASSE;
use app::api::instructeur::rendez_vous::ADRESSE_PLAN;
use axum::Router;
use axum::routing::{get, post};
use domain::chemin::Chemin;

/// Signing in and out; stopping mails; going to RDV Service Public and coming back.
pub fn routes() -> Router<Etat> {
    Router::new()
        .route("/connexion", post(connexion::entrer))
        .route("/deconnexion", post(connexion::sortir))
        .route(ADRESSE_MOT_DE_PASSE, post(compte::choisir))
        .route(Chemin::Confirmer.patron(), post(confirmation::confirmer))
        .route(Chemin::SuiteDeConfirmation.patron(), post(confirmation::continuer))
        .route("/rdv-service-public/connecter", get(compte_rdv::connecter))
        .route("/rdv-service-public/retour", get(compte_rdv::revenir))
        .route(Chemin::Desabonnement("").patron(), post(desabonnement::arreter))
        .route(ADRESSE_PLAN, post(plan::ouvrir))
}
