//! Documents to download.

use super::Etat;
use app::ssr::lire_jeton;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::Echec;
use backend::acces::sessions;
use backend::demarche::administration::impression;
use backend::dossier::usager::attestations;
use domain::Erreur;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::role::Acteur;

/// « Télécharger PDF » of a démarche: its form, to print.
pub async fn formulaire(
    State(etat): State<Etat>,
    entetes: HeaderMap,
    Path(numero): Path<String>,
) -> Response {
    let nom = format!("formulaire-{numero}.pdf");
    let composer = async || {
        let numero: DemarcheNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
        let acteur = acteur(&etat, &entetes).await?;
        impression::formulaire(etat.contexte.base.lire(), &acteur, numero).await
    };
    donner(composer().await, &nom)
}

/// « Attestation de dépôt » of a dossier.
pub async fn attestation(
    State(etat): State<Etat>,
    entetes: HeaderMap,
    Path(numero): Path<String>,
) -> Response {
    let nom = format!("attestation-{numero}.pdf");
    let composer = async || {
        let numero: DossierNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
        let acteur = acteur(&etat, &entetes).await?;
        let maintenant = etat.contexte.horloge.maintenant();
        attestations::depot(
            etat.contexte.base.lire(),
            &acteur,
            numero,
            &etat.contexte.outils.reglages.nom,
            maintenant,
        )
        .await
    };
    donner(composer().await, &nom)
}

async fn acteur(etat: &Etat, entetes: &HeaderMap) -> Result<Acteur, Echec> {
    let jeton = lire_jeton(entetes).ok_or(Erreur::NonConnecte)?;
    let contexte = &etat.contexte;
    sessions::acteur(contexte.base.lire(), &jeton, contexte.horloge.maintenant()).await
}

fn donner(document: Result<Vec<u8>, Echec>, nom: &str) -> Response {
    match document {
        Ok(octets) => telecharger(octets, nom),
        Err(echec) => {
            let statut = StatusCode::from_u16(echec.pour_l_ecran().statut_http());
            statut.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
    }
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
