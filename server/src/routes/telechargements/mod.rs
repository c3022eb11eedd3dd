//! What is kept as a file: dossiers, attestations, lists, the files that people attached.

mod consultations;
mod documents;
mod dossiers;
mod export;
mod exports;
mod pieces;
mod rendez_vous;
mod statistiques;

pub use rendez_vous::CALENDRIER;

use super::{Etat, pages};
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use domain::chemin::Chemin;

/// All that is downloaded. What does not exist is told by the page of the interface.
pub fn routes(etat: &Etat) -> Router<Etat> {
    Router::new()
        .route("/admin/demarches/{numero}/formulaire.pdf", get(documents::formulaire))
        .route("/admin/demarches/{numero}/consultations.csv", get(consultations::tableau))
        .route(Chemin::MesDonnees.patron(), get(dossiers::mes_donnees))
        .route("/dossiers/{numero}/attestation.pdf", get(documents::attestation))
        .route("/pieces-jointes/{id}", get(pieces::telecharger))
        .route("/avis/{jeton}/pieces-jointes/{id}", get(pieces::telecharger_par_lien))
        .route("/dossiers/{numero}/rendez-vous/{rdv}/rdv.ics", get(rendez_vous::usager))
        .route(
            "/instructeur/dossiers/{numero}/rendez-vous/{rdv}/rdv.ics",
            get(rendez_vous::instructeur),
        )
        .route("/p/{secret}/rendez-vous/{rdv}/rdv.ics", get(rendez_vous::par_lien))
        .route("/dossiers/{numero}/dossier.pdf", get(dossiers::pdf_usager))
        .route("/dossiers/{numero}/dossier.zip", get(dossiers::archive_usager))
        .route("/instructeur/dossiers/{numero}/dossier.pdf", get(dossiers::pdf_instructeur))
        .route("/instructeur/dossiers/{numero}/dossier.zip", get(dossiers::archive_instructeur))
        .route("/instructeur/demarches/{numero}/statistiques.csv", get(statistiques::tableau))
        .route("/instructeur/demarches/{numero}/export.csv", get(export::dossiers))
        .route("/instructeur/demarches/{numero}/exports/{id}", get(exports::telecharger))
        .route("/instructeur/demarches/{numero}/dossiers.zip", get(dossiers::archive_de_la_liste))
        .route_layer(middleware::from_fn_with_state(etat.clone(), pages::dire_introuvable))
}

/// A file that is saved under `nom`, made of letters, digits and hyphens.
fn fichier(corps: impl Into<Body>, genre: &'static str, nom: &str) -> Response {
    let mut reponse = corps.into().into_response();
    let entetes = reponse.headers_mut();
    entetes.insert(header::CONTENT_TYPE, HeaderValue::from_static(genre));
    if let Ok(nom) = HeaderValue::from_str(&format!("attachment; filename=\"{nom}\"")) {
        entetes.insert(header::CONTENT_DISPOSITION, nom);
    }
    reponse
}
