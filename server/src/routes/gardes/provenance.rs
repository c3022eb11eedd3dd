//! Which network a request comes from: that of whoever speaks to us, or that of which a trusted proxy speaks.

use crate::routes::Etat;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use backend::acces::tentatives::Reseau;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

/// Leaves a [`Reseau`] with the request.
pub async fn reconnaitre(State(etat): State<Etat>, mut requete: Request, suite: Next) -> Response {
    if let Some(ConnectInfo(pair)) = requete.extensions().get::<ConnectInfo<SocketAddr>>() {
        let mandataires = &etat.contexte.outils.reglages.mandataires;
        let origine = origine(mandataires, pair.ip(), requete.headers());
        requete.extensions_mut().insert(Reseau::from(origine));
    }
    suite.run(requete).await
}

/// Each proxy adds at the end of `X-Forwarded-For` who spoke to it; only what trusted ones added is believed.
fn origine(mandataires: &[IpNet], pair: IpAddr, entetes: &HeaderMap) -> IpAddr {
    let annonces: Vec<Option<IpAddr>> = entetes
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|ligne| ligne.to_str().unwrap_or_default().split(','))
        .map(|annonce| lire(annonce.trim()))
        .collect();
    let mut origine = pair.to_canonical();
    for annonce in annonces.into_iter().rev() {
        let cru = mandataires.iter().any(|mandataire| mandataire.contains(&origine));
        match annonce {
            Some(annonce) if cru => origine = annonce,
            _ => break,
        }
    }
    origine
}

/// Some proxies add the port.
fn lire(annonce: &str) -> Option<IpAddr> {
    let adresse = annonce.parse().or_else(|_| annonce.parse().map(|a: SocketAddr| a.ip())).ok()?;
    Some(IpAddr::to_canonical(&adresse))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_trusted_proxies_added_is_believed() {
        let mandataires: Vec<IpNet> =
            ["127.0.0.0/8", "10.1.0.0/16"].iter().map(|reseau| reseau.parse().unwrap()).collect();
        for (pair, annonces, attendu) in [
            ("192.0.2.9", vec![], "192.0.2.9"),
            // Anybody may write anything.
            ("192.0.2.9", vec!["198.51.100.1"], "192.0.2.9"),
            ("127.0.0.1", vec!["198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", vec!["203.0.113.5, 198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", vec!["203.0.113.5, 198.51.100.1, 10.1.2.3"], "198.51.100.1"),
            ("127.0.0.1", vec!["203.0.113.5", "198.51.100.1:4321"], "198.51.100.1"),
            ("::ffff:127.0.0.1", vec!["[2001:db8::1]:80"], "2001:db8::1"),
            ("127.0.0.1", vec!["n'importe quoi"], "127.0.0.1"),
            ("127.0.0.1", vec![], "127.0.0.1"),
        ] {
            let mut entetes = HeaderMap::new();
            for annonce in &annonces {
                entetes.append("x-forwarded-for", annonce.parse().unwrap());
            }
            let origine = origine(&mandataires, pair.parse().unwrap(), &entetes);
            assert_eq!(origine.to_string(), attendu, "{pair} {annonces:?}");
        }
    }
}
