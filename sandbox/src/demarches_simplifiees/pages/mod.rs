//! The pages, one file a subject. Everything works without JavaScript: there is none.

mod demarche;
mod disturbances;
mod dossier;
mod home;
pub mod layout;
mod messagerie;
mod tokens;

use axum::Router;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::http::App;
use crate::text::dates::PARIS;

/// The routes of the pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/jetons", get(tokens::show).post(tokens::make))
        .route("/jetons/{id}/{action}", post(tokens::act))
        .route("/perturbations", get(disturbances::show).post(disturbances::add))
        .route("/perturbations/effacer", post(disturbances::clear))
        .route("/perturbations/limite", post(disturbances::limit))
        .route("/procedures/{procedure}", get(demarche::show))
        .route("/procedures/{procedure}/reglages/{action}", post(demarche::act))
        .route("/procedures/{procedure}/dossiers/{number}", get(dossier::show))
        .route("/procedures/{procedure}/dossiers/{number}/{action}", post(dossier::act))
        .route("/dossiers/{number}", get(messagerie::leads_there))
        .route("/dossiers/{number}/messagerie", get(messagerie::show).post(messagerie::write))
}

/// What an address says beside its path.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    dit: Option<String>,
    page: Option<usize>,
}

/// « 07/06/2024 à 15:30 ».
pub fn date(at: DateTime<Utc>) -> String {
    at.with_timezone(&PARIS).format("%d/%m/%Y à %H:%M").to_string()
}
