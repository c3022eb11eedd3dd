//! Documents to download.

use super::Etat;
use app::ssr::lire_jeton;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::administration::impression;
use backend::{Echec, sessions};
use domain::Erreur;
use domain::ids::DemarcheNumero;

/// « Télécharger PDF » of a démarche: its form, to print.
pub async fn formulaire(
    State(etat): State<Etat>,
    entetes: HeaderMap,
    Path(numero): Path<String>,
) -> Response {
    let nom = format!("formulaire-{numero}.pdf");
    match composer(&etat, &entetes, &numero).await {
        Ok(octets) => telecharger(octets, &nom),
        Err(echec) => {
            let statut = StatusCode::from_u16(echec.pour_l_ecran().statut_http());
            statut.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
    }
}

async fn composer(etat: &Etat, entetes: &HeaderMap, numero: &str) -> Result<Vec<u8>, Echec> {
    let numero: DemarcheNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let contexte = &etat.contexte;
    let jeton = lire_jeton(entetes).ok_or(Erreur::NonConnecte)?;
    let acteur =
        sessions::acteur(contexte.base.lire(), &jeton, contexte.horloge.maintenant()).await?;
    impression::formulaire(contexte.base.lire(), &acteur, numero).await
}

fn telecharger(octets: Vec<u8>, nom: &str) -> Response {
    let disposition = format!("attachment; filename=\"{nom}\"");
    let mut reponse = octets.into_response();
    let entetes = reponse.headers_mut();
    entetes.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        entetes.insert(header::CONTENT_DISPOSITION, disposition);
    }
    reponse
}
