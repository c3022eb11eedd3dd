//! Where the platforms that run Démarches Simplifiées say that dossiers changed.

use super::webhooks::Rarement;
use crate::routes::Etat;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::acces::tentatives::Reseau;
use backend::demarches_simplifiees::signalements::{Entetes, Refus, recevoir as garder};
use domain::ids::RaccordementId;
use std::time::Instant;

/// The largest body taken, in octets: a hundred events have a sixth of it.
const TAILLE_MAX: usize = 100_000;

/// A larger body is answered 413 before it is read whole.
pub fn taille_maximale() -> DefaultBodyLimit {
    DefaultBodyLimit::max(TAILLE_MAX)
}

/// Verifies, keeps, answers. The dossiers are read again afterwards.
pub async fn recevoir(
    State(etat): State<Etat>,
    reseau: Option<Extension<Reseau>>,
    Path(raccordement): Path<String>,
    entetes: HeaderMap,
    corps: Bytes,
) -> Response {
    let lire = |nom| entetes.get(nom).and_then(|valeur: &HeaderValue| valeur.to_str().ok());
    let signes = Entetes {
        id: lire("webhook-id"),
        le: lire("webhook-timestamp"),
        signature: lire("webhook-signature"),
    };
    let reseau = reseau.map(|Extension(reseau)| reseau);
    let resultat = match raccordement.parse::<RaccordementId>() {
        Ok(id) => garder(&etat.contexte, reseau, id, signes, &corps).await,
        Err(_) => Err(Refus::Inconnu),
    };
    let (statut, texte) = match &resultat {
        Ok(()) => (StatusCode::NO_CONTENT, ""),
        Err(Refus::Inconnu) => (StatusCode::NOT_FOUND, "unknown raccordement"),
        Err(Refus::SignatureAbsente) => (StatusCode::UNAUTHORIZED, "missing signature"),
        Err(Refus::SignatureFausse) => (StatusCode::UNAUTHORIZED, "wrong signature"),
        Err(Refus::TropDeFausses { .. }) => {
            (StatusCode::TOO_MANY_REQUESTS, "too many wrong signatures")
        }
        Err(Refus::CorpsIllisible) => (StatusCode::BAD_REQUEST, "malformed body"),
        Err(Refus::Echec(_)) => (StatusCode::SERVICE_UNAVAILABLE, "try again later"),
    };
    if let Err(refus) = &resultat {
        signaler(&etat.refus, refus);
    }
    let compte = statut.as_u16().to_string();
    metrics::counter!("signalements_recus_total", "statut" => compte).increment(1);
    match resultat {
        Err(Refus::TropDeFausses { secondes }) => {
            (statut, [(header::RETRY_AFTER, HeaderValue::from(secondes))], texte).into_response()
        }
        _ => (statut, texte).into_response(),
    }
}

/// Anybody may post here, and must not fill the logs.
fn signaler(rarement: &Rarement, refus: &Refus) {
    match refus {
        Refus::Echec(erreur) if erreur.base_absente() => {}
        Refus::Echec(erreur) => tracing::error!(%erreur, "a webhook could not be kept"),
        refus => {
            if let Some(tus) = rarement.dire(Instant::now()) {
                tracing::warn!(%refus, tus, "a webhook was refused");
            }
        }
    }
}
