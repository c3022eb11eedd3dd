//! « Confirmez que c'est bien vous »: the forms that have a browser trusted. Plain ones, for they give it cookies.

use super::connexion::tenir;
use super::cookies::{self, Garde};
use crate::routes::erreurs::EchecHttp;
use crate::routes::gardes::chemin;
use crate::routes::{Etat, pages};
use app::api::confirmation::adresse_du_lien;
use app::ssr::{lire_cookie, lire_jeton};
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use backend::acces::navigateurs::{self, CONFIANCE_JOURS, Confirme, Remis};
use domain::Erreur;
use domain::chemin::Chemin;
use serde::Deserialize;

/// Name of the cookie of a browser that is trusted.
pub const CONFIANCE: &str = "confiance";

/// What the form of a link holds.
#[derive(Deserialize)]
pub struct Bouton {
    /// The token of the link.
    #[serde(default)]
    jeton: String,
    /// The code of the screen that waits, when it is another one.
    #[serde(default)]
    code: String,
}

/// « Confirmer que c'est moi ».
pub async fn confirmer(
    State(etat): State<Etat>,
    entetes: HeaderMap,
    Form(Bouton { jeton, code }): Form<Bouton>,
) -> Response {
    let ici = lire_jeton(&entetes);
    match navigateurs::confirmer(&etat.contexte, &jeton, &code, ici.as_deref()).await {
        Ok(Confirme::Ici { remis, retour }) => remettre(&etat, &entetes, &remis, &retour),
        Ok(Confirme::Ailleurs) => Redirect::to(Chemin::ConfirmationFaite.patron()).into_response(),
        Err(echec) => {
            let (action, erreur) = (Chemin::Confirmer.patron(), echec.pour_l_ecran());
            let champs = vec![("code".to_owned(), code)];
            pages::refuser(&etat, &adresse_du_lien(&jeton), entetes, action, champs, erreur).await
        }
    }
}

/// What the form of the page where one waits holds.
#[derive(Deserialize)]
pub struct Suite {
    #[serde(default)]
    retour: String,
}

/// « Continuer ».
pub async fn continuer(
    State(etat): State<Etat>,
    entetes: HeaderMap,
    Form(Suite { retour }): Form<Suite>,
) -> Response {
    let pris = match lire_jeton(&entetes) {
        Some(jeton) => navigateurs::prendre(&etat.contexte, &jeton).await,
        None => Err(Erreur::NonConnecte.into()),
    };
    match pris {
        Ok(remis) => remettre(&etat, &entetes, &remis, &retour),
        Err(echec) => match echec.pour_l_ecran() {
            // It went on already, in another tab: what it goes on to says the rest.
            Erreur::AConfirmer => Redirect::to(&chemin::local_ou_accueil(&retour)).into_response(),
            erreur => {
                EchecHttp::from(erreur).revenir_a(Chemin::Confirmation.patron()).into_response()
            }
        },
    }
}

fn remettre(etat: &Etat, entetes: &HeaderMap, remis: &Remis, retour: &str) -> Response {
    let mut reponse = Redirect::to(&chemin::local_ou_accueil(retour)).into_response();
    tenir(&mut reponse, etat, &remis.jeton);
    let Some(secret) = &remis.secret else { return reponse };
    let valeur = navigateurs::avec(lire_cookie(entetes, CONFIANCE).as_deref(), secret);
    let confiance =
        Garde { nom: CONFIANCE, valeur: &valeur, chemin: "/", secondes: CONFIANCE_JOURS * 86_400 };
    cookies::poser(&mut reponse, etat, &confiance);
    reponse
}
