//! Who may see and do what: everything that the running program answers to, asked by somebody of each kind, against the table
//! that a person reads, docs/ACCES.md.
//!
//! `ACCES=ecrire cargo nextest run …` adds the rows that are not in the table, as they are answered: to be read before they are
//! kept. A row that is there with no answer yet says which fields its form needs.

mod monde;
mod routeur;
mod table;

use super::{Reponse as Http, Site};
use axum::http::{StatusCode, header};
use monde::Monde;
use std::collections::BTreeMap;
use std::fmt::Write;
use table::{Ligne, Personne, QUI, Reponse};

/// The streams, one row for each kind of topic.
const FLUX: [&str; 3] = [
    "GET /direct?sujets=dossier:{dossier}",
    "GET /direct?sujets=demarche:{demarche}",
    "GET /direct?sujets=compte:{compte}",
];

/// What the table must have a row for.
fn attendues(site: &Site) -> Vec<String> {
    let mut toutes = routeur::routes(&site.routes);
    assert!(toutes.remove("GET /direct"), "the streams are asked one by one");
    toutes.extend(FLUX.map(str::to_owned));
    toutes.into_iter().filter(|route| !route.starts_with("FICHIERS")).collect()
}

/// What somebody is answered; `Err` when what they may not see is told from what does not exist.
async fn demander(
    monde: &Monde,
    site: &Site,
    route: &str,
    ligne: &Ligne,
    qui: Personne,
) -> Result<Reponse, String> {
    let (adresse, reponse) = envoyer(monde, site, route, ligne, (qui, true)).await;
    let lue = lire(&reponse);
    if reponse.statut.is_server_error() {
        return Err(format!("{} {}", reponse.statut, reponse.corps));
    }
    if lue == Reponse::Introuvable {
        let (de_rien, rien) = envoyer(monde, site, route, ligne, (qui, false)).await;
        let dit = monde.sans_les_noms(&reponse.corps, &adresse);
        let attendu = monde.sans_les_noms(&rien.corps, &de_rien);
        let noms = |reponse: &Http| reponse.entetes.keys().cloned().collect::<Vec<_>>();
        if rien.statut != StatusCode::NOT_FOUND || dit != attendu || noms(&reponse) != noms(&rien) {
            let ecart = ecart(&dit, &attendu);
            return Err(format!("it is told that it exists ({}): {ecart}", rien.statut));
        }
    }
    Ok(lue)
}

/// Where two pages begin to differ.
fn ecart(dit: &str, attendu: &str) -> String {
    let pareils = dit.chars().zip(attendu.chars()).take_while(|(a, b)| a == b).count();
    let depuis =
        |texte: &str| texte.chars().skip(pareils.saturating_sub(60)).take(160).collect::<String>();
    format!("\n{}\n{}", depuis(dit), depuis(attendu))
}

async fn envoyer(
    monde: &Monde,
    site: &Site,
    route: &str,
    ligne: &Ligne,
    (qui, la): (Personne, bool),
) -> (String, Http) {
    let (methode, patron) = route.split_once(' ').expect("a method and a path");
    let (adresse, cookie) = (monde.adresse(patron, qui, la), monde.cookie(qui));
    if methode == "GET" {
        let reponse = site.lire_le_debut(&adresse, cookie).await;
        return (adresse, reponse);
    }
    let champs = monde.champs(&ligne.champs, qui, la);
    let champs: Vec<(&str, &str)> =
        champs.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str())).collect();
    let reponse = site.poster(&adresse, "/nulle-part", cookie, &champs).await;
    (adresse, reponse)
}

fn lire(reponse: &Http) -> Reponse {
    let vers = reponse.entetes.get(header::LOCATION).map_or("", |lieu| lieu.to_str().unwrap());
    match reponse.statut {
        StatusCode::NOT_FOUND => Reponse::Introuvable,
        StatusCode::UNAUTHORIZED => Reponse::Connexion,
        StatusCode::FORBIDDEN => Reponse::Refus,
        _ if vers.starts_with("/connexion?") => Reponse::Connexion,
        _ => Reponse::Oui,
    }
}

/// What changes something is asked of a copy by those who may.
async fn repondre(
    monde: &Monde,
    route: &str,
    ligne: &Ligne,
    qui: Personne,
    change: bool,
) -> Result<Reponse, String> {
    if change {
        let copie = monde.copie().await;
        demander(monde, &copie.site, route, ligne, qui).await
    } else {
        demander(monde, &monde.site, route, ligne, qui).await
    }
}

