//! Serving, on connections that can be closed without an answer.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower::ServiceExt;

/// In the place of an answer: there is none, the connection ends.
#[derive(Clone, Copy, Debug)]
pub struct Unanswered;

/// Serves until it is dropped, and closes its connections then.
pub async fn serve(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let router = router.clone();
                    connections.spawn(async move {
                        let service = service_fn(move |request| answer(router.clone(), peer, request));
                        let io = TokioIo::new(stream);
                        // It ends when either side is done with it.
                        let _ = http1::Builder::new().serve_connection(io, service).await;
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "une connexion n’a pas été prise");
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn answer(
    router: Router,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> io::Result<Response> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => {
            let never: Infallible = never;
            match never {}
        }
    };
    if response.extensions().get::<Unanswered>().is_some() {
        return Err(io::Error::other("no answer, on purpose"));
    }
    Ok(response)
}
