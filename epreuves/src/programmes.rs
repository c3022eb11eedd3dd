//! The programs under trial, each a process that can be killed outright.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reqwest::Client;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What seals secrets in the trials.
pub const CLE: [u8; 32] = [9; 32];

/// What the sandbox signs with.
pub const SECRET: &str = "sandbox-shared-secret";

/// How the application is known to the sandbox: id, secret.
pub const CLIENT_OAUTH: (&str, &str) = ("demarches-demo", "sandbox-oauth-secret");

/// How many of the last lines of what a program wrote are shown when its trial fails.
const DERNIERES: usize = 12;

/// A program that runs. Killed when it is dropped.
#[derive(Debug)]
pub struct Programme {
    commande: Command,
    enfant: Child,
    /// `127.0.0.1:port`
    pub adresse: String,
    /// Where it gives its counters: `127.0.0.1:port`; the sandbox has none.
    pub metriques: String,
    sante: &'static str,
    journal: PathBuf,
}

impl Programme {
    /// The application, on this database. `sandbox`: address of the platform.
    pub async fn serveur(adresse: String, base: &str, sandbox: &str, journal: &Path) -> Self {
        Self::serveur_avec(adresse, base, sandbox, journal, &[]).await
    }

    /// The same with other settings beside.
    pub async fn serveur_avec(
        adresse: String,
        base: &str,
        sandbox: &str,
        journal: &Path,
        reglages: &[(&str, &str)],
    ) -> Self {
        let commande = commande("server", journal);
        Self::demo((commande, journal), adresse, base, sandbox, reglages).await
    }

    /// The application of the version before (`RDV_PRECEDENTE`: its folder, which `bin/test montee` gives).
    pub async fn precedent(adresse: String, base: &str, sandbox: &str, journal: &Path) -> Self {
        let commande = commande_de("RDV_PRECEDENTE", "server", journal);
        Self::demo((commande, journal), adresse, base, sandbox, &[]).await
    }

    async fn demo(
        (mut commande, journal): (Command, &Path),
        adresse: String,
        base: &str,
        sandbox: &str,
        reglages: &[(&str, &str)],
    ) -> Self {
        let metriques = adresse_libre();
        commande
            .arg("demo")
            .env("LEPTOS_SITE_ADDR", &adresse)
            .env("METRICS_ADDR", &metriques)
            // No page is looked at: the site need not be built.
            .env("LEPTOS_HASH_FILES", "false")
            .env("APP_URL", format!("http://{adresse}"))
            .env("SANDBOX_URL", format!("http://{sandbox}"))
            .env("DATABASE_URL", base)
            .env("ENCRYPTION_KEY", BASE64_STANDARD.encode(CLE))
            .envs(reglages.iter().copied());
        Self::lancer((commande, journal), (adresse, metriques), "/readyz").await
    }

    /// The platform, that posts its webhooks to `cible`. `retour`: where those who connect an account come back.
    pub async fn sandbox(cible: &str, profil: &str, retour: &str, journal: &Path) -> Self {
        let adresse = adresse_libre();
        let mut commande = commande("sandbox", journal);
        commande
            .env("SANDBOX_ADDR", &adresse)
            .env("SANDBOX_URL", format!("http://{adresse}"))
            .env("SANDBOX_WEBHOOK_TARGET", format!("http://{cible}"))
            .env("SANDBOX_PROFILE", profil)
            .env("SANDBOX_OAUTH_REDIRECT_URIS", retour)
            .env("SANDBOX_OAUTH_CLIENT_ID", CLIENT_OAUTH.0)
            .env("SANDBOX_OAUTH_CLIENT_SECRET", CLIENT_OAUTH.1)
            .env("SANDBOX_SEED", "7")
            // Nobody asks it for Démarches Simplifiées, and several run side by side.
            .env("SANDBOX_DS_ADDR", adresse_libre())
            .env_remove("SANDBOX_STATE")
            .env_remove("SANDBOX_DS_STATE");
        Self::lancer((commande, journal), (adresse, String::new()), "/healthz").await
    }

    /// Another program, at an address of this machine, ready once it answers at `sante`.
    pub async fn autre(commande: (Command, &Path), adresse: String, sante: &'static str) -> Self {
        Self::lancer(commande, (adresse, String::new()), sante).await
    }

