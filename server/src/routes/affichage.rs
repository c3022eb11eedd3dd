//! « Paramètres d'affichage »: keeps the chosen theme in a cookie. A plain form.

use super::connexion::securise;
use super::{Etat, chemin};
use app::theme::Theme;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// How long the choice is kept, in seconds: a year.
const DUREE: u32 = 365 * 24 * 3_600;

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
    let cookie = format!(
        "{}={theme}; Path=/; HttpOnly; SameSite=Lax; Max-Age={DUREE}{}",
        Theme::COOKIE,
        securise(&etat)
    );
    let mut reponse = Redirect::to(&chemin::local_ou_accueil(&choix.retour)).into_response();
    if let Ok(valeur) = HeaderValue::from_str(&cookie) {
        reponse.headers_mut().insert(header::SET_COOKIE, valeur);
    }
    reponse
}
