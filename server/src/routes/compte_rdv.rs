//! Connecting one's account of RDV Service Public: the way there and the way back.

use super::{Etat, chemin, pages};
use app::api::compte_rdv::{ADRESSE, ADRESSE_RETOUR};
use app::depart::Refus;
use app::ssr::lire_jeton;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Echec;
use backend::acces::sessions;
use backend::plateforme::comptes_rdv::{self, Retour};
use domain::Erreur;
use domain::role::Acteur;
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
    entetes: HeaderMap,
    Query(depart): Query<Depart>,
) -> Response {
    let page = chemin::local(&depart.page).unwrap_or_else(|| ADRESSE.to_owned());
    match commencer(&etat, &entetes, &page).await {
        Ok(url) => Redirect::to(&url).into_response(),
        Err(echec) => refuser(&etat, entetes, echec).await,
    }
}

async fn commencer(etat: &Etat, entetes: &HeaderMap, page: &str) -> Result<String, Echec> {
    let (acteur, session) = acteur(etat, entetes).await?;
    let contexte = &etat.contexte;
    let tx = contexte.base.ecrire().await?;
    let maintenant = contexte.horloge.maintenant();
    let url =
        comptes_rdv::commencer(&tx, &contexte.outils, &acteur, &session, page, maintenant).await?;
    tx.valider().await?;
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
    entetes: HeaderMap,
    Query(reponse): Query<Reponse>,
) -> Response {
    match terminer(&etat, &entetes, &reponse).await {
        Ok(page) => Redirect::to(&chemin::local_ou_accueil(&page)).into_response(),
        Err(echec) => refuser(&etat, entetes, echec).await,
    }
}

async fn terminer(etat: &Etat, entetes: &HeaderMap, reponse: &Reponse) -> Result<String, Echec> {
    let (acteur, session) = acteur(etat, entetes).await?;
    let code = reponse.code.as_deref().filter(|code| !code.is_empty());
    let retour = Retour { session: &session, etat: &reponse.state, code };
    comptes_rdv::terminer(&etat.contexte, &acteur, &retour).await
}

pub(super) async fn acteur(etat: &Etat, entetes: &HeaderMap) -> Result<(Acteur, String), Echec> {
    let jeton = lire_jeton(entetes).ok_or(Erreur::NonConnecte)?;
    let contexte = &etat.contexte;
    let maintenant = contexte.horloge.maintenant();
    let acteur = sessions::acteur(contexte.base.lire(), &jeton, maintenant).await?;
    Ok((acteur, jeton))
}

/// Shows « Mon compte RDV Service Public » with why it did not work.
async fn refuser(etat: &Etat, entetes: HeaderMap, echec: Echec) -> Response {
    let erreur = echec.pour_l_ecran();
    if erreur == Erreur::NonConnecte {
        return Redirect::to(&format!("/connexion?retour={ADRESSE}")).into_response();
    }
    let statut = StatusCode::from_u16(erreur.statut_http());
    let refus =
        Refus { action: ADRESSE_RETOUR.to_owned(), champs: Vec::new(), erreur: erreur.into() };
    let mut reponse = pages::afficher_refus(etat, ADRESSE, entetes, refus).await;
    if reponse.status().is_success() {
        *reponse.status_mut() = statut.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    reponse
}
