//! The rules of alert and the board of `deploiement/` speak of counters that the program really gives, and each alert has its
//! section in the manual of those who run the service.

#![expect(clippy::unwrap_used, reason = "a trial that can't be set up fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What Prometheus knows by itself.
const DE_PROMETHEUS: &[&str] = &["up"];

/// Words of its language.
const MOTS: &[&str] =
    &["sum", "max", "min", "by", "rate", "increase", "delta", "and", "or", "unless", "on", "avg"];

fn racine() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn lire(nom: &str) -> String {
    fs::read_to_string(racine().join(nom)).unwrap()
}

fn sources(dossier: &Path, textes: &mut Vec<String>) {
    for entree in fs::read_dir(dossier).unwrap() {
        let chemin = entree.unwrap().path();
        if chemin.is_dir() {
            sources(&chemin, textes);
        } else if chemin.extension().is_some_and(|suffixe| suffixe == "rs") {
            textes.push(fs::read_to_string(chemin).unwrap());
        }
    }
}

/// The counters that the program gives, read in its sources: most are there only once something happened.
fn donnes() -> BTreeSet<String> {
    let mut textes = Vec::new();
    for dossier in ["backend/src", "server/src", "app/src"] {
        sources(&racine().join(dossier), &mut textes);
    }
    let mut noms = BTreeSet::new();
    for texte in &textes {
        for genre in ["gauge!(", "counter!(", "histogram!("] {
            for suite in texte.split(genre).skip(1) {
                let suite = suite.trim_start();
                if let Some(nom) = suite.strip_prefix('"').and_then(|nom| nom.split('"').next()) {
                    noms.insert(nom.to_owned());
                }
            }
        }
    }
    noms
}

/// The counters that an expression of Prometheus names: what is left once labels, durations and its own words are out.
fn nommes(expression: &str) -> BTreeSet<String> {
    let mut dehors = String::new();
    let mut profondeur = 0;
    let sans_par = expression.split(" by (").enumerate().map(|(rang, partie)| match rang {
        0 => partie,
        _ => partie.split_once(')').unwrap().1,
    });
    for lettre in sans_par.collect::<Vec<_>>().join(" ").chars() {
        match lettre {
            '{' | '[' => profondeur += 1,
            '}' | ']' => profondeur -= 1,
            _ if profondeur == 0 => dehors.push(lettre),
            _ => {}
        }
    }
    dehors
        .split(|lettre: char| !(lettre.is_ascii_alphanumeric() || lettre == '_'))
        .filter(|mot| mot.starts_with(|lettre: char| lettre.is_ascii_lowercase()))
        .filter(|mot| !MOTS.contains(mot))
        .map(str::to_owned)
        .collect()
}

fn expressions_des_alertes() -> Vec<String> {
    let alertes = lire("deploiement/prometheus/alertes.yml");
    let lignes = alertes.lines().filter_map(|ligne| ligne.trim().strip_prefix("expr: "));
    lignes.map(str::to_owned).collect()
}

fn expressions_du_tableau() -> Vec<String> {
    let tableau: serde_json::Value =
        serde_json::from_str(&lire("deploiement/grafana/tableau.json")).unwrap();
    let panneaux = tableau["panels"].as_array().unwrap();
    let cibles = panneaux.iter().flat_map(|panneau| panneau["targets"].as_array().unwrap());
    cibles.map(|cible| cible["expr"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn alerts_and_board_speak_of_counters_that_exist() {
    let donnes = donnes();
    for (expressions, quoi) in
        [(expressions_des_alertes(), "alertes.yml"), (expressions_du_tableau(), "tableau.json")]
    {
        assert!(expressions.len() > 10, "{quoi}");
        for expression in expressions {
            let nommes = nommes(&expression);
            assert!(!nommes.is_empty(), "{quoi}: {expression}");
            let inconnu = nommes
                .iter()
                .find(|nom| !donnes.contains(*nom) && !DE_PROMETHEUS.contains(&nom.as_str()));
            assert_eq!(inconnu, None, "{quoi}: {expression}");
        }
    }
    assert!(nommes("max by (genre) (a_faire{genre!~\"x.*\"}[5m]) > 9").contains("a_faire"));
}

#[test]
fn each_alert_says_what_to_do_in_the_manual() {
    let (alertes, manuel) =
        (lire("deploiement/prometheus/alertes.yml"), lire("docs/EXPLOITATION.md"));
    let noms: Vec<_> =
        alertes.lines().filter_map(|ligne| ligne.trim().strip_prefix("- alert: ")).collect();
    assert!(noms.len() > 10);
    for nom in &noms {
        assert!(manuel.contains(&format!("\n### {nom}\n")), "{nom}: docs/EXPLOITATION.md");
    }
    let dites = manuel.lines().filter_map(|ligne| ligne.strip_prefix("### "));
    let alertes: Vec<_> = dites.filter(|titre| !titre.contains(' ')).collect();
    assert_eq!(alertes, noms, "in the same order, and none that no longer exists");
}
