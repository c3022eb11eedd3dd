//! What a person quotes of a request that failed.

use crate::erreur::ErreurApp;
use backend::Echec;
use domain::Erreur;
use http::request::Parts;
use leptos::prelude::use_context;
use std::fmt;
use std::sync::Arc;
use tracing::Span;

/// What a person quotes of a request that failed: the server leaves it with each, and in the logs.
#[derive(Debug, Clone)]
pub struct Reference(Arc<str>);

impl Reference {
    /// The one whose letters and digits are `lettres`.
    #[must_use]
    pub fn new(lettres: &str) -> Self {
        Self(lettres.into())
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Echec> for ErreurApp {
    fn from(echec: Echec) -> Self {
        // Parts of a page are rendered apart: what failed is logged with the request all the same.
        let parts = use_context::<Parts>();
        let requete = parts.as_ref().and_then(|parts| parts.extensions.get::<Span>());
        let erreur = requete.unwrap_or(&Span::none()).in_scope(|| echec.pour_l_ecran());
        match parts.as_ref().and_then(|parts| parts.extensions.get::<Reference>()) {
            Some(reference) if erreur == Erreur::Indisponible => Self::Panne(reference.to_string()),
            _ => Self::Metier(erreur),
        }
    }
}
