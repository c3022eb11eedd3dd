//! Connecting one's account of RDV Service Public: the way there and the way back.

use super::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use crate::routes::gardes::chemin;
use crate::routes::{Etat, pages};
use app::api::compte_rdv::{ADRESSE, ADRESSE_RETOUR};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use backend::plateforme::comptes_rdv::{self, Retour};
use domain::Erreur;
use serde::Deserialize;

/// Where to come back to.
#[derive(Deserialize)]
pub struct Depart {
    #[serde(default)]
    page: String,
}

/// « Connecter mon compte »: sends the person to RDV Service Public.
pub async fn connecter(
    State(etat): State<Etat>,
    qui: Result<Connecte, EchecHttp>,
    entetes: HeaderMap,
    Query(depart): Query<Depart>,
) -> Response {
    let page = chemin::local(&depart.page).unwrap_or_else(|| ADRESSE.to_owned());
    match commencer(&etat, qui, &page).await {
        Ok(url) => Redirect::to(&url).into_response(),
        Err(echec) => refuser(&etat, entetes, echec).await,
    }
}

async fn commencer(
    etat: &Etat,
    qui: Result<Connecte, EchecHttp>,
    page: &str,
) -> Result<String, EchecHttp> {
    let Connecte { acteur, jeton } = qui?;
    let url = etat
        .contexte
        .changer(&acteur, async |c| comptes_rdv::commencer(c, &jeton, page).await)
        .await?;
    Ok(url.into())
}

/// With what RDV Service Public sends the person back.
#[derive(Deserialize)]
pub struct Reponse {
    #[serde(default)]
    state: String,
    code: Option<String>,
}

/// The person comes back, having said yes or no.
pub async fn revenir(
    State(etat): State<Etat>,
    qui: Result<Connecte, EchecHttp>,
    entetes: HeaderMap,
    Query(reponse): Query<Reponse>,
) -> Response {
    match terminer(&etat, qui, &reponse).await {
        Ok(page) => Redirect::to(&chemin::local_ou_accueil(&page)).into_response(),
        Err(echec) => refuser(&etat, entetes, echec).await,
    }
}

async fn terminer(
    etat: &Etat,
    qui: Result<Connecte, EchecHttp>,
    reponse: &Reponse,
) -> Result<String, EchecHttp> {
    let Connecte { acteur, jeton } = qui?;
    let code = reponse.code.as_deref().filter(|code| !code.is_empty());
    let retour = Retour { session: &jeton, etat: &reponse.state, code };
    Ok(comptes_rdv::terminer(&etat.contexte, &acteur, &retour).await?)
}

/// Shows « Mon compte RDV Service Public » with why it did not work.
async fn refuser(etat: &Etat, entetes: HeaderMap, echec: EchecHttp) -> Response {
    match echec.erreur() {
        erreur @ Erreur::NonConnecte => EchecHttp::from(erreur).revenir_a(ADRESSE).into_response(),
        erreur => pages::refuser(etat, ADRESSE, entetes, ADRESSE_RETOUR, vec![], erreur).await,
    }
}
