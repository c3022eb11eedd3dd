//! How many webhooks the running server takes, each stored for good before it is answered, beside what the same
//! disk takes at best. Run by `bin/bench ingest`, which builds the server as in production.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

use backend::rendez_vous::arrivee::inbox;
use backend::socle::base::Base;
use backend::socle::secrets::hasard::Hasard;
use chrono::DateTime;
use epreuves::appels::Modele;
use epreuves::bases;
use epreuves::envois::{Envoi, centile};
use epreuves::programmes::{Programme, adresse_libre};
use sea_orm::{ConnectionTrait, Statement, Value};
use std::path::Path;
use std::sync::Arc;
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
    let octets = modele.corps(0).len();
    let nues = commits_nus(&base, octets).await;
    let serveur =
        Programme::serveur(adresse_libre(), url, plateforme, &dossier.join("serveur.log")).await;
    let envoi = Arc::new(Envoi::new(&serveur.adresse, modele));
    let temps = envoi.a_cadence(CADENCE, DUREE).await;
    let (mediane, centile_99) = (centile(&temps, 50), centile(&temps, 99));
    vider(&base).await;
    let debut = Instant::now();
    let nombre = a_fond(&envoi).await;
    let acceptees = nombre as f64 / debut.elapsed().as_secs_f64();
    vider(&base).await;
    let appliquees = nombre as f64 / debut.elapsed().as_secs_f64();
    Mesures { nues, acceptees, appliquees, mediane, centile_99, taille: octets as f64 }
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

/// As fast as the server answers; gives how many were accepted.
async fn a_fond(envoi: &Arc<Envoi>) -> i64 {
    envoi.reprendre_a(DOSSIERS);
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
