//! The routes, and what all of them share.

mod affichage;
mod attente;
mod boite;
mod chemin;
mod compte;
mod compte_rdv;
mod connexion;
mod direct;
mod documents;
mod dossiers;
mod export;
mod fichiers;
mod formulaires;
mod multipart;
mod pages;
mod panne;
mod pieces;
mod plan;
mod provenance;
mod sante;
mod securite;
pub mod veilles;
mod webhooks;

use app::FichiersDuSite;
use axum::extract::FromRef;
use axum::routing::{get, post};
use axum::{Router, middleware};
use backend::Contexte;
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use veilles::Veilles;
pub use webhooks::Rarement;

/// What handlers share.
#[derive(Clone)]
pub struct Etat {
    /// Database, clock, secrets, settings.
    pub contexte: Contexte,
    /// Settings of the interface.
    pub options: LeptosOptions,
    /// The addresses of the files that pages load.
    pub fichiers: FichiersDuSite,
    /// The streams that are open.
    pub veilles: Veilles,
    /// The counters.
    pub metriques: PrometheusHandle,
    /// Webhooks that were refused, in the logs.
    pub refus: Rarement,
    /// Cancelled when the process must stop.
    pub arret: CancellationToken,
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
    let mut navigateur = Router::new()
        .route("/api/{*fonction}", post(formulaires::executer))
        .route("/connexion", post(connexion::entrer))
        .route(app::api::compte::ADRESSE_MOT_DE_PASSE, post(compte::choisir))
        .route("/affichage", post(affichage::choisir))
        .route("/admin/demarches/{numero}/formulaire.pdf", get(documents::formulaire))
        .route("/dossiers/{numero}/attestation.pdf", get(documents::attestation))
        .route("/deconnexion", post(connexion::sortir))
        .route("/pieces-jointes/{id}", get(pieces::telecharger))
        .route("/avis/{jeton}/pieces-jointes/{id}", get(pieces::telecharger_par_lien))
        .route("/dossiers/{numero}/dossier.pdf", get(dossiers::pdf_usager))
        .route("/dossiers/{numero}/dossier.zip", get(dossiers::archive_usager))
        .route("/instructeur/dossiers/{numero}/dossier.pdf", get(dossiers::pdf_instructeur))
        .route("/instructeur/dossiers/{numero}/dossier.zip", get(dossiers::archive_instructeur))
        .route("/direct", get(direct::suivre))
        .route("/rdv-service-public/connecter", get(compte_rdv::connecter))
        .route(app::api::instructeur::rendez_vous::ADRESSE_PLAN, post(plan::ouvrir))
        .route("/rdv-service-public/retour", get(compte_rdv::revenir))
        .route("/instructeur/demarches/{numero}/export.csv", get(export::dossiers))
        .route("/instructeur/demarches/{numero}/dossiers.zip", get(dossiers::archive_de_la_liste));
    if etat.contexte.outils.reglages.boite_locale {
        navigateur = navigateur
            .route("/boite-aux-lettres", get(boite::liste))
            .route("/boite-aux-lettres/{id}", get(boite::un));
    }
    let app_url = etat.contexte.outils.reglages.app_url.clone();
    let nom = Arc::clone(&etat.contexte.outils.reglages.nom);
    let navigateur = navigateur
        .merge(pages::routes(&etat))
        .layer(CatchPanicLayer::custom(panne::apres_panique))
        .layer(middleware::from_fn_with_state(etat.clone(), securite::meme_origine))
        .layer(middleware::from_fn_with_state(etat.clone(), provenance::reconnaitre))
        .layer(middleware::from_fn_with_state(nom, panne::habiller))
        .layer(middleware::from_fn(securite::entetes));
    let routes = Router::new()
        .route(
            "/webhooks/rdv-service-public/{organisation}",
            post(webhooks::recevoir).layer(webhooks::taille_maximale()),
        )
        .route("/healthz", get(sante::vivant))
        .route("/readyz", get(sante::pret))
        .route("/metrics", get(sante::metriques))
        .merge(navigateur)
        .merge(fichiers::routes(&etat.options))
        .with_state(etat);
    match securite::https_seulement(&app_url) {
        Some(https) => routes.layer(https),
        None => routes,
    }
}

#[cfg(test)]
mod tests;