    async fn lancer(
        (mut commande, journal): (Command, &Path),
        (adresse, metriques): (String, String),
        sante: &'static str,
    ) -> Self {
        let enfant = commande.spawn().unwrap();
        let journal = journal.to_owned();
        let mut programme = Self { commande, enfant, adresse, metriques, sante, journal };
        programme.attendre().await;
        programme
    }

    async fn attendre(&mut self) {
        let url = format!("http://{}{}", self.adresse, self.sante);
        let client = client();
        for _ in 0..1_200 {
            if client.get(&url).send().await.is_ok_and(|reponse| reponse.status().is_success()) {
                return;
            }
            assert!(self.enfant.try_wait().unwrap().is_none(), "{url}: the program has stopped");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{url} does not answer");
    }

    /// Its number among the processes of the machine.
    #[must_use]
    pub fn numero(&self) -> u32 {
        self.enfant.id()
    }

    /// What Linux says of its memory, `VmRSS` (now) or `VmHWM` (the most it ever held), in millions of octets.
    #[must_use]
    pub fn octets(&self, quoi: &str) -> f64 {
        let statut = std::fs::read_to_string(format!("/proc/{}/status", self.numero())).unwrap();
        let ligne = statut.lines().find(|ligne| ligne.starts_with(quoi)).unwrap();
        let ko: f64 = ligne.split_whitespace().nth(1).unwrap().parse().unwrap();
        ko * 1_024.0 / 1e6
    }

    /// What it has had of the processors, in seconds.
    #[must_use]
    pub fn processeur(&self) -> f64 {
        secondes(&self.numero().to_string())
    }

    /// Kills it outright (SIGKILL), as a power cut would.
    pub fn tuer(&mut self) {
        self.enfant.kill().unwrap();
        self.enfant.wait().unwrap();
    }

    /// Starts it again, at the same address.
    pub async fn relancer(&mut self) {
        self.enfant = self.commande.spawn().unwrap();
        self.attendre().await;
    }
}

impl Drop for Programme {
    fn drop(&mut self) {
        // What it wrote is gone with the folder of the trial: its last words are all that tells why it failed.
        if std::thread::panicking() {
            let fini = self.enfant.try_wait();
            eprintln!("{} ({fini:?}), its last words:\n{}", self.adresse, fin(&self.journal));
        }
        let _ = self.enfant.kill();
        let _ = self.enfant.wait();
    }
}

/// The last lines of a file.
fn fin(journal: &Path) -> String {
    let ecrit = std::fs::read_to_string(journal).unwrap_or_default();
    let lignes: Vec<&str> = ecrit.lines().collect();
    lignes[lignes.len().saturating_sub(DERNIERES)..].join("\n")
}

/// What a process (its number, or `self`) has had of the processors, in seconds, as Linux says it.
#[must_use]
pub fn secondes(processus: &str) -> f64 {
    let lu = std::fs::read_to_string(format!("/proc/{processus}/stat")).unwrap();
    // After its name, which may hold anything.
    let (_, nombres) = lu.rsplit_once(')').unwrap();
    let coups = nombres.split_whitespace().skip(11).take(2);
    coups.map(|coups| coups.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

/// One of the built programs, in the folder that `bin/test` and `bin/bench` give: `RDV_PROGRAMMES`.
#[must_use]
pub fn commande(nom: &str, journal: &Path) -> Command {
    commande_de("RDV_PROGRAMMES", nom, journal)
}

fn commande_de(variable: &str, nom: &str, journal: &Path) -> Command {
    let dossier = std::env::var_os(variable)
        .unwrap_or_else(|| panic!("{variable}: the folder of the built programs"));
    let ecrit = File::options().create(true).append(true).open(journal).unwrap();
    let racine = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut commande = Command::new(Path::new(&dossier).join(nom));
    commande
        .current_dir(racine)
        .env("RUST_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(ecrit);
    commande
}

/// Speaks to this machine only, whatever proxy the environment names.
#[must_use]
pub fn client() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

/// The same, that follows no redirection: somebody looks where they are led.
#[must_use]
pub fn client_sans_suite() -> Client {
    Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// An address of this machine that nobody listens on.
#[must_use]
pub fn adresse_libre() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}
