//! How many webhooks the running server takes, each stored for good before it is answered, beside what the same
//! disk takes at best. Run by `bin/bench ingest`, which builds the server as in production.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

use backend::rendez_vous::arrivee::inbox;
use backend::socle::base::Base;
use backend::socle::secrets::hasard::Hasard;
use chrono::DateTime;
use epreuves::appels::{self, Modele};
use epreuves::bases;
use epreuves::programmes::{Programme, adresse_libre, client};
use reqwest::Client;
use sea_orm::{ConnectionTrait, Statement, Value};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How long each measure lasts.
const DUREE: Duration = Duration::from_secs(10);
/// The pace at which the time of an answer is measured, per second.
const CADENCE: u32 = 200;
/// How many senders share the highest pace.
const EXPEDITEURS: usize = 32;
/// Notifications up to this number find their dossier; those of the highest pace wait to be attached.
const DOSSIERS: i64 = 4_000;

#[tokio::main]
async fn main() {
    let dossier = std::env::temp_dir().join(format!("rdv-ingest-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    let sqlite = mesurer(&dossier, &bases::sqlite(&dossier)).await;
    let postgres = mesurer(&dossier, &bases::postgres().await).await;
    std::fs::remove_dir_all(dossier).unwrap();
    println!("\n  {:<52} {:>12} {:>12}", "", "SQLite", "PostgreSQL");
    let ligne = |nom: &str, valeur: fn(&Mesures) -> f64, decimales: usize| {
        let (a, b) = (valeur(&sqlite), valeur(&postgres));
        println!("  {nom:<52} {a:>12.decimales$} {b:>12.decimales$}");
    };
    ligne("bare commits of one such row, one after the other, /s", |m| m.nues, 0);
    ligne("notifications accepted over HTTP, signed, stored, /s", |m| m.acceptees, 0);
    ligne("  … for one bare commit", |m| m.acceptees / m.nues, 2);
    ligne("notifications applied meanwhile and afterwards, /s", |m| m.appliquees, 0);
    ligne("answer at 200 notifications/s, median, ms", |m| m.mediane, 1);
    ligne("  … for one bare commit", |m| m.mediane / (1_000.0 / m.nues), 2);
    ligne("answer at 200 notifications/s, 99th percentile, ms", |m| m.centile_99, 1);
    ligne("size of the row, bytes", |m| m.taille, 0);
}

struct Mesures {
    nues: f64,
    acceptees: f64,
    appliquees: f64,
    mediane: f64,
    centile_99: f64,
    taille: f64,
}

async fn mesurer(dossier: &Path, url: &str) -> Mesures {
    let maintenant = DateTime::from_timestamp(1_716_800_000, 0).unwrap();
    // The platform is not asked for anything here.
    let plateforme = "127.0.0.1:4010";
    let base = bases::preparer(url, &format!("http://{plateforme}"), DOSSIERS, maintenant).await;
    let modele = Modele::lire();
    let nues = commits_nus(&base, modele.corps(0).len()).await;
    let serveur =
        Programme::serveur(adresse_libre(), url, plateforme, &dossier.join("serveur.log")).await;
    let envoi = Arc::new(Envoi::new(&serveur.adresse, modele));
    let (mediane, centile_99) = a_cadence(&envoi).await;
    vider(&base).await;
    let debut = Instant::now();
    let nombre = a_fond(&envoi).await;
    let acceptees = nombre as f64 / debut.elapsed().as_secs_f64();
    vider(&base).await;
    let appliquees = nombre as f64 / debut.elapsed().as_secs_f64();
    let taille = envoi.modele.corps(0).len() as f64;
    Mesures { nues, acceptees, appliquees, mediane, centile_99, taille }
}

/// One row of that size, one commit, again and again: what the disk and the database do at best for one writer.
async fn commits_nus(base: &Base, taille: usize) -> f64 {
    let db = base.lire();
    let (id, octets) = if base.sqlite() { ("INTEGER", "BLOB") } else { ("BIGSERIAL", "BYTEA") };
    db.execute_unprepared(&format!("CREATE TABLE mesure (id {id} PRIMARY KEY, corps {octets})"))
        .await
        .unwrap();
    let corps: Vec<u8> = vec![0x5a; taille];
    let debut = Instant::now();
    let mut nombre = 0;
    while debut.elapsed() < DUREE {
        db.execute_raw(Statement::from_sql_and_values(
            db.get_database_backend(),
            "INSERT INTO mesure (corps) VALUES ($1)",
            [Value::from(corps.clone())],
        ))
        .await
        .unwrap();
        nombre += 1;
    }
    f64::from(nombre) / debut.elapsed().as_secs_f64()
}

/// Waits until the inbox is empty.
async fn vider(base: &Base) {
    while inbox::attente(base.lire()).await.unwrap().nombre > 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

struct Envoi {
    client: Client,
    racine: String,
    modele: Modele,
    prochaine: AtomicI64,
}

impl Envoi {
    fn new(adresse: &str, modele: Modele) -> Self {
        let racine = format!("http://{adresse}");
        Self { client: client(), racine, modele, prochaine: AtomicI64::new(0) }
    }

    /// Sends the next notification, and waits for the answer.
    async fn envoyer(&self) {
        let corps = self.modele.corps(self.prochaine.fetch_add(1, Ordering::Relaxed));
        let statut = appels::notifier(&self.client, &self.racine, corps).await;
        assert_eq!(statut, Some(204));
    }
}

/// At a steady pace, whatever the answers: their times, counted from when each should have left.
async fn a_cadence(envoi: &Arc<Envoi>) -> (f64, f64) {
    let mut horloge = tokio::time::interval(Duration::from_secs(1) / CADENCE);
    let mut envois = JoinSet::new();
    for _ in 0..CADENCE * DUREE.as_secs() as u32 {
        let prevu = horloge.tick().await;
        let envoi = Arc::clone(envoi);
        envois.spawn(async move {
            envoi.envoyer().await;
            prevu.elapsed().as_secs_f64() * 1_000.0
        });
    }
    let mut temps = envois.join_all().await;
    temps.sort_by(f64::total_cmp);
    (temps[temps.len() / 2], temps[temps.len() * 99 / 100])
}

/// As fast as the server answers; gives how many were accepted.
async fn a_fond(envoi: &Arc<Envoi>) -> i64 {
    envoi.prochaine.store(DOSSIERS, Ordering::Relaxed);
    let fin = Instant::now() + DUREE;
    let mut expediteurs = JoinSet::new();
    for _ in 0..EXPEDITEURS {
        let envoi = Arc::clone(envoi);
        expediteurs.spawn(async move {
            let mut nombre = 0;
            while Instant::now() < fin {
                envoi.envoyer().await;
                nombre += 1;
            }
            nombre
        });
    }
    expediteurs.join_all().await.into_iter().sum()
}