async fn comparer(garder: impl Fn(&str) -> bool) {
    let monde = Monde::ouvrir().await;
    let lignes = table::lire();
    let mut ecarts = String::new();
    for (route, ligne) in lignes.iter().filter(|(route, _)| garder(route)) {
        for (qui, attendue) in QUI.into_iter().zip(&ligne.reponses) {
            let change = !ligne.lit && *attendue == Reponse::Oui;
            let recue = repondre(&monde, route, ligne, qui, change).await;
            if recue != Ok(*attendue) {
                let recu = recue.map_or_else(|ecart| ecart, |recue| recue.mot().to_owned());
                let attendu = attendue.mot();
                let _ = writeln!(ecarts, "{route} {qui:?}: {recu}, the table says {attendu}");
            }
        }
    }
    assert!(ecarts.is_empty(), "docs/ACCES.md:\n{ecarts}");
}

#[tokio::test]
async fn each_route_has_its_row_and_each_row_its_route() {
    let site = Site::ouvrir().await;
    let (attendues, lignes) = (attendues(&site), table::lire());
    if std::env::var("ACCES").is_ok_and(|mode| mode == "ecrire") {
        return ecrire(&attendues, &lignes).await;
    }
    let sans_ligne: Vec<_> =
        attendues.iter().filter(|route| !lignes.contains_key(*route)).collect();
    assert!(sans_ligne.is_empty(), "docs/ACCES.md does not say who may: {sans_ligne:#?}");
    let sans_reponse: Vec<_> =
        lignes.iter().filter(|(_, ligne)| ligne.reponses.len() != QUI.len()).collect();
    assert!(sans_reponse.is_empty(), "nobody was asked: {sans_reponse:#?}");
    let sans_route: Vec<_> = lignes.keys().filter(|ligne| !attendues.contains(ligne)).collect();
    assert!(
        sans_route.is_empty(),
        "nothing answers to these rows of docs/ACCES.md: {sans_route:#?}"
    );
}

const LECTURES: [&str; 2] = ["GET /instructeur/", "GET /admin/"];
const FONCTIONS: [&str; 2] = ["POST /api/instructeur/", "POST /api/admin/"];

#[tokio::test]
async fn each_page_and_file_of_the_instructeurs_is_for_those_of_the_table() {
    comparer(|route| route.starts_with(LECTURES[0])).await;
}

#[tokio::test]
async fn each_page_and_file_of_the_administrateurs_is_for_those_of_the_table() {
    comparer(|route| route.starts_with(LECTURES[1])).await;
}

#[tokio::test]
async fn each_other_page_file_and_stream_is_for_those_of_the_table() {
    let ailleurs = |route: &str| !LECTURES.iter().any(|debut| route.starts_with(debut));
    comparer(|route| route.starts_with("GET ") && ailleurs(route)).await;
}

#[tokio::test]
async fn each_server_function_of_the_instructeurs_is_for_those_of_the_table() {
    comparer(|route| route.starts_with(FONCTIONS[0])).await;
}

#[tokio::test]
async fn each_server_function_of_the_administrateurs_is_for_those_of_the_table() {
    comparer(|route| route.starts_with(FONCTIONS[1])).await;
}

#[tokio::test]
async fn each_other_form_is_for_those_of_the_table() {
    let ailleurs = |route: &str| !FONCTIONS.iter().any(|debut| route.starts_with(debut));
    comparer(|route| !route.starts_with("GET ") && ailleurs(route)).await;
}

/// Writes the rows that have no answer yet, as they are answered.
async fn ecrire(attendues: &[String], lignes: &BTreeMap<String, Ligne>) {
    let monde = Monde::ouvrir().await;
    let fichier = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/ACCES.md");
    let avant = std::fs::read_to_string(&fichier).unwrap();
    let mut texte: Vec<String> =
        avant.lines().filter(|ligne| !ligne.starts_with("| `")).map(str::to_owned).collect();
    for route in attendues {
        let vide = Ligne { lit: route.starts_with("GET "), champs: vec![], reponses: vec![] };
        let ligne = lignes.get(route).unwrap_or(&vide);
        let debut = format!("| `{route}` |");
        match avant.lines().find(|ligne| ligne.starts_with(&debut)) {
            Some(ecrite) if !ligne.reponses.is_empty() => texte.push(ecrite.to_owned()),
            _ => texte.push(repondue(&monde, route, ligne).await),
        }
    }
    std::fs::write(&fichier, texte.join("\n") + "\n").unwrap();
}

async fn repondue(monde: &Monde, route: &str, ligne: &Ligne) -> String {
    let champs: Vec<String> =
        ligne.champs.iter().map(|(nom, valeur)| format!("{nom}={valeur}")).collect();
    let champs = if champs.is_empty() { String::new() } else { format!("`{}` ", champs.join("&")) };
    let quoi = if ligne.lit { "lit" } else { "écrit" };
    let mut ecrite = format!("| `{route}` | {quoi} | {champs}|");
    for qui in QUI {
        let recue = repondre(monde, route, ligne, qui, !ligne.lit).await;
        let mot = recue.map_or_else(|ecart| ecart, |recue| recue.mot().to_owned());
        let _ = write!(ecrite, " {mot} |");
    }
    ecrite
}
