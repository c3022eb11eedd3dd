//! A reference for each request: the logs have it, and so does the page that says that something went wrong.

use app::ssr::Reference;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use backend::socle::secrets::hasard::Hasard;
use std::time::Instant;
use tracing::Instrument;

/// Where programs read the reference.
const ENTETE: HeaderName = HeaderName::from_static("x-request-id");

/// The letters and digits of Crockford's base 32, without « U »: they are told apart when they are dictated.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eight of them.
fn tirer(hasard: &Hasard) -> Reference {
    let lettres = hasard.octets::<8>().map(|octet| char::from(ALPHABET[usize::from(octet) % 32]));
    Reference::new(&lettres.iter().collect::<String>())
}

/// Leaves a [`Reference`] and a span with the request, and says what became of it. Neither its address nor its
/// query is in the logs, but the pattern of its route: an address may hold a personal link, a query a name.
pub async fn suivre(State(hasard): State<Hasard>, mut requete: Request, suite: Next) -> Response {
    let reference = tirer(&hasard);
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
    if let Ok(valeur) = HeaderValue::from_str(&reference.to_string()) {
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
