//! « Confirmez que c'est bien vous », before what changes how one's account is opened: the form of the password. A plain one,
//! for it gives the session another cookie.

use super::connexion::{provenance, tenir};
use crate::routes::gardes::chemin;
use crate::routes::{Etat, pages};
use app::ssr::lire_jeton;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use backend::acces::preuves;
use backend::acces::tentatives::Reseau;
use domain::Erreur;
use domain::chemin::Chemin;
use serde::Deserialize;

/// What the form holds.
#[derive(Deserialize)]
pub struct Formulaire {
    #[serde(default)]
    password: String,
    #[serde(default)]
    retour: String,
}

/// « Continuer ».
pub async fn par_mot_de_passe(
    State(etat): State<Etat>,
    reseau: Option<Extension<Reseau>>,
    entetes: HeaderMap,
    Form(Formulaire { password, retour }): Form<Formulaire>,
) -> Response {
    let provenance = provenance(reseau, &entetes);
    let fait = match lire_jeton(&entetes) {
        Some(jeton) => {
            preuves::par_mot_de_passe(&etat.contexte, &jeton, &password, provenance).await
        }
        None => Err(Erreur::NonConnecte.into()),
    };
    match fait {
        Ok(jeton) => {
            let mut reponse = Redirect::to(&chemin::local_ou_accueil(&retour)).into_response();
            tenir(&mut reponse, &etat, &jeton);
            reponse
        }
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            let action = Chemin::ProuverParMotDePasse.patron();
            let champs = vec![("retour".to_owned(), retour)];
            let page = Chemin::Preuve.patron();
            pages::refuser(&etat, page, entetes, action, champs, erreur).await
        }
    }
}
