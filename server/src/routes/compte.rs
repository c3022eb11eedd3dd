//! Choosing a password, by the link of a mail: a plain form, that opens a session.

use super::connexion::{accueillir, statut};
use super::{Etat, chemin, pages};
use app::api::compte::{ADRESSE_MOT_DE_PASSE, adresse_du_lien};
use app::depart::Refus;
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
    match comptes::choisir(&etat.contexte, &jeton, &password).await {
        Ok((entree, retour)) => {
            let mut reponse = Redirect::to(&chemin::local_ou_accueil(&retour)).into_response();
            accueillir(&mut reponse, &etat, &entree);
            reponse
        }
        Err(echec) => {
            let erreur = echec.pour_l_ecran();
            let statut = statut(&erreur);
            let action = ADRESSE_MOT_DE_PASSE.to_owned();
            // What was typed is a secret: it is not shown again.
            let refus = Refus { action, champs: vec![], erreur: erreur.into() };
            let page = adresse_du_lien(&jeton);
            let mut reponse = pages::afficher_refus(&etat, &page, entetes, refus).await;
            *reponse.status_mut() = statut;
            reponse
        }
    }
}
