//! The routes, and what all of them share.

mod acces;
mod direct;
mod erreurs;
mod formulaires;
mod gardes;
pub mod machines;
mod pages;
mod telechargements;

use app::FichiersDuSite;
use axum::extract::FromRef;
use axum::routing::{get, post};
use axum::{Router, middleware};
use backend::Contexte;
use chrono::{DateTime, Utc};
pub use direct::aiguillage;
pub use direct::fenetres::Fenetres;
use gardes::prefixe::Transition;
use gardes::{compression, confiance, delais, hote, prefixe, provenance, securite, traces};
use leptos::config::LeptosOptions;
pub use machines::Rarement;
use pages::{affichage, boite, fichiers, panne};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;

/// What handlers share.
#[derive(Clone)]
pub struct Etat {
    /// Database, clock, secrets, settings.
    pub contexte: Contexte,
    /// Settings of the interface.
    pub options: LeptosOptions,
    /// The addresses of the files that pages load.
    pub fichiers: FichiersDuSite,
    /// The windows that watch.
    pub fenetres: Fenetres,
    /// Webhooks that were refused, in the logs.
    pub refus: Rarement,
    /// Cancelled when the process must stop.
    pub arret: CancellationToken,
    /// When the schema last changed.
    pub mise_a_jour: DateTime<Utc>,
}

impl FromRef<Etat> for LeptosOptions {
    fn from_ref(etat: &Etat) -> Self {
        etat.options.clone()
    }
}

impl FromRef<Etat> for Contexte {
    fn from_ref(etat: &Etat) -> Self {
        etat.contexte.clone()
    }
}

/// All routes.
pub fn tout(etat: Etat) -> Router {
    let app_url = Arc::new(etat.contexte.outils.reglages.app_url.clone());
    let hasard = etat.contexte.outils.hasard.clone();
    let transition =
        Transition { mise_a_jour: etat.mise_a_jour, horloge: etat.contexte.horloge.clone() };
    let routes = machines::routes(&etat)
        .merge(navigateur(&etat))
        .layer(middleware::from_fn(delais::des_requetes))
        .layer(middleware::from_fn_with_state(hasard, traces::suivre))
        .merge(fichiers::routes(&etat.options))
        .with_state(etat)
        .layer(middleware::from_fn_with_state(Arc::clone(&app_url), hote::verifier));
    let routes = match securite::https_seulement(&app_url) {
        Some(https) => {
            routes.layer(middleware::from_fn_with_state(transition, prefixe::nommer)).layer(https)
        }
        None => routes,
    };
    routes.layer(middleware::from_fn(securite::entetes))
}

/// What browsers ask. The streams of live pages, of which each window holds one, stay out of what compresses: it would
/// only take room in each.
fn navigateur(etat: &Etat) -> Router<Etat> {
    let direct = Router::new().route("/direct", get(direct::suivre));
    let mut routes = Router::new()
        .route("/api/{*fonction}", post(formulaires::executer))
        .route("/affichage", post(affichage::choisir))
        .merge(acces::routes())
        .merge(telechargements::routes(etat));
    if etat.contexte.outils.reglages.boite_locale {
        routes = routes
            .route("/boite-aux-lettres", get(boite::liste))
            .route("/boite-aux-lettres/{id}", get(boite::un));
    }
    let routes = routes
        .merge(pages::routes(etat))
        .layer(middleware::from_fn_with_state(etat.clone(), confiance::exiger));
    gardees(routes, etat)
        .layer(compression::couche())
        .layer(middleware::from_fn(compression::sans_mots_d_ailleurs))
        .merge(gardees(direct, etat))
}

/// What stands before all that browsers ask, and dresses what they are answered.
fn gardees(routes: Router<Etat>, etat: &Etat) -> Router<Etat> {
    let reglages = &etat.contexte.outils.reglages;
    routes
        .layer(CatchPanicLayer::custom(panne::apres_panique))
        .layer(securite::meme_origine(&reglages.app_url))
        .layer(middleware::from_fn_with_state(etat.clone(), provenance::reconnaitre))
        .layer(middleware::from_fn_with_state(Arc::clone(&reglages.nom), panne::habiller))
}

#[cfg(test)]
mod tests;
