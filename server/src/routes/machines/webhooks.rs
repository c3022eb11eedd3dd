//! Where RDV Service Public sends its notifications.

use crate::routes::Etat;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::acces::tentatives::Reseau;
use backend::rendez_vous::arrivee::inbox::{self, Refus};
use domain::ids::OrganisationId;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The largest body taken: 1 MB.
const TAILLE_MAX: usize = 1_000_000;

/// A larger body is answered 413 before it is read whole.
pub fn taille_maximale() -> DefaultBodyLimit {
    DefaultBodyLimit::max(TAILLE_MAX)
}

/// Verifies, stores, answers. What it says is applied afterwards.
pub async fn recevoir(
    State(etat): State<Etat>,
    reseau: Option<Extension<Reseau>>,
    Path(organisation): Path<String>,
    entetes: HeaderMap,
    corps: Bytes,
) -> Response {
    let reseau = reseau.map(|Extension(reseau)| reseau);
    let signature = entetes.get("x-lapin-signature").and_then(|valeur| valeur.to_str().ok());
    let numero = organisation.parse::<OrganisationId>().map_err(|_| Refus::OrganisationInconnue);
    let resultat = match &numero {
        Ok(numero) => inbox::recevoir_de(&etat.contexte, reseau, *numero, signature, &corps).await,
        Err(_) => Err(Refus::OrganisationInconnue),
    };
    let (statut, texte) = match &resultat {
        Ok(()) => (StatusCode::NO_CONTENT, ""),
        Err(Refus::OrganisationInconnue) => (StatusCode::NOT_FOUND, "unknown organisation"),
        Err(Refus::SignatureAbsente) => (StatusCode::UNAUTHORIZED, "missing signature"),
        Err(Refus::SignatureFausse) => (StatusCode::UNAUTHORIZED, "wrong signature"),
        Err(Refus::TropDeFausses { .. }) => {
            (StatusCode::TOO_MANY_REQUESTS, "too many wrong signatures")
        }
        Err(Refus::CorpsIllisible) => (StatusCode::BAD_REQUEST, "malformed body"),
        Err(Refus::Sature | Refus::NonRangee | Refus::Echec(_)) => {
            (StatusCode::SERVICE_UNAVAILABLE, "try again later")
        }
    };
    if let Err(refus) = &resultat {
        signaler(&etat, numero.ok(), refus);
    }
    metrics::counter!("webhooks_recus_total", "statut" => statut.as_u16().to_string()).increment(1);
    match resultat {
        Err(Refus::TropDeFausses { secondes }) => {
            (statut, [(header::RETRY_AFTER, HeaderValue::from(secondes))], texte).into_response()
        }
        _ => (statut, texte).into_response(),
    }
}

/// A refusal is told to those who run the service, who alone can set a secret right; but anybody may post here, and
/// must not fill the logs: one line for those of a minute.
fn signaler(etat: &Etat, organisation: Option<OrganisationId>, refus: &Refus) {
    let organisation = organisation.map(|organisation| organisation.0);
    match refus {
        Refus::Echec(erreur) if erreur.base_absente() => {}
        Refus::Echec(erreur) => {
            tracing::error!(organisation, %erreur, "a webhook could not be verified");
        }
        // Logged where it happened.
        Refus::NonRangee => {}
        refus => {
            if let Some(tus) = etat.refus.dire(Instant::now()) {
                tracing::warn!(organisation, %refus, tus, "a webhook was refused");
            }
        }
    }
}

/// What may be logged once a minute.
#[derive(Debug, Clone, Default)]
pub struct Rarement(Arc<Mutex<Silence>>);

#[derive(Debug, Default)]
struct Silence {
    jusqu_a: Option<Instant>,
    tus: u32,
}

/// Between two lines.
const SILENCE: Duration = Duration::from_secs(60);

impl Rarement {
    /// Whether it may be logged now, and then how many were not since the last one that was.
    pub(super) fn dire(&self, maintenant: Instant) -> Option<u32> {
        let mut silence = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if silence.jusqu_a.is_some_and(|jusqu_a| maintenant < jusqu_a) {
            silence.tus = silence.tus.saturating_add(1);
            return None;
        }
        silence.jusqu_a = Some(maintenant + SILENCE);
        Some(std::mem::take(&mut silence.tus))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_logged_without_filling_the_logs() {
        let rarement = Rarement::default();
        let debut = Instant::now();
        let dit = |secondes| rarement.dire(debut + Duration::from_secs(secondes));
        assert_eq!([dit(0), dit(1), dit(59)], [Some(0), None, None]);
        assert_eq!([dit(60), dit(61), dit(200)], [Some(2), None, Some(1)]);
    }
}
