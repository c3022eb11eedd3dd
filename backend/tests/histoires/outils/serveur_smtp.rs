//! Mail servers that take their time, or that nobody can trust.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

pub struct ServeurSmtp {
    /// `smtp://127.0.0.1:port`
    pub url: String,
    recus: Arc<AtomicUsize>,
    textes: Arc<Mutex<Vec<String>>>,
}

impl ServeurSmtp {
    /// `lenteur`: how long it thinks before it says that it has a mail.
    pub async fn ouvrir(lenteur: Duration) -> Self {
        let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", ecoute.local_addr().unwrap());
        let (recus, textes) = (Arc::<AtomicUsize>::default(), Arc::default());
        let (compte, lus) = (Arc::clone(&recus), Arc::clone(&textes));
        tokio::spawn(async move {
            while let Ok((client, _)) = ecoute.accept().await {
                let (compte, lus) = (Arc::clone(&compte), Arc::clone(&lus));
                tokio::spawn(async move { converser(client, lenteur, (&compte, &lus)).await });
            }
        });
        Self { url, recus, textes }
    }

    /// The mails that it was given, headers and all, lines ended by `\n`.
    pub fn textes(&self) -> Vec<String> {
        self.textes.lock().unwrap().clone()
    }

    /// How many mails it was given.
    pub fn recus(&self) -> usize {
        self.recus.load(Ordering::SeqCst)
    }
}

async fn converser(
    client: TcpStream,
    lenteur: Duration,
    (recus, textes): (&AtomicUsize, &Mutex<Vec<String>>),
) -> Option<()> {
    let (entend, mut dit) = client.into_split();
    let mut lignes = BufReader::new(entend).lines();
    dit.write_all(b"220 essai\r\n").await.ok()?;
    while let Some(ligne) = lignes.next_line().await.ok()? {
        let reponse: &[u8] = match ligne.get(..4).unwrap_or_default() {
            "DATA" => {
                dit.write_all(b"354 go on\r\n").await.ok()?;
                let mut texte = String::new();
                loop {
                    match lignes.next_line().await.ok()??.as_str() {
                        "." => break,
                        ligne => texte += &format!("{ligne}\n"),
                    }
                }
                textes.lock().unwrap().push(texte);
                recus.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(lenteur).await;
                b"250 taken\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        dit.write_all(reponse).await.ok()?;
    }
    Some(())
}

/// How a mail server encrypts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chiffrement {
    /// From the first byte: `smtps://`.
    Direct,
    /// When it is asked to, which it offers.
    Starttls,
}

/// A mail server for `localhost` that nobody vouches for: its certificate is signed by itself. Gives its port.
pub async fn sans_garant(chiffrement: Chiffrement) -> u16 {
    let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = ecoute.local_addr().unwrap().port();
    let accueil = TlsAcceptor::from(Arc::new(reglages_tls()));
    tokio::spawn(async move {
        while let Ok((client, _)) = ecoute.accept().await {
            let accueil = accueil.clone();
            tokio::spawn(async move {
                let client = match chiffrement {
                    Chiffrement::Direct => client,
                    Chiffrement::Starttls => jusqu_a_starttls(client).await?,
                };
                // Whoever does not trust the certificate leaves here.
                let mut chiffre = accueil.accept(client).await.ok()?;
                chiffre.write_all(b"220 essai\r\n").await.ok()
            });
        }
    });
    port
}

fn reglages_tls() -> ServerConfig {
    let certificat = include_bytes!("../../samples/certificat/certificat.der").to_vec();
    let cle = include_bytes!("../../samples/certificat/cle.der").to_vec();
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(certificat)],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(cle)),
        )
        .unwrap()
}

async fn jusqu_a_starttls(mut client: TcpStream) -> Option<TcpStream> {
    client.write_all(b"220 essai\r\n").await.ok()?;
    let mut lignes = BufReader::new(&mut client);
    loop {
        let mut ligne = String::new();
        lignes.read_line(&mut ligne).await.ok().filter(|lus| *lus > 0)?;
        if ligne.starts_with("STARTTLS") {
            lignes.write_all(b"220 go on\r\n").await.ok()?;
            return Some(client);
        }
        lignes.write_all(b"250-essai\r\n250 STARTTLS\r\n").await.ok()?;
    }
}
