//! Real software on the other side, that `bin/setup` installs: a mail server, what verifies signatures, an antivirus, an
//! S3-compatible store.

use backend::socle::fichiers::antivirus::Antivirus;
use backend::socle::fichiers::s3::ReglageS3;
use backend::socle::secrets::hasard::Hasard;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
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

/// What the antivirus of the tests takes for a virus: words of ours, which harm nobody.
pub const MARQUE: &[u8] = b"RDV-ESSAI-ANTIVIRUS-SANS-DANGER";

/// ClamAV's daemon, which knows one signature.
pub struct Clamd {
    dossier: PathBuf,
    programme: Option<Child>,
}

impl Clamd {
    /// Everything but the program: nobody listens yet.
    pub fn preparer() -> Self {
        let dossier = std::env::temp_dir().join(format!("rdv-clamd-{}", Hasard::systeme().cle()));
        std::fs::create_dir_all(dossier.join("base")).unwrap();
        let signature = format!("Essai.Rien:0:*:{}\n", hex::encode(MARQUE));
        std::fs::write(dossier.join("base/essai.ndb"), signature).unwrap();
        let reglages = format!(
            "Foreground yes\nLocalSocket {0}/clamd.ctl\nDatabaseDirectory {0}/base\nStreamMaxLength 30M\n",
            dossier.display()
        );
        std::fs::write(dossier.join("clamd.conf"), reglages).unwrap();
        Self { dossier, programme: None }
    }

    /// Where it listens.
    pub fn antivirus(&self) -> Antivirus {
        Antivirus::Socket(self.dossier.join("clamd.ctl"))
    }

    /// Starts it, and waits until it listens.
    pub async fn lancer(mut self) -> Self {
        let clamd =
            ["/usr/sbin/clamd", "/usr/bin/clamd"].into_iter().find(|c| Path::new(c).exists());
        let clamd = clamd.expect("bin/setup tests installs clamav-daemon");
        let programme = Command::new(clamd)
            .arg(format!("--config-file={}/clamd.conf", self.dossier.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        self.programme = Some(programme);
        for _ in 0..600 {
            if self.dossier.join("clamd.ctl").exists() {
                return self;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("clamd does not listen");
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        if let Some(programme) = &mut self.programme {
            let _ = programme.kill();
            let _ = programme.wait();
        }
        let _ = std::fs::remove_dir_all(&self.dossier);
    }
}

/// An S3-compatible store, with one bucket.
pub struct MagasinS3 {
    adresse: String,
    programme: Child,
}

impl MagasinS3 {
    /// Starts it, and waits until it answers.
    pub async fn lancer() -> Self {
        let moto = cache().join("tools/s3/bin/moto_server");
        assert!(moto.exists(), "bin/setup tests installs {}", moto.display());
        let libre = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let programme = Command::new(moto)
            .args(["-H", "127.0.0.1", "-p", &libre.port().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let magasin = Self { adresse: format!("http://{libre}"), programme };
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        for _ in 0..600 {
            let seau = client.put(format!("{}/pieces", magasin.adresse)).send().await;
            if seau.is_ok_and(|reponse| reponse.status().is_success()) {
                return magasin;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the store does not answer");
    }

    /// How it is reached.
    pub fn reglage(&self) -> ReglageS3 {
        ReglageS3 {
            adresse: self.adresse.clone(),
            seau: "pieces".to_owned(),
            region: "eu-west-3".to_owned(),
            cle: "cle".to_owned(),
            secret: "secret".to_owned(),
        }
    }
}

impl Drop for MagasinS3 {
    fn drop(&mut self) {
        let _ = self.programme.kill();
        let _ = self.programme.wait();
    }
}
