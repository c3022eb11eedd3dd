//! Choosing a password, by the link of a mail: a plain form, that opens a session.

use super::connexion::accueillir;
use super::cookies;
use crate::routes::gardes::chemin;
use crate::routes::{Etat, pages};
use app::api::compte::{ADRESSE_MOT_DE_PASSE, adresse_du_lien};
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use backend::acces::comptes;
use serde::Deserialize;

/// What the form holds.
#[derive(Deserialize)]
pub struct Choix {
    /// The token of the link.
    #[serde(default)]
    jeton: String,
    #[serde(default)]
    password: String,
}

/// « Enregistrer mon mot de passe ».
pub async fn choisir(
    State(etat): State<Etat>,
    entetes: HeaderMap,
    Form(Choix { jeton, password }): Form<Choix>,
) -> Response {
    let navigateur = cookies::navigateur(&entetes);
    match comptes::choisir(&etat.contexte, &jeton, &password, &navigateur).await {
        Ok((entree, retour)) => {
            let mut reponse = Redirect::to(&chemin::local_ou_accueil(&retour)).into_response();
            accueillir(&mut reponse, &etat, &entree);
            reponse
        }
        Err(echec) => {
            // What was typed is a secret: it is not shown again.
            let (action, erreur) = (ADRESSE_MOT_DE_PASSE, echec.pour_l_ecran());
            let page = adresse_du_lien(&jeton);
            pages::refuser(&etat, &page, entetes, action, vec![], erreur).await
        }
    }
}
