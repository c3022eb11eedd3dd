//! The storm: a thousand histories of rendez-vous, their webhooks shuffled, each sent three times, one event in
//! ten lost, while servers are killed outright and started again. Real programs, real databases.
//!
//! What must hold afterwards, whatever the order in which things arrived:
//! 1. nothing acknowledged is lost: what was answered 2xx is stored, once, and applied;
//! 2. the state of each rendez-vous is the join of what was delivered about it;
//! 3. what was said (automatic messages, mails) is exactly what *one* order of these deliveries explains
//!    ([`attendu::recits`]): each change of meaning once, none forgotten;
//! 4. each mail was sent once, and none is left over.
//!
//! Run by `bin/test chaos`, which builds the programs and starts PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a trial that can't be told fails")]

mod attendu;
mod mandataire;
mod plateforme;
mod releve;

use backend::hasard::Hasard;
use epreuves::bases;
use epreuves::programmes::{Programme, adresse_libre, client};
use plateforme::Plateforme;
use releve::Releve;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const RENDEZ_VOUS: i64 = 1_000;
const MORTS: u32 = 5;

#[tokio::test]
#[ignore = "needs the built programs: bin/test chaos"]
async fn a_storm_over_one_server_on_sqlite() {
    let dossier = dossier_neuf();
    let base = bases::sqlite(&dossier);
    epreuve(&dossier, &base, 1, "2024-10").await;
    std::fs::remove_dir_all(dossier).unwrap();
}

#[tokio::test]
#[ignore = "needs the built programs: bin/test chaos"]
async fn a_storm_over_two_servers_on_postgresql() {
    let dossier = dossier_neuf();
    let base = bases::postgres().await;
    epreuve(&dossier, &base, 2, "2024-10").await;
    std::fs::remove_dir_all(dossier).unwrap();
}

fn dossier_neuf() -> PathBuf {
    let dossier = std::env::temp_dir().join(format!("rdv-chaos-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    dossier
}

async fn epreuve(dossier: &Path, base: &str, processus: usize, profil: &str) {
    let debut = Instant::now();
    let mandataire = adresse_libre();
    let sandbox = Programme::sandbox(&mandataire, profil, &dossier.join("sandbox.log")).await;
    let plateforme = Plateforme::new(&sandbox.adresse);
    let hote = format!("http://{}", sandbox.adresse);
    let maintenant = plateforme.maintenant().await;
    let acces = bases::preparer(base, &hote, RENDEZ_VOUS, maintenant).await;
    let mut serveurs = Vec::new();
    for rang in 0..processus {
        let journal = dossier.join(format!("serveur-{rang}.log"));
        serveurs.push(Programme::serveur(base, &sandbox.adresse, &journal).await);
    }
    let adresses = serveurs.iter().map(|serveur| serveur.adresse.clone()).collect();
    tokio::spawn(mandataire::relayer(mandataire, adresses));

    plateforme.retenir(2).await;
    let rangs = plateforme.vivre(RENDEZ_VOUS, maintenant).await;
    let perdus = plateforme.perdre_un_sur_dix().await;
    let attendues = plateforme.a_delivrer().await;
    assert!(perdus * 25 > attendues / 3, "one in ten is lost: {perdus} of {attendues}");
    dire(debut, &format!("{attendues} deliveries to come, {perdus} events lost"));

    plateforme.lacher().await;
    for mort in 1..=MORTS {
        // Spread over the storm, so that each strikes while things are under way.
        let seuil = attendues / 3 * i64::from(mort) / i64::from(MORTS + 1);
        let recues = jusqu_a(seuil, || releve::recues(&acces)).await;
        let rang = mort as usize % processus;
        serveurs[rang].tuer();
        dire(debut, &format!("server {rang} killed after {recues} distinct deliveries"));
        serveurs[rang].relancer().await;
    }
    jusqu_a(attendues / 3, || releve::recues(&acces)).await;
    plateforme.tout_est_delivre().await;
    dire(debut, "all delivered");
    releve::tout_est_fait(&acces).await;
    dire(debut, "all applied, all mails sent");

    let livrees = plateforme.livrees().await;
    let releve = Releve::lire(&acces).await;
    releve.rien_n_est_perdu(&livrees);
    releve.chaque_etat_est_la_jointure(&livrees);
    releve.chaque_recit_s_explique(&livrees, &rangs, maintenant);
    releve.chaque_courriel_est_parti_une_fois();
    for serveur in &serveurs {
        let metriques = lire(&format!("http://{}/metrics", serveur.adresse)).await;
        assert!(metriques.contains("webhooks_en_attente 0"), "{metriques}");
    }
    dire(debut, "all verified");
}

/// Waits until `mesure` reaches `seuil`.
async fn jusqu_a(seuil: i64, mesure: impl AsyncFn() -> i64) -> i64 {
    for _ in 0..3_000 {
        let valeur = mesure().await;
        if valeur >= seuil {
            return valeur;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it stays below {seuil}");
}

async fn lire(url: &str) -> String {
    client().get(url).send().await.unwrap().text().await.unwrap()
}

fn dire(debut: Instant, quoi: &str) {
    eprintln!("{:6.1} s  {quoi}", debut.elapsed().as_secs_f64());
}
