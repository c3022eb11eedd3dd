//! What surrounds every page.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use crate::text::french::fr;

/// A page.
pub fn page(status: StatusCode, title: &str, body: &Markup) -> Response {
    let document = html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (fr(title)) " – Bac à sable Démarches Simplifiées" }
                link rel="stylesheet" href="/assets/sandbox.css";
                link rel="icon" href="data:,";
            }
            body {
                a.skip href="#contenu" { "Aller au contenu" }
                p.notice { strong { (fr("Bac à sable : ceci n’est pas Démarches Simplifiées.")) }
                    " Aucun vrai dossier n’y est déposé." }
                header.top { a.brand href="/" { "Démarches Simplifiées" span { "bac à sable" } } }
                main id="contenu" tabindex="-1" { (body) }
            }
        }
    };
    (status, Html(document.into_string())).into_response()
}

/// There is nothing at this address.
pub fn not_found() -> Response {
    let body = html! {
        h1 { "Page introuvable" }
        p { "Cette page n’existe pas ou n’existe plus." }
        p { a href="/" { "Revenir à l’accueil" } }
    };
    page(StatusCode::NOT_FOUND, "Page introuvable", &body)
}
