//! How many pages a second the server gives to people who signed in, beside bare axum that sends the same bytes from memory
//! and, on PostgreSQL, beside the same list written for SvelteKit and for Astro; and where a page's time goes. Run by
//! `bin/bench pages`, which builds all of them as in production.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

mod charge;
mod donnees;
mod pairs;
mod repartition;
mod temoin;

use backend::socle::secrets::hasard::Hasard;
use charge::{Cible, Mesure, mediane};
use chrono::{DateTime, Utc};
use epreuves::appels::{demander_enfin, entrer_comme};
use epreuves::bases::{self, ADMINISTRATEUR, MOT_DE_PASSE};
use epreuves::envois::centile;
use epreuves::programmes::{Programme, adresse_libre, client_sans_suite};
use hyper::header::COOKIE;
use repartition::{Ecoute, Repartition};
use std::path::Path;
use std::time::Duration;

/// How many ask at once.
const ENSEMBLE: usize = 8;
/// How many rounds each server has in turn, and how long.
const TOURS: usize = 5;
const TOUR: Duration = Duration::from_secs(2);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let dossier = std::env::temp_dir().join(format!("rdv-pages-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    mesurer("SQLite", &dossier, &bases::sqlite(&dossier), false).await;
    mesurer("PostgreSQL", &dossier, &bases::postgres().await, true).await;
    std::fs::remove_dir_all(dossier).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the data of a measure are of the day it is taken")]
fn maintenant() -> DateTime<Utc> {
    Utc::now()
}

/// One database: every page, side by side with the same bytes from memory. `avec_les_pairs`: the list with the others too.
async fn mesurer(base: &str, dossier: &Path, url: &str, avec_les_pairs: bool) {
    let plateforme = "127.0.0.1:4010";
    donnees::remplir(url, &format!("http://{plateforme}"), maintenant()).await;
    let journal = dossier.join("serveur.log");
    let serveur = Programme::serveur(adresse_libre(), url, plateforme, &journal).await;
    let pages = pages(&serveur).await;
    let nus = nus(&pages).await;
    let mut autres = Vec::new();
    if avec_les_pairs {
        for pair in pairs::PAIRS {
            autres.push((pair.0, pairs::lancer(pair, url, dossier).await));
        }
    }
    println!("\n{base}, {ENSEMBLE} at once:");
    println!(
        "  {:<36} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9}",
        "", "pages/s", "of bare", "p50 ms", "× bare", "p99 ms", "× bare", "proc. ms"
    );
    for (rang, ((titre, page), nu)) in pages.iter().zip(&nus).enumerate() {
        let mut cibles = vec![(nu.clone(), None), (page.clone(), Some(&serveur))];
        if rang == 0 {
            cibles.extend(autres.iter().map(|(nom, programme)| {
                let adresse = programme.adresse.clone();
                (Cible { nom, adresse, ..page.clone() }, Some(programme))
            }));
        }
        comparer(titre, &cibles).await;
    }
    println!("  memory after the load, MB:");
    println!("    {:<34} {:>9.1}", "this server", serveur.octets("VmRSS"));
    for (nom, programme) in &autres {
        println!("    {nom:<34} {:>9.1}", programme.octets("VmRSS"));
    }
    drop(autres);
    let ecoute = Ecoute::ouvrir(url, plateforme, dossier).await;
    println!("  where a page's time goes, one reader, ms:");
    println!(
        "    {:<34} {:>8} {:>8} {:>11} {:>8} {:>8} {:>8} {:>9}",
        "", "whole", "HTTP", "statements", "in them", "as JSON", "the rest", "JSON, B"
    );
    for ((titre, page), nu) in pages.iter().zip(&nus) {
        dire(titre, &repartition::mesurer(&ecoute, page, nu).await);
    }
}

/// What is measured: title, path, whether the agent asks or the person.
fn adresses() -> [(&'static str, String, bool); 4] {
    let (demarche, dossier) = (bases::DEMARCHE, donnees::MESSAGERIE);
    let liste = format!("/instructeur/demarches/{demarche}?onglet=tous");
    let messagerie = format!("/dossiers/{dossier}/messagerie");
    [
        ("list of an instructeur, 25 rows", liste, true),
        ("messagerie of an instructeur", format!("/instructeur{messagerie}"), true),
        ("messagerie of an usager", messagerie, false),
        ("/dossiers of an usager", "/dossiers".to_owned(), false),
    ]
}

/// The pages, for those who signed in.
async fn pages(serveur: &Programme) -> Vec<(&'static str, Cible)> {
    let (client, racine) = (client_sans_suite(), format!("http://{}", serveur.adresse));
    let agent = entrer_comme(&client, &racine, (ADMINISTRATEUR, MOT_DE_PASSE)).await;
    let usager = entrer_comme(&client, &racine, (&donnees::usager(), MOT_DE_PASSE)).await;
    adresses()
        .into_iter()
        .map(|(titre, chemin, de_l_agent)| {
            let cookies = if de_l_agent { &agent } else { &usager }.clone();
            (titre, Cible { nom: "this server", adresse: serveur.adresse.clone(), chemin, cookies })
        })
        .collect()
}

/// The same bytes from memory.
async fn nus(pages: &[(&'static str, Cible)]) -> Vec<Cible> {
    const CHEMINS: [&str; 4] = ["/0", "/1", "/2", "/3"];
    let mut reponses = Vec::new();
    for ((_, page), chemin) in pages.iter().zip(CHEMINS) {
        // What is new is seen by the first visit, which notes it.
        let visite = client_sans_suite().get(format!("http://{}{}", page.adresse, page.chemin));
        demander_enfin(visite.header(COOKIE, &page.cookies)).await;
        reponses.push((chemin, page.lire().await));
    }
    let adresse = temoin::servir(reponses);
    let cible = |((_, page), chemin): (&(_, Cible), &str)| Cible {
        nom: "bare axum, the same bytes",
        adresse: adresse.clone(),
        chemin: chemin.to_owned(),
        cookies: page.cookies.clone(),
    };
    pages.iter().zip(CHEMINS).map(cible).collect()
}

/// Has all of them asked for the page in turn, and says how each does beside the first.
async fn comparer(titre: &str, cibles: &[(Cible, Option<&Programme>)]) {
    println!("  {titre}");
    for (cible, _) in cibles {
        Mesure::default().charger(cible, ENSEMBLE, TOUR).await;
    }
    let mut mesures = vec![(Mesure::default(), 0.0); cibles.len()];
    for _ in 0..TOURS {
        for ((cible, programme), (mesure, processeur)) in cibles.iter().zip(&mut mesures) {
            let avant = programme.map_or(0.0, Programme::processeur);
            mesure.charger(cible, ENSEMBLE, TOUR).await;
            *processeur += programme.map_or(0.0, Programme::processeur) - avant;
        }
    }
    let [p50, p99] = [50, 99].map(|part| centile(&mesures[0].0.temps, part));
    for ((cible, programme), (mesure, processeur)) in cibles.iter().zip(&mesures) {
        let parts = mesure.debits.iter().zip(&mesures[0].0.debits).map(|(a, b)| a / b);
        let (debit, part) = (mediane(mesure.debits.iter().copied()), mediane(parts));
        let [a, b] = [50, 99].map(|part| centile(&mesure.temps, part));
        let (_, corps) = cible.lire().await;
        let nom = format!("{}, {} B", cible.nom, corps.len());
        let par_page = match programme {
            Some(_) => format!("{:.2}", processeur * 1_000.0 / mesure.temps.len() as f64),
            None => String::new(),
        };
        println!(
            "    {nom:<34} {debit:>9.0} {part:>8.4} {a:>8.2} {:>8.1} {b:>8.2} {:>8.1} {par_page:>9}",
            a / p50,
            b / p99
        );
    }
}

fn dire(titre: &str, page: &Repartition) {
    let Repartition { entiere, http, requetes, en_requetes, en_json, octets_json } = page;
    let reste = page.reste();
    println!(
        "    {titre:<34} {entiere:>8.2} {http:>8.2} {requetes:>11.1} {en_requetes:>8.2} {en_json:>8.2} {reste:>8.2} {octets_json:>9}"
    );
}
