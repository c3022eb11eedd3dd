//! Where RDV Service Public sends its notifications.

use super::Etat;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use backend::rdv_service_public::inbox::{self, Refus};
use domain::ids::OrganisationId;

/// The largest body taken: 1 MB.
const TAILLE_MAX: usize = 1_000_000;

/// A larger body is answered 413 before it is read whole.
pub fn taille_maximale() -> DefaultBodyLimit {
    DefaultBodyLimit::max(TAILLE_MAX)
}

/// Verifies, stores, answers. What it says is applied afterwards.
pub async fn recevoir(
    State(etat): State<Etat>,
    Path(organisation): Path<String>,
    entetes: HeaderMap,
    corps: Bytes,
) -> (StatusCode, &'static str) {
    let Ok(organisation) = organisation.parse::<OrganisationId>() else {
        return (StatusCode::NOT_FOUND, "unknown organisation");
    };
    let signature = entetes.get("x-lapin-signature").and_then(|valeur| valeur.to_str().ok());
    let (statut, texte) =
        match inbox::recevoir(&etat.contexte, organisation, signature, &corps).await {
            Ok(()) => (StatusCode::NO_CONTENT, ""),
            Err(Refus::OrganisationInconnue) => (StatusCode::NOT_FOUND, "unknown organisation"),
            Err(Refus::SignatureAbsente) => (StatusCode::UNAUTHORIZED, "missing signature"),
            Err(Refus::SignatureFausse) => (StatusCode::UNAUTHORIZED, "wrong signature"),
            Err(Refus::CorpsIllisible) => (StatusCode::BAD_REQUEST, "malformed body"),
            Err(Refus::Sature | Refus::NonRangee) => {
                (StatusCode::SERVICE_UNAVAILABLE, "try again later")
            }
            Err(Refus::Echec(erreur)) => {
                tracing::error!(%erreur, "a webhook could not be verified");
                (StatusCode::SERVICE_UNAVAILABLE, "try again later")
            }
        };
    metrics::counter!("webhooks_recus_total", "statut" => statut.as_u16().to_string()).increment(1);
    (statut, texte)
}
