//! Taking connections: a task for each, a limit on how long one may say nothing.

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;

/// How long a connection may be open without the head of a request: before the first one, and between two. Longer than
/// proxies keep theirs (nginx: one minute), lest they send a request on a connection that is being closed.
pub const SILENCE: Duration = Duration::from_secs(75);

/// How long nothing is taken when the machine has no more files to give.
const REPIT: Duration = Duration::from_secs(1);

/// Serves `routes` until `arret`; then takes no connection any more, and returns once the requests under way are
/// answered. `silence`: [`SILENCE`], but for tests.
pub async fn servir(
    ecoute: TcpListener,
    routes: Router,
    silence: Duration,
    arret: &CancellationToken,
) {
    let services = routes.into_make_service_with_connect_info::<SocketAddr>();
    let connexions = TaskTracker::new();
    while let Some((flux, adresse)) = arret.run_until_cancelled(prendre(&ecoute)).await {
        connexions.spawn(tenir(services.clone(), flux, adresse, silence, arret.clone()));
    }
    drop(ecoute);
    connexions.close();
    connexions.wait().await;
}

/// The next connection.
async fn prendre(ecoute: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match ecoute.accept().await {
            Ok(prise) => return prise,
            Err(erreur) if partie(erreur.kind()) => {}
            Err(erreur) => {
                tracing::error!(%erreur, "no connection can be taken for now");
                tokio::time::sleep(REPIT).await;
            }
        }
    }
}

/// Whoever called is gone already.
const fn partie(erreur: ErrorKind) -> bool {
    matches!(
        erreur,
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

/// Answers on one connection, as long as it lasts.
async fn tenir(
    mut services: IntoMakeServiceWithConnectInfo<Router, SocketAddr>,
    flux: TcpStream,
    adresse: SocketAddr,
    silence: Duration,
    arret: CancellationToken,
) {
    let Ok(service) = services.call(adresse).await;
    // A live event is a few bytes: the next one must not wait for the news that the other side has it.
    if let Err(erreur) = flux.set_nodelay(true) {
        tracing::trace!(%erreur, "a connection that keeps small pieces together");
    }
    let connexion = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(silence)
        .serve_connection(TokioIo::new(flux), TowerToHyperService::new(service));
    let mut connexion = pin!(connexion);
    // What goes wrong (a line cut, bytes that are no request) ends the connection, and is of the other side.
    let resultat = match arret.run_until_cancelled(connexion.as_mut()).await {
        Some(resultat) => resultat,
        None => {
            connexion.as_mut().graceful_shutdown();
            connexion.await
        }
    };
    if let Err(erreur) = resultat {
        tracing::trace!(%erreur, "a connection ended");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::ConnectInfo;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::task::JoinHandle;
    use tokio::time::{sleep, timeout};

    const COURT: Duration = Duration::from_millis(300);
    const LONG: Duration = Duration::from_secs(20);

    async fn ouvrir(arret: &CancellationToken) -> (SocketAddr, JoinHandle<()>) {
        let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let adresse = ecoute.local_addr().unwrap();
        let qui = |ConnectInfo(qui): ConnectInfo<SocketAddr>| async move { qui.ip().to_string() };
        let lent = || async {
            sleep(COURT * 3).await;
            "enfin"
        };
        let routes = Router::new().route("/qui", get(qui)).route("/lent", get(lent));
        let arret = arret.clone();
        let service = tokio::spawn(async move { servir(ecoute, routes, COURT, &arret).await });
        (adresse, service)
    }

    /// All that comes, until the other side closes.
    async fn jusqu_a_la_fin(flux: &mut TcpStream) -> String {
        let mut lu = Vec::new();
        let fin = timeout(LONG, flux.read_to_end(&mut lu)).await;
        let _ = fin.expect("it is closed");
        String::from_utf8_lossy(&lu).into_owned()
    }

    #[tokio::test]
    async fn a_connection_that_says_nothing_is_closed_and_one_that_is_answered_is_not() {
        let arret = CancellationToken::new();
        let (adresse, _) = ouvrir(&arret).await;
        let demande = |chemin: &str| format!("GET {chemin} HTTP/1.1\r\nhost: a\r\n\r\n");
        for (dit, attendu) in [
            (String::new(), ""),
            ("GET /qui HTTP/1.1\r\nhost:".to_owned(), ""),
            (demande("/qui"), "127.0.0.1"),
            (demande("/lent"), "enfin"),
            (format!("{}{}", demande("/qui"), demande("/lent")), "enfin"),
        ] {
            let mut flux = TcpStream::connect(adresse).await.unwrap();
            flux.write_all(dit.as_bytes()).await.unwrap();
            let lu = jusqu_a_la_fin(&mut flux).await;
            assert!(lu.ends_with(attendu), "{dit}: {lu}");
            assert_eq!(lu.contains("200 OK"), !attendu.is_empty(), "{dit}: {lu}");
        }
    }

    #[tokio::test]
    async fn at_the_end_requests_under_way_are_answered_and_nobody_else_is_waited_for() {
        let arret = CancellationToken::new();
        let (adresse, service) = ouvrir(&arret).await;
        let mut muet = TcpStream::connect(adresse).await.unwrap();
        let mut flux = TcpStream::connect(adresse).await.unwrap();
        flux.write_all(b"GET /lent HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        sleep(COURT / 3).await;
        arret.cancel();
        assert!(jusqu_a_la_fin(&mut flux).await.ends_with("enfin"));
        jusqu_a_la_fin(&mut muet).await;
        timeout(LONG, service).await.expect("it ends").unwrap();
        assert!(TcpStream::connect(adresse).await.is_err());
    }
}
