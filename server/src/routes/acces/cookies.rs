//! The cookies that we leave: none is read by a script, none leaves in clear a site served over https.

use crate::routes::Etat;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use domain::navigateur;

/// What a cookie holds, and for how long.
pub struct Garde<'a> {
    /// Its name.
    pub nom: &'static str,
    /// What it holds.
    pub valeur: &'a str,
    /// Under which path of the site it is sent.
    pub chemin: &'static str,
    /// For how long, in seconds; 0 takes it away.
    pub secondes: i64,
}

/// Leaves a cookie with `reponse`.
pub fn poser(reponse: &mut Response, etat: &Etat, garde: &Garde<'_>) {
    let cookie = Cookie::build((garde.nom, garde.valeur))
        .path(garde.chemin)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(etat.contexte.outils.reglages.app_url.scheme() == "https")
        .max_age(Duration::seconds(garde.secondes));
    if let Ok(valeur) = HeaderValue::from_str(&cookie.to_string()) {
        reponse.headers_mut().append(header::SET_COOKIE, valeur);
    }
}

/// What one knows a browser by, from what it says of itself: of that nothing else is kept.
pub fn navigateur(entetes: &HeaderMap) -> String {
    let dit = entetes.get(header::USER_AGENT).and_then(|valeur| valeur.to_str().ok());
    dit.map(navigateur::nommer).unwrap_or_default()
}
