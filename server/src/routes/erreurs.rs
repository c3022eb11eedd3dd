//! What a use case refuses, as HTTP says it.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Echec;
use domain::Erreur;
use std::sync::Arc;

/// A refusal, answered with its status and its sentence. Pages are made around both (`pages::panne`,
/// `pages::dire_introuvable`).
#[derive(Debug)]
pub struct EchecHttp {
    erreur: Erreur,
    /// The page to come back to, of somebody who must sign in first.
    retour: Option<String>,
}

impl EchecHttp {
    /// The same, for somebody who will be back at the page `retour` once they have signed in.
    #[must_use]
    pub fn revenir_a(self, retour: &str) -> Self {
        Self { retour: Some(retour.to_owned()), ..self }
    }

    /// Why.
    #[must_use]
    pub fn erreur(self) -> Erreur {
        self.erreur
    }

    /// The status alone, for who reads no sentence and follows no redirection.
    #[must_use]
    pub fn statut(&self) -> StatusCode {
        statut(self.erreur.statut_http())
    }
}

impl From<Echec> for EchecHttp {
    fn from(echec: Echec) -> Self {
        echec.pour_l_ecran().into()
    }
}

impl From<Erreur> for EchecHttp {
    fn from(erreur: Erreur) -> Self {
        Self { erreur, retour: None }
    }
}

/// Left with the answer that refuses what is there, for the page that says why.
#[derive(Debug, Clone)]
pub struct Phrase(pub Arc<str>);

/// Left with the answer to who asks for what does not exist, or is not theirs.
#[derive(Debug, Clone, Copy)]
pub struct Introuvable;

impl IntoResponse for EchecHttp {
    fn into_response(self) -> Response {
        if let (Erreur::NonConnecte, Some(retour)) = (&self.erreur, &self.retour) {
            return Redirect::to(&format!("/connexion?retour={retour}")).into_response();
        }
        let mut reponse = (self.statut(), self.erreur.to_string()).into_response();
        reponse.headers_mut().extend(delai(&self.erreur));
        if reponse.status() == StatusCode::CONFLICT {
            reponse.extensions_mut().insert(Phrase(self.erreur.to_string().into()));
        }
        if self.erreur == Erreur::Introuvable {
            reponse.extensions_mut().insert(Introuvable);
        }
        reponse
    }
}

/// The status of the number that a refusal gives.
#[must_use]
pub fn statut(numero: u16) -> StatusCode {
    StatusCode::from_u16(numero).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The header that says to a program when to try again.
#[must_use]
pub fn delai(erreur: &Erreur) -> Option<(HeaderName, HeaderValue)> {
    match erreur {
        Erreur::TropVite { secondes } | Erreur::Encombrement { secondes } => {
            Some(attente(*secondes))
        }
        _ => None,
    }
}

/// The same, in seconds.
#[must_use]
pub fn attente(secondes: u32) -> (HeaderName, HeaderValue) {
    (header::RETRY_AFTER, HeaderValue::from(secondes))
}
