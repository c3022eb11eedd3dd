//! Bare axum, that sends from memory what another server answered: the same headers, the same bytes. What it takes is what
//! HTTP itself takes.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use axum::routing::get;
use hyper::body::Bytes;
use std::net::TcpListener;

/// Serves each answer at its path, from threads of its own; gives the address.
pub fn servir(reponses: Vec<(&'static str, (HeaderMap, Bytes))>) -> String {
    let ecoute = TcpListener::bind("127.0.0.1:0").unwrap();
    ecoute.set_nonblocking(true).unwrap();
    let adresse = ecoute.local_addr().unwrap().to_string();
    let routes = reponses.into_iter().fold(Router::new(), |routes, (chemin, reponse)| {
        let (mut entetes, corps) = reponse;
        // What the server writes by itself.
        for nom in [header::TRANSFER_ENCODING, header::CONTENT_LENGTH, header::DATE] {
            entetes.remove(nom);
        }
        let repondre = move || {
            let mut reponse = Response::new(Body::from(corps.clone()));
            *reponse.headers_mut() = entetes.clone();
            async move { reponse }
        };
        routes.route(chemin, get(repondre))
    });
    std::thread::spawn(move || {
        let tokio = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        tokio.block_on(async move {
            let ecoute = tokio::net::TcpListener::from_std(ecoute).unwrap();
            axum::serve(ecoute, routes).await.unwrap();
        });
    });
    adresse
}
