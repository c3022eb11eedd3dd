//! What a person sees when something cannot be shown or done.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::layout;
use super::visitor::Visitor;
use crate::state::world::Missing;

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing at this address.
    NotFound,
    /// The address or the form makes no sense.
    Unreadable,
    /// It is somebody else's.
    Forbidden,
}

impl From<Missing> for Problem {
    fn from(_: Missing) -> Self {
        Self::NotFound
    }
}

impl Problem {
    fn words(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "Page introuvable",
                "Cette page n’existe pas ou n’existe plus.",
            ),
            Self::Unreadable => (
                StatusCode::BAD_REQUEST,
                "Demande incomplète",
                "Il manque une information pour afficher cette page. Reprenez depuis le début.",
            ),
            Self::Forbidden => {
                (StatusCode::FORBIDDEN, "Accès refusé", "Ce rendez-vous n’est pas le vôtre.")
            }
        }
    }

    /// The page that says so.
    pub fn page(self, visitor: &Visitor) -> Response {
        let (status, title, sentence) = self.words();
        let body = html! {
            h1 { (title) }
            p { (sentence) }
            p { a href="/" { "Revenir à l’accueil" } }
        };
        layout::page_with_status(status, visitor, title, body)
    }
}
