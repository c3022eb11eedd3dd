//! Stopping the mails of a kind, without a session: by the button of its page, or by a mail program that does it for the
//! person (RFC 8058), which follows no redirection.

use crate::routes::Etat;
use crate::routes::erreurs::EchecHttp;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use backend::demarche::avertissements::desabonnement;
use domain::chemin::Chemin;
use url::form_urlencoded;

/// What a mail program sends.
const EN_UN_CLIC: (&str, &str) = ("List-Unsubscribe", "One-Click");

/// What the button sends.
const BOUTON: (&str, &str) = ("geste", "arreter");

/// `List-Unsubscribe=One-Click`, or « Arrêter ces emails ».
pub async fn arreter(
    State(etat): State<Etat>,
    Path(jeton): Path<String>,
    corps: String,
) -> Result<Response, EchecHttp> {
    let dit = |(nom, valeur): (&str, &str)| {
        form_urlencoded::parse(corps.as_bytes()).any(|(n, v)| n == nom && v == valeur)
            || dans_un_multipart(&corps, nom, valeur)
    };
    let (bouton, en_un_clic) = (dit(BOUTON), dit(EN_UN_CLIC));
    if !bouton && !en_un_clic {
        return Ok((StatusCode::BAD_REQUEST, "Cette demande n'est pas comprise.").into_response());
    }
    desabonnement::arreter(&etat.contexte, &jeton).await?;
    if bouton {
        return Ok(Redirect::to(&Chemin::Desabonnement(&jeton).to_string()).into_response());
    }
    let texte = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    Ok(([texte], "Ces courriels sont arrêtés.").into_response())
}

/// Whether a field is in a form that comes in pieces, which mail programs may send as well.
fn dans_un_multipart(corps: &str, nom: &str, valeur: &str) -> bool {
    corps.split("\r\n\r\n").collect::<Vec<_>>().windows(2).any(|paire| {
        let valeur_lue = paire[1].split("\r\n").next().unwrap_or_default();
        paire[0].contains(&format!("name=\"{nom}\"")) && valeur_lue == valeur
    })
}
