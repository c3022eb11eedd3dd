//! Pages asked as fast as they are answered, over connections that stay open, by one thread: it must take little of the
//! processors that the servers share with it.

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{HeaderMap, Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// A page of a server, as somebody who signed in asks for it. Nothing is compressed for them.
#[derive(Debug, Clone)]
pub struct Cible {
    /// Whose page it is.
    pub nom: &'static str,
    /// `127.0.0.1:port`
    pub adresse: String,
    /// Its address on that server.
    pub chemin: String,
    /// The cookies of who asks.
    pub cookies: String,
}

impl Cible {
    /// Asks once: headers and bytes.
    pub async fn lire(&self) -> (HeaderMap, Bytes) {
        let reponse = self.demander(&mut self.connecter().await).await;
        let entetes = reponse.headers().clone();
        (entetes, reponse.into_body().collect().await.unwrap().to_bytes())
    }

    async fn connecter(&self) -> SendRequest<Empty<Bytes>> {
        let flux = TcpStream::connect(&self.adresse).await.unwrap();
        flux.set_nodelay(true).unwrap();
        let (envoi, connexion) = handshake(TokioIo::new(flux)).await.unwrap();
        tokio::spawn(connexion);
        envoi
    }

    async fn demander(&self, envoi: &mut SendRequest<Empty<Bytes>>) -> Response<Incoming> {
        let requete = Request::get(&self.chemin)
            .header(header::HOST, &self.adresse)
            .header(header::COOKIE, &self.cookies)
            .header(header::ACCEPT, "text/html")
            .body(Empty::new());
        envoi.ready().await.unwrap();
        let reponse = envoi.send_request(requete.unwrap()).await.unwrap();
        assert_eq!(reponse.status(), StatusCode::OK, "{} {}", self.nom, self.chemin);
        reponse
    }

    /// Asks until `encore` says no; gives the time of each page to its last byte, in milliseconds.
    async fn insister(self, mut encore: impl FnMut(usize) -> bool) -> Vec<f64> {
        let (mut envoi, mut temps) = (self.connecter().await, Vec::new());
        while encore(temps.len()) {
            let debut = Instant::now();
            let mut corps = self.demander(&mut envoi).await.into_body();
            while let Some(morceau) = corps.frame().await {
                morceau.unwrap();
            }
            temps.push(debut.elapsed().as_secs_f64() * 1_000.0);
        }
        temps
    }

    /// That many pages, one after the other.
    pub async fn l_une_apres_l_autre(&self, combien: usize) -> Vec<f64> {
        let mut temps = self.clone().insister(move |faites| faites < combien).await;
        temps.sort_by(f64::total_cmp);
        temps
    }
}

/// What some time of load gave.
#[derive(Debug, Default, Clone)]
pub struct Mesure {
    /// Pages a second, of each round.
    pub debits: Vec<f64>,
    /// The time of each page, in milliseconds.
    pub temps: Vec<f64>,
}

impl Mesure {
    /// Adds a round: `connexions` that ask during `duree`.
    pub async fn charger(&mut self, cible: &Cible, connexions: usize, duree: Duration) {
        let debut = Instant::now();
        let mut mains = JoinSet::new();
        for _ in 0..connexions {
            mains.spawn(cible.clone().insister(move |_| debut.elapsed() < duree));
        }
        let temps: Vec<f64> = mains.join_all().await.into_iter().flatten().collect();
        self.debits.push(temps.len() as f64 / debut.elapsed().as_secs_f64());
        self.temps.extend(temps);
        self.temps.sort_by(f64::total_cmp);
    }
}

/// The one in the middle.
pub fn mediane(valeurs: impl IntoIterator<Item = f64>) -> f64 {
    let mut valeurs: Vec<f64> = valeurs.into_iter().collect();
    valeurs.sort_by(f64::total_cmp);
    valeurs[valeurs.len() / 2]
}
