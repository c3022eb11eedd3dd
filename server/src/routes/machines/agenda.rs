//! What calendars read again and again: no session, the secret is in the address.

use crate::routes::Etat;
use crate::routes::erreurs::EchecHttp;
use crate::routes::telechargements::CALENDRIER;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use backend::acces::tentatives::Reseau;
use backend::rendez_vous::calendriers::flux;
use domain::Erreur;

/// The feed of an address. Always whole: some readers take « not modified » for a reason to come half as often, and
/// three days later in the end; hence neither a date nor a tag to compare. It opens where it is asked for, instead of
/// being saved.
pub async fn lire(
    State(etat): State<Etat>,
    reseau: Option<Extension<Reseau>>,
    Path(fichier): Path<String>,
) -> Response {
    let reseau = reseau.map(|Extension(reseau)| reseau);
    let secret = fichier.strip_suffix(".ics").unwrap_or_default();
    let mut reponse = match flux::lire(&etat.contexte, secret, reseau).await {
        Ok(texte) => ([(header::CONTENT_TYPE, CALENDRIER)], texte).into_response(),
        Err(echec) => EchecHttp::from(echec).into_response(),
    };
    for (nom, valeur) in [
        (header::CACHE_CONTROL, "private, no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
        // Its secret is in its address: whoever has it may read it, from the page of another site as well.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ] {
        reponse.headers_mut().insert(nom, HeaderValue::from_static(valeur));
    }
    reponse
}

/// To whoever writes to it, it is not there.
pub async fn introuvable() -> Response {
    EchecHttp::from(Erreur::Introuvable).into_response()
}
