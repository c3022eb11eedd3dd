//! What protects every page: forms from our own pages only, headers that browsers enforce.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::set_header::SetResponseHeaderLayer;
use url::Url;

/// Refuses a form that another site sends in a person's name. Browsers say where a form comes from; a program that is no
/// browser has no person's cookie to abuse. The site is known by the address at which people open it, whatever a reverse
/// proxy asks for, and by the one that this request asks for.
pub fn meme_origine(app_url: &Url) -> CsrfLayer<fn(ProtectionError) -> Response> {
    let sienne = app_url.origin().ascii_serialization();
    // An address that no browser could name is trusted by nobody.
    let couche = CsrfLayer::new().add_trusted_origin(sienne).unwrap_or_default();
    couche.with_rejection_response(refuser as fn(ProtectionError) -> Response)
}

fn refuser(_: ProtectionError) -> Response {
    (StatusCode::FORBIDDEN, "Ce formulaire ne vient pas de ce site.").into_response()
}

/// What no page of ours asks a browser for. The clipboard is written to, when a button is pressed.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), clipboard-write=(self), \
    display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), \
    screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

/// What an answer that is no page of ours may do when a browser opens it as one: nothing.
const RIEN: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// Adds the headers that browsers enforce, to whatever is answered. What an answer says of itself stays: pages have their
/// own content policy, with its nonce; files of the interface are kept.
pub async fn entetes(requete: Request, suite: Next) -> Response {
    let mut reponse = suite.run(requete).await;
    let entetes = reponse.headers_mut();
    for (nom, valeur) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        // Links to video rooms open windows of their own, which need nothing of ours.
        (COOP, "same-origin"),
        // Neither does another site show what is ours. Calendars, which are no browsers, are not concerned.
        (CORP, "same-origin"),
        (PERMISSIONS_POLICY, PERMISSIONS),
        (header::CONTENT_SECURITY_POLICY, RIEN),
        // Pages show personal data: neither shared caches nor the next person at the desk may keep them.
        (header::CACHE_CONTROL, "no-store"),
    ] {
        entetes.entry(nom).or_insert(HeaderValue::from_static(valeur));
    }
    reponse
}

/// What the browser lets a page do. What it runs has the nonce of the page, and what that brings inherits it; a form may
/// lead to this site alone: an answer that leads elsewhere is a page of its own (`acces::ailleurs`).
pub fn politique(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; connect-src 'self'; img-src 'self' data:; font-src 'self'; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// How long browsers ask for nothing but https once they have: a year.
const HTTPS_SEULEMENT: &str = "max-age=31536000";

/// `Strict-Transport-Security`, for an application whose address is https. For this site alone: what stands under its
/// name is not ours to decide.
pub fn https_seulement(app_url: &Url) -> Option<SetResponseHeaderLayer<HeaderValue>> {
    (app_url.scheme() == "https").then(|| {
        SetResponseHeaderLayer::overriding(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(HTTPS_SEULEMENT),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::routing::post;
    use tower::ServiceExt;

    #[test]
    fn only_a_site_in_https_asks_for_https() {
        let pour = |url: &str| https_seulement(&Url::parse(url).unwrap());
        assert!(pour("https://demarches.example").is_some());
        assert!(pour("http://127.0.0.1:3000").is_none());
    }

    async fn poster(app_url: &Url, paires: &[(&str, &str)]) -> StatusCode {
        let routes =
            Router::new().route("/", post(|| async { "pris" })).layer(meme_origine(app_url));
        let requete = paires
            .iter()
            .fold(Request::post("/"), |requete, (nom, valeur)| requete.header(*nom, *valeur));
        routes.oneshot(requete.body(Body::empty()).unwrap()).await.unwrap().status()
    }

    #[tokio::test]
    async fn another_site_may_not_post() {
        let app_url = Url::parse("https://demarches.example").unwrap();
        let hote = ("host", "localhost:3000");
        // As a reverse proxy asks that does not say which site people asked for.
        let derriere = ("host", "app:3000");
        for (paires, attendu) in [
            (vec![hote, ("sec-fetch-site", "same-origin")], true),
            (vec![hote, ("sec-fetch-site", "cross-site")], false),
            (vec![hote, ("sec-fetch-site", "same-site")], false),
            (vec![hote, ("origin", "http://localhost:3000")], true),
            (vec![hote, ("origin", "http://localhost:4010")], false),
            (vec![derriere, ("origin", "https://demarches.example")], true),
            (vec![("origin", "https://demarches.example")], true),
            (vec![derriere, ("origin", "http://demarches.example")], false),
            (vec![derriere, ("origin", "https://demarches.example.exemple.org")], false),
            (vec![derriere, ("origin", "https://autre.demarches.example")], false),
            (vec![hote, ("origin", "null")], false),
            (vec![("origin", "null")], false),
            (vec![hote], true),
        ] {
            let statut = poster(&app_url, &paires).await;
            assert_eq!(statut == StatusCode::OK, attendu, "{paires:?}");
            assert!(attendu || statut == StatusCode::FORBIDDEN);
        }
    }
}
