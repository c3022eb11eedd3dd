//! Real software on the other side, that `bin/setup` installs: a mail server, and what verifies signatures.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::time::timeout;

/// `backend/tests/outils/serveur_smtp.py` at work; what it does depends on whom a mail is for.
pub struct Aiosmtpd {
    port: String,
    dossier: PathBuf,
    dit: UnboundedReceiver<String>,
    recus: usize,
    programme: Child,
}

/// Where `bin/setup` puts tools.
fn cache() -> PathBuf {
    let variable = |nom| std::env::var_os(nom).map(PathBuf::from);
    let du_systeme =
        || variable("XDG_CACHE_HOME").unwrap_or_else(|| variable("HOME").unwrap().join(".cache"));
    variable("RDV_CACHE").unwrap_or_else(|| du_systeme().join("rdv-demarches"))
}

impl Aiosmtpd {
    /// `dossier`: where it keeps what it takes. `certificat`: a certificate and its key (PEM), without which it does not
    /// encrypt.
    pub async fn lancer(dossier: &Path, certificat: Option<[&str; 2]>) -> Self {
        let python = cache().join("tools/courriel/bin/python");
        assert!(python.exists(), "bin/setup tests installs {}", python.display());
        let mut programme = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outils/serveur_smtp.py"))
            .arg(dossier)
            .args(certificat.into_iter().flatten())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let sortie = BufReader::new(programme.stdout.take().unwrap());
        let (dire, mut dit) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for ligne in sortie.lines().map_while(Result::ok) {
                if dire.send(ligne).is_err() {
                    break;
                }
            }
        });
        let port = dit.recv().await.unwrap();
        Self { port, dossier: dossier.to_owned(), dit, recus: 0, programme }
    }

    /// Its address, as a machine (`127.0.0.1`, `localhost`) knows it.
    pub fn url(&self, machine: &str) -> String {
        format!("smtp://{machine}:{}", self.port)
    }

    /// The next mail that it took: what it says of it, and all of it.
    pub async fn recu(&mut self) -> (Value, String) {
        let ligne = timeout(Duration::from_secs(10), self.dit.recv()).await.unwrap().unwrap();
        self.recus += 1;
        let octets = std::fs::read(self.dossier.join(format!("{}.eml", self.recus))).unwrap();
        (serde_json::from_str(&ligne).unwrap(), String::from_utf8(octets).unwrap())
    }

    /// Whether it took no other mail.
    pub fn rien_d_autre(&mut self) -> bool {
        self.dit.try_recv().is_err()
    }
}

impl Drop for Aiosmtpd {
    fn drop(&mut self) {
        // It has nothing to put away.
        let _ = self.programme.kill();
        let _ = self.programme.wait();
    }
}
