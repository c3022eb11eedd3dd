//! For which site a request is: the one that `APP_URL` names, and no other. A name that is not ours, which somebody has
//! lead here, would be taken for ours by forms and by the links of a page.

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;
use url::{Host, Url};

/// What those who watch over the process ask, by whatever name they know it.
const SANTE: [&str; 2] = ["/healthz", "/readyz"];

/// Refuses a request for another site, before anything of it is read.
pub async fn verifier(State(app_url): State<Arc<Url>>, requete: Request, suite: Next) -> Response {
    if SANTE.contains(&requete.uri().path()) {
        return suite.run(requete).await;
    }
    match demande(&requete) {
        Ok(hote) if est_le_notre(&app_url, &hote) => suite.run(requete).await,
        Ok(_) => {
            metrics::counter!("requetes_d_un_autre_site_total").increment(1);
            let phrase = format!(
                "Ce service n'est pas à cette adresse. Ouvrez {}\u{a0}: c'est la seule où il répond (APP_URL).",
                app_url.as_str().trim_end_matches('/')
            );
            (StatusCode::MISDIRECTED_REQUEST, phrase).into_response()
        }
        Err(Illisible) => {
            let phrase = "La demande ne dit pas, ou dit mal, à quel site elle s'adresse (Host).";
            (StatusCode::BAD_REQUEST, phrase).into_response()
        }
    }
}

/// The request names no site, or several.
struct Illisible;

/// The name of the site that is asked for: in the address (HTTP/2), else in its only `Host`.
fn demande(requete: &Request) -> Result<Host, Illisible> {
    let mut lignes = requete.headers().get_all(header::HOST).iter();
    let nomme = match (requete.uri().authority(), lignes.next(), lignes.next()) {
        (Some(autorite), _, None) => autorite.clone(),
        (None, Some(ligne), None) => {
            let ligne = ligne.to_str().map_err(|_| Illisible)?;
            ligne.parse::<Authority>().map_err(|_| Illisible)?
        }
        _ => return Err(Illisible),
    };
    if nomme.as_str().contains('@') {
        return Err(Illisible);
    }
    Host::parse(nomme.host()).map_err(|_| Illisible)
}

/// Whether it is the name at which people open the site, or one that means this very machine to whoever asks. Ports are
/// not compared: proxies change them, and what depends on an origin compares it whole.
fn est_le_notre(app_url: &Url, hote: &Host) -> bool {
    let sien = app_url.host().map(|sien| sien.to_owned());
    sien.as_ref().is_some_and(|sien| sien == hote || partout(sien)) || locale(hote)
}

/// The demo that listens on every address is known by none.
fn partout(hote: &Host) -> bool {
    match hote {
        Host::Ipv4(ip) => ip.is_unspecified(),
        Host::Ipv6(ip) => ip.is_unspecified(),
        Host::Domain(_) => false,
    }
}

fn locale(hote: &Host) -> bool {
    match hote {
        Host::Domain(nom) => nom == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => IpAddr::V6(*ip).to_canonical().is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::routing::get;
    use axum::{Router, middleware};
    use tower::ServiceExt;

    async fn demander(app_url: &str, adresse: &str, hotes: &[&str]) -> StatusCode {
        let app_url = Arc::new(Url::parse(app_url).unwrap());
        let routes = Router::new()
            .route("/", get(|| async { "servi" }))
            .route("/healthz", get(|| async { "ok" }))
            .layer(middleware::from_fn_with_state(app_url, verifier));
        let requete = hotes
            .iter()
            .fold(Request::get(adresse), |requete, hote| requete.header(header::HOST, *hote));
        routes.oneshot(requete.body(Body::empty()).unwrap()).await.unwrap().status()
    }

    #[tokio::test]
    async fn only_the_site_of_the_settings_is_served() {
        const OUI: StatusCode = StatusCode::OK;
        const AILLEURS: StatusCode = StatusCode::MISDIRECTED_REQUEST;
        const MAL: StatusCode = StatusCode::BAD_REQUEST;
        let app_url = "https://demarches.example";
        for (hotes, attendu) in [
            (&["demarches.example"][..], OUI),
            (&["DEMARCHES.example:443"], OUI),
            (&["demarches.example:8443"], OUI),
            (&["localhost:3000"], OUI),
            (&["127.0.0.1:3000"], OUI),
            (&["[::1]:3000"], OUI),
            (&["demarches.example.exemple.org"], AILLEURS),
            (&["autre.demarches.example"], AILLEURS),
            (&["localhost.exemple.org"], AILLEURS),
            (&["192.0.2.1"], AILLEURS),
            (&[], MAL),
            (&[""], MAL),
            (&["demarches.example", "exemple.org"], MAL),
            (&["exemple.org@demarches.example"], MAL),
            (&["demarches.example/chemin"], MAL),
            (&["demarches.example, exemple.org"], MAL),
        ] {
            assert_eq!(demander(app_url, "/", hotes).await, attendu, "{hotes:?}");
            assert_eq!(demander(app_url, "/healthz", hotes).await, OUI, "{hotes:?}");
        }
        // As HTTP/2 names it.
        assert_eq!(demander(app_url, "https://demarches.example/", &[]).await, OUI);
        assert_eq!(demander(app_url, "https://exemple.org/", &[]).await, AILLEURS);
        assert_eq!(demander("http://0.0.0.0:3000", "/", &["192.168.1.5:3000"]).await, OUI);
    }
}
