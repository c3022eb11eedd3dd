//! To another site, from a form.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, html};
use url::Url;

/// A page that leads on by itself to `nom`: browsers do not follow a form to another site.
pub fn aller(url: &Url, nom: &str, phrase: &str) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content={ "0;url=" (url) };
                title { "Vers " (nom) }
            }
            body {
                p {
                    (phrase) " "
                    a href=(url) { "Continuer vers " (nom) }
                }
            }
        }
    };
    let politique = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    ([(header::CONTENT_SECURITY_POLICY, politique)], page).into_response()
}
