//! What surrounds every page, and the pieces that several share.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use crate::text::french::fr;

/// What a page says once about what was just asked.
#[derive(Clone, Debug, Default)]
pub enum Notice {
    /// Nothing.
    #[default]
    None,
    /// It is done.
    Done,
    /// It is not, and why.
    Refused(String),
}

impl Notice {
    /// What the address says.
    pub fn of(query: Option<&str>) -> Self {
        if query == Some("fait") { Self::Done } else { Self::None }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::None | Self::Done => StatusCode::OK,
        }
    }

    fn show(&self) -> Markup {
        html! {
            @match self {
                Self::None => {}
                Self::Done => p.flash role="status" { (fr("C’est fait.")) }
                Self::Refused(why) => p.flash.alert role="alert" { (fr(why)) }
            }
        }
    }
}

/// A page.
pub fn page(title: &str, notice: &Notice, body: &Markup) -> Response {
    document(notice.status(), title, notice, body)
}

fn document(status: StatusCode, title: &str, notice: &Notice, body: &Markup) -> Response {
    let prefix = if status.is_success() { "" } else { "Erreur – " };
    let document = html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (prefix) (fr(title)) " – Bac à sable Démarches Simplifiées" }
                link rel="stylesheet" href="/assets/sandbox.css";
                link rel="icon" href="data:,";
            }
            body {
                a.skip href="#contenu" { "Aller au contenu" }
                p.notice { strong { (fr("Bac à sable : ceci n’est pas Démarches Simplifiées.")) }
                    " Aucun vrai dossier n’y est déposé." }
                header.top {
                    a.brand href="/" { "Démarches Simplifiées" span { "bac à sable" } }
                    nav aria-label="Espaces" {
                        a href="/" { "Démarches" }
                        a href="/jetons" { "Jetons" }
                        a href="/perturbations" { "Perturbations" }
                    }
                }
                main id="contenu" tabindex="-1" {
                    (notice.show())
                    (body)
                }
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
    document(StatusCode::NOT_FOUND, "Page introuvable", &Notice::None, &body)
}

/// Back to a page that says that it is done; its place may be named (`#membres`).
pub fn done(path: &str, place: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, format!("{path}?dit=fait{place}"))]).into_response()
}

/// A button that posts by itself.
pub fn button(action: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(action) { button.plain type="submit" { (fr(label)) } }
    }
}

/// A text as it was written, with its addresses made into links.
pub fn with_links(text: &str) -> Markup {
    let pieces = text.split_inclusive(char::is_whitespace);
    html! {
        @for piece in pieces {
            @let word = piece.trim_end();
            @let url = word.trim_start_matches(['(', '«', '"']);
            @let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '»', '"']);
            @if url.starts_with("https://") || url.starts_with("http://") {
                @let (before, after) = piece.split_once(url).unwrap_or_default();
                (before) a href=(url) rel="noopener noreferrer" { (url) } (after)
            } @else { (piece) }
        }
    }
}
