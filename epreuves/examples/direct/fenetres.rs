//! Windows, as a server knows them: a connection each, on which it says what changes of what the page shows. One thread holds
//! them all: it must take little of the processors that the servers share with it.

use crate::donnees::{DOSSIER, Personne};
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

/// How many are opened at once.
const ENSEMBLE: usize = 16;
/// How long an event may take to come to each.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many bytes are read at once: an event has some sixty.
const MORCEAU: usize = 256;
/// How many bytes the socket keeps of a window that never reads: what more comes is the server's to keep.
const PEU: u32 = 4_096;
/// How an answer begins when the stream is opened.
const ACCEPTEE: &str = "HTTP/1.1 200";

/// What a browser asks a server for.
#[derive(Debug, Clone)]
pub struct Demande {
    serveur: SocketAddr,
    sujets: String,
    jeton: String,
}

impl Demande {
    /// As the page of a dossier does, for its person or somebody they invited. `serveur`: `127.0.0.1:port`.
    pub fn new(serveur: &str, qui: &Personne, dossier: DossierNumero) -> Self {
        let sujets = format!("{},{}", Sujet::Dossier(dossier), Sujet::Compte(qui.compte));
        Self { serveur: serveur.parse().unwrap(), sujets, jeton: qui.jeton.clone() }
    }

    /// Opens the window: it is open once the server has said « bonjour ».
    async fn ouvrir(self) -> BufReader<TcpStream> {
        let flux = self.envoyer(TcpSocket::new_v4().unwrap(), "").await;
        let (mut flux, mut ligne) = (BufReader::with_capacity(MORCEAU, flux), String::new());
        flux.read_line(&mut ligne).await.unwrap();
        assert!(ligne.starts_with(ACCEPTEE), "{}: {ligne}", self.sujets);
        while ligne != "event: bonjour\n" {
            ligne.clear();
            let lus = flux.read_line(&mut ligne).await.unwrap();
            assert!(lus > 0, "{}: closed at once", self.sujets);
        }
        flux
    }

    /// The same, for a window that asks for all that it missed, and reads nothing of it.
    async fn ouvrir_muette(&self) -> TcpStream {
        let prise = TcpSocket::new_v4().unwrap();
        prise.set_recv_buffer_size(PEU).unwrap();
        let flux = self.envoyer(prise, "&depuis=0").await;
        // Looked at, and left there.
        let mut debut = [0_u8; ACCEPTEE.len()];
        flux.peek(&mut debut).await.unwrap();
        assert_eq!(debut, ACCEPTEE.as_bytes(), "{}", self.sujets);
        flux
    }

    async fn envoyer(&self, prise: TcpSocket, depuis: &str) -> TcpStream {
        let Self { serveur, sujets, jeton } = self;
        let mut flux = prise.connect(*serveur).await.unwrap();
        let requete = format!(
            "GET /direct?sujets={sujets}{depuis} HTTP/1.1\r\nhost: {serveur}\r\n\
             accept: text/event-stream\r\ncookie: session={jeton}\r\n\r\n"
        );
        flux.write_all(requete.as_bytes()).await.unwrap();
        flux
    }
}

/// Which window read the event, and when.
type Entendu = (usize, Instant);

/// Windows that read whatever comes. Closed when this is dropped.
pub struct Fenetres {
    lectures: JoinSet<()>,
    entendus: UnboundedReceiver<Entendu>,
}

impl Fenetres {
    /// Opens them.
    pub async fn ouvrir(demandes: &[Demande]) -> Self {
        let ((dire, entendus), mut lectures) = (unbounded_channel(), JoinSet::new());
        for lot in demandes.chunks(ENSEMBLE) {
            let ouvertures: JoinSet<_> = lot.iter().cloned().map(Demande::ouvrir).collect();
            for flux in ouvertures.join_all().await {
                let rang = lectures.len();
                lectures.spawn(lire(flux, rang, dire.clone()));
            }
        }
        Self { lectures, entendus }
    }

    /// Has the gesture made; gives after how many milliseconds each had read the event, counted from just before.
    pub async fn entendre(&mut self, geste: impl Future<Output = ()>) -> Vec<f64> {
        // What came late of the one before is not of this one.
        while self.entendus.try_recv().is_ok() {}
        let debut = Instant::now();
        let toutes = tokio::time::timeout(PATIENCE, self.toutes(debut));
        let ((), temps) = tokio::join!(geste, toutes);
        temps.expect("each window reads the event")
    }

    async fn toutes(&mut self, debut: Instant) -> Vec<f64> {
        let (combien, mut temps) = (self.lectures.len(), HashMap::new());
        while temps.len() < combien {
            let (rang, lu) = self.entendus.recv().await.unwrap();
            temps.entry(rang).or_insert_with(|| (lu - debut).as_secs_f64() * 1_000.0);
        }
        temps.into_values().collect()
    }

    /// Closes them: the servers had kept each open.
    pub fn fermer(mut self) {
        assert!(self.lectures.try_join_next().is_none(), "a server closed a window");
    }
}

/// Reads what comes to a window, and says when it is an event of [`DOSSIER`].
async fn lire(mut flux: BufReader<TcpStream>, rang: usize, dire: UnboundedSender<Entendu>) {
    let attendue = format!("data: {}\n", Sujet::Dossier(DOSSIER));
    let mut ligne = String::new();
    loop {
        ligne.clear();
        let lus = flux.read_line(&mut ligne).await.unwrap();
        assert!(lus > 0, "a server closed a window");
        if ligne == attendue {
            let _ = dire.send((rang, Instant::now()));
        }
    }
}

/// Opens windows that never read what comes, as long as they are not dropped.
pub async fn ouvrir_muettes(demandes: &[Demande]) -> Vec<TcpStream> {
    let mut muettes = Vec::new();
    for demande in demandes {
        muettes.push(demande.ouvrir_muette().await);
    }
    muettes
}
