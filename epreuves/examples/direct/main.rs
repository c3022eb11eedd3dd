//! What live pages cost when thousands of windows are open: the memory of one that is idle, and how long after a gesture each
//! of those that show the dossier has read the event. On SQLite with one server, and on PostgreSQL with two that share the
//! windows, the gesture being made on one of them. Run by `bin/bench direct`, which builds the server as in production.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

mod donnees;
mod fenetres;
mod mesures;

use backend::socle::secrets::hasard::Hasard;
use chrono::{DateTime, Utc};
use donnees::INVITES;
use epreuves::bases;
use epreuves::envois::centile;
use epreuves::programmes::{Programme, adresse_libre};
use mesures::{Essai, Mesures, OISIVES, OUVERTES, TOUTES};
use std::path::Path;

/// Open files, here and in a server, which keeps a quarter of its own for something else than windows.
const FICHIERS: u64 = 8_000;

/// What the earlier build took for [`TOUTES`], in the middle and at the 99th percentile, in milliseconds.
const AVANT: (f64, f64) = (287.0, 445.0);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let fichiers = rlimit::increase_nofile_limit(u64::MAX).unwrap();
    assert!(fichiers >= FICHIERS, "{fichiers} open files, {FICHIERS} are needed: ulimit -Hn");
    let dossier = std::env::temp_dir().join(format!("rdv-direct-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    mesurer("SQLite, one server", &dossier, &bases::sqlite(&dossier), 1).await;
    mesurer("PostgreSQL, two servers", &dossier, &bases::postgres().await, 2).await;
    std::fs::remove_dir_all(dossier).unwrap();
    println!("\n  « of before »: p99 beside the {} ms that the earlier build took,", AVANT.1);
    println!("  on the same kind of machine, for {TOUTES} windows on a dossier");
    println!("  (p50: {} ms); of as many, at most 0.20 is wanted.", AVANT.0);
}

#[expect(clippy::disallowed_methods, reason = "the data of a measure are of the day it is taken")]
fn maintenant() -> DateTime<Utc> {
    Utc::now()
}

/// One database, with so many servers.
async fn mesurer(titre: &str, dossier: &Path, url: &str, combien: usize) {
    let plateforme = "127.0.0.1:4010";
    let gens = donnees::remplir(url, &format!("http://{plateforme}"), maintenant()).await;
    let mut serveurs = Vec::new();
    for _ in 0..combien {
        let adresse = adresse_libre();
        let journal = dossier.join(format!("serveur-{adresse}.log"));
        serveurs.push(Programme::serveur(adresse, url, plateforme, &journal).await);
    }
    let essai = Essai::preparer(&serveurs, &gens).await;
    dire(titre, &essai.mesurer().await);
}

fn dire(titre: &str, mesures: &Mesures) {
    let Mesures { memoire, quelques_unes, avec_des_muettes, toutes } = mesures;
    println!("\n{titre}:");
    println!("  memory of an idle window, of {OISIVES}: {memoire:.1} KB (at most 20 is wanted)");
    println!(
        "  {:<52} {:>8} {:>8} {:>8} {:>10}",
        "from the request to the event read", "reads", "p50 ms", "p99 ms", "of before"
    );
    for (nom, temps) in [
        (format!("{INVITES} windows on a dossier, {OUVERTES} open"), quelques_unes),
        (format!("the same, and {INVITES} more that never read"), avec_des_muettes),
        (format!("{TOUTES} windows on a dossier"), toutes),
    ] {
        let [p50, p99] = [50, 99].map(|part| centile(temps, part));
        let part = p99 / AVANT.1;
        println!("  {nom:<52} {:>8} {p50:>8.1} {p99:>8.1} {part:>10.2}", temps.len());
    }
    let [sans, avec] = [quelques_unes, avec_des_muettes].map(|temps| centile(temps, 99));
    println!("  p99 with those that never read, beside p99 without: {:.2}", avec / sans);
}
