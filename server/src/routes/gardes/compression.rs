//! Pages are compressed as they are sent. Files of the interface already are, downloads hardly gain by it, and the events
//! of a live page leave one by one.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::Predicate;

/// What is compressed.
const GENRES: [&str; 3] = ["text/html", "application/json", "text/calendar"];

/// Brotli's, of 11: beyond, a page costs more time to compress than it saves on the way.
const NIVEAU: i32 = 4;

/// Less than this goes in one packet either way, in bytes.
const PETITE: u64 = 1_000;

/// Where the link or the form that led here was, as browsers say it.
const VENU_DE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Compresses what is sent, for whoever can read it.
pub fn couche() -> CompressionLayer<Compressible> {
    CompressionLayer::new().quality(CompressionLevel::Precise(NIVEAU)).compress_when(Compressible)
}

/// Says which answers are compressed.
#[derive(Debug, Clone, Copy)]
pub struct Compressible;

impl Predicate for Compressible {
    fn should_compress<B: axum::body::HttpBody>(&self, reponse: &axum::http::Response<B>) -> bool {
        let genre = reponse.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        let grande = reponse.body().size_hint().upper().is_none_or(|taille| taille >= PETITE);
        grande && genre.is_some_and(|genre| GENRES.iter().any(|autre| genre.starts_with(autre)))
    }
}

/// Leaves as it is the answer to a link of another site that brings words of its own: a page that shows them beside a
/// secret (the key of a form) tells something of that secret by its length, to whoever may choose the words again and
/// again.
pub async fn sans_mots_d_ailleurs(mut requete: Request, suite: Next) -> Response {
    if d_ailleurs(requete.uri(), requete.headers()) {
        requete.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    suite.run(requete).await
}

fn d_ailleurs(adresse: &Uri, entetes: &HeaderMap) -> bool {
    let venu_d_ailleurs = entetes
        .get(VENU_DE)
        .is_some_and(|venu| !matches!(venu.as_bytes(), b"same-origin" | b"none"));
    venu_d_ailleurs && adresse.query().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::HeaderValue;
    use axum::middleware;
    use axum::routing::get;
    use tower::ServiceExt;

    /// How an answer of that kind and length is sent to whoever asks for `adresse` with these headers.
    async fn codage(
        genre: &'static str,
        taille: usize,
        adresse: &str,
        entetes: &[(&str, &str)],
    ) -> Option<HeaderValue> {
        let routes = Router::new()
            .route(
                "/",
                get(move || async move { ([(header::CONTENT_TYPE, genre)], "a".repeat(taille)) }),
            )
            .layer(couche())
            .layer(middleware::from_fn(sans_mots_d_ailleurs));
        let requete = entetes
            .iter()
            .fold(Request::get(adresse), |requete, (nom, valeur)| requete.header(*nom, *valeur));
        let reponse = routes.oneshot(requete.body(Body::empty()).unwrap()).await.unwrap();
        reponse.headers().get(header::CONTENT_ENCODING).cloned()
    }

    const TOUT: (&str, &str) = ("accept-encoding", "gzip, deflate, br, zstd");

    #[tokio::test]
    async fn pages_are_compressed_for_whoever_can_read_them() {
        let page = async |entetes| codage("text/html; charset=utf-8", 5_000, "/", entetes).await;
        assert_eq!(page(&[TOUT]).await.unwrap(), "br");
        assert_eq!(page(&[("accept-encoding", "gzip")]).await.unwrap(), "gzip");
        assert_eq!(page(&[]).await, None);
    }

    #[tokio::test]
    async fn live_events_downloads_and_short_answers_are_not() {
        for (genre, taille) in [
            ("text/event-stream", 5_000),
            ("application/zip", 5_000),
            ("application/pdf", 5_000),
            ("text/html", 500),
        ] {
            assert_eq!(codage(genre, taille, "/", &[TOUT]).await, None, "{genre} {taille}");
        }
    }

    #[tokio::test]
    async fn words_chosen_by_another_site_are_not_compressed_beside_ours() {
        let venu = async |de, adresse| {
            codage("text/html", 5_000, adresse, &[TOUT, ("sec-fetch-site", de)]).await.is_some()
        };
        assert!(!venu("cross-site", "/?q=secret").await);
        assert!(!venu("same-site", "/?q=secret").await);
        assert!(venu("cross-site", "/").await, "the link of a mail");
        assert!(venu("same-origin", "/?q=mot").await);
        assert!(venu("none", "/?q=mot").await, "typed, or a bookmark");
    }
}
