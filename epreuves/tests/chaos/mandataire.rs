//! What stands between the platform and the servers: it takes every webhook at once, then lets them go as no network
//! should, shuffled, several times each, some never.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use epreuves::programmes::{adresse_libre, client};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// How many times each event is delivered.
const COPIES: usize = 3;
/// One event in so many is lost, with all its copies.
const PERDUS: u32 = 10;
/// How many requests are under way at once.
const A_LA_FOIS: usize = 16;
const PATIENCE: Duration = Duration::from_secs(10);

/// A webhook as the platform sent it.
#[derive(Debug, Clone)]
pub struct Envoi {
    chemin: String,
    signature: String,
    pub corps: Bytes,
}

/// Takes what the platform sends, and answers that all is well.
#[derive(Clone)]
pub struct Mandataire {
    pub adresse: String,
    pris: Arc<Mutex<Vec<Envoi>>>,
}

impl Mandataire {
    pub async fn ouvrir() -> Self {
        let adresse = adresse_libre();
        let pris = Arc::<Mutex<Vec<Envoi>>>::default();
        let routes = Router::new().fallback(prendre).with_state(Arc::clone(&pris));
        let ecoute = TcpListener::bind(&adresse).await.unwrap();
        tokio::spawn(async move { axum::serve(ecoute, routes).await });
        Self { adresse, pris }
    }

    /// Each event that was taken, once.
    pub fn tous(&self) -> BTreeMap<Bytes, Envoi> {
        let pris = self.pris.lock().unwrap();
        pris.iter().map(|envoi| (envoi.corps.clone(), envoi.clone())).collect()
    }

    /// What was taken after the first `deja`.
    pub fn depuis(&self, deja: usize) -> Vec<Envoi> {
        self.pris.lock().unwrap().iter().skip(deja).cloned().collect()
    }

    /// [`Self::tous`] without those that are lost; and how many these are.
    pub fn survivants(&self) -> (Vec<Envoi>, usize) {
        let mut evenements = self.tous();
        let tous = evenements.len();
        let mut hasard = StdRng::seed_from_u64(7);
        evenements.retain(|_, _| !hasard.random_ratio(1, PERDUS));
        let perdus = tous - evenements.len();
        (evenements.into_values().collect(), perdus)
    }
}

async fn prendre(
    State(pris): State<Arc<Mutex<Vec<Envoi>>>>,
    uri: Uri,
    entetes: HeaderMap,
    corps: Bytes,
) -> StatusCode {
    let signature = entetes["x-lapin-signature"].to_str().unwrap().to_owned();
    pris.lock().unwrap().push(Envoi { chemin: uri.path().to_owned(), signature, corps });
    StatusCode::NO_CONTENT
}

/// Delivers each of `envois` several times, in no order, to any of the servers, until all were answered 2xx. What is
/// refused, or cut because a server dies, comes again later.
pub async fn tempete(envois: &[Envoi], serveurs: Vec<String>) {
    let mut hasard = StdRng::seed_from_u64(11);
    let mut file: Vec<Envoi> = envois.iter().flat_map(|e| vec![e.clone(); COPIES]).collect();
    file.shuffle(&mut hasard);
    let file = Arc::new(Mutex::new(VecDeque::from(file)));
    let mut mains = JoinSet::new();
    for graine in 0..A_LA_FOIS {
        let (file, serveurs) = (Arc::clone(&file), serveurs.clone());
        mains.spawn(distribuer(file, serveurs, StdRng::seed_from_u64(graine as u64)));
    }
    mains.join_all().await;
}

async fn distribuer(file: Arc<Mutex<VecDeque<Envoi>>>, serveurs: Vec<String>, mut hasard: StdRng) {
    let client = client();
    loop {
        // What somebody else puts back, they take again themselves.
        let Some(envoi) = file.lock().unwrap().pop_front() else { return };
        let serveur = &serveurs[hasard.random_range(0..serveurs.len())];
        let requete = client
            .post(format!("http://{serveur}{}", envoi.chemin))
            .header("content-type", "application/json; charset=utf-8")
            .header("x-lapin-signature", &envoi.signature)
            .timeout(PATIENCE)
            .body(envoi.corps.clone());
        if !requete.send().await.is_ok_and(|reponse| reponse.status().is_success()) {
            file.lock().unwrap().push_back(envoi);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
