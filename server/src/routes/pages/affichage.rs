//! « Paramètres d'affichage »: keeps the chosen theme in a cookie. A plain form.

use crate::routes::Etat;
use crate::routes::acces::cookies::{self, Garde};
use crate::routes::gardes::chemin;
use app::theme::Theme;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// How long the choice is kept, in seconds: a year.
const DUREE: i64 = 365 * 24 * 3_600;

/// What the form holds.
#[derive(Deserialize)]
pub struct Choix {
    #[serde(default)]
    theme: String,
    /// Where to go afterwards.
    #[serde(default)]
    retour: String,
}

/// « Enregistrer ».
pub async fn choisir(State(etat): State<Etat>, Form(choix): Form<Choix>) -> Response {
    let theme = Theme::from_code(&choix.theme).code();
    let mut reponse = Redirect::to(&chemin::local_ou_accueil(&choix.retour)).into_response();
    let garde = Garde { nom: Theme::COOKIE, valeur: theme, chemin: "/", secondes: DUREE };
    cookies::poser(&mut reponse, &etat, &garde);
    reponse
}
