//! Where the time of a page goes, asked by one reader at a time: in HTTP itself, in the statements, in writing again for the
//! browser what was read, and the rest, which is rendering.

use crate::charge::{Cible, mediane};
use epreuves::envois::centile;
use epreuves::programmes::{Programme, adresse_libre};
use serde_json::Value;
use std::collections::HashMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How many times each page is asked.
const FOIS: usize = 300;

/// Of one page, in milliseconds.
#[derive(Debug)]
pub struct Repartition {
    /// The whole page, in the middle.
    pub entiere: f64,
    /// The same bytes from memory.
    pub http: f64,
    /// How many statements.
    pub requetes: f64,
    /// What they took, as the server sees it.
    pub en_requetes: f64,
    /// What it takes to write again what the page was made from.
    pub en_json: f64,
    /// How many bytes of the page that is.
    pub octets_json: usize,
}

impl Repartition {
    /// What nothing else explains: reading rows, rendering.
    pub fn reste(&self) -> f64 {
        (self.entiere - self.http - self.en_requetes - self.en_json).max(0.0)
    }
}

/// Statements as a server tells of them when it is asked to.
pub struct Ecoute {
    serveur: Programme,
    journal: PathBuf,
}

impl Ecoute {
    /// Another server on the same database, that says each statement and how long it took.
    pub async fn ouvrir(url: &str, plateforme: &str, dossier: &Path) -> Self {
        let journal = dossier.join(format!("requetes-{}.log", adresse_libre()));
        let reglages = [("RUST_LOG", "base::requetes=trace"), ("NO_COLOR", "1")];
        let adresse = adresse_libre();
        let serveur = Programme::serveur_avec(adresse, url, plateforme, &journal, &reglages).await;
        Self { serveur, journal }
    }

    /// How many statements the page asks for, and how many milliseconds they take.
    async fn requetes(&self, page: &Cible) -> (f64, f64) {
        let ici = Cible { adresse: self.serveur.adresse.clone(), ..page.clone() };
        // What is new is seen by the first visit, which notes it.
        ici.l_une_apres_l_autre(20).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let avant = std::fs::read_to_string(&self.journal).unwrap().len();
        ici.l_une_apres_l_autre(FOIS).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let journal = std::fs::read_to_string(&self.journal).unwrap();
        compter(&journal[avant..], FOIS)
    }
}

/// Those that come with each page: what the workers ask meanwhile comes less often.
fn compter(journal: &str, pages: usize) -> (f64, f64) {
    let mut parmi: HashMap<&str, (usize, f64)> = HashMap::new();
    for ligne in journal.lines() {
        let Some((_, ligne)) = ligne.split_once("base::requetes: ") else { continue };
        let Some((requete, suite)) = ligne.rsplit_once(" duree=") else { continue };
        let duree = suite.split_whitespace().next().and_then(millisecondes).unwrap_or_default();
        let (combien, total) = parmi.entry(requete).or_default();
        *combien += 1;
        *total += duree;
    }
    let (combien, total) = parmi
        .values()
        .filter(|(combien, _)| *combien * 2 >= pages)
        .fold((0, 0.0), |(a, b), (combien, duree)| (a + combien, b + duree));
    (combien as f64 / pages as f64, total / pages as f64)
}

/// A time as Rust writes it: « 1.2ms », « 950.1µs ».
fn millisecondes(texte: &str) -> Option<f64> {
    [("ms", 1.0), ("µs", 1e-3), ("ns", 1e-6), ("s", 1e3)]
        .into_iter()
        .find_map(|(unite, ms)| Some(texte.strip_suffix(unite)?.parse::<f64>().ok()? * ms))
}

/// What a page is made of. `nu`: the same bytes from memory.
pub async fn mesurer(ecoute: &Ecoute, page: &Cible, nu: &Cible) -> Repartition {
    let (requetes, en_requetes) = ecoute.requetes(page).await;
    for cible in [page, nu] {
        cible.l_une_apres_l_autre(FOIS / 3).await;
    }
    let entiere = centile(&page.l_une_apres_l_autre(FOIS).await, 50);
    let http = centile(&nu.l_une_apres_l_autre(FOIS).await, 50);
    let (_, corps) = page.lire().await;
    let donnees = repetees(&String::from_utf8_lossy(&corps));
    let octets_json = donnees.iter().map(|valeur| ecrire(valeur).len()).sum();
    let en_json = mediane((0..FOIS).map(|_| {
        let debut = Instant::now();
        donnees.iter().for_each(|valeur| drop(black_box(ecrire(valeur))));
        debut.elapsed().as_secs_f64() * 1_000.0
    }));
    Repartition { entiere, http, requetes, en_requetes, en_json, octets_json }
}

/// As pages have it: JSON, in a string of JavaScript.
fn ecrire(valeur: &Value) -> String {
    format!("{:?}", valeur.to_string())
}

/// What the page repeats after its HTML for what makes it live.
fn repetees(page: &str) -> Vec<Value> {
    let morceaux = page.split("__RESOLVED_RESOURCES[").skip(1);
    let litteraux =
        morceaux.filter_map(|morceau| morceau.split_once("] = \"").map(|(_, suite)| suite));
    litteraux.filter_map(|litteral| serde_json::from_str(&texte(litteral)).ok()).collect()
}

/// What a string of JavaScript holds, that begins after its first quote.
fn texte(litteral: &str) -> String {
    let (mut lus, mut signes) = (String::new(), litteral.chars());
    while let Some(signe) = signes.next().filter(|signe| *signe != '"') {
        let echappe = if signe == '\\' { signes.next() } else { None };
        match echappe {
            Some('u') => lus.extend(point_de_code(&mut signes)),
            Some('n') => lus.push('\n'),
            Some('t') => lus.push('\t'),
            Some(autre) => lus.push(autre),
            None => lus.push(signe),
        }
    }
    lus
}

/// « {a0} », « 003c ».
fn point_de_code(signes: &mut std::str::Chars<'_>) -> Option<char> {
    let premier = signes.next()?;
    let chiffres: String = if premier == '{' {
        signes.by_ref().take_while(|signe| *signe != '}').collect()
    } else {
        std::iter::once(premier).chain(signes.by_ref().take(3)).collect()
    };
    char::from_u32(u32::from_str_radix(&chiffres, 16).ok()?)
}
