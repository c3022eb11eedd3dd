//! What ten thousand wrong sign-ins a minute, of many accounts from many networks, cost the signed webhooks that come
//! meanwhile. Run by `bin/bench portes`, which builds the server as in production.
//!
//! Those who sign in are machines of others: here they would take processors that are the server's. So they come from a thread
//! that goes after everything else, and what each side took of the processors is told.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

use backend::socle::secrets::hasard::Hasard;
use chrono::DateTime;
use epreuves::appels::Modele;
use epreuves::bases;
use epreuves::envois::{Envoi, centile};
use epreuves::programmes::{Programme, adresse_libre, client, secondes};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// How long the webhooks are measured, in quiet and beside the sign-ins.
const DUREE: Duration = Duration::from_secs(30);
/// Webhooks a second.
const CADENCE: u32 = 50;
/// Sign-ins a minute.
const CONNEXIONS: u32 = 10_000;
/// How many accounts are tried.
const COMPTES: u32 = 5_000;
/// Notifications find their dossier.
const DOSSIERS: i64 = 4_000;

#[tokio::main]
async fn main() {
    let dossier = std::env::temp_dir().join(format!("rdv-portes-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    let maintenant = DateTime::from_timestamp(1_716_800_000, 0).unwrap();
    let (url, plateforme) = (bases::sqlite(&dossier), "127.0.0.1:4010");
    drop(bases::preparer(&url, &format!("http://{plateforme}"), DOSSIERS, maintenant).await);
    let serveur =
        Programme::serveur(adresse_libre(), &url, plateforme, &dossier.join("serveur.log")).await;
    let envoi = Arc::new(Envoi::new(&serveur.adresse, Modele::lire()));
    // The first ones open files and connections.
    envoi.a_cadence(CADENCE, Duration::from_secs(3)).await;
    let calme = envoi.a_cadence(CADENCE, DUREE).await;
    let (a_nous, a_lui) = (secondes("self"), serveur.processeur());
    let (adresse, (rendre, reponses)) = (serveur.adresse.clone(), oneshot::channel());
    std::thread::spawn(move || drop(rendre.send(assaillir(adresse))));
    let pendant = envoi.a_cadence(CADENCE, DUREE).await;
    let reponses = reponses.await.unwrap();
    let (a_nous, a_lui) = (secondes("self") - a_nous, serveur.processeur() - a_lui);
    drop(serveur);
    std::fs::remove_dir_all(dossier).unwrap();
    println!("\n  {:<52} {:>10} {:>10} {:>10}", "", "quiet", "beside", "ratio");
    for (nom, part) in [("median", 50), ("99th percentile", 99)] {
        let (a, b) = (centile(&calme, part), centile(&pendant, part));
        let titre = format!("answer to a signed webhook, {nom}, ms");
        println!("  {titre:<52} {a:>10.1} {b:>10.1} {:>10.2}", b / a);
    }
    let tentees: u32 = reponses.values().sum();
    println!("  wrong sign-ins beside: {tentees} in {} s, answered {reponses:?}", DUREE.as_secs());
    println!("  processors meanwhile: {a_lui:.1} s for the server, {a_nous:.1} s for what asks it");
}

/// All the sign-ins, on a thread that goes after everything else.
fn assaillir(adresse: String) -> BTreeMap<u16, u32> {
    if cfg!(target_os = "linux") {
        rustix::process::setpriority_process(None, 15).unwrap();
    }
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio.block_on(se_connecter(adresse, DUREE))
}

/// As many sign-ins as [`CONNEXIONS`], each from another network as the proxy of this machine says it; gives how many
/// had each status.
async fn se_connecter(adresse: String, duree: Duration) -> BTreeMap<u16, u32> {
    let client = client();
    let mut horloge = tokio::time::interval(Duration::from_secs(60) / CONNEXIONS);
    let mut essais = JoinSet::new();
    for rang in 0..CONNEXIONS * duree.as_secs() as u32 / 60 {
        horloge.tick().await;
        let corps = format!("email=personne{}%40exemple.fr&password=faux", rang % COMPTES);
        let [_, a, b, c] = rang.to_be_bytes();
        let requete = client
            .post(format!("http://{adresse}/connexion"))
            .header("X-Forwarded-For", format!("10.{a}.{b}.{c}"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .body(corps);
        essais.spawn(async move {
            let reponse = requete.send().await;
            let statut = reponse.as_ref().map_or(0, |reponse| reponse.status().as_u16());
            if let Ok(reponse) = reponse {
                let _ = reponse.bytes().await;
            }
            statut
        });
    }
    let mut statuts = BTreeMap::new();
    for statut in essais.join_all().await {
        *statuts.entry(statut).or_default() += 1;
    }
    statuts
}
