//! A reference for each request: the logs have it, and so does the page that says that something went wrong.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use backend::hasard::Hasard;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;
use tracing::Instrument;

/// Where programs read the reference.
const ENTETE: HeaderName = HeaderName::from_static("x-request-id");

/// What a person quotes of a request: eight letters and digits that are told apart when they are dictated.
#[derive(Debug, Clone)]
pub struct Reference(Arc<str>);

impl Reference {
    /// The letters and digits of Crockford's base 32, without « U ».
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    fn tirer(hasard: &Hasard) -> Self {
        let lettres =
            hasard.octets::<8>().map(|octet| char::from(Self::ALPHABET[usize::from(octet) % 32]));
        Self(lettres.iter().collect::<String>().into())
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Leaves a [`Reference`] and a span with the request, and says what became of it. Neither its address nor its
/// query is in the logs, but the pattern of its route: an address may hold a personal link, a query a name.
pub async fn suivre(State(hasard): State<Hasard>, mut requete: Request, suite: Next) -> Response {
    let reference = Reference::tirer(&hasard);
    let route = requete.extensions().get::<MatchedPath>().cloned();
    let span = tracing::info_span!(
        "requete",
        %reference,
        methode = methode(requete.method()),
        route = route.as_ref().map_or("", MatchedPath::as_str),
    );
    requete.extensions_mut().insert(reference.clone());
    requete.extensions_mut().insert(span.clone());
    let mut reponse = repondre(requete, suite).instrument(span).await;
    if let Ok(valeur) = HeaderValue::from_str(&reference.0) {
        reponse.headers_mut().insert(ENTETE, valeur);
    }
    reponse
}

async fn repondre(requete: Request, suite: Next) -> Response {
    let debut = Instant::now();
    let reponse = suite.run(requete).await;
    let statut = reponse.status();
    let millisecondes = debut.elapsed().as_millis();
    if statut.is_server_error() {
        tracing::warn!(statut = statut.as_u16(), millisecondes, "a request failed");
    } else {
        tracing::debug!(statut = statut.as_u16(), millisecondes, "answered");
    }
    reponse
}

/// Whoever speaks HTTP may invent methods.
fn methode(methode: &Method) -> &'static str {
    match *methode {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "autre",
    }
}
